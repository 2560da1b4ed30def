"""Articles of 100,000 characters that a farm, or nobody, would write: how long the judge takes for them."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pipelines.judge
from bench.tables import markdown
from demo.articles import read_outlet
from demo.truth import OUTLETS
from pipelines.judge_model import JudgeModel
from pipelines.model import Paragraph

LENGTH = 100_000
#: What is repeated until the paragraph is full.
PIECES = {
    "a keyword": "金鼎体育app下载",
    "a keyword in a sentence": "甲平台登录乙，",
    "one Hanzi": "水",
    "one letter": "a",
    "one digit": "0",
    "white space": " ",
    "wide white space": "\u3000",
    "opening brackets": "(",
    "pairs of brackets": "（）",
    "quotation marks": "“",
    "full stops": "。",
    "commas": "，",
    "editors": "编辑：王芳、",
    "persons": "记者王小明说",
    "swapped words": "知谈莫得",
    "a prompt": "返回某某，查看更多",
    "zero width": "水\u200b",
    "emoji": "🔥",
    "mixed script": "水a0，",
}
#: An article around it, so that no question is skipped for want of one.
STORY = [
    "市民出门五分钟就能见到绿地，三十处新公园里有一半建在老厂区的空地上，原来的水塔和铁轨都留了下来。",
    "园林局负责人说，选址先看地图上的空白，再挨家问附近的居民，意见最多的是厕所和路灯。",
    "去年建成的两处公园试着把围栏拆了，附近店铺的生意比从前好，晚上散步的人也多了一倍。",
    "下一步要修的是公园之间的小路，规划图已经贴在社区门口，居民可以在上面写下自己的意见。",
]
#: The machine is shared, and the first article of a process pays for what is built once.
TRIES = 3


def hostile_articles() -> dict[str, list[str]]:
    """The articles, by what fills them: one paragraph among four, and the demo's own words in very many."""
    prose = "".join(text for name in OUTLETS for one in read_outlet(name, 1).articles for text in one.paragraphs)
    filled = {name: fill(piece) for name, piece in {**PIECES, "articles of the demo": prose}.items()}
    articles = {name: [*STORY[:2], text, *STORY[2:]] for name, text in filled.items()}
    words = filled["articles of the demo"]
    return articles | {"2,000 paragraphs of the demo": [words[at : at + 50] for at in range(0, LENGTH, 50)]}


def fill(piece: str) -> str:
    """The piece again and again."""
    return (piece * (LENGTH // len(piece) + 1))[:LENGTH]


def hostile_table(model: JudgeModel) -> str:
    """The slowest question of each article, in milliseconds of CPU, and all together: each as its fastest try."""
    rows = []
    for name, texts in hostile_articles().items():
        paragraphs = [Paragraph(index=at, raw=raw) for at, raw in enumerate(texts)]
        tries = []
        for _ in range(TRIES):
            with clocked() as spent:
                pipelines.judge.judge("清河今年新增公园三十处", paragraphs, model)
            tries.append(spent)
        spent = {question: min(one[question] for one in tries) for question in tries[0]}
        slowest = max(spent, key=lambda question: spent[question])
        rows.append((name, f"`{slowest}`", f"{1000 * spent[slowest]:.0f}", f"{1000 * sum(spent.values()):.0f}"))
    return markdown(("100,000 characters of", "slowest question", "ms", "all questions, ms"), rows)


@contextmanager
def clocked() -> Iterator[Mapping[str, float]]:
    """Within the block, the CPU seconds that each `find_…` of the judge takes, by its name."""
    questions = {name: value for name, value in vars(pipelines.judge).items() if name.startswith("find_")}
    spent = dict.fromkeys(questions, 0.0)

    def clock(name: str, ask: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **options: Any) -> Any:
            began = time.process_time()
            try:
                return ask(*args, **options)
            finally:
                spent[name] += time.process_time() - began

        return run

    for name, ask in questions.items():
        setattr(pipelines.judge, name, clock(name, ask))
    try:
        yield spent
    finally:
        for name, ask in questions.items():
            setattr(pipelines.judge, name, ask)
