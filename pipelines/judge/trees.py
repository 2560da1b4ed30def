"""Boosted trees over whole numbers: every comparison and every sum is exact, so the verdict is the same everywhere.

All trees are walked at once. A leaf is a bit, a tree a lane of bits in one long integer; what is known of one feature
rules out leaves of every tree together, by one mask. A tree's leaves stand in order of their points, the most first,
so the lowest bit that is left is what the tree says at most: exactly what it says once all features are known.
Points are summed by their binary digits: how many of the chosen leaves have this digit in their points.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipelines.judge_model import Tree

#: Leaves of a tree, as bits of its lane.
_LANE = 16


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees, feature by feature."""

    #: Every leaf of every tree.
    leaves: int
    #: By feature: its thresholds in order, and for each interval between them the leaves that it leaves open.
    splits: dict[str, tuple[list[int], list[int]]]
    #: The lowest bit of every lane.
    ones: int
    #: What all trees say at least; points of leaves count from the lowest leaf of any tree.
    base: int
    #: By binary digit: the leaves that have it in their points.
    digits: tuple[int, ...]


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


def narrow(forest: Forest, found: Mapping[str, int], leaves: int) -> int:
    """The leaves, of those given, that can still be reached once these features are known."""
    for name, value in found.items():
        if name in forest.splits:
            thresholds, open_leaves = forest.splits[name]
            leaves &= open_leaves[bisect_left(thresholds, value)]
    return leaves


def most_points(forest: Forest, leaves: int) -> int:
    """The most points that these leaves allow; with all features known, the points."""
    lowest = leaves & ~(leaves - forest.ones)
    return forest.base + sum((lowest & having).bit_count() << digit for digit, having in enumerate(forest.digits))


@lru_cache(maxsize=8)
def _grow(fitted: _Fitted) -> Forest:
    points: dict[int, int] = {}
    ruled_out: dict[str, dict[int, list[int]]] = {name: {} for name in fitted.names}
    for at, tree in enumerate(fitted.trees):
        leaves = sorted(_leaves(tree, ()), key=lambda leaf: -leaf[0])
        if len(leaves) > _LANE:
            raise ValueError(f"tree {at} has {len(leaves)} leaves, at most {_LANE} can be told apart")
        for place, (value, path) in enumerate(leaves):
            bit = 1 << (_LANE * at + place)
            points[bit] = value
            for feature, threshold, above in path:
                ruled_out[fitted.names[feature]].setdefault(threshold, [0, 0])[above] |= bit
    every, ones = sum(points), sum(1 << (_LANE * at) for at in range(len(fitted.trees)))
    base = min(points.values(), default=0)
    above_base = {bit: value - base for bit, value in points.items()}
    digits = tuple(
        sum(bit for bit, value in above_base.items() if value >> digit & 1)
        for digit in range(max(above_base.values(), default=0).bit_length())
    )
    splits = {name: _intervals(masks, every) for name, masks in ruled_out.items() if masks}
    return Forest(every, splits, ones, base * len(fitted.trees), digits)


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


def _intervals(masks: Mapping[int, Sequence[int]], every: int) -> tuple[list[int], list[int]]:
    """A feature's thresholds, and what stays open below the first, between each two, and above the last."""
    thresholds = sorted(masks)
    open_leaves = []
    for passed in range(len(thresholds) + 1):
        gone = 0
        for place, threshold in enumerate(thresholds):
            gone |= masks[threshold][place >= passed]
        open_leaves.append(every & ~gone)
    return thresholds, open_leaves
