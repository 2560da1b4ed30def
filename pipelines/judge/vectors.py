"""Sums of small integer vectors, without floats: what a paragraph is about, and how near two of them are.

Many whole numbers stand side by side in one long integer, in lanes of the same width, so that adding or scaling all of
them is one sum or one product. A lane below zero borrows from the next; read all at once, each comes out as it was.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isqrt
from operator import add, mul

Vector = tuple[int, ...]

#: Dimensions of the fitted space; a word's components are -7..7, times its weight of at most 15.
DIMENSIONS = 96
#: In the files components stand 8 and 128 above what they are.
_BIAS, _CROWD_BIAS = 8, 128
_ROW = DIMENSIONS * 2
#: As many words as a lane can add up: 7 * 15 * 290 < 32768.
_FULL = 290
#: Texts of every kind, against which a paragraph's fit to its own article is ranked; each a vector of this length.
CROWD, CROWD_LENGTH = 512, 120
ZERO: Vector = (0,) * DIMENSIONS


@dataclass(frozen=True)
class Lanes:
    """So many signed lanes, of a width that `struct` has a letter for."""

    count: int
    letter: str

    @cached_property
    def shape(self) -> struct.Struct:
        return struct.Struct(f"<{self.count}{self.letter}")

    @cached_property
    def ones(self) -> int:
        """1 in every lane."""
        width = self.shape.size // max(1, self.count)
        return int.from_bytes((b"\1" + bytes(width - 1)) * self.count, "little") if self.count else 0

    @cached_property
    def signs(self) -> int:
        """The highest bit of every lane."""
        return self.ones << (8 * self.shape.size // max(1, self.count) - 1)

    def write(self, numbers: Sequence[int]) -> int:
        return (int.from_bytes(self.shape.pack(*numbers), "little") ^ self.signs) - self.signs

    def read(self, lanes: int) -> Vector:
        return self.shape.unpack(((lanes + self.signs) ^ self.signs).to_bytes(self.shape.size, "little"))


_WORDS, _CROWD = Lanes(DIMENSIONS, "h"), Lanes(CROWD, "i")


def unpack_rows(packed: bytes) -> bytes:
    """Lanes from the file's half bytes, two components each."""
    low = bytes(b & 15 for b in range(256))
    high = bytes(b >> 4 for b in range(256))
    lanes = bytearray(len(packed) * 4)
    lanes[0::4] = packed.translate(low)
    lanes[2::4] = packed.translate(high)
    return bytes(lanes)


def add_words(rows: bytes, words: Sequence[tuple[int, int]]) -> Vector:
    """The sum of the words' vectors, each given as (row, weight)."""
    total = ZERO
    for begin in range(0, len(words), _FULL):
        some = words[begin : begin + _FULL]
        lanes = sum([int.from_bytes(rows[row * _ROW : row * _ROW + _ROW], "little") * weight for row, weight in some])
        surplus = _BIAS * sum([weight for _, weight in some])
        total = tuple(map(add, total, _WORDS.read(lanes - surplus * _WORDS.ones)))
    return total


def products(vectors: Sequence[Vector]) -> list[Vector]:
    """The product of every vector with every vector, itself among them: a row for each."""
    lanes = Lanes(len(vectors), "q")
    columns = [lanes.write(column) for column in zip(*vectors, strict=True)]
    return [lanes.read(sum(map(mul, columns, vector))) for vector in vectors]


def cosine(product: int, norms: int) -> int:
    """Per mille, rounded down; 0 where either is nothing. `norms` is the product of the two norms."""
    return 1000 * product // norms if norms else 0


def unit(a: Vector, length: int) -> Vector:
    """The vector scaled to about that length."""
    size = isqrt(sum(map(mul, a, a)))
    return tuple(length * x // size for x in a) if size else a


def unpack_crowd(packed: bytes) -> tuple[int, ...]:
    """The crowd's unit vectors by dimension: one long integer each, a 32-bit lane for each text."""
    columns = []
    for at in range(DIMENSIONS):
        lanes = bytearray(CROWD * 4)
        lanes[0::4] = packed[at * CROWD : (at + 1) * CROWD]
        columns.append(int.from_bytes(lanes, "little"))
    return tuple(columns)


def crowd_products(crowd: tuple[int, ...], a: Vector) -> int:
    """Products of a vector with every text of the crowd, in lanes; over CROWD_LENGTH, cosines in per mille."""
    scaled = unit(a, 1000)
    lanes: int = sum(map(mul, crowd, scaled))
    return lanes - _CROWD_BIAS * sum(scaled) * _CROWD.ones


def crowd_in_order(crowd: int) -> list[int]:
    """The products in order of size."""
    return sorted(_CROWD.read(crowd))


def crowd_above(crowd: int, cosine: int) -> int:
    """How many of the cosines are above this: those that stay positive when so much is taken off every lane."""
    left: int = crowd - (cosine + 1) * CROWD_LENGTH * _CROWD.ones
    return ((left + _CROWD.signs) & _CROWD.signs).bit_count()
