"""Repairs: each fault's example, what must stay as it is, and that a second repair finds nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.repair import REPAIRS, repair

CASES = json.loads((Path(__file__).parents[1] / "cases" / "repair.json").read_text(encoding="utf-8"))
PIECES = st.sampled_from(
    [
        "新闻",
        "，",
        "\u200b",
        "&#26032;",
        "&amp;",
        "網(wǎng)",
        "ÐÂ»ªÈÕ±¨",
        "鏂伴椈鏂伴椈",
        "?！",
        "-->",
        "消 费 贷 款 利 率",
        "\\u65b0\\u95fb",
        "a",
        " ",
        "%E6%96%B0",
        "⼈",
        "\ufffd",
    ]
)


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert repair(case["original"]).text == case["expected"]


@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=12).map("".join))
def test_repairing_twice_changes_nothing(text: str) -> None:
    once = repair(text).text
    assert repair(once).text == once


@given(st.lists(PIECES, max_size=12).map("".join))
def test_spans_lead_from_raw_to_repaired(text: str) -> None:
    repaired = repair(text)
    out, at = [], 0
    for span in repaired.spans:
        assert at <= span.start <= span.end <= len(text)
        out += [text[at : span.start], span.replacement]
        at = span.end
    assert "".join([*out, text[at:]]) == repaired.text


@given(st.lists(PIECES, max_size=8).map("".join), st.integers(0, 40), st.integers(0, 40))
def test_a_span_maps_inside_the_raw_text(text: str, start: int, length: int) -> None:
    repaired = repair(text)
    start = min(start, len(repaired.text))
    end = min(start + length, len(repaired.text))
    raw_start, raw_end = repaired.to_raw(start, end)
    assert 0 <= raw_start <= raw_end <= len(text)


def test_a_span_maps_to_the_characters_it_shows() -> None:
    repaired = repair("甲\u200b乙网站登\u200b录丙")
    assert repaired.text == "甲乙网站登录丙"
    assert repaired.to_raw(2, 6) == (3, 8)
    assert repaired.to_raw(0, 7) == (0, 9)


def test_every_repair_says_where_its_fault_arises() -> None:
    assert all(step.__doc__ for step in REPAIRS)
