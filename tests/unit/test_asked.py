"""Selectors answered from the list of a page's names find what the tree would."""

from datetime import UTC, datetime

import pytest

from pipelines.extract.asked import all_at, body_at, text_at
from pipelines.extract.reading import select
from pipelines.model import Capture, Role
from pipelines.page import Page, read_page

A = "柳溪县古桥修缮工程十二日完工，这座始建于清代的三孔石桥重新向行人开放，两岸居民不必再绕行两公里。"
HTML = f"""<div id="content" class="main wide"><h1 class="title">题</h1><div class="main inner"><p class="Main
  lead">甲</p><p class="maintext">乙</p></div><span id="pubtime_baidu ">丙</span><span id=pubtime>丁</span>
<founder-title>戊</founder-title><div data-kind="lead"><b class=lead>己</b></div></div>
<div class="content"><h1>题</h1><p>{A}</p></div><div class="content"><p>{A}</p></div>
<div class="content"><a href=1>{A}{A}</a></div>"""
SELECTORS = (
    ".main", "div.main", "p.main", ".main.inner", "#content.main", "#content, .lead", ".lead, #pubtime", ".mai",
    "[id^=pubtime]", "#nothing, .title", "founder-title, .title", ".main .lead", "[data-kind=lead] b", "[data-kind]",
    "b, .title",
)  # fmt: skip


def page_of(html: str) -> Page:
    return read_page(
        Capture(
            outlet="sample",
            url="http://www.liuxi.example/a/1.html",
            final_url="",
            fetched_at=datetime(2026, 11, 22, tzinfo=UTC),
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=html.encode(),
            digest=b"",
            role=Role.ARTICLE,
        )
    )


@pytest.mark.parametrize("selector", SELECTORS)
def test_the_list_answers_as_the_tree_does(selector: str) -> None:
    page = page_of(HTML)
    assert page.tree is not None
    assert all_at(page, selector) == select(page.tree, selector)


def test_first_text_and_body() -> None:
    page = page_of(HTML)
    assert text_at(page, (".nothing", "#pubtime_baidu", "#pubtime")) == "丙"
    body = body_at(page, (".content",))
    assert body is not None
    assert body.text_content() == A, "one with a title, or of links, is a part of the page and no body"
