"""The outlets that ship with Huiliu: polite, scheduled, and right about which addresses are articles."""

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from crawler.config import find_source, load_source, source_folders, sources
from crawler.spiders.digital_paper import dated, issue_days
from pipelines.model import Source

FILES = sorted(source_folders()[0].rglob("*.toml"))
REAL = [load_source(path) for path in FILES]

#: Address shapes that the outlets are known to use: label is the outlet, expected whether it is an article's.
URLS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "cases" / "source_urls.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("source", REAL, ids=lambda source: source.name)
def test_a_real_outlet_is_asked_politely(source: Source) -> None:
    assert source.crawl.delay_s >= 2
    assert source.crawl.concurrency == 1
    assert source.crawl.schedule
    assert source.article_url


@pytest.mark.parametrize("case", URLS, ids=lambda case: f"{case['label']} {case['original']}")
def test_article_addresses(case: dict[str, Any]) -> None:
    source, url = find_source(case["label"]), case["original"]
    passes = any(re.search(pattern, url) for pattern in source.article_url) is case["expected"]
    assert passes is (case["expect"] == "pass")
    assert url.split("/")[2] in source.hosts


def test_every_outlet_has_an_article_address_among_the_cases() -> None:
    assert {source.name for source in REAL} <= {case["label"] for case in URLS if case["expected"]}


def test_no_two_outlets_share_a_host() -> None:
    counted = Counter(host for source in REAL for host in source.hosts)
    assert [host for host, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_source_file_says_what_it_rests_on(path: Path) -> None:
    comments = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    assert any(line.startswith("# Evidence") for line in comments)
    assert any(re.match(r"# Confidence\b.*\b[ABC]\b", line) for line in comments)


def test_every_source_can_be_loaded() -> None:
    assert {source.name for source in REAL} <= set(sources())
    assert len(REAL) >= 32


def test_demo_outlets_are_never_scheduled() -> None:
    demo = list(source_folders()[1].rglob("*.toml"))
    assert demo
    assert all(load_source(path).crawl.schedule == "" for path in demo)


def test_front_pages_of_a_back_fill() -> None:
    [start] = find_source("xhrb").crawl.start_urls
    days = issue_days(date(2026, 2, 27), date(2026, 3, 1), date(2026, 9, 1))
    assert [dated(start, day) for day in days] == [
        "https://xh.xhby.net/pc/layout/202603/01/node_1.html",
        "https://xh.xhby.net/pc/layout/202602/28/node_1.html",
        "https://xh.xhby.net/pc/layout/202602/27/node_1.html",
    ]


@pytest.mark.parametrize(
    ("since", "until", "first", "count"),
    [(None, None, 1, 1), (28, None, 1, 4), (None, 30, 30, 1), (30, 29, 29, 0)],
)
def test_open_bounds(since: int | None, until: int | None, first: int, count: int) -> None:
    def august(day: int | None) -> date | None:
        return None if day is None else date(2026, 8, day)

    days = list(issue_days(august(since), august(until), date(2026, 9, 1)))
    assert len(days) == (5 if since == 28 else count)
    assert not days or days[0].day == first
