"""Counts what ordinary text does with pairs and triples of characters: the file that `pipelines.judge.habits` reads."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from pipelines.judge.habits import SIZE, SPREAD, TOTAL, TRIPLE_BITS, places

_KINDS = np.array([0, 1, 2, 2, 3, 3, 3, 3, 3, 4], dtype=np.uint8)


def count_habits(texts: Sequence[str]) -> bytes:
    """The tables of folded texts, packed."""
    joined = "\n".join(texts)
    letters, hanzi = choose_letters(joined)
    table = np.frombuffer(places(letters), np.uint16)
    points = np.frombuffer(joined.encode("utf-32-le", "replace"), np.uint32)
    codes = table[np.minimum(points, 0xFFFF)].astype(np.int64)
    counts = np.bincount(codes, minlength=SIZE)
    pairs = codes[:-1] * SIZE + codes[1:]
    met = np.bincount(pairs, minlength=SIZE * SIZE)
    square = met.reshape(SIZE, SIZE)[1 : hanzi + 1, 1 : hanzi + 1]
    once = square == 1
    closed = np.zeros(SIZE, np.uint8)
    closed[1 : hanzi + 1] = _closed(once.sum(1), square.sum(1)) << 4 | _closed(once.sum(0), square.sum(0))
    common = np.clip(TOTAL + np.round(4 * np.log2(np.maximum(counts, 1) / len(codes))), 0, 255).astype(np.uint8)
    kinds = _KINDS[np.minimum(met, 9)]
    followers, triples = _count_triples(codes, hanzi)
    head = letters.encode() + b"\0" + hanzi.to_bytes(2, "little")
    return zlib.compress(b"".join((head, *(part.tobytes() for part in (closed, common, kinds, followers, triples)))), 9)


def choose_letters(text: str) -> tuple[str, int]:
    """The commonest characters, the Hanzi among them first, and how many those are; digits and letters count as one."""
    points = np.frombuffer(text.encode("utf-32-le", "replace"), np.uint32)
    counts = np.bincount(np.minimum(points, 0xFFFF), minlength=0x10000)
    for first, many in (("0", 10), ("a", 26)):
        counts[ord(first)] = counts[ord(first) : ord(first) + many].sum()
        counts[ord(first) + 1 : ord(first) + many] = 0
    counts[[0, 0xFFFF]] = 0
    ranked = np.argsort(-counts, kind="stable")[: SIZE - 1]
    inside = [chr(point) for point in ranked if 0x4E00 <= point <= 0x9FFF]
    outside = [chr(point) for point in ranked if not 0x4E00 <= point <= 0x9FFF]
    return "".join((*inside, *outside)), len(inside)


def _closed(once: Any, every: Any) -> Any:
    """How surprising something new is, in half bits: what came once, of all that came (Good and Turing)."""
    return np.clip(np.round(-2 * np.log2((once + 0.5) / (every + 1))), 0, 15).astype(np.uint8)


def _count_triples(codes: Any, hanzi: int) -> tuple[Any, Any]:
    """How closed each pair is to what follows and to what comes before, and the triples that came, as bits."""
    inside = (codes > 0) & (codes <= hanzi)
    at = np.flatnonzero(inside[:-2] & inside[1:-1] & inside[2:])
    keys = (codes[at] * SIZE + codes[at + 1]) * SIZE + codes[at + 2]
    triples, times = np.unique(keys, return_counts=True)
    once = times == 1
    sides = []
    for pairs in (triples // SIZE, triples % (SIZE * SIZE)):
        every = np.bincount(pairs, times, minlength=SIZE * SIZE)
        sides.append(_closed(np.bincount(pairs[once], minlength=SIZE * SIZE), every))
    bits = (triples.astype(np.uint64) * np.uint64(SPREAD)) >> np.uint64(64 - TRIPLE_BITS)
    table = np.zeros(1 << TRIPLE_BITS, np.uint8)
    table[bits] = 1
    return sides[0] << 4 | sides[1], np.packbits(table, bitorder="little")
