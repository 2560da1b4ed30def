"""Where words and numbers stand in a long list, all at once: two looks at a table of hashes each, however long."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

#: An array of whole numbers.
Array: TypeAlias = Any

#: What spreads numbers over a table, for the first and for the second look.
_SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
#: No sound table needs so many rounds of moving; a larger one needs fewer.
_ROUNDS = 100
#: No list of different numbers needs so many times its length.
_ROOM = 64
#: A word is one number: its characters, 16 bits each, if it has no more than so many; by its length, the bits it takes.
_LONGEST, _CHARACTER = 4, np.uint64(16)
_WIDTHS = np.array([0, 0xFFFF, 0xFFFF_FFFF, 0xFFFF_FFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF, 0], np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class Lookup:
    """Different numbers (uint64) by their hashes."""

    #: The numbers as listed; by hash, which of them stands there, or just any.
    keys: Array
    slots: Array
    #: Bits that are left out of a hash.
    shift: Any

    def find(self, keys: Array, missing: int) -> Array:
        """The place of each number in the list; `missing` for one that is not there."""
        first, second = (self.slots.take((keys * spread >> self.shift).view(np.intp)) for spread in _SPREAD)
        places = np.where(self.keys.take(first) == keys, first, second).astype(np.intp)
        return np.where(self.keys.take(places) == keys, places, np.intp(missing))


def look_up(keys: Array, bits: int = 0) -> Lookup:
    """A table of different numbers, with room for more than twice as many. Every number has two places that it may
    stand in; one that comes to a taken place moves the other one on (Pagh and Rodler's cuckoo hashing).

    Raises ValueError where no table is large enough: a number is listed three times, or oftener.
    """
    bits = bits or (2 * len(keys)).bit_length()
    if 1 << bits > _ROOM * (len(keys) + 1):
        raise ValueError("a number is listed several times")
    shift = np.uint64(64 - bits)
    hashes = np.stack([(keys * spread >> shift).view(np.intp) for spread in _SPREAD])
    slots = np.full(1 << bits, -1, np.int32)
    side, moving = np.zeros(len(keys), np.intp), np.arange(len(keys))
    for _ in range(_ROUNDS):
        to = hashes[side[moving], moving]
        before = slots[to]
        slots[to] = moving
        crowded = moving[slots[to] != moving]
        moving = np.concatenate((crowded, np.unique(before[before >= 0])))
        if not len(moving):
            return Lookup(keys, np.maximum(slots, 0), shift)
        side[moving] ^= 1
    return look_up(keys, bits + 1)


def number_words(words: Sequence[str]) -> Array:
    """Each word as one number, 0 for one that is too long to have a place."""
    starts, lengths = span_words(words)
    points = np.frombuffer("".join((*words, "\0" * _LONGEST)).encode("utf-32-le"), "<u4").astype(np.uint64)
    letters = np.minimum(points, np.uint64(0xFFFF))
    pairs = letters[:-1] | letters[1:] << _CHARACTER
    numbers = (pairs[:-2] | pairs[2:] << np.uint64(2) * _CHARACTER).take(starts)
    return np.where(lengths == 1, points.take(starts), numbers & _WIDTHS.take(lengths, mode="clip"))


def span_words(words: Sequence[str]) -> tuple[Array, Array]:
    """Where each of a text's words begins, and how long it is."""
    lengths = np.fromiter(map(len, words), np.intp, len(words))
    return np.cumsum(lengths) - lengths, lengths


def read_bits(table: Array, at: Array) -> Array:
    """The bits (0 or 1) at these places (uint64) of a table of bytes, the lowest of each byte first."""
    at = at.view(np.intp)
    return table.take(at >> 3) >> (at & 7) & 1
