"""Boosted trees over whole numbers: every comparison and every sum is exact, so the verdict is the same everywhere.

All trees are asked about all rows at once. A leaf is a bit; each split rules out the leaves on its other side, and the
one bit that is left when all splits are asked is the leaf.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from pipelines.judge.space import Array
from pipelines.judge_model import Tree

#: Leaves of a tree, as bits of one number.
LEAVES = 16
#: Thresholds lie below this, so it is as good as anything above.
_MOST = (1 << 15) - 1
#: Of a number of one bit, which bit it is.
_PLACE = np.zeros(1 << LEAVES, dtype=np.intp)
_PLACE[1 << np.arange(LEAVES)] = np.arange(LEAVES)


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees as tables: one column a tree, one row a split."""

    features: Array
    thresholds: Array
    #: The leaves that a split leaves where the feature is at most the threshold, and where it is above.
    most: Array
    above: Array
    #: A row a tree, a column a leaf.
    points: Array


def grow(trees: Sequence[Tree]) -> Forest:
    """The forest of fitted trees. Raises ValueError for a tree of more than 16 leaves."""
    shape = (LEAVES - 1, len(trees))
    features, thresholds = np.zeros(shape, dtype=np.intp), np.zeros(shape, dtype=np.int16)
    most, above = np.full(shape, 0xFFFF, dtype=np.uint16), np.full(shape, 0xFFFF, dtype=np.uint16)
    points = np.zeros((len(trees), LEAVES), dtype=np.int64)
    for column, tree in enumerate(trees):
        leaves = list(_leaves(tree))
        if len(leaves) > LEAVES:
            raise ValueError(f"tree {column} has {len(leaves)} leaves, at most {LEAVES} can be told apart")
        points[column, : len(leaves)] = leaves
        for row, (feature, threshold, first, middle, last) in enumerate(_splits(tree, 0)):
            features[row, column], thresholds[row, column] = feature, max(-_MOST, min(_MOST - 1, threshold))
            most[row, column] = 0xFFFF & ~_bits(middle, last)
            above[row, column] = 0xFFFF & ~_bits(first, middle)
        most[-1, column] &= _bits(0, len(leaves))
        above[-1, column] &= _bits(0, len(leaves))
    return Forest(features, thresholds, most, above, points)


def add_points(forest: Forest, rows: Array) -> Array:
    """The sum of the trees' points for each row of features."""
    asked = np.clip(rows, -_MOST, _MOST).astype(np.int16).T[forest.features] > forest.thresholds[:, :, None]
    left = np.bitwise_and.reduce(np.where(asked, forest.above[:, :, None], forest.most[:, :, None]), axis=0)
    points: Array = np.take_along_axis(forest.points, _PLACE[left], axis=1).sum(axis=0)
    return points


def _bits(first: int, last: int) -> int:
    return (1 << last) - (1 << first)


def _leaves(tree: Tree) -> Iterator[int]:
    """The points of the leaves, from the lowest side up."""
    if isinstance(tree, int):
        yield tree
    else:
        yield from _leaves(tree[2])
        yield from _leaves(tree[3])


def _splits(tree: Tree, first: int) -> Iterator[tuple[int, int, int, int, int]]:
    """Each split's feature and threshold, and the leaves below it: from `first` to `middle` at most, then above."""
    if isinstance(tree, int):
        return
    feature, threshold, most, above = tree
    middle = first + sum(1 for _ in _leaves(most))
    yield feature, threshold, first, middle, middle + sum(1 for _ in _leaves(above))
    yield from _splits(most, first)
    yield from _splits(above, middle)
