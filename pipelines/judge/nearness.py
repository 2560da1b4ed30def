"""What a paragraph is about, beside what the others are: one question a function, all of products of vectors."""

from collections.abc import Mapping

import numpy as np

from pipelines.judge.space import CROWD_LENGTH, Array, cosines

#: Nothing fits better: per mille.
_BEST = 1000
#: Places from the best: where the crowd's twentieth stands.
_TOP = 26


def root(squares: Array) -> Array:
    """Lengths, rounded down. Squares that were themselves rounded down may be below nothing."""
    roots: Array = np.floor(np.sqrt(np.maximum(0, squares)))
    return roots


def middle(values: Array) -> int:
    """The middle one, the upper of two."""
    return int(np.sort(values)[len(values) // 2])


def compare_rest(products: Array) -> Array:
    """What each is about, beside what all the others are. Products of sums are sums of products."""
    own, sums = np.diagonal(products), products.sum(axis=1)
    return cosines(sums - own, root(own) * root(sums.sum() - 2 * sums + own))


def compare_profiles(products: Array, judged: Array, some: Array, nearest: Array) -> dict[str, Array]:
    """Which texts of the crowd some are like, beside which the rest is like, the nearest other, the title: by the
    products of all profiles, the title's first."""
    own = products[1:, 1:]
    rest, norm = compare_rest(own), root(np.diagonal(own))
    return {
        "profile": rest[some],
        "profile_below": middle(rest[judged]) - rest[some],
        "profile_best": cosines(own[some, nearest], norm[some] * norm[nearest]),
        "profile_title": cosines(products[0, 1:][some], norm[some] * root(products[0, 0])),
    }


def look_beside(rest: Array, some: Array) -> Array:
    """How well the worse of its two neighbours fits."""
    padded = np.concatenate(([_BEST], rest, [_BEST]))
    worse: Array = np.minimum(padded[some], padded[some + 2])
    return worse


def rank_in_crowd(crowd: Array, products: Array, rest: Array) -> Array:
    """How many texts of the crowd each fits better than the rest."""
    lengths = CROWD_LENGTH * root(np.diagonal(products))
    least = np.ceil((rest + 1) * lengths / 1000)
    ranks: Array = (crowd >= least[:, None]).sum(axis=1) * (lengths > 0)
    return ranks


def compare_near(products: Array, some: Array) -> dict[str, Array]:
    """What some are about, beside what is far from them and what is next to them, and how its neighbours fit."""
    count = len(products)
    beside = np.zeros((count + 2, count + 2))
    beside[1:-1, 1:-1] = products
    mid = some + 1
    size, wide = np.diagonal(beside), beside.sum(axis=1)
    lone, own = root(size), size[mid]
    before, after, across = beside[mid, mid - 1], beside[mid, mid + 1], beside[mid - 1, mid + 1]
    rest, rest_square = wide[mid] - own, wide.sum() - 2 * wide[mid] + own
    to_near = wide[mid - 1] - before + wide[mid + 1] - after
    far_square = rest_square - 2 * to_near + size[mid - 1] + size[mid + 1] + 2 * across
    return {
        "far": cosines(rest - before - after, lone[mid] * root(far_square)),
        "next": np.maximum(cosines(before, lone[mid] * lone[mid - 1]), cosines(after, lone[mid] * lone[mid + 1])),
        "bridge": cosines(across, lone[mid - 1] * lone[mid + 1]),
    }


def compare_crowd(crowd: Array, norm: Array, rest: Array) -> dict[str, Array]:
    """What each is about, beside what the texts of the crowd are: the nearest, the twentieth part of them, all."""
    near = cosines(crowd.astype(np.float64), norm[:, None] * np.float64(CROWD_LENGTH))
    top = np.partition(near, (-_TOP, -1), axis=1)
    return {
        "crowd_best": top[:, -1] - rest,
        "crowd_top": top[:, -_TOP],
        "crowd_mean": near.sum(axis=1) // near.shape[1],
    }


def next_best(each: Array) -> tuple[Array, Array]:
    """The second and the third of the others."""
    padded = np.concatenate((each, np.full((len(each), 3), -1000)), axis=1)
    nearest = np.sort(np.partition(padded, -3)[:, -3:])
    return nearest[:, 1], nearest[:, 0]


def place_among(named: Mapping[str, Array], judged: Array, some: Array) -> dict[str, Array]:
    """How some paragraphs' values, by name, stand among those of the judged ones."""
    values = np.stack(list(named.values()))
    order = np.sort(values[:, judged])
    own, size = values[:, some], order.shape[1]
    median, quarter = order[:, size // 2, None], order[:, size // 4, None]
    place = 1000 * (order[:, None, :] < own[:, :, None]).sum(axis=2) // size
    by_how = {"below": median - own, "place": place, "median": median + 0 * own, "quarter": quarter - own}
    return {f"{name}_{how}": rows[at] for how, rows in by_how.items() for at, name in enumerate(named)}
