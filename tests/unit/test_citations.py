"""Titles that a text names."""

import json
from pathlib import Path
from typing import Any

import pytest

from pipelines.citations import cite

CASES = json.loads((Path(__file__).parents[1] / "cases" / "citations.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    assert list(cite(case["original"])) == case["expected"]
