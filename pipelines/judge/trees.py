"""Boosted trees over whole numbers: every comparison and every sum is exact, so the verdict is the same everywhere.

All trees are walked at once. A leaf is a bit, a tree a lane of bits; what is known of one feature rules out leaves of
every tree together, by one row of lanes. A tree's leaves stand in order of their points, the most first, so the lowest
bit that is left is what the tree says at most: exactly what it says once all features are known.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np

from pipelines.judge_model import Tree

Array: TypeAlias = Any

#: Leaves of a tree, as bits of its lane.
_LANE = 16
_EVERY = (1 << _LANE) - 1
#: By the leaves that are left in a lane, the lowest.
_LOWEST = np.zeros(1 << _LANE, np.uint8)
for _place in reversed(range(_LANE)):
    _LOWEST[1 << _place :: 2 << _place] = _place
#: Features are at most this, and one that is not known is one more; so far apart no two features' thresholds meet.
_LAST, _UNKNOWN, _APART = (1 << 40) - 1, 1 << 40, 1 << 42
#: Sets of features that are weighed at once.
_BLOCK = 64


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees, feature by feature."""

    #: Of the features that are asked for, the names, the places, and what is added to the values of each.
    names: tuple[str, ...]
    places: Array
    shifts: Array
    #: The thresholds of all features in order, with what is added; a last one for each feature.
    thresholds: Array
    #: By feature and by interval between its thresholds, and where it is not known: the leaves that are left open.
    open: Array
    #: By tree and leaf, its points; where each tree's begin.
    points: Array
    firsts: Array


@dataclass(frozen=True, eq=False, slots=True)
class _Fitted:
    """Trees and the names of their features, told apart by being the same objects: they are too long to compare."""

    names: Sequence[str]
    trees: Sequence[Tree]

    def __hash__(self) -> int:
        return hash((id(self.names), id(self.trees)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Fitted) and self.names is other.names and self.trees is other.trees


def grow(names: Sequence[str], trees: Sequence[Tree]) -> Forest:
    """The forest of fitted trees, grown once. Raises ValueError for a tree of more than 16 leaves."""
    return _grow(_Fitted(names, trees))


def most_points(forest: Forest, found: Sequence[Mapping[str, int]]) -> list[int]:
    """The most points that each of these sets of features allows; where all are known, the points."""
    return [most for begin in range(0, len(found), _BLOCK) for most in _walk(forest, found[begin : begin + _BLOCK])]


def _walk(forest: Forest, found: Sequence[Mapping[str, int]]) -> list[int]:
    values = np.array([[one.get(name, _UNKNOWN) for name in forest.names] for one in found], np.int64)
    rows = forest.thresholds.searchsorted(values + forest.shifts) + forest.places
    left = np.bitwise_and.reduce(forest.open.take(rows, axis=0), axis=1)
    points: list[int] = forest.points.take(forest.firsts + _LOWEST.take(left)).sum(axis=1).tolist()
    return points


@lru_cache(maxsize=8)
def _grow(fitted: _Fitted) -> Forest:
    leaves = [sorted(_leaves(tree, ()), key=lambda leaf: -leaf[0]) for tree in fitted.trees]
    points = np.zeros((len(leaves), _LANE), np.int64)
    splits: dict[int, dict[int, list[tuple[int, bool, int]]]] = {}
    for at, found in enumerate(leaves):
        if len(found) > _LANE:
            raise ValueError(f"tree {at} has {len(found)} leaves, at most {_LANE} can be told apart")
        points[at, : len(found)] = [value for value, _path in found]
        for place, (_value, path) in enumerate(found):
            for feature, threshold, above in path:
                splits.setdefault(feature, {}).setdefault(threshold, []).append((at, above, _EVERY ^ (1 << place)))
    used = sorted(splits)
    thresholds = [
        place * _APART + threshold for place, one in enumerate(used) for threshold in [*sorted(splits[one]), _LAST]
    ]
    return Forest(
        names=tuple(fitted.names[feature] for feature in used),
        places=np.arange(len(used)),
        shifts=np.arange(len(used)) * _APART,
        thresholds=np.array(thresholds, np.int64),
        open=np.concatenate(
            [np.zeros((0, len(leaves)), np.uint16), *(_intervals(splits[one], len(leaves)) for one in used)]
        ),
        points=points.ravel(),
        firsts=np.arange(len(leaves)) * _LANE,
    )


def _leaves(
    tree: Tree, path: tuple[tuple[int, int, bool], ...]
) -> Iterator[tuple[int, tuple[tuple[int, int, bool], ...]]]:
    """Each leaf's points, and the (feature, threshold, is above) that lead to it."""
    if isinstance(tree, int):
        yield tree, path
        return
    feature, threshold, most, above = tree
    yield from _leaves(most, (*path, (feature, threshold, False)))
    yield from _leaves(above, (*path, (feature, threshold, True)))


def _intervals(splits: Mapping[int, Sequence[tuple[int, bool, int]]], trees: int) -> Array:
    """What stays open below the first of a feature's thresholds, between each two, above the last, and where nothing is
    known. A threshold has, for each leaf that it leads to, the tree, the side, and all leaves but this one."""
    left = np.full((len(splits) + 2, trees), _EVERY, np.uint16)
    for passed, threshold in enumerate(sorted(splits), 1):
        for tree, above, others in splits[threshold]:
            (left[:passed] if above else left[passed:-1])[:, tree] &= others
    return left
