"""Counts which words ordinary text takes and what stands beside them: the file that `pipelines.judge.usage` reads."""

import lzma
from collections import Counter
from collections.abc import Mapping, Sequence
from math import exp, log, log2
from typing import Any

import numpy as np

from bench.fit.thesaurus import LONGEST, ranked
from pipelines.judge.usage import CELLS, MET_BITS, MIXTURES, OFTEN_BITS, POINT, RIVALS, SPREAD, is_hanzi

#: Words that stand there so often have a place, and those that have rivals; rivals are so common and so much commoner;
#: how similar neighbours make a rival.
_LEAST, _COMMON, _COMMONER, _SIMILAR = 5, 20, 4, 0.5
#: Neighbours that met so often, met often. Places of rivals are two bytes.
_OFTEN, _MOST = 3, 0xFFFF

Text = Sequence[Sequence[str]]


def count_usage(
    texts: Sequence[Text], synonyms: Mapping[str, list[str]], near: Mapping[str, list[tuple[str, float]]]
) -> bytes:
    """The tables of segmented texts, packed; the points of cells are none yet."""
    counts = Counter(word for text in texts for part in text for word in part)
    rivals = {word: _rivals(word, counts, synonyms, near) for word in {*counts, *synonyms} if is_word(word)}
    kept = {word: counts[word] for word in {*counts, *synonyms} if _is_kept(word, counts, rivals)}
    words = [word for word, _ in ranked(kept)]
    places = {word: place for place, word in enumerate(words, 1)}
    table = np.zeros((len(words) + 1, RIVALS), "<u2")
    for word, place in places.items():
        found = [places[rival] for rival in rivals.get(word, ()) if places[rival] <= _MOST]
        table[place, : len(found)] = found
    levels = np.array([0, *(_level(counts[word]) for word in words)], np.uint8)
    met, often = _meetings(texts, places)
    total = _level(sum(counts.values()))
    parts = (bytes([total]), levels.tobytes(), table.tobytes(), met, often, _mixtures(), bytes(CELLS))
    return lzma.compress("\n".join(words).encode() + b"\0" + b"".join(parts))


def is_word(word: str) -> bool:
    """Whether it is of Hanzi, and not long."""
    return len(word) <= LONGEST and is_hanzi(word)


def _is_kept(word: str, counts: Mapping[str, int], rivals: Mapping[str, list[str]]) -> bool:
    """A common or a rivalled word, or a mark between words."""
    return bool(rivals.get(word)) or (counts[word] >= _LEAST and (is_word(word) or (len(word) == 1 and word > "~")))


def _rivals(
    word: str,
    counts: Mapping[str, int],
    synonyms: Mapping[str, list[str]],
    near: Mapping[str, list[tuple[str, float]]],
) -> list[str]:
    """Much commoner words of the same sense, the commonest first."""
    alike = {*synonyms.get(word, ()), *(other for other, likeness in near.get(word, ()) if likeness >= _SIMILAR)}
    least = max(_COMMON, _COMMONER * counts[word])
    found = ranked({rival: counts[rival] for rival in alike if counts[rival] >= least and is_word(rival)})
    return [rival for rival, _ in found[:RIVALS]]


def _level(count: int) -> int:
    """Quarter bits."""
    return round(4 * log2(count)) if count else 0


def _meetings(texts: Sequence[Text], places: Mapping[str, int]) -> tuple[bytes, bytes]:
    every = np.array([places.get(word, 0) for text in texts for part in text for word in (*part, "")], np.uint64)
    both = (every[:-1] > 0) & (every[1:] > 0)
    pairs, times = np.unique((every[:-1] << np.uint64(17) | every[1:])[both], return_counts=True)
    keys = pairs * np.uint64(SPREAD)
    return _bits(keys, MET_BITS), _bits(keys[times >= _OFTEN], OFTEN_BITS)


def _bits(keys: Any, size: int) -> bytes:
    table = np.zeros(1 << size, np.uint8)
    table[keys >> np.uint64(64 - size)] = 1
    return np.packbits(table, bitorder="little").tobytes()


def _mixtures() -> bytes:
    """What a word of so many points says for an article of which such a share is swapped, thousandths of a nat."""
    rows = [
        [round(1000 * log(1 - share / 1000 + share / 1000 * exp(points / POINT))) for points in range(-128, 128)]
        for share in MIXTURES
    ]
    return np.array(rows, "<i2").tobytes()
