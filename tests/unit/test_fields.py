"""Fields that no reader found: where on a page each one comes from, and what is said of it."""

from datetime import UTC, datetime

import pytest

from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Capture, Extraction, Role
from pipelines.page import read_page

BODY = (
    "<p>云溪镇的老街上周重新开张，三十多家铺子换了新招牌，沿河的石板路也铺平了，镇上的人说这里比从前亮堂得多。</p>"
    "<p>开张那天来了四百多位客人，卖糕点的铺子到中午就卖空了，店主说下个月还要再添两个灶台，请一位帮手。</p>"
)


def read(head: str = "", shown: str = "", url: str = "https://news.yunxi.example/sy/a.html") -> Extraction:
    markup = (
        f"<html><head><title>云溪老街重新开张_云溪新闻网</title>{head}</head><body>"
        f"<h1>云溪老街重新开张</h1><div class='info'>{shown}</div><div class='content'>{BODY}</div></body></html>"
    )
    capture = Capture(
        outlet="",
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 11, 22, 4, 0, tzinfo=UTC),
        status=200,
        headers=(),
        body=markup.encode(),
        digest=b"",
        role=Role.ARTICLE,
    )
    return extract((read_page(capture),), GENERIC_SOURCE)


#: (what the head and the page print, the URL's path, quality, time, rule)
TIMES = [
    ("", "<span>2026-03-04 08:15</span>", "/a.html", "minute", "2026-03-04T08:15:00+08:00", "element info"),
    ("<meta name=pubdate content=2026-03-04>", "2026年3月4日 8:15", "/a.html", "minute", "2026-03-04T08:15:00+08:00",
     "element info"),
    ("<meta name=pubdate content=2026-03-04>", "", "/a.html", "day", "2026-03-04T00:00:00+08:00", "meta pubdate"),
    ("", "3小时前", "/a.html", "relative", "2026-11-22T09:00:00+08:00", "element info"),
    ("", "", "/202603/t20260304_1.html", "address", "2026-03-04T00:00:00+08:00", "url"),
    ("", "06-24 10:20", "/2019-06-24/1.html", "minute", "2019-06-24T10:20:00+08:00", "element info"),
    ("", "2023-02-30 10:20", "/2019-06-24/1.html", "impossible", None, "element info"),
    ("<meta name=pubdate content=2027-01-30>", "2026-03-04 08:15", "/a.html", "future", None, "meta pubdate"),
    ("<meta property=article:modified_time content='2026-03-04 08:15'>", "", "/a.html", "updated",
     "2026-03-04T08:15:00+08:00", "meta modified"),
    ("", "", "/a.html", "none", None, ""),
]  # fmt: skip


@pytest.mark.parametrize(("head", "shown", "path", "quality", "moment", "rule"), TIMES)
def test_when_an_article_was_published(
    head: str, shown: str, path: str, quality: str, moment: str | None, rule: str
) -> None:
    found = read(head, shown, f"https://news.yunxi.example{path}")
    assert found.date_quality.value == quality
    assert (found.published_at.isoformat() if found.published_at else None) == moment
    assert dict(found.found_by).get("published", "") == rule
    assert bool(found.published_text) == bool(rule)


def test_every_field_says_what_found_it() -> None:
    found = read(
        "<meta property=article:section content=要闻>",
        "<span id=pubtime_baidu>2026-03-04 08:15</span> <span id=source_baidu>来源：云溪日报</span> "
        "<span id=author_baidu>作者：林晓禾</span> <span id=editor_baidu>责任编辑：周一帆</span>",
    )
    assert (found.byline, found.editor, found.origin, found.section) == ("林晓禾", "周一帆", "云溪日报", "要闻")
    assert dict(found.found_by) == {
        "title": "h1",
        "section": "section",
        "byline": "element author_baidu",
        "editor": "label",
        "origin": "element source_baidu",
        "published": "element pubtime_baidu",
    }


def test_the_editor_is_no_author() -> None:
    found = read("<meta name=author content=周一帆>", "责任编辑：周一帆")
    assert (found.byline, found.editor) == ("", "周一帆")


def test_text_outside_the_article_is_counted() -> None:
    assert read(shown="云溪天气 晴").outside_chars - read().outside_chars == len("云溪天气晴")
