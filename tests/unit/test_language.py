"""The language of a text: both Chinese scripts, English, both, or another; names and quotations do not flip it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fold_table import FROM, TO
from pipelines.language import detect_language

CASES = json.loads((Path(__file__).parents[1] / "cases" / "language.json").read_text(encoding="utf-8"))
#: The table's pairs say how each simplified letter was written before; the last one wins where there are several.
TRADITIONAL = {ord(new): old for old, new in zip(FROM, TO, strict=True) if "\u4e00" <= old <= "\u9fff"}
SENTENCE = "芦江镇的老渡口昨天重新开航，两岸居民一早就来排队，镇里还请来了当年摆渡的老人讲那时候的故事。"


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    assert detect_language(case["original"]) == case["expected"]


def test_a_converted_text_is_traditional() -> None:
    assert detect_language(SENTENCE) == "zh-Hans"
    assert detect_language(SENTENCE.translate(TRADITIONAL)) == "zh-Hant"


@given(st.text(max_size=80))
def test_any_text_has_one_of_the_answers(text: str) -> None:
    assert detect_language(text) in {"zh-Hans", "zh-Hant", "en", "mixed", ""}


@given(st.text(alphabet="0123456789 .,:;-/()，。《》\n", max_size=80))
def test_figures_and_punctuation_change_nothing(text: str) -> None:
    assert detect_language(text) == ""
    assert detect_language(text + SENTENCE + text) == "zh-Hans"
