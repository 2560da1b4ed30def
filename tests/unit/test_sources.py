"""The outlets that ship with Huiliu: polite, scheduled, and right about which addresses are articles."""

import re
from datetime import date

import pytest

from crawler.config import find_source, is_demo, load_source, source_folders, sources
from crawler.spiders.digital_paper import dated, issue_days
from pipelines.model import Source

REAL = [load_source(path) for path in sorted(source_folders()[0].rglob("*.toml"))]

#: Address shapes that the outlets are known to use: (source, URL, whether it is an article).
URLS = [
    ("xhrb", "https://xh.xhby.net/pc/con/202406/06/content_1337001.html", True),
    ("xhrb", "https://xh.xhby.net/pc/layout/202406/06/node_2.html", False),
    ("xhby", "https://www.xhby.net/content/s6800fe3fe4b0a1b2c3d4e5f6.html", True),
    ("xhby", "https://news.xhby.net/zt/zyq/202101/t20210119_6952151.shtml", True),
    ("xhby", "https://www.xhby.net/index.html", False),
    ("zjol", "https://zjnews.zjol.com.cn/zjnews/202502/t20250207_12345678.shtml", True),
    ("zjol", "https://zjnews.zjol.com.cn/zjnews/index.shtml", False),
    ("hangzhou", "https://hznews.hangzhou.com.cn/chengshi/content/2026-08/02/content_9012345.html", True),
    ("hangzhou", "https://hznews.hangzhou.com.cn/chengshi/content/2019-08/02/content_7012345.htm", True),
    ("hangzhou", "https://hznews.hangzhou.com.cn/node_15890.htm", False),
    ("people", "http://politics.people.com.cn/n1/2019/0615/c1013-31150000.html", True),
    ("people", "http://js.people.com.cn/n2/2025/0207/c360300-41130000.html", True),
    ("people", "http://www.people.com.cn/rss/politics.xml", False),
    ("chinanews", "https://www.chinanews.com.cn/sh/2026/08-08/10449065.shtml", True),
    ("chinanews", "https://www.chinanews.com.cn/rss/china.xml", False),
]  # fmt: skip


@pytest.mark.parametrize("source", REAL, ids=lambda source: source.name)
def test_a_real_outlet_is_asked_politely(source: Source) -> None:
    assert source.crawl.delay_s >= 2
    assert source.crawl.concurrency == 1
    assert source.crawl.schedule
    assert source.article_url


@pytest.mark.parametrize(("name", "url", "is_article"), URLS)
def test_article_addresses(name: str, url: str, is_article: bool) -> None:
    source = find_source(name)
    assert any(re.search(pattern, url) for pattern in source.article_url) is is_article
    assert url.split("/")[2] in source.hosts


def test_every_source_can_be_loaded() -> None:
    assert {source.name for source in REAL} <= set(sources())
    assert len(REAL) >= 6


def test_demo_outlets_are_never_scheduled() -> None:
    demo = [path for path in source_folders()[1].rglob("*.toml") if is_demo(path)]
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
