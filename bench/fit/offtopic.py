"""Fits the off-topic rule on articles of the corpus that the statistics have not seen, with paragraphs put in.

Needs numpy, lightgbm and rjieba in an environment of its own. Statistics of three quarters of
the corpus measure articles of the fourth, four times over:
python -m bench.fit.offtopic measure FOLD FOLDER   builds examples from the texts left out, measures them into FOLDER
python -m bench.fit.offtopic fit FOLDER...         fits the trees on all of them and writes data/trees.json
"""

import random
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np

from bench.fit.statistics import DATA, read_corpus
from bench.fit.trees import NO_TREES, write_trees
from pipelines.judge.features import LONG, read_context
from pipelines.judge.model import load_model
from pipelines.judge.reading import read_article
from pipelines.model import Paragraph

ADVERTS = Path(__file__).with_name("adverts.txt")
SETTINGS: dict[str, Any] = {
    "n_estimators": 240,
    "learning_rate": 0.08,
    "num_leaves": 15,
    "min_child_samples": 60,
    "subsample": 0.8,
    "subsample_freq": 1,
    "colsample_bytree": 0.5,
    "reg_lambda": 5.0,
    "random_state": 0,
    "n_jobs": 2,
    "verbose": -1,
}
#: More of it can only speak for (1) or against (-1) a paragraph's being put in.
MONOTONE = {
    **dict.fromkeys(
        ("rest", "far", "best", "second", "third", "next", "cover_pairs", "cover_words", "cover_far", "rare_share"), -1
    ),
    **dict.fromkeys(
        ("rank", "crowd_best", "promo", "rest_below", "best_below", "cover_pairs_below", "cover_words_below"), 1
    ),
}
Example = tuple[str, list[str], set[int], int]


def split(paragraphs: list[str], rng: random.Random) -> list[str]:
    """Paragraphs as pages have them: those of the corpus that run on are cut at sentences."""
    out = []
    for text in paragraphs:
        if len(text) <= 330:
            out.append(text)
            continue
        piece, size = "", rng.randint(60, 220)
        for sentence in re.findall(r"[^。！？!?]+[。！？!?]*[”\"]?", text):
            piece += sentence
            if len(piece) >= size:
                out.append(piece)
                piece, size = "", rng.randint(60, 220)
        if piece:
            out.append(piece)
    return [text for text in out if text.strip()]


def advert(rng: random.Random, lines: list[str]) -> str:
    fields = {
        "name": "".join(rng.sample("金华星海盛源天和美佳乐康达瑞丰德信恒", 2)),
        "n": str(rng.randint(2, 99)),
        "price": str(rng.randint(100, 49999)),
        "phone": "1" + "".join(rng.choices("0123456789", k=10)),
        "id": "".join(rng.choices("abcdefghijkmnpqrstuvwxyz", k=4)) + str(rng.randint(100, 9999)),
    }
    text = rng.choice(lines).format(**fields)
    parts = re.findall(r"[^，。！？]+[，。！？]*", text)
    if rng.random() < 0.5 and len(parts) > 4:
        del parts[rng.randrange(1, len(parts))]
    return "".join(parts)


def swap_words(text: str, words: list[str], share: float, rng: random.Random) -> str:
    """Rewording, for want of any one farm's table: some two-character words become others."""
    import rjieba

    return "".join(
        rng.choice(words) if len(w) == 2 and w >= "\u4e00" and rng.random() < share else w for w in rjieba.cut(text)
    )


def build(fold_left: int, rounds: int) -> list[Example]:
    """(title, paragraphs, indices put in, group); clean articles, merged bulletins and contaminated ones."""
    rng = random.Random(fold_left)
    _, held = read_corpus(fold_left)
    lines = ADVERTS.read_text(encoding="utf-8").split("\n")[:-1]
    split_texts = [(t["title"], split(t["paragraphs"], rng), t["src"].split("-")[0]) for t in held]
    articles = [t for t in split_texts if sum(len(p) >= LONG for p in t[1]) >= 4]
    donors = [(p, src, at) for at, (_, texts, src) in enumerate(split_texts) for p in texts if 48 <= len(p) <= 330]
    pool = sorted({w for p, _, _ in donors[:2000] for w in re.findall("[\u4e00-\u9fff]{2}", p)})
    out: list[Example] = []
    for _ in range(rounds):
        for at, (title, texts, src) in enumerate(articles):
            start = rng.randint(0, max(0, len(texts) - 30))
            body = texts[start : start + rng.randint(6, 60)]
            if rng.random() < 0.15:
                share = rng.choice((0.05, 0.1, 0.2))
                body = [swap_words(p, pool, share, rng) for p in body]
            out.append(contaminate(title, body, src, donors, lines, rng, at))
        for at in range(len(articles) // 8):
            some = rng.sample(split_texts, rng.randint(5, 9))
            some = [s for s in some if s[2] == some[0][2]] if rng.random() < 0.7 else some
            out.append(("要闻", [s[1][0] for s in some if s[1]], set(), 100_000 + at))
    return out


def contaminate(
    title: str,
    body: list[str],
    src: str,
    donors: list[tuple[str, str, int]],
    lines: list[str],
    rng: random.Random,
    at: int,
) -> Example:
    """Leaves two articles of five as they are; else puts in an advertisement, one paragraph, or two."""
    body = list(body)
    chance = rng.random()
    inserted: list[str] = []
    if chance < 0.40:
        return title, body, set(), at
    if chance < 0.52:
        inserted = [advert(rng, lines)]
    else:
        first = rng.randrange(len(donors))
        near = chance > 0.90
        while donors[first][2] == at or (donors[first][1] == src) != near:
            first = rng.randrange(len(donors))
        inserted = [donors[first][0]]
        if chance > 0.80 and not near:
            follows = min(first + 1, len(donors) - 1) if rng.random() < 0.5 else rng.randrange(len(donors))
            inserted.append(donors[follows][0])
    if any(p in body for p in inserted):
        return title, body, set(), at
    marks: list[bool] = [False] * len(body)
    place = rng.randint(1, len(body))
    for text in inserted:
        body.insert(place, text)
        marks.insert(place, True)
        place = place + 1 if rng.random() < 0.6 else rng.randint(1, len(body))
    return title, body, {i for i, mark in enumerate(marks) if mark}, at


_MODEL: dict[Path, Any] = {}


def read_folder(folder: Path) -> Any:
    """The statistics fitted into a folder."""
    if folder not in _MODEL:
        blob = {entry.name: entry.read_bytes() for entry in folder.glob("*.z")}
        _MODEL[folder] = load_model(blob | {"trees.json": NO_TREES, "injection.json": NO_TREES})
    return _MODEL[folder]


def measure_example(folder: Path, example: Example) -> list[tuple[dict[str, int], int, int]]:
    """(features, put in or not, group) of every paragraph that may be judged."""
    title, texts, wrong, group = example
    article = read_article(title, [Paragraph(index=i, raw=text) for i, text in enumerate(texts)])
    context = read_context(article, frozenset(), read_folder(folder))
    return [
        (found, int(p.line.index in wrong), group)
        for p, found in zip(context.profiles, context.measure(), strict=True)
        if p.judged
    ]


def measure(fold_left: int, folder: Path) -> None:
    examples = build(fold_left, 4)
    with ProcessPoolExecutor(2) as workers:
        rows = [row for some in workers.map(partial(measure_example, folder), examples, chunksize=64) for row in some]
    names = sorted(rows[0][0])
    table = np.array([[found[name] for name in names] for found, _, _ in rows], dtype=np.int32)
    group = [g + 1_000_000 * fold_left for _, _, g in rows]
    np.savez_compressed(folder / "examples.npz", table=table, wrong=[w for _, w, _ in rows], group=group, names=names)
    print(len(examples), "articles", table.shape, sum(w for _, w, _ in rows), "put in")


def fit(folders: list[Path]) -> None:
    """Boosted trees over whole numbers; what ships has whole thresholds and whole points."""
    tables = [np.load(folder / "examples.npz") for folder in folders]
    names = [str(name) for name in tables[0]["names"]]
    seen, wrong = np.concatenate([t["table"] for t in tables]), np.concatenate([t["wrong"] for t in tables])
    fitted = lightgbm.LGBMClassifier(**SETTINGS, monotone_constraints=[MONOTONE.get(name, 0) for name in names])
    fitted.fit(seen.astype(float), wrong)
    write_trees(fitted, names, DATA / "trees.json")


def main() -> None:
    if sys.argv[1] == "measure":
        measure(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        fit([Path(name) for name in sys.argv[2:]])


if __name__ == "__main__":
    main()
