"""Refusals that answer 200, and articles about refusals."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.errors import PipelineError
from pipelines.model import Capture, Role
from pipelines.page import read_page
from pipelines.refuse import refuse

CASES = json.loads((Path(__file__).parents[1] / "cases" / "refuse.json").read_text(encoding="utf-8"))


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    capture = Capture(
        outlet="sample",
        url="http://a.example/1.html",
        final_url="http://a.example/1.html",
        fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=case["original"].encode(),
        digest=b"",
        role=Role.ARTICLE,
    )
    found = ""
    try:
        refuse(read_page(capture), capture)
    except PipelineError as error:
        found = type(error).__name__
    assert found == (case["expected"] or "")
