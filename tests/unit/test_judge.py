"""The judge as a whole: what it finds in a contaminated article, and what it leaves alone."""

import json
import random
from collections.abc import Sequence
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from demo.site import truth
from pipelines.judge import SPUN, judge
from pipelines.judge.injection import read_page
from pipelines.judge.model import load_model
from pipelines.judge.record import judge_record
from pipelines.judge.trees import grow, most_points
from pipelines.judge_model import JudgeModel, Tree
from pipelines.model import CUTS, Mark, MarkField, MarkKind, Paragraph

CASES = Path(__file__).parents[1] / "cases"
FOLDER = resources.files("pipelines.judge") / "data"
MODEL = load_model({entry.name: entry.read_bytes() for entry in FOLDER.iterdir() if entry.is_file()})
EMPTY = JudgeModel(name="empty")


def marked(name: str) -> list[Any]:
    cases = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [
        pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))
        for case in cases
    ]


def read(texts: Sequence[str], title: str = "") -> tuple[Mark, ...]:
    return judge(title, [Paragraph(index=i, raw=text) for i, text in enumerate(texts)], MODEL).marks


@pytest.mark.parametrize("case", marked("judge_boilerplate.json"))
def test_boilerplate(case: dict[str, Any]) -> None:
    found = [[mark.paragraph, mark.rule] for mark in read(case["original"]) if mark.kind == MarkKind.BOILERPLATE]
    assert found == case["expected"]


@pytest.mark.parametrize("case", marked("judge_injection.json"))
def test_injection(case: dict[str, Any]) -> None:
    text = case["original"]
    assert [text[m.start : m.end] for m in read([text]) if m.kind == MarkKind.INJECTED] == case["expected"]


@pytest.mark.parametrize("case", marked("judge_spun.json"))
def test_spun(case: dict[str, Any]) -> None:
    score = judge("", [Paragraph(index=0, raw=case["original"])], MODEL).spun_score
    assert (score >= SPUN) == case["expected"]


@pytest.mark.parametrize("case", marked("judge_captions.json"))
def test_captions_are_labelled(case: dict[str, Any]) -> None:
    kinds = [str(mark.kind) for mark in read([case["original"]])]
    assert kinds == [case["expected"]] * bool(case["expected"])


@pytest.mark.parametrize("case", marked("judge_offtopic.json"))
def test_offtopic(case: dict[str, Any]) -> None:
    found = [
        m.paragraph for m in read(case["original"], case["title"]) if m.kind in {MarkKind.OFF_TOPIC, MarkKind.PROMO}
    ]
    assert found == case["expected"]


def test_a_brand_in_the_title_is_marked_there() -> None:
    title = "清河今年新增公园三十处金鼎体育app下载"
    marks = judge(title, [Paragraph(index=0, raw="市民出门五分钟就能见到绿地。")], MODEL).marks
    assert [(m.field, title[m.start : m.end]) for m in marks] == [(MarkField.TITLE, "金鼎体育app下载")]


def test_repeats_are_cut_only_from_farm_copies() -> None:
    text = "清河市图书馆新馆昨日开放，首日迎来读者三千多人，自习区座位在一小时内坐满，工作人员临时加了桌椅。"
    farmed = [text, "各地要做好防汛准备，确保群众安全亿宝真人娱乐平台。", text]
    assert [m.kind for m in read([text, "读者很高兴。", text])] == [MarkKind.SUSPECT]
    assert MarkKind.ECHO in {m.kind for m in read(farmed)}


STORY = [
    "市民出门五分钟就能见到绿地，三十处新公园里有一半建在老厂区的空地上，原来的水塔和铁轨都留了下来。",
    "园林局负责人说，选址先看地图上的空白，再挨家问附近的居民，意见最多的是厕所和路灯。",
]


@pytest.mark.parametrize("title", ["[云朵洁面乳]清河今年新增公园三十处", "[某某手游官网] 清河今年新增公园三十处"])
def test_goods_before_a_title_are_cut(title: str) -> None:
    marks = [m for m in read(STORY, title) if m.field == MarkField.TITLE]
    assert [(m.kind, title[m.end :]) for m in marks] == [(MarkKind.INJECTED, "清河今年新增公园三十处")]


@pytest.mark.parametrize("label", ["[组图]", "[视频]", "【开好局 起好步】", "[公园招商]", "[一线调查]"])
def test_columns_before_a_title_stay(label: str) -> None:
    assert [m for m in read(STORY, f"{label}清河今年新增公园三十处") if m.field == MarkField.TITLE] == []


def test_pictures_beside_a_keyword_go_with_it() -> None:
    title = "🔥金鼎体育app下载🔥清河今年新增公园三十处"
    assert [title[m.end :] for m in read(STORY, title) if m.field == MarkField.TITLE] == ["清河今年新增公园三十处"]
    assert read(STORY, "🎉清河今年新增公园三十处") == ()


@pytest.mark.parametrize("tail", ["本文来源：网络整理", "责任编辑：admin", "免责声明：以上内容仅供参考。"])
def test_a_title_as_the_first_paragraph_is_an_echo_on_a_farms_page(tail: str) -> None:
    title = "清河今年新增公园三十处"
    assert MarkKind.ECHO in {m.kind for m in read([title, *STORY, tail], title)}
    assert MarkKind.ECHO not in {m.kind for m in read([title, *STORY, "责任编辑：王芳"], title)}


def test_without_statistics_nothing_is_cut_by_them() -> None:
    found = judge("", [Paragraph(index=0, raw="金鼎体育app下载")], EMPTY)
    assert found.marks == ()


def test_a_record_is_answered_in_offsets_as_given() -> None:
    given_text = "市民关心供暖价格，金鼎体\u200b育app下载管理部门表示将按去年的标准执行。"
    answer = judge_record({"id": "x", "title": "", "paragraphs": [given_text, "（责任编辑：王芳）"]}, MODEL)
    assert answer["id"] == "x"
    [[paragraph, start, end]] = answer["injections"]
    assert (paragraph, given_text[start:end]) == (0, "金鼎体\u200b育app下载")
    assert answer["cuts"][-1] == [1, 0, 9, "boilerplate"]
    assert answer["offtopic"] == []
    assert 0 <= answer["spun_score"] <= 1


def test_a_record_without_paragraphs_is_refused() -> None:
    with pytest.raises(ValueError, match="paragraphs"):
        judge_record({"id": "x", "title": "", "paragraphs": "text"}, MODEL)


def test_titles_of_other_articles_are_labelled_and_cut_nothing() -> None:
    stories = {fact.title: fact.paragraphs for fact in truth().values() if sum(map(len, fact.paragraphs)) >= 300}
    titles = list(stories)
    own = [title for title in titles if "title_mismatch" in {mark.rule for mark in read(stories[title], title)}]
    swapped = [
        mark
        for title, other in pairwise(titles)
        for mark in read(stories[title], other)
        if mark.rule == "title_mismatch"
    ]
    assert own == []
    assert len(swapped) * 4 >= len(titles)
    assert {(mark.kind, mark.field) for mark in swapped} == {(MarkKind.SUSPECT, MarkField.TITLE)}


def test_a_caption_is_never_cut() -> None:
    texts = ["灯会在古城开幕（资料图）"] * 3
    assert not [m for m in read(texts, texts[0]) if m.kind in CUTS]


def walk(tree: Tree, features: Sequence[int]) -> int:
    while not isinstance(tree, int):
        feature, threshold, most, above = tree
        tree = most if features[feature] <= threshold else above
    return tree


def test_a_forest_says_what_its_trees_say_and_never_less_before_all_is_known() -> None:
    rng = random.Random(0)
    names, trees = MODEL.injection_features, MODEL.injection_trees
    forest = grow(names, trees)
    for _ in range(50):
        features = [rng.randint(-300, 1000) for _ in names]
        found = dict(zip(names, features, strict=True))
        points, most = most_points(forest, [found, dict(list(found.items())[::2])])
        assert sum(walk(tree, features) for tree in trees) == points <= most


def test_paragraphs_without_hanzi_are_not_judged_by_chinese_statistics() -> None:
    texts = [f"The council met on day {day} and heard what the engineers had to say of the bridge." for day in range(8)]
    assert read([*texts, "Stir the chopped onions into the hot oil, add salt and pepper, and serve at once."]) == ()


def test_cores_to_look_at_grow_with_the_text_and_are_bounded() -> None:
    text = "甲平台官网登录乙，"
    counts = [len(read_page([text * times], MODEL).heard[0][1]) for times in (10, 30, 1000, 10_000)]
    assert counts[0] < counts[1] < counts[2] == counts[3]
