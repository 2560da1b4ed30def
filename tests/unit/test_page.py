"""Pages: hostile markup in bounded time, references that XML cannot hold, JSON answers."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import NoBody, NotText, PipelineError, TooComplex
from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Capture, Role
from pipelines.page import Page, clean_markup, read_page

FETCHED = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SENTENCE = "样例市近日出台一项新的办法，对老旧小区的停车问题作出规定，居民普遍表示欢迎。"


def page_of(html: str | bytes, content_type: str = "text/html; charset=utf-8") -> Page:
    body = html.encode() if isinstance(html, str) else html
    return read_page(
        Capture(
            outlet="sample",
            url="http://news.sample.example/a/1.html",
            final_url="http://news.sample.example/a/1.html",
            fetched_at=FETCHED,
            status=200,
            headers=(("Content-Type", content_type),),
            body=body,
            digest=b"",
            role=Role.ARTICLE,
        )
    )


def body_of(html: str) -> str:
    return "\n".join(block.text for block in extract([page_of(html)], GENERIC_SOURCE).blocks)


@pytest.mark.parametrize(
    "reference", ["&#1;", "&#11;", "&#xFFFE;", "&#xD800;", "&#0;", "&#x110000;", "\x0b", "\x01", "\x00"]
)
def test_references_that_xml_cannot_hold_lose_no_text(reference: str) -> None:
    paragraphs = "".join(f"<p>{SENTENCE}{number}</p>" for number in range(4))
    html = f"<html><body><div>{paragraphs}<p>{reference}{SENTENCE}尾</p></div>"
    assert body_of(html).count(SENTENCE) == 5


def test_text_behind_an_early_end_of_the_page_is_kept() -> None:
    article = f"<div>{f'<p>{SENTENCE}</p>' * 3}</div>"
    html = f"<html><body><p>导航</p></body></html><html><body>{article}</body></html>"
    assert body_of(html).count(SENTENCE) == 3


def test_an_article_nested_300_deep_is_read() -> None:
    html = "<div>" * 300 + f"<p>{SENTENCE}</p><p>{SENTENCE}</p>" + "</div>" * 300
    assert body_of(html).count(SENTENCE) == 2


HOSTILE = {
    "p_100k": "<p>样例，句子。" * 100_000,
    "a_100k": "<a href=x>样例</a>" * 100_000,
    "br_200k": "样例，句子。<br>" * 200_000,
    "depth_1M": "<div>" * 1_000_000 + SENTENCE,
    "lt_2MB": "<" * 2_000_000,
    "attribute_5MB": f"<p title='{'x' * 5_000_000}'>{SENTENCE}</p>",
    "comment_unclosed": f"<p>{SENTENCE}</p><!--" + "x" * 3_000_000,
    "text_9MB": "<p>" + "样例，句子。" * 1_500_000,
    "spaces_5MB": "<p>" + " " * 5_000_000 + SENTENCE,
    "nbsp_1M": "<p>" + "&nbsp;" * 1_000_000 + SENTENCE,
    "font_50k": "<font>" * 50_000 + SENTENCE,
    "body_20k": "<body>" * 20_000 + SENTENCE,
    "table_2k": "<table><tr><td>" * 2000 + SENTENCE,
    "references": "&#1;" * 500_000,
    "title_1MB": "<title>" + "样" * 1_000_000 + "</title>",
    "lists": "<ul>" + "<li><h3><a href=x>样例标题一则</a></h3><p>样例</p></li>" * 10_000 + "</ul>",
    "divs_flat": "<div class=share>x</div>" * 45_000,
    "divs_nested_share": "<div class=share>" * 1500 + ("<p>x</p>" * 20_000),
    "json_deep": "[" * 200_000,
    "entities": "<!DOCTYPE x [<!ENTITY a 'b'>]>" + "&a;" * 100_000,
    "frameset": "<frameset><frame src=a></frameset>",
    "empty": "",
}


@pytest.mark.timeout(60)  # a page that takes a worker's whole limit is a bug here, where nothing kills it
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_page_ends_with_an_outcome(name: str) -> None:
    with contextlib.suppress(PipelineError):
        body_of(HOSTILE[name])


@pytest.mark.parametrize("name", ["p_100k", "a_100k", "depth_1M"])
def test_too_complex(name: str) -> None:
    with pytest.raises(TooComplex):
        page_of(HOSTILE[name])


def test_nothing_is_no_body() -> None:
    with pytest.raises((NoBody, NotText)):
        body_of("")


def test_json_is_an_object_without_a_tree() -> None:
    page = page_of('{"code": 0, "data": {"title": "样例"}}', "application/json")
    assert page.tree is None
    assert page.json["data"]["title"] == "样例"


def test_entities_of_files_are_not_read() -> None:
    html = (
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;' + SENTENCE * 3 + "</p></body></html>"
    )
    assert "root:" not in body_of(html)


@given(st.text(max_size=300))
def test_clean_markup_is_idempotent_and_legal(text: str) -> None:
    clean = clean_markup(text)
    assert not any(char < " " and char not in "\t\n\r" for char in clean)
    assert clean_markup(clean) == clean
