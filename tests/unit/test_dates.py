"""Times as pages print them."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dates import EARLIEST, printed_date, read_date

FETCHED = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
CASES = json.loads((Path(__file__).parents[1] / "cases" / "dates.json").read_text(encoding="utf-8"))


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = read_date(case["original"], "Asia/Shanghai", FETCHED)
    assert (found.isoformat() if found else None) == case["expected"]


def test_the_printed_offset_can_be_kept() -> None:
    found = printed_date("2024-04-25T22:00:00-04:00", "", FETCHED).at
    assert found is not None
    assert found.isoformat() == "2024-04-25T22:00:00-04:00"


def test_without_a_known_fetch_nothing_is_counted_from_it() -> None:
    unknown = datetime(2100, 1, 1, tzinfo=UTC)
    assert read_date("3小时前", "Asia/Shanghai", unknown) is None
    assert read_date("06-24 10:20", "Asia/Shanghai", unknown) is None


@given(st.text(max_size=80))
def test_any_text_gives_a_believable_time_or_none(text: str) -> None:
    found = read_date(text, "Asia/Shanghai", FETCHED)
    assert found is None or (found.tzinfo is not None and found >= EARLIEST)


@given(st.datetimes(min_value=datetime(1994, 1, 2), max_value=datetime(2026, 11, 22)))
def test_what_is_printed_is_read(moment: datetime) -> None:
    for form in ("%Y-%m-%d %H:%M:%S", "%Y年%m月%d日%H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S+08:00"):
        found = read_date(moment.strftime(form), "Asia/Shanghai", FETCHED)
        assert found is not None
        assert found.replace(tzinfo=None) == moment.replace(microsecond=0)


QUALITIES = {
    "2025-02-07 06:23": "minute",
    "2025-02-07": "day",
    "2025-02-07 00:00:00": "day",
    "3小时前": "relative",
    "昨天 18:20": "relative",
    "06-24 10:20": "minute",
    "2023-02-30": "impossible",
    "2023年13月1日": "impossible",
    "2027-02-07 06:23": "future",
    "二〇二三年二月三十日": "impossible",
    "样例日报": "none",
}


@pytest.mark.parametrize("text", QUALITIES)
def test_how_well_a_text_tells_the_time(text: str) -> None:
    found = printed_date(text, "Asia/Shanghai", FETCHED)
    assert found.quality.value == QUALITIES[text]
    assert (found.at is None) == (found.quality.value in ("impossible", "future", "none"))
