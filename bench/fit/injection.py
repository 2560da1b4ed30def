"""Fits the keyword rule: keywords of made-up brands are spliced into texts that the statistics have not seen.

Needs numpy, lightgbm and rjieba in an environment of its own: python -m bench.fit.injection FOLDER...
The folders hold the statistics that leave fold 0, 1, ... out (bench.fit.statistics FOLD FOLDER).
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import rjieba

from bench.fit.offtopic import read_folder
from bench.fit.statistics import DATA, read_corpus
from bench.fit.trees import whole, write_trees
from pipelines.fold import fold
from pipelines.judge.injection import candidates, measure
from pipelines.judge.likelihood import classed

#: Characters and syllables that such names are made of; the names themselves are drawn at random.
HANZI = (
    "九乐鱼博发亚利华赢彩宝金银鼎盛天万星云爱必威凯皇冠海洋蓝米欧新澳门京豪龙虎凤凰腾飞泰鑫富贵胜雷火"
    "环球速问和记永永信优德大众三六八多半岛杏耀恒聚"
)
LATIN = (
    "bet",
    "ag",
    "pg",
    "ob",
    "w88",
    "vn",
    "kok",
    "yabo",
    "lucky",
    "win",
    "m9",
    "bob",
    "cmd",
    "hth",
    "jdb",
    "v8",
    "sky",
    "leyu",
    "fun88",
    "tyc",
)
TRADES = (
    "体育",
    "体育",
    "真人",
    "电子",
    "棋牌",
    "彩票",
    "娱乐",
    "国际",
    "快三",
    "时时彩",
    "飞艇",
    "赛车pk10",
    "娱乐城",
    "电竞",
    "游戏",
    "彩乐园",
    "百家乐",
    "彩",
)
SEARCHES = (
    "官网", "官方网站", "(中国)官方网站", "登录", "登录入口", "官网登录", "入口",
    "官网入口", "app", "app下载", "下载", "软件下载", "官网下载", "注册",
    "平台", "娱乐平台", "进不去", "打不开", "手机版", "手机版下载", "网页版",
    "网页版登录", "最新版", "客户端", "代理", "网址", "首页", "全站app",
    "在线", "投注平台", "平台注册", "官方版", "安卓版下载", "开户", "备用网址",
    "电脑版", "平台怎么样", "靠谱吗",
)  # fmt: skip

SETTINGS: dict[str, Any] = {
    "learning_rate": 0.1,
    "num_leaves": 12,
    "min_child_samples": 40,
    "reg_lambda": 5.0,
    "colsample_bytree": 0.6,
    "random_state": 0,
    "n_jobs": 2,
    "verbose": -1,
}


def keyword(rng: random.Random, words: list[str]) -> str:
    """A made-up brand, or any word at all: such sites also take the names of places, cups and games."""
    latin = rng.choice(LATIN)
    name = "".join(rng.sample(HANZI, rng.choice((2, 2, 2, 3, 3, 4))))
    word = rng.choice(words)
    brand = rng.choice((name, name, name, word, word, word, latin, name + latin, latin + name, word + latin))
    trade = rng.choice(TRADES) if rng.random() < 0.65 else ""
    search = rng.choice(SEARCHES) if rng.random() < 0.9 or not trade else ""
    return brand + trade + search


def splice(text: str, words: list[str], rng: random.Random) -> tuple[str, int, int]:
    """The text with a keyword at its start, after a mark, before the last mark, or between two words."""
    word = keyword(rng, words)
    marks = [i + 1 for i, c in enumerate(text[:-1]) if c in ",。;!?:、"]
    edges, at = [], 0
    for token in rjieba.cut(text):
        at += len(token)
        edges.append(at)
    chance = rng.random()
    if chance < 0.15 or not marks:
        place = 0
    elif chance < 0.45:
        place = rng.choice(marks)
    elif chance < 0.6:
        place = rng.choice([m - 1 for m in marks])
    elif chance < 0.9:
        place = rng.choice(edges)
    else:
        place = rng.randrange(len(text))
    return text[:place] + word + text[place:], place, place + len(word)


def examples(fold_left: int, folder: Path) -> Iterator[tuple[list[dict[str, int]], int]]:
    """For each core in the texts that a fold left out, half of them with a keyword put in: the features of every
    beginning, and which one is right; -1 where the core is none."""
    model, rng = read_folder(folder), random.Random(fold_left)
    words = [w for w in model.words if 2 <= len(w) <= 3 and w >= "\u4e00"]
    for article in read_corpus(fold_left)[1]:
        texts = [fold(p) for p in article["paragraphs"] if len(p) >= 30][:20]
        for at, text in enumerate(texts):
            spliced, begin, end = splice(text, words, rng) if rng.random() < 0.5 else (text, -1, -1)
            whole_text = "\n".join((*texts[:at], spliced, *texts[at + 1 :]))
            shaped = classed(spliced)
            for rivals in candidates(spliced):
                right = next(
                    (i for i, span in enumerate(rivals) if span.start == begin and abs(span.end - end) <= 2), -1
                )
                yield [measure(spliced, shaped, span, whole_text, model) for span in rivals], right


def main() -> None:
    cores = [core for fold_left, name in enumerate(sys.argv[1:]) for core in examples(fold_left, Path(name))]
    names = sorted(cores[0][0][0])
    tables = [np.array([[row[name] for name in names] for row in rows], dtype=float) for rows, _ in cores]
    rights = [right for _, right in cores]
    inside = [i for i, right in enumerate(rights) if right >= 0]
    starts = lightgbm.LGBMClassifier(n_estimators=120, **SETTINGS)
    starts.fit(
        np.concatenate([tables[i] for i in inside]),
        [int(at == rights[i]) for i in inside for at in range(len(tables[i]))],
    )
    chosen = []
    for table in tables:
        points = starts.predict(table, raw_score=True)
        chosen.append(table[max(range(len(table)), key=lambda at: (points[at], at))])
    fitted = lightgbm.LGBMClassifier(n_estimators=120, **SETTINGS)
    fitted.fit(np.array(chosen), [int(right >= 0) for right in rights])
    print(len(cores), "cores,", len(inside), "keywords")
    write_trees(fitted, names, DATA / "injection.json", starts=whole(starts))


if __name__ == "__main__":
    main()
