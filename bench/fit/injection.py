"""Fits the keyword rule: keywords of made-up brands are spliced into texts that the statistics have not seen.

One keyword stands in one to three places of an article, as farms have it. Needs numpy, lightgbm and rjieba.
"""

import gzip
import json
import math
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
import rjieba

from bench.fit.keywords import SEARCHES, TRADES, Maker
from bench.fit.statistics import CORPUS, read_corpus
from bench.fit.trees import NO_TREES, whole, write_trees
from pipelines.fold import fold
from pipelines.judge.cores import LEXICON, Lexicon
from pipelines.judge.injection import find_keywords, measure, read_page
from pipelines.judge.model import load_model
from pipelines.judge_model import JudgeModel
from pipelines.repair import repair

SETTINGS: dict[str, Any] = {
    "n_estimators": 120,
    "learning_rate": 0.1,
    "num_leaves": 12,
    "min_child_samples": 40,
    "reg_lambda": 5.0,
    "colsample_bytree": 0.6,
    "random_state": 0,
    "n_jobs": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
FOLDS = 4
#: More of it can only speak for (1) or against (-1) a keyword, whatever word it is of: the next one is on no list.
MONOTONE = {
    **dict.fromkeys(("trade", "searched", "strongest", "join", "healed", "rarity", "again", "gain"), 1),
    **dict.fromkeys(("enter", "leave", "torn_left", "torn_right", "led_in", "led_out", "headed"), -1),
    **dict.fromkeys(("longer", "elsewhere", "topic"), -1),
}
#: Of the corpus's texts, and of those to calibrate on, so many may hold a cut when the limit is chosen.
HARMED, HARMED_CALIBRATING = 5, 1
CALIBRATION = CORPUS.parents[1] / "bench" / "contamination" / "calibration_clean.jsonl.gz"
#: The same for where a keyword begins.
STARTS_MONOTONE = {"enter": -1, "torn_left": -1, "longer": -1, "again": 1}
_BRACKETS = ("《》", "【】", "()", "[]", "“”")


class Example(NamedTuple):
    """A core: the features of every beginning, which one is right (-1 where it is no keyword), whose text it is in."""

    rows: list[dict[str, int]]
    right: int
    text: int


def run(work: Path, data: Path, without: str = "") -> None:
    """Fit on the fold statistics in `work`, write data/injection.json. `without` names families of `bench.fit.keywords`
    (joined by commas) that neither the made-up keywords nor the lists have then."""
    families = frozenset(filter(None, without.split(",")))
    lexicon = thinned(families)
    found = [
        one for fold in range(FOLDS) for one in examples(fold, read_folder(work / f"fold{fold}"), families, lexicon)
    ]
    names = sorted(found[0].rows[0])
    tables = [np.array([[row[name] for name in names] for row in one.rows], dtype=float) for one in found]
    keywords = [(table, one.right) for table, one in zip(tables, found, strict=True) if one.right >= 0]
    settings = SETTINGS | {"monotone_constraints": [MONOTONE.get(name, 0) for name in names]}
    starts = lightgbm.LGBMClassifier(**SETTINGS, monotone_constraints=[STARTS_MONOTONE.get(name, 0) for name in names])
    starts.fit(
        np.concatenate([t for t, _ in keywords]), [int(at == right) for t, right in keywords for at in range(len(t))]
    )
    chosen = np.array([table[_last_best(starts.predict(table, raw_score=True))] for table in tables])
    is_keyword = np.array([int(one.right >= 0) for one in found])
    fitted = lightgbm.LGBMClassifier(**settings).fit(chosen, is_keyword)
    unseen = _crossed(chosen, is_keyword, np.array([one.text for one in found]), settings)
    limit = choose_limit(
        [(points, one.text) for points, one in zip(unseen, found, strict=True) if one.right < 0], HARMED
    )
    write_trees(fitted, names, data / "injection.json", starts=whole(starts), limit=limit)
    calibrated = choose_limit(list(calibrate(work / "fold0", data, lexicon)), HARMED_CALIBRATING)
    write_trees(fitted, names, data / "injection.json", starts=whole(starts), limit=max(limit, calibrated))
    print(len(found), "cores,", len(keywords), "keywords, limits", limit, calibrated)


def read_folder(folder: Path, injection: bytes = NO_TREES) -> JudgeModel:
    """The statistics counted into a folder, with the rule as fitted so far."""
    blob = {entry.name: entry.read_bytes() for entry in folder.glob("*.z")}
    return load_model(blob | {"trees.json": NO_TREES, "injection.json": injection})


def calibrate(folder: Path, data: Path, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """What the fit says of the texts that limits are chosen on, which nothing else has seen."""
    model = read_folder(folder, (data / "injection.json").read_bytes())
    with gzip.open(CALIBRATION, "rt", encoding="utf-8") as lines:
        for number, article in enumerate(map(json.loads, lines)):
            texts = [fold(repair(text).text) for text in (article["title"], *article["paragraphs"])]
            for hits in find_keywords(read_page(texts, model, lexicon)).values():
                yield from ((one.points, number) for one in hits)


def _last_best(points: Any) -> int:
    """The last of those with the most points, as `pipelines.judge.injection.choose` takes it."""
    return int(len(points) - 1 - np.argmax(points[::-1]))


def _crossed(rows: Any, rights: Any, texts: Any, settings: dict[str, Any]) -> Any:
    """Points in thousandths, by trees that have not seen the text."""
    points = np.zeros(len(rows))
    for part in range(FOLDS):
        inside = texts % FOLDS == part
        trees = lightgbm.LGBMClassifier(**settings).fit(rows[~inside], rights[~inside])
        points[inside] = 1000 * trees.predict(rows[inside], raw_score=True)
    return points


def choose_limit(points: Sequence[tuple[float, int]], harmed: int) -> int:
    """Points that no more than so many of the clean texts reach."""
    highest: dict[int, float] = {}
    for value, text in points:
        highest[text] = max(value, highest.get(text, -1e9))
    return math.ceil(sorted(highest.values())[-harmed - 1]) + 1


def examples(fold_left: int, model: JudgeModel, without: frozenset[str], lexicon: Lexicon) -> Iterator[Example]:
    """The cores in the texts that a fold left out, and the keywords that are put into each."""
    rng = random.Random(fold_left)
    maker = Maker([word for word in model.words if 2 <= len(word) <= 3 and word >= "\u4e00"], rng, without)
    for number, article in enumerate(read_corpus(fold_left)[1]):
        texts = [fold(article["title"]), *(fold(text) for text in article["paragraphs"] if len(text) >= 30)][:20]
        for rows, _ in read(texts, {}, model, lexicon):
            yield Example(rows, -1, FOLDS * number + fold_left)
        spans = inject(texts, maker)
        for rows, right in read(texts, spans, model, lexicon):
            if right >= 0:
                yield Example(rows, right, FOLDS * number + fold_left)


def read(
    texts: list[str], spans: dict[int, tuple[int, int]], model: JudgeModel, lexicon: Lexicon
) -> Iterator[tuple[list[dict[str, int]], int]]:
    """The cores of an article: the features of each beginning, and which of them is that of a span."""
    page = read_page(texts, model, lexicon)
    for at, (sentence, cores) in page.heard.items():
        begin, end = spans.get(at, (-1, -1))
        for core, rivals in cores:
            right = rivals.index(begin) if begin in rivals and abs(core.end - end) <= 2 else -1
            yield measure(sentence, core, rivals, page), right


def inject(texts: list[str], maker: Maker) -> dict[int, tuple[int, int]]:
    """Put one keyword into one to three of the texts, the title among them; where it begins and ends in each."""
    rng, word = maker.rng, maker.keyword()
    spans = {}
    for at in rng.sample(range(len(texts)), min(len(texts), rng.choice((1, 1, 2, 3)))):
        place = choose_place(texts[at], rng)
        opening, closing = tuple(rng.choice(_BRACKETS)) if rng.random() < 0.06 else ("", "")
        texts[at] = texts[at][:place] + opening + word + closing + texts[at][place:]
        spans[at] = (place + len(opening), place + len(opening) + len(word))
    return spans


def choose_place(text: str, rng: random.Random) -> int:
    """At an end, after a mark, before the last one, between two words, or anywhere."""
    marks = [i + 1 for i, c in enumerate(text[:-1]) if c in ",。;!?:、"]
    edges = list(accumulate(len(token) for token in rjieba.cut(text))) or [0]
    chance = rng.random()
    if chance < 0.15:
        return 0
    if chance < 0.2:
        return len(text)
    if chance < 0.45 and marks:
        return rng.choice(marks)
    if chance < 0.6 and text.endswith("。"):
        return len(text) - 1
    return rng.choice(edges) if chance < 0.9 else rng.randrange(len(text) + 1)


def thinned(families: frozenset[str]) -> Lexicon:
    """The lists without the words of these families, and without words that hold or are held by them."""
    gone = {word for name in families for word in (TRADES[name][1] if name in TRADES else SEARCHES[name])}
    kept = [
        {word: points for word, points in table.items() if not any(word in other or other in word for other in gone)}
        for table in (LEXICON.trade, LEXICON.searched)
    ]
    return Lexicon(*kept) if families else LEXICON
