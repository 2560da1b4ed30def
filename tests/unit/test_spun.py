"""Spun text by the habits of ordinary text: what is measured, what is shown, and that nothing upsets it."""

import time
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.judge import SPUN, judge
from pipelines.judge.habits import find_unheard, measure, places
from pipelines.judge.model import load_model
from pipelines.judge.spun import measure_text
from pipelines.model import MarkKind, Paragraph

FOLDER = resources.files("pipelines.judge") / "data"
MODEL = load_model({entry.name: entry.read_bytes() for entry in FOLDER.iterdir() if entry.is_file()})
assert MODEL.habits is not None
STORY = [
    "市民出门五分钟就能见到绿地，三十处新公园里有一半建在老厂区的空地上，原来的水塔和铁轨都留了下来。",
    "园林局负责人说，选址先看地图上的空白，再挨家问附近的居民，意见最多的是厕所和路灯，其次是停车的地方。",
    "去年建成的两处公园试着把围栏拆了，附近店铺的生意比从前好，晚上散步的人也多了一倍，孩子放学后都来这里玩。",
    "下一步要修的是公园之间的小路，规划图已经贴在社区门口，居民可以在上面写下自己的意见，年底前开始施工。",
]
#: A table that no list has, and the known one on top of it.
TABLE = {"公园": "苑园", "居民": "住户氓", "附近": "近傍处", "空地": "旷壤", "意见": "见意"}
KNOWN = {"人": "东谈主", "都": "王人"}


def score(texts: list[str]) -> int:
    return judge("", [Paragraph(index=at, raw=text) for at, text in enumerate(texts)], MODEL).spun_score


def spin(texts: list[str], table: dict[str, str]) -> list[str]:
    spun = "\n".join(texts)
    for word, swapped in table.items():
        spun = spun.replace(word, swapped)
    return spun.split("\n")


def test_a_table_that_nobody_knows_is_felt() -> None:
    assert score(STORY) < score(spin(STORY, TABLE)) < SPUN <= score(spin(STORY, TABLE | KNOWN))


def test_pairs_that_meet_only_here_are_labelled_where_they_stand() -> None:
    texts = spin(STORY, TABLE | KNOWN)
    marks = judge("", [Paragraph(index=at, raw=text) for at, text in enumerate(texts)], MODEL).marks
    unheard = [mark for mark in marks if mark.rule == "unheard_pair"]
    assert {mark.kind for mark in unheard} == {MarkKind.SPUN_WORD}
    assert {texts[mark.paragraph or 0][mark.start : mark.end] for mark in unheard} == {"谈主"}


def test_swapped_words_are_labelled_where_they_stand() -> None:
    texts = spin(STORY, TABLE | KNOWN | {"孩子": "稚子"})
    marks = judge("", [Paragraph(index=at, raw=text) for at, text in enumerate(texts)], MODEL).marks
    swapped = {texts[mark.paragraph or 0][mark.start : mark.end] for mark in marks if mark.rule == "swapped_word"}
    assert "稚子" in swapped
    assert not swapped & {"市民", "路灯", "负责人"}


def test_a_model_without_words_still_reads_characters() -> None:
    without = replace(MODEL, usage=None)
    marks = judge("", [Paragraph(index=at, raw=text) for at, text in enumerate(STORY)], without).marks
    assert [mark for mark in marks if mark.kind == MarkKind.SPUN_WORD] == []


@pytest.mark.parametrize("texts", [[], [""], ["city news " * 100], ["1，2。" * 200], STORY[:1]])
def test_too_little_chinese_says_nothing(texts: list[str]) -> None:
    assert score(texts) == 0


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet=st.sampled_from("市民公园谈a0，。\n𠮷🔥\ud800　"), max_size=600))
def test_any_text_can_be_measured(text: str) -> None:
    assert tuple(measure_text(text, MODEL).features) == MODEL.spun_features
    assert all(0 <= at < len(text) - 1 for at in find_unheard(text, MODEL.habits))


def test_digits_and_letters_share_a_place() -> None:
    table = places("水0a")
    assert [table[2 * ord(letter)] for letter in "水07az?"] == [1, 2, 2, 3, 3, 0]


@pytest.mark.parametrize("piece", ["水", "知谈莫得", "a", "\n", "市民出门五分钟就能见到绿地，"])
def test_a_very_long_paragraph_is_measured_in_no_time(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    measure(text, MODEL.habits)
    find_unheard(text, MODEL.habits)
    assert time.process_time() - began < 0.5
