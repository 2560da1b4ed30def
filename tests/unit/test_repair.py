"""Repairs: each fault's example, what must stay as it is, and that a second repair finds nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.repair import REPAIRS, Repaired, repair

CASES = json.loads((Path(__file__).parents[1] / "cases" / "repair.json").read_text(encoding="utf-8"))
TEXT = "清河晚报新闻，芦江发布消息。"
PIECES = st.sampled_from(
    [
        "新闻",
        "，",
        "。",
        "\u200b",
        "&#26032;",
        "&amp;",
        "&nbsp",
        "＆ｎｂｓｐ；",
        "網(wǎng)",
        "ÐÂ»ªÈÕ±¨",
        "ÐÂÈAÈÕˆó",
        "鏂伴椈鏂伴椈",
        "鏂伴椈缃�",
        TEXT.encode().decode("latin-1"),
        TEXT.encode("gbk").decode("big5hkscs"),
        "傳統?！缎氯A日報》",
        "?！",
        "！毕",
        "-->",
        "<br/>",
        "</p",
        "<!--",
        "]]>",
        "消 费 贷 款 利 率",
        "消　",
        "\\u65b0\\u95fb",
        "\\ud83d",
        "%u65b0",
        "a",
        " ",
        "%E6%96%B0",
        "%E6%96%B0%E9%97%BB",
        "⼈",
        "\ufffd",
        "锟斤拷",
        "李\ue863",
        "€",
    ]
)
MIXED = st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=12).map("".join)


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


def applied(raw: str, start: int, end: int, repaired: Repaired) -> str:
    """A piece of the raw text with the replacements that lie in it."""
    out, at = [], start
    for span in repaired.spans:
        if start <= span.start and span.end <= end:
            out += [raw[at : span.start], span.replacement]
            at = span.end
    return "".join([*out, raw[at:end]])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert repair(case["original"]).text == case["expected"]


@given(MIXED)
def test_repairing_twice_changes_nothing(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(MIXED)
def test_spans_lead_from_raw_to_repaired(text: str) -> None:
    repaired = repair(text)
    places = [place for span in repaired.spans for place in (span.start, span.end)]
    assert places == sorted(places)
    assert applied(text, 0, len(text), repaired) == repaired.text


@given(MIXED, st.integers(0, 60), st.integers(1, 60))
def test_a_span_maps_to_the_raw_text_that_became_it(text: str, start: int, length: int) -> None:
    """What a span of the repaired text maps to says at least that span when the replacements are made."""
    repaired = repair(text)
    start = min(start, len(repaired.text))
    end = min(start + length, len(repaired.text))
    raw_start, raw_end = repaired.to_raw(start, end)
    assert 0 <= raw_start <= raw_end <= len(text)
    assert repaired.text[start:end] in applied(text, raw_start, raw_end, repaired)


@given(MIXED)
def test_the_whole_maps_to_the_whole(text: str) -> None:
    repaired = repair(text)
    start, end = repaired.to_raw(0, len(repaired.text))
    assert applied(text, start, end, repaired) == repaired.text


def test_a_span_maps_to_the_characters_it_shows() -> None:
    repaired = repair("甲\u200b乙网站登\u200b录丙")
    assert repaired.text == "甲乙网站登录丙"
    assert repaired.to_raw(2, 6) == (3, 8)
    assert repaired.to_raw(0, 7) == (0, 9)


@given(st.lists(st.sampled_from([*TEXT.replace("芦", ""), "A", "1", "“", "”", "！", "？"]), unique=True).map("".join))
@pytest.mark.parametrize(
    ("written", "read"), [("utf-8", "latin-1"), ("utf-8", "gb18030"), ("gbk", "latin-1"), ("gbk", "big5hkscs")]
)
def test_what_is_misread_whole_comes_back_whole(written: str, read: str, text: str) -> None:
    misread = (TEXT + text).encode(written).decode(read, "replace")
    if "\ufffd" not in misread:
        assert repair(misread).text == TEXT + text


def test_every_repair_says_where_its_fault_arises() -> None:
    assert all(step.__doc__ for step in REPAIRS)
