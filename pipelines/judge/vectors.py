"""Sums of small integer vectors, without floats: what a paragraph is about, and how near two of them are.

A word's vector is one long integer with a 16-bit lane for each dimension, so that adding two vectors is adding two
numbers. Lanes hold the component plus 8, never negative, and the surplus is taken off when the lanes are read.
"""

import struct
from collections.abc import Iterable
from math import isqrt
from operator import add, mul, sub

Vector = tuple[int, ...]

#: Dimensions of the fitted space; a word's components are -7..7, times its weight of at most 15.
DIMENSIONS = 96
_BIAS = 8
_ROW = DIMENSIONS * 2
_LANES = struct.Struct(f"<{DIMENSIONS}H")
#: As many words as a lane can add up: 15 * 15 * 290 < 65536.
_FULL = 290
#: Texts of every kind, against which a paragraph's fit to its own article is ranked; each a vector of this length.
CROWD, CROWD_LENGTH = 512, 120
_CROWD_LANES = struct.Struct(f"<{CROWD}I")
ZERO: Vector = (0,) * DIMENSIONS


def unpack_rows(packed: bytes) -> bytes:
    """Lanes from the file's half bytes, two components each."""
    low = bytes(b & 15 for b in range(256))
    high = bytes(b >> 4 for b in range(256))
    lanes = bytearray(len(packed) * 4)
    lanes[0::4] = packed.translate(low)
    lanes[2::4] = packed.translate(high)
    return bytes(lanes)


def add_words(rows: bytes, words: Iterable[tuple[int, int]]) -> Vector:
    """The sum of the words' vectors, each given as (row, weight)."""
    known = list(words)
    total = ZERO
    for begin in range(0, len(known), _FULL):
        lanes, weights = 0, 0
        for row, weight in known[begin : begin + _FULL]:
            lanes += int.from_bytes(rows[row * _ROW : (row + 1) * _ROW], "little") * weight
            weights += weight
        surplus = _BIAS * weights
        total = tuple(
            t + lane - surplus for t, lane in zip(total, _LANES.unpack(lanes.to_bytes(_ROW, "little")), strict=True)
        )
    return total


def plus(a: Vector, b: Vector) -> Vector:
    return tuple(map(add, a, b))


def minus(a: Vector, b: Vector) -> Vector:
    return tuple(map(sub, a, b))


def norm(a: Vector) -> int:
    return isqrt(sum(map(mul, a, a)))


def cosine(a: Vector, b: Vector, norms: int) -> int:
    """Per mille, rounded down; 0 where either is nothing. `norms` is the product of the two norms."""
    return 1000 * sum(map(mul, a, b)) // norms if norms else 0


def unit(a: Vector, length: int) -> Vector:
    """The vector scaled to about that length."""
    size = norm(a)
    return tuple(length * x // size for x in a) if size else a


def unpack_crowd(packed: bytes) -> tuple[int, ...]:
    """The crowd's unit vectors by dimension: one long integer each, a 32-bit lane for each text."""
    columns = []
    for at in range(DIMENSIONS):
        lanes = bytearray(CROWD * 4)
        lanes[0::4] = packed[at * CROWD : (at + 1) * CROWD]
        columns.append(int.from_bytes(lanes, "little"))
    return tuple(columns)


def crowd_products(crowd: tuple[int, ...], a: Vector) -> tuple[list[int], int]:
    """Products of a vector with every text of the crowd, in order of size, and what to take off each.

    (product - surplus) // CROWD_LENGTH is the cosine in per mille. One product of long integers does a dimension.
    """
    scaled = unit(a, 1000)
    raised = sum(map(mul, crowd, [max(0, x) for x in scaled]))
    lowered = sum(map(mul, crowd, [max(0, -x) for x in scaled]))
    up, down = (_CROWD_LANES.unpack(side.to_bytes(CROWD * 4, "little")) for side in (raised, lowered))
    return sorted(map(sub, up, down)), 128 * sum(scaled)
