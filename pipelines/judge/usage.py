"""Which word ordinary text takes where others would do, and what stands beside it.

A table of swaps puts a seldom word where nearly everybody writes another of the same sense, which is then missing from
the whole article; and the new one stands between neighbours that it never met. Each kind of word of an article falls
into a cell by such signs, and each cell has points: how much likelier it is for a word that was swapped in than for one
that its writer chose. No word is odd for itself, so names, trades and topics, which have no common rival, count little.
"""

import lzma
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, count
from math import log2
from typing import Any

import numpy as np
import rjieba

from pipelines.judge.lookup import Array, Lookup, look_up, number_words, read_bits, span_words

#: Of a word: rivals remembered; bits of the tables of neighbours that met, and that met three times; the multiplier
#: that spreads them.
RIVALS, MET_BITS, OFTEN_BITS, SPREAD = 3, 24, 21, 0x9E3779B97F4A7C15
#: What cells tell apart. How much commoner a missing rival is, quarter bits; how common the word is, the same; how much
#: oftener than by chance its neighbours meet it, tenths of a bit.
RIVAL_STEPS, LEVEL_STEPS, MEETING_STEPS = (1, 4, 8, 12, 18, 24, 32), (4, 8, 14, 20, 26, 34, 42), (-30, -20, -10, 0, 15)
#: One more for words without evidence; one, two and more times; of one, two and more characters.
SHAPE = (len(RIVAL_STEPS) + 2, len(LEVEL_STEPS) + 1, len(MEETING_STEPS) + 2, len(MEETING_STEPS) + 2, 3, 3)
CELLS = int(np.prod(SHAPE))
#: What one step of each part adds to a cell's number.
_RIVAL, _LEVEL, _LEFT, _RIGHT, _TIMES, _LENGTH = (CELLS // int(whole) for whole in np.cumprod(SHAPE))
#: A sixteenth of a nat is one point. Shares of swapped words that are thought of, per mille.
POINT, MIXTURES = 16, (10, 30, 100)
#: Sums are over the words with most points, so many of them.
TOPS = (3, 6, 12, 25, 50)
_ABOVE = (8, 16, 24, 32, 40, 48)
_FEWEST = 60
#: Quarter bits of what is to be expected, from -4 bits to 8; by how they met, the surprise of neighbours.
_EXPECTED = range(-16, 33)
_MET_TIMES = (0.0, 1.4, 6.0)
_SURPRISE = np.array(
    [[round(10 * log2((met + 0.3) / (2 ** (bits / 4) + 0.3))) for bits in _EXPECTED] for met in _MET_TIMES], float
)
#: Sums of two levels, which are bytes.
_SUMS = np.arange(511)
#: No rival is so much commoner, quarter bits: there is none.
_NO_RIVAL = 255


def _steps(bounds: Sequence[int], first: int, last: int) -> Array:
    """For each number from `first` to `last`, how many of the bounds are at most so high."""
    return np.searchsorted(bounds, np.arange(first, last + 1), side="right")


#: By how much commoner a missing rival is than the word, less the bonus of one that is there, which is at most so much.
_BESIDE = 6
_RIVAL_CELLS = np.append(1 + _steps(RIVAL_STEPS, -_BESIDE, _NO_RIVAL - 1), 0)
#: By the mean surprise of neighbours, from the lowest; the last, which is no surprise, for words without any.
_LOWEST, _NONE = -128, 127
_MEETING_CELLS = np.append(1 + _steps(MEETING_STEPS, _LOWEST, _NONE - 1), 0)


@dataclass(frozen=True, slots=True, eq=False)
class Usage:
    """What one fit counted."""

    #: Each word's place, from 1, the commonest first, by its number; 0 is any other's.
    places: Lookup
    #: By place: how common, quarter bits of its count; whether it is of Hanzi; what its cell has of these and of its
    #: length.
    levels: Array
    hanzi: Array
    shapes: Array
    #: Rivals, 0 for none, a row for each of `RIVALS`; how much commoner they are than the word, quarter bits.
    rivals: Array
    ahead: Array
    #: Quarter bits of all words counted; by quarter bits, how many words of Hanzi are so common and commoner.
    total: int
    common: Array
    #: Neighbours that met, and met often, as bits; by how they met (3) and the sum of their levels, their surprise.
    met: Array
    often: Array
    surprise: Array
    #: Points of cells; by points, what they add for each of `MIXTURES`, thousandths of a nat.
    points: Array
    mixtures: Array


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of one text, kind by kind."""

    #: Every word in order, and which of the different ones it is.
    words: list[str]
    every: Array
    #: Which of the different ones are counted: words of Hanzi that have a place.
    wanted: Array
    #: By kind, which is a word that is counted: its place, and its cell.
    places: Array
    cells: Array
    #: Kinds of words of Hanzi that are in no place.
    unknown: int

    @property
    def kinds(self) -> Array:
        """For each word in order, which kind it is of; -1 for no kind."""
        return np.where(self.wanted, np.cumsum(self.wanted) - 1, -1).take(self.every)


def unpack_usage(packed: bytes) -> Usage:
    """The tables of one fit's file."""
    head, _, rest = lzma.decompress(packed).partition(b"\0")
    words = head.decode().split("\n")
    size, at = len(words) + 1, 1

    def take(many: int, kind: Any) -> Array:
        nonlocal at
        at += many * np.dtype(kind).itemsize
        return np.frombuffer(rest, kind, many, at - many * np.dtype(kind).itemsize)

    levels = take(size, np.uint8).astype(np.uint16)
    hanzi = np.array([False, *map(is_hanzi, words)])
    lengths = np.minimum([1, *map(len, words)], 3)
    rivals = np.ascontiguousarray(take(size * RIVALS, "<u2").reshape(size, RIVALS).T)
    return Usage(
        places=look_up(np.append(np.uint64(0), number_words(words))),
        levels=levels,
        hanzi=hanzi,
        shapes=_LEVEL * np.searchsorted(LEVEL_STEPS, levels, side="right") + _LENGTH * (lengths - 1),
        rivals=rivals,
        ahead=_ahead(rivals, levels),
        total=rest[0],
        common=np.cumsum(np.bincount(levels[hanzi], minlength=256)[::-1])[::-1],
        met=take(1 << MET_BITS - 3, np.uint8).copy(),
        often=take(1 << OFTEN_BITS - 3, np.uint8).copy(),
        surprise=_SURPRISE.take(np.clip(_SUMS - rest[0], _EXPECTED[0], _EXPECTED[-1]) - _EXPECTED[0], axis=1).ravel(),
        mixtures=take(len(MIXTURES) * 256, "<i2").reshape(len(MIXTURES), 256).astype(np.int64),
        points=take(CELLS, np.int8).astype(np.int64),
    )


def _ahead(rivals: Array, levels: Array) -> Array:
    """How much commoner each rival is than the word, quarter bits."""
    ahead = np.clip(levels[rivals].astype(np.int16) - levels, 0, _NO_RIVAL - 1)
    return np.where(rivals[0] == 0, _NO_RIVAL, np.where(rivals == 0, 0, ahead)).astype(np.uint8)


def is_hanzi(word: str) -> bool:
    """Whether all of a word are Hanzi."""
    return all("一" <= letter <= "鿿" for letter in word)


def place_words(words: Sequence[str], usage: Usage) -> Array:
    """The place of each word."""
    return usage.places.find(number_words(words), 0)


def read_words(text: str, usage: Usage) -> Words:
    """The words of a folded text, each kind with its cell."""
    words = rjieba.cut(text.encode("utf-8", "replace").decode("utf-8"))  # Half a pair of UTF-16 is no text to it.
    different = defaultdict[str, int](count().__next__)
    every = np.fromiter(map(different.__getitem__, words), np.intp, len(words))
    names = list(different)
    places = place_words(names, usage)
    left, right = _meetings(places.take(every), every, len(names), usage)
    times = np.minimum(np.bincount(every, minlength=len(names)), SHAPE[4])
    cells = _RIVAL * _rival_steps(places, usage) + usage.shapes.take(places) + _TIMES * (times - 1)
    cells += _LEFT * left + _RIGHT * right
    wanted = usage.hanzi.take(places)
    unknown = sum("一" <= names[at][0] <= "鿿" for at in np.flatnonzero(places == 0).tolist())
    return Words(words, every, wanted, places[wanted], cells[wanted], unknown)


def measure_words(words: Words, usage: Usage) -> dict[str, int]:
    """The features of a text's words, all whole numbers."""
    points, again = usage.points.take(words.cells), words.cells // _TIMES % SHAPE[4] > 0
    kinds = max(len(points), _FEWEST)
    rising, rising_again = np.sort(points), np.sort(points[again])
    sums = rising[::-1][: TOPS[-1]].cumsum().tolist() or [0]
    features = {f"words_top_{top}": sums[min(top, len(sums)) - 1] for top in TOPS}
    mixed = usage.mixtures.take(points + 128, axis=1).sum(axis=1).tolist()
    for share, added in zip(MIXTURES, mixed, strict=True):
        features[f"words_mixed_{share}"], features[f"words_mixture_{share}"] = added, 10 * added // kinds
    for least, below in zip(_ABOVE, rising.searchsorted(_ABOVE).tolist(), strict=True):
        features[f"words_above_{least}"] = 10_000 * (len(rising) - below) // kinds
    for least, below in zip(_ABOVE[::2], rising_again.searchsorted(_ABOVE[::2]).tolist(), strict=True):
        features[f"words_again_{least}"] = 10_000 * (len(rising_again) - below) // kinds
    steps = np.bincount(words.cells // _RIVAL + SHAPE[0] * again, minlength=2 * SHAPE[0]).reshape(2, SHAPE[0])
    once, twice = (list(accumulate(row[::-1]))[::-1] for row in steps.tolist())
    for step in range(2, SHAPE[0]):
        features[f"words_rival_{step}"] = 10_000 * (once[step] + twice[step]) // kinds
        features[f"words_rival_again_{step}"] = 10_000 * twice[step] // kinds
    features["words_unknown"] = 10_000 * words.unknown // kinds
    features["words_rich"] = 1000 * len(points) // max(len(words.words), 1)
    return features | _missing(words, usage)


def places_of(words: Words, usage: Usage, least: int, most: int) -> list[tuple[int, int]]:
    """Where the first words of so many points stand: offsets of their first characters, and their lengths."""
    telling = np.append(usage.points.take(words.cells) >= least, False)
    found = np.flatnonzero(telling[words.kinds])[:most]
    starts, lengths = span_words(words.words)
    return list(zip(starts.take(found).tolist(), lengths.take(found).tolist(), strict=True))


def _meetings(every: Array, kinds: Array, size: int, usage: Usage) -> tuple[Array, Array]:
    """By kind, the step of the mean surprise of its neighbours to the left and to the right; 0 for none."""
    known = np.flatnonzero((every[:-1] > 0) & (every[1:] > 0))
    keys = every.view(np.uint64)
    keys = (keys[:-1] << np.uint64(17) | keys[1:]).take(known) * np.uint64(SPREAD)
    met = read_bits(usage.met, keys >> np.uint64(64 - MET_BITS))
    often = met & read_bits(usage.often, keys >> np.uint64(64 - OFTEN_BITS))
    levels = usage.levels.take(every)
    surprise = usage.surprise.take((met + often) * len(_SUMS) + (levels[:-1] + levels[1:]).take(known))
    sides = np.concatenate((kinds[1:].take(known), kinds[:-1].take(known) + size))
    times = np.bincount(sides, minlength=2 * size)
    whole = np.bincount(sides, np.concatenate((surprise, surprise)), minlength=2 * size).astype(np.int64)
    mean = np.where(times, whole // np.maximum(times, 1), _NONE)
    left, right = _MEETING_CELLS.take(mean - _LOWEST).reshape(2, size)
    return left, right


def _rival_steps(places: Array, usage: Usage) -> Array:
    """By kind, the step of how much commoner a rival is that is missing; 0 where the word has none."""
    here = np.zeros(len(usage.levels), bool)
    here[places] = True
    here[0] = False
    there = here.take(usage.rivals.take(places, axis=1))
    ahead = (usage.ahead.take(places, axis=1) * ~there).max(axis=0)
    return _RIVAL_CELLS.take(ahead + _BESIDE * ~there.any(axis=0))


def _missing(words: Words, usage: Usage) -> dict[str, int]:
    """Of words so common that one, two, four, eight were to be expected: how many are not there, per mille."""
    one = usage.total - _quarter_bits(max(len(words.words), 1))
    held = np.bincount(usage.levels.take(words.places), minlength=256)[::-1].cumsum()[::-1]
    features = {}
    for times in (1, 2, 4, 8):
        least = max(0, min(one + 4 * (times.bit_length() - 1), 255))
        every = int(usage.common[least])
        features[f"words_missing_{times}"] = 1000 * max(0, every - int(held[least])) // max(every, 8)
    return features


def _quarter_bits(number: int) -> int:
    """4 * log2, rounded down, of a whole number."""
    return (number**4).bit_length() - 1
