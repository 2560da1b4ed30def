"""The judge across its rules: hard negatives, plain positives, any text at all, and paragraphs that nobody writes."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.hostile import PIECES, STORY
from crawler.reading_pool import read_model
from demo.site import truth
from pipelines.clean import clean_text
from pipelines.judge import Judgement, judge
from pipelines.model import CUTS, MarkField, MarkKind, Paragraph

FOLDER = Path(__file__).parents[1] / "cases"
#: What looks guilty and is not; plain inserts; each kind of what real farms do.
CASES = [case for name in ("hard", "farms") for case in json.loads((FOLDER / f"judge_{name}.json").read_text("utf-8"))]
MODEL = read_model()


def read(texts: Sequence[str], title: str = "") -> Judgement:
    return judge(title, paragraphs(texts), MODEL)


def paragraphs(texts: Sequence[str]) -> list[Paragraph]:
    return [Paragraph(index=at, raw=raw) for at, raw in enumerate(texts)]


# Cases


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))
        for case in CASES
    ],
)
def test_what_is_cut_is_what_was_put_in(case: dict[str, Any]) -> None:
    """Expected: (paragraph or null for the title, kind, text) of each cut, "" for a whole paragraph."""
    found = []
    for mark in read(case["original"], case["title"]).marks:
        if mark.kind in CUTS:
            whole = case["title"] if mark.paragraph is None else case["original"][mark.paragraph]
            text = whole[mark.start : mark.end]
            found.append([mark.paragraph, str(mark.kind), "" if text == whole else text])
    assert found == case["expected"]


@pytest.mark.parametrize("url", [url for url, fact in truth().items() if fact.paragraphs and not fact.copy_of])
def test_the_demos_own_articles_are_left_alone(url: str) -> None:
    fact = truth()[url]
    lost = [mark for mark in read(fact.paragraphs, fact.title).marks if mark.kind in CUTS]
    assert lost == []


# Any text

#: Pieces that some rule looks for, so that drawn articles are not all noise.
TELLING = [
    "金鼎体育app下载", "（责任编辑：王芳）", "返回清泉网，查看更多", "东谈主", "▲ 开馆首日", "清泉快讯3月5日讯",
    "锅中放少许油烧热，下葱姜蒜爆香，倒入鸡块翻炒到变色，加两勺生抽，盖上锅盖焖二十分钟，撒上香菜。", *STORY,
]  # fmt: skip
LINES = st.lists(
    st.one_of(st.text(max_size=60), st.lists(st.sampled_from(TELLING), max_size=3).map("".join)), max_size=9
)


@settings(deadline=None, max_examples=60)
@given(LINES, st.one_of(st.text(max_size=20), st.sampled_from(TELLING)))
def test_marks_lie_in_their_text_in_order_and_are_the_same_again(texts: list[str], title: str) -> None:
    found = read(texts, title)
    assert found == read(texts, title)
    for mark in found.marks:
        text = title if mark.field == MarkField.TITLE else texts[mark.paragraph if mark.paragraph is not None else -1]
        assert (mark.paragraph is None) == (mark.field == MarkField.TITLE)
        assert 0 <= mark.start < mark.end <= len(text)
        assert 0 <= mark.score <= 1000
        assert mark.replacement is None
    places = [(m.field == MarkField.BODY, m.paragraph or 0, m.start, m.end, m.kind, m.rule) for m in found.marks]
    assert places == sorted(places)
    assert 0 <= found.spun_score <= 1000


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_clean_text_is_the_given_paragraphs_in_order_less_what_is_cut(texts: list[str]) -> None:
    given_paragraphs = paragraphs(texts)
    cut = [mark for mark in judge("", given_paragraphs, MODEL).marks if mark.kind in CUTS]
    rest = iter("".join(texts))
    assert all(char in rest for char in clean_text(given_paragraphs, cut).replace("\n", ""))
    touched = {mark.paragraph for mark in cut}
    kept = [text.strip() for at, text in enumerate(texts) if at not in touched and text.strip()]
    lines = iter(clean_text(given_paragraphs, cut).split("\n"))
    assert all(any(part == line for line in lines) for text in kept for part in text.split("\n"))


@settings(deadline=None, max_examples=30)
@given(LINES)
def test_captions_are_never_cut_whole(texts: list[str]) -> None:
    texts = [*texts, "灯会在古城开幕（资料图）"]
    marks = read(texts).marks
    captions = {mark.paragraph for mark in marks if mark.kind == MarkKind.CAPTION}
    whole = {
        m.paragraph
        for m in marks
        if m.kind in CUTS and m.paragraph is not None and m.end - m.start == len(texts[m.paragraph])
    }
    assert captions.isdisjoint(whole)


# Paragraphs that nobody writes


@contextmanager
def counted() -> Iterator[Callable[[], int]]:
    """Count the calls that Python makes within the block: work, whatever the machine is busy with."""
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield lambda: calls
    finally:
        sys.setprofile(before)


def work(piece: str, length: int) -> int:
    text = (piece * (length // len(piece) + 1))[:length]
    with counted() as calls:
        read([*STORY[:2], text, *STORY[2:]], "清河今年新增公园三十处")
        return calls()


@pytest.mark.parametrize("name", PIECES)
def test_work_grows_with_a_paragraph_and_no_faster(name: str) -> None:
    """Ten times the text, about ten times the calls. What a single pattern takes is clocked by the bench."""
    few, many = work(PIECES[name], 10_000), work(PIECES[name], 100_000)
    assert many <= 12 * few
