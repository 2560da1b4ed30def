"""Fits the rule for spun text: texts of the corpus, as they are and swapped by tables made up at random.

Each text is measured by the habits of the three quarters of the corpus that it is not of. `without` holds out one kind
of table (`bench.fit.spinners.MIXES`).
"""

import json
import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import rjieba

from bench.data import BENCH, read_lines
from bench.fit.habits import count_habits
from bench.fit.spinners import MIXES, Workshop
from bench.fit.statistics import read_corpus
from bench.fit.trees import whole
from pipelines.fold import fold
from pipelines.judge.habits import measure, with_habits
from pipelines.judge.model import load_model
from pipelines.judge.spun import SHORTEST, habit_points
from pipelines.judge_model import JudgeModel

FOLDS, SPINNERS = 4, 400
#: Texts with fewer swapped characters are as good as not spun; those with many are easy, and some are enough.
_LEAST, _MANY, _ENOUGH = 0.02, 0.15, 0.3
SETTINGS: dict[str, Any] = {
    "n_estimators": 200,
    "num_leaves": 15,
    "learning_rate": 0.06,
    "min_child_samples": 40,
    "colsample_bytree": 0.5,
    "reg_lambda": 5.0,
    "random_state": 0,
    "n_jobs": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}


def run(work: Path, data: Path, without: str = "") -> None:
    """Write spun.z, the habits of the whole corpus, and spun.json, the rule over them with its limit."""
    texts = [[rjieba.cut(fold(p)) for p in text["paragraphs"]] for text in read_corpus()[0]]
    names, rows, spun = examples(texts, without)
    whole_corpus = count_habits([join(text) for text in texts])
    (data / "spun.z").write_bytes(whole_corpus)
    fitted = lightgbm.LGBMClassifier(**SETTINGS).fit(rows, spun)
    rule = {"names": names, "trees": whole(fitted), "limit": 0}
    rule["limit"] = choose_limit(load_model({"spun.z": whole_corpus, "spun.json": json.dumps(rule).encode()}))
    (data / "spun.json").write_text(json.dumps(rule, separators=(",", ":")) + "\n")
    print(len(rows), "texts,", int(spun.sum()), "spun; limit", rule["limit"], len(whole_corpus), "bytes")


def join(text: list[list[str]]) -> str:
    return "\n".join("".join(paragraph) for paragraph in text)


def examples(texts: list[list[list[str]]], without: str) -> tuple[list[str], Any, Any]:
    """Names of the features; by text, as it is or spun: its features, and whether it is spun."""
    rng = random.Random(0)
    counts = Counter(word for text in texts for paragraph in text for word in paragraph if is_hanzi(word))
    shop = Workshop(counts)
    kinds = [kind for kind in MIXES if kind != without]
    spinners = [shop.make(rng.choice(kinds), rng) for _ in range(SPINNERS)]
    rows: list[list[int]] = []
    spun: list[int] = []
    names: list[str] = []
    for left in range(FOLDS):
        model = with_habits(
            JudgeModel(name="fitting"),
            count_habits([join(text) for at, text in enumerate(texts) if at % FOLDS != left]),
        )
        quarter = texts[left::FOLDS]
        for text in quarter:
            long = text + rng.choice(quarter) if rng.random() < 0.3 else text
            swapped = (spinner.spin(long, rng) for spinner in rng.sample(spinners, 5))
            chosen = next(
                (s for s, share in swapped if share >= _LEAST and (share < _MANY or rng.random() < _ENOUGH)), ""
            )
            for is_spun, version in enumerate((join(long), chosen)):
                found = measure(version, model) if len(version) > 60 else None
                if found and found.pairs >= SHORTEST:
                    names = list(found.features)
                    rows.append(list(found.features.values()))
                    spun.append(is_spun)
    return names, np.array(rows, dtype=float), np.array(spun)


def is_hanzi(word: str) -> bool:
    return all("一" <= letter <= "鿿" for letter in word)


def choose_limit(model: JudgeModel) -> int:
    """The points above which one text in a thousand of calibration is, and no real page: other usage is no spinning."""
    return max(
        points[len(points) // 1000]
        for points in (
            _points(
                (d["paragraphs"] for d in read_lines(BENCH / "contamination" / "calibration_clean.jsonl.gz")), model
            ),
            _points(([d["body"]] for d in read_lines(BENCH / "extraction" / "gold.jsonl")), model),
        )
    )


def _points(texts: Iterable[list[str]], model: JudgeModel) -> list[int]:
    found = [
        measure(fold("\n".join(paragraphs)), model) for paragraphs in texts if len("".join(paragraphs)) >= SHORTEST
    ]
    return sorted((habit_points(habits, model) for habits in found if habits.pairs >= SHORTEST), reverse=True)
