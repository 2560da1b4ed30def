"""Folding: one code point for one."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.fold import fold
from pipelines.fold_table import FROM, TO

CASES = json.loads((Path(__file__).parents[1] / "cases" / "fold.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    assert fold(case["original"]) == case["expected"]


def test_the_table_is_fit_for_a_sql_translate() -> None:
    assert len(FROM) == len(TO)
    assert list(FROM) == sorted(set(FROM))
    assert not set(FROM) & set(TO)


@given(st.text())
def test_offsets_survive_and_a_second_fold_changes_nothing(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)
