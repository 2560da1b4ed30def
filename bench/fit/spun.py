"""Fits the rule for spun text: texts of the corpus, as they are and swapped by tables made up at random.

Each text is measured by counts over the three quarters of the corpus that it is not of. Two quarters teach the points
of cells, the other two the rule over them. `without` holds out one kind of table (`bench.fit.spinners.MIXES`).
"""

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import rjieba

from bench.data import BENCH, read_lines
from bench.fit.cells import EXACT, LEAST, fit_points, kinds_of, with_points
from bench.fit.habits import count_habits
from bench.fit.spinners import MIXES, Spinner, Workshop
from bench.fit.statistics import read_corpus
from bench.fit.swaps import read_swaps, weigh_swaps
from bench.fit.thesaurus import nearest, read_groups, synonyms
from bench.fit.trees import whole
from bench.fit.usage import count_usage, is_word
from pipelines.fold import fold
from pipelines.judge.habits import with_habits
from pipelines.judge.model import load_model
from pipelines.judge.spun import SHORTEST, count_points, measure_text
from pipelines.judge.swaps import unpack_swaps
from pipelines.judge.usage import unpack_usage
from pipelines.judge_model import JudgeModel

FOLDS, SPINNERS = 4, 600
#: Quarters that teach the points of cells; the others teach the rule.
OF_CELLS = (0, 1)
#: Texts with many swapped characters are easy, and some are enough; versions of a text.
_MANY, _ENOUGH, _VERSIONS, _SHORTEST = 0.15, 0.3, 2, 200
SETTINGS: dict[str, Any] = {
    **EXACT,
    "n_estimators": 200,
    "num_leaves": 15,
    "learning_rate": 0.06,
    "min_child_samples": 40,
    "colsample_bytree": 0.5,
    "reg_lambda": 5.0,
}

Text = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fit:
    """What all steps share."""

    texts: list[Text]
    shop: Workshop
    spinners: list[Spinner]
    rng: random.Random

    def count(self, left: int | None = None) -> tuple[bytes, bytes, bytes]:
        """The files of habits, of usage and of swaps, over all texts but a quarter."""
        some = [text for at, text in enumerate(self.texts) if at % FOLDS != left]
        whole = list(map(join, some))
        usage = count_usage(some, self.shop.synonyms, self.shop.near)
        return count_habits(whole), usage, weigh_swaps(whole, self.shop.listed)


def run(work: Path, data: Path, without: str = "") -> None:
    """Write spun.z, usage.z and swaps.json, counted over the whole corpus, and spun.json, the rule over them."""
    fit = begin([[rjieba.cut(fold(p)) for p in text["paragraphs"]] for text in read_corpus()[0]], without)
    counted = {left: fit.count(left) for left in range(FOLDS)}
    points = fit_cells(fit, {left: usage for left, (_, usage, _) in counted.items()})
    names, rows, spun = examples(fit, {left: knowing(*files, points) for left, files in counted.items()})
    habits, usage, swaps = fit.count()
    files = {"spun.z": habits, "usage.z": with_points(usage, points), "swaps.json": swaps}
    for name, packed in files.items():
        (data / name).write_bytes(packed)
    fitted = lightgbm.LGBMClassifier(**SETTINGS).fit(rows, spun)
    rule = {"names": names, "trees": whole(fitted), "limit": 0}
    rule["limit"] = choose_limit(load_model({**files, "spun.json": json.dumps(rule).encode()}))
    (data / "spun.json").write_text(json.dumps(rule, separators=(",", ":")) + "\n")
    print(len(rows), "texts,", int(spun.sum()), "spun; limit", rule["limit"], *map(len, files.values()), "bytes")


def begin(texts: list[Text], without: str) -> Fit:
    """Counts, words of the same sense, and tables made of them."""
    rng = random.Random(0)
    counts = Counter(word for text in texts for part in text for word in part)
    words = Counter({word: count for word, count in counts.items() if is_word(word)})
    shop = Workshop(words, synonyms(read_groups()), nearest(texts, counts), read_swaps())
    kinds = [kind for kind in MIXES if kind != without]
    return Fit(texts, shop, [shop.make(rng.choice(kinds), rng) for _ in range(SPINNERS)], rng)


def fit_cells(fit: Fit, counted: dict[int, bytes]) -> bytes:
    """The points of cells, taught by the texts of some quarters."""
    found = [kinds_of(fit.texts[at::FOLDS], unpack_usage(counted[at]), fit.spinners, fit.rng) for at in OF_CELLS]
    return fit_points(*map(np.concatenate, zip(*found, strict=True)))


def knowing(habits: bytes, usage: bytes, swaps: bytes, points: bytes) -> JudgeModel:
    """A model of nothing but these counts."""
    model = JudgeModel(name="fitting", usage=unpack_usage(with_points(usage, points)), swaps=unpack_swaps(swaps))
    return with_habits(model, habits)


def join(text: Text) -> str:
    """The text of segmented paragraphs."""
    return "\n".join(map("".join, text))


def examples(fit: Fit, models: dict[int, JudgeModel]) -> tuple[list[str], Any, Any]:
    """Names of the features; by text, as it is or spun: its features, and whether it is spun."""
    found = []
    for left in range(FOLDS):
        if left not in OF_CELLS:
            quarter = [text for text in fit.texts[left::FOLDS] if len(join(text)) >= _SHORTEST]
            for text in quarter:
                long = [*text, *fit.rng.choice(quarter)] if fit.rng.random() < 0.3 else text
                for is_spun, version in enumerate((join(long), *versions(long, fit)), 0):
                    measured = measure_text(version, models[left])
                    if measured.pairs >= SHORTEST:
                        found.append((measured.features, is_spun > 0))
    names = list(found[0][0])
    rows = np.array([list(features.values()) for features, _ in found], dtype=float)
    return names, rows, np.array([is_spun for _, is_spun in found])


def versions(text: Text, fit: Fit) -> Iterator[str]:
    """The text, spun by some tables."""
    left = _VERSIONS
    for spinner in fit.rng.sample(fit.spinners, 8):
        version, share = spinner.spin(text, fit.rng)
        if share >= LEAST and (share < _MANY or fit.rng.random() < _ENOUGH):
            yield version
            left -= 1
            if not left:
                return


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
    found = [measure_text(fold("\n".join(parts)), model) for parts in texts if len("".join(parts)) >= SHORTEST]
    return sorted((count_points(one, model) for one in found if one.pairs >= SHORTEST), reverse=True)
