"""Kinds of texts: what is written alike, whatever it is about, and which characters and pairs tell of each kind.

News is written otherwise than a recipe, a match report or what people say in a forum, and a paragraph that was put in
is mostly of another kind than its host. Nobody has to name the kinds: texts that are about like things are one
(spherical k-means), and what stands oftener in the texts of one kind than in others speaks for it (naive Bayes).
"""

import itertools

import numpy as np

from crawler.fit.pieces import Pieces
from pipelines.judge.space import FINEST, KINDS, Array

_ROUNDS = 30
#: Steps to a nat.
_STEP = 2


def fit_kinds(pieces: Pieces, vectors: Array) -> Array:
    """By code and kind, how much likelier it stands in a text of this kind than in one of the others: int8."""
    kind = gather_kinds(sum_up(pieces, vectors))
    of_token = np.repeat(kind[pieces.text], np.diff(pieces.starts))
    size = len(pieces.codes)
    counts = np.bincount(of_token * size + pieces.rows, minlength=KINDS * size).reshape(KINDS, size)
    logs = np.log((counts + 1) / (counts.sum(axis=1, keepdims=True) + size))
    found: Array = np.clip(np.round(_STEP * (logs - logs.mean(axis=0))), -FINEST, FINEST).astype(np.int8).T
    return found


def sum_up(pieces: Pieces, vectors: Array) -> Array:
    """What each text is about, as a unit vector; nothing for one without pieces."""
    bounds = pieces.starts[np.searchsorted(pieces.text, np.arange(pieces.texts + 1))]
    sums = np.zeros((pieces.texts, vectors.shape[1]))
    for text, (begin, end) in enumerate(itertools.pairwise(bounds)):
        sums[text] = vectors[pieces.rows[begin:end]].sum(axis=0, dtype=float)
    units: Array = sums / np.maximum(1, np.sqrt((sums * sums).sum(axis=1, keepdims=True)))
    return units


def gather_kinds(units: Array) -> Array:
    """The kind of each text; the first texts to lead a kind are drawn by lot, which is cast alike each time."""
    known = np.flatnonzero(units.any(axis=1))
    leaders = np.zeros((KINDS, units.shape[1]))
    drawn = np.random.default_rng(0).permutation(known)[:KINDS]
    leaders[: len(drawn)] = units[drawn]
    kind = np.zeros(len(units), dtype=np.int64)
    for _ in range(_ROUNDS):
        kind = (units @ leaders.T).argmax(axis=1)
        for place in range(len(drawn)):
            whole = units[kind == place].sum(axis=0)
            leaders[place] = whole / max(1e-9, float(np.sqrt(whole @ whole)))
    return kind
