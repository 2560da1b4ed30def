"""Titles in other words, and titles that say which part they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo.farm import read_tables, replace_words
from demo.site import truth
from pipelines.fold import fold
from pipelines.titles import likeness, marker, rare_words

ALIKE = [
    ("为何东山没有“七座桥”?", "为什么东山没有“七座桥”?"),
    ("为何东山莫得“七座桥”?", "为什么东山没有“七座桥”?"),
    ("DeepSeek为什么会出咫尺江湾?", "DeepSeek为什么会出现在江湾?"),
    ("江湾地铁6号线开始试运行", "江湾地铁6号线运行试运行"),
    ("把论文写在江堤上", "把论文写在江堤上——记水利站站长何大川"),
    ("江湾为什么留得住年轻人", "棱镜|江湾为什么留得住年轻人"),
    ("江湾,为什么?留得住年轻人", "江湾为什么留得住年轻人"),
]
OTHERS = [
    ("没有“七座桥”,东山有什么?", "为什么东山没有“七座桥”?"),
    ("为什么是江湾建成了“七座桥”?", "为什么东山没有“七座桥”?"),
    ("江湾地铁6号线开始试运行", "江湾地铁7号线开始试运行"),
    ("市十届人大三次会议开幕", "市十届人大四次会议开幕"),
    ("关于进一步做好江堤养护工作的意见", "江湾出台江堤养护意见"),
    ("江湾今天多云转晴", "江湾明天小雨转多云"),
    ("江湾放晴", "江湾放晴"),
]


@pytest.mark.parametrize(("cited", "title"), ALIKE)
def test_one_title_in_other_words(cited: str, title: str) -> None:
    assert 600 <= likeness(fold(cited), fold(title)) <= 1000


@pytest.mark.parametrize(("cited", "title"), OTHERS)
def test_another_title(cited: str, title: str) -> None:
    assert likeness(cited, title) == 0


@pytest.mark.parametrize("way", sorted(read_tables().families))
def test_the_farms_words_for_every_title_of_the_demo(way: str) -> None:
    """Each is told from every other, by far. Of a title of six characters little is left."""
    facts = [fact for fact in truth().values() if fact.paragraphs and not fact.copy_of]
    titles = sorted({fold(fact.title) for fact in facts if len(fact.title) > 6})
    for title in titles:
        reworded = replace_words(title, read_tables().families[way])
        scores = {other: likeness(reworded, other) for other in titles}
        assert scores.pop(title)
        assert max(scores.values()) == 0


@given(st.text("江湾东山为什么没有桥七“”?,12ab", max_size=30), st.text("江湾东山为什么没有桥七“”?,12ab", max_size=30))
def test_likeness_is_bounded_and_the_same_both_ways(one: str, other: str) -> None:
    """But for a title's main part, which is its main part one way only."""
    there, back = likeness(one, other), likeness(other, one)
    assert 0 <= there <= 1000
    assert there == back or max(there, back) == 950


@pytest.mark.parametrize(
    ("title", "stem", "number"),
    [
        ("江湾之变(上)", "江湾之变", 1),
        ("江湾之变(下):源头", "江湾之变", 3),
        ("江湾之变(三)", "江湾之变", 3),
        ("江湾之变(12)", "江湾之变", 12),
        ("江湾之变(二十一)", "江湾之变", 21),
        ("大船远航——江湾十年观察④", "江湾十年观察", 4),
        ("江湾十年系列报道之二", "江湾十年系列报道", 2),
        ("重访|(上)", None, None),
        ("世界上最长的桥之一", None, None),
        ("江湾天气(上)", None, None),
        ("防汛会议召开(3月1日)", None, None),
        ("江湾放晴", None, None),
    ],
)
def test_which_part_a_title_says_it_is(title: str, stem: str | None, number: int | None) -> None:
    found = marker(title)
    assert ((found.stem, found.number) if found else (None, None)) == (stem, number)


def test_rare_words_are_quoted_or_latin() -> None:
    assert rare_words(fold("DeepSeek与“七座桥”，AI与“桥”")) == {"deepseek", "七座桥"}
