"""Fits the off-topic rule: boosted trees over the features of paragraphs that belong and of such that were put in.

Statistics of three quarters of the corpus measure articles of the fourth, four times over. The limit is the lowest at
which few enough clean articles lose a paragraph to trees that have not seen them either.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from bench.fit.examples import Example, build
from bench.fit.statistics import FOLDS
from bench.fit.trees import whole
from pipelines.judge.boilerplate import find_boilerplate
from pipelines.judge.features import FEATURES, find_strangers, read_lines
from pipelines.judge.offtopic import may_go, weigh
from pipelines.judge.reading import read_article
from pipelines.judge.space import Array, Space, unpack_space
from pipelines.judge.trees import grow
from pipelines.model import Paragraph

SETTINGS: dict[str, Any] = {
    "n_estimators": 400,
    "learning_rate": 0.15,
    "extra_trees": True,
    "num_leaves": 16,
    "min_child_samples": 60,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.5,
    "reg_lambda": 5.0,
    "random_state": 0,
    "n_jobs": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
#: More of it can only speak for (1) or against (-1) a paragraph's being put in.
MONOTONE = dict.fromkeys(
    (
        *("rest", "far", "best", "second", "third", "next", "title", "cover_pairs", "cover_far", "cover_title"),
        *("rare_shared", "rare_share", "met", "rest_place", "best_place", "cover_pairs_place", "rank_below"),
        *("kin", "kin_place"),
    ),
    -1,
) | dict.fromkeys(
    ("rank", "rank_place", "crowd_best", "promo", "rest_below", "best_below", "cover_pairs_below", "kin_below"),
    1,
)
#: Of a thousand clean articles of the corpus so many may hold a paragraph of so many points: some hold real strangers.
HARM = 2.0
#: Points of an article without a stranger, with the sign turned.
_NONE = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Paragraphs that may be strangers: their features, whether they were put in, the article each is of."""

    rows: Array
    wrong: Array
    article: Array
    #: Which articles are clean.
    clean: Array


def run(work: Path, data: Path, without: str = "") -> None:
    """Measure, fit, choose the limit, write trees.json."""
    folds = [measure(build(fold, without), read_space(work / f"fold{fold}")) for fold in range(FOLDS)]
    fitted = {"name": "background-5", "names": FEATURES, "trees": fit(folds), "limit": choose_limit(folds)}
    print(f"off-topic: limit {fitted['limit']}")
    (data / "trees.json").write_text(json.dumps(fitted, separators=(",", ":")) + "\n")


def read_space(folder: Path) -> Space:
    """The vectors in a folder of statistics."""
    return unpack_space({name: (folder / name).read_bytes() for name in ("vectors.z", "crowd.z")})


def measure(examples: Iterator[Example], space: Space) -> Measured:
    """The features of every paragraph that the trees are asked about."""
    rows, wrong, articles, clean = [], [], [], []
    for example in examples:
        article = read_article(
            example.title, [Paragraph(index=at, raw=text) for at, text in enumerate(example.paragraphs)]
        )
        frame = {mark.paragraph for mark in find_boilerplate(article)}
        reading = read_lines(article, frame, space)
        if reading.judged.sum() < 4:
            continue
        for at, features in find_strangers(reading, np.ones(len(reading.lines), dtype=bool)).items():
            if may_go(at, features):
                rows.append([features[name] for name in FEATURES])
                wrong.append(reading.lines[at].index in example.wrong)
                articles.append(len(clean))
        clean.append(not example.wrong)
    return Measured(*map(np.array, (rows, wrong, articles, clean)))


def fit(folds: list[Measured]) -> list[Any]:
    """Boosted trees over whole numbers; what ships has whole thresholds and whole points."""
    fitted = lightgbm.LGBMClassifier(**SETTINGS, monotone_constraints=[MONOTONE.get(name, 0) for name in FEATURES])
    fitted.fit(np.concatenate([fold.rows for fold in folds]), np.concatenate([fold.wrong for fold in folds]))
    return whole(fitted)


def most(trees: list[Any], found: Measured) -> Array:
    """The most points that there are for any paragraph of each clean article."""
    forest, points = grow(FEATURES, trees), np.full(len(found.clean), -_NONE)
    features = [dict(zip(FEATURES, row, strict=True)) for row in found.rows.tolist()]
    np.maximum.at(points, found.article, weigh(forest, features))
    return points[found.clean]


def choose_limit(folds: list[Measured]) -> int:
    """The lowest limit that so few of a thousand clean articles reach, by trees that were fitted without their fold."""
    others = ([fold for fold in folds if fold is not left] for left in folds)
    points = np.concatenate([most(fit(some), left) for some, left in zip(others, folds, strict=True)])
    return int(np.sort(points)[-1 - int(HARM * len(points) / 1000)]) + 1
