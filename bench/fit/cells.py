"""Fits the points of cells: how much likelier a word is where a table put it in than where a writer chose it."""

import lzma
import random
from collections.abc import Iterable, Sequence
from typing import Any

import lightgbm
import numpy as np

from bench.fit.spinners import Spinner
from pipelines.judge.usage import CELLS, POINT, SHAPE, Usage, read_words

#: Shares of swapped characters that an article teaches with.
LEAST, MOST = 0.015, 0.2
#: What makes a fit the same every time.
EXACT: dict[str, Any] = {
    "random_state": 0,
    "n_jobs": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
SETTINGS: dict[str, Any] = {
    **EXACT,
    "n_estimators": 120,
    "num_leaves": 15,
    "learning_rate": 0.1,
    "min_child_samples": 100,
}

Text = Sequence[Sequence[str]]


def kinds_of(texts: Iterable[Text], usage: Usage, spinners: Sequence[Spinner], rng: random.Random) -> tuple[Any, Any]:
    """Of every kind of word in texts, as they are and swapped once: its cell, and whether it was swapped in."""
    cells, swapped = [], []
    for text in texts:
        before = {word for part in text for word in part}
        for spinner in (None, *rng.sample(spinners, 6)):
            version, share = spinner.spin(text, rng) if spinner else ("\n".join("".join(p) for p in text), LEAST)
            if LEAST <= share <= MOST:
                words = read_words(version, usage)
                put = spinner.targets - before if spinner else frozenset()
                names = dict(zip(words.kinds.tolist(), words.words, strict=True))
                cells.append(words.cells)
                swapped.append(np.array([names[kind] in put for kind in range(len(words.cells))], bool))
                if spinner:
                    break
    return np.concatenate(cells), np.concatenate(swapped)


def fit_points(cells: Any, swapped: Any) -> bytes:
    """By cell: its points."""
    fitted = lightgbm.LGBMClassifier(**SETTINGS).fit(_parts(cells), swapped)
    told = fitted.predict(_parts(np.arange(CELLS)), raw_score=True)
    share = swapped.mean()
    points = np.round(POINT * (told - np.log(share / (1 - share))))
    return bytes(np.clip(points, -127, 127).astype(np.int8).tobytes())


def with_points(usage: bytes, points: bytes) -> bytes:
    """The file of `bench.fit.usage` with the points of its cells, which stand last."""
    return lzma.compress(lzma.decompress(usage)[:-CELLS] + points)


def _parts(cells: Any) -> Any:
    return np.stack(np.unravel_index(cells, SHAPE), axis=1).astype(float)
