"""The whole flow over one small article, without a fitted model: what it says is made of what it was given."""

import hashlib
from datetime import UTC, datetime
from typing import Any

import pytest

from pipelines.clean import apply_marks, clean_text
from pipelines.errors import PipelineError
from pipelines.fingerprint import fingerprint
from pipelines.fold import fold
from pipelines.judge_model import JudgeModel
from pipelines.model import (
    Capture,
    Citation,
    CrawlPolicy,
    Document,
    MarkField,
    MarkKind,
    ReadOutcome,
    Role,
    Shape,
    Source,
)
from pipelines.process import process

URL = "http://news.jiangwan.example/content/1.html"
MODEL = JudgeModel(name="none")
SOURCE = Source(
    name="jiangwan",
    title="江湾新闻网",
    region="demo",
    hosts=("news.jiangwan.example",),
    crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=("http://news.jiangwan.example/",)),
)
TITLE = "江湾镇清淤工程完工"
LINES = (
    "江湾镇水利站介绍，清淤工程昨日完工，沿河三个村的排水能力提高了一倍，《江湾河道今年全部清完》一文记下了这一天。",
    "網(wǎng)絡(luò)監(jiān)測顯示，四個月裏一共清出淤泥兩萬餘方，新修石駁岸一千二百米，水質(zhì)明顯好轉。"
    "（责任编辑：周舟）",
    "村民说，往年一下大雨院子里就积水，今年汛期水位最高的时候，家里也没有进过水，孩子上学的路也好走了。",
    "责任编辑：周舟",
)
CLEAN = (
    LINES[0],
    "網絡監測顯示，四個月裏一共清出淤泥兩萬餘方，新修石駁岸一千二百米，水質明顯好轉。",
    LINES[2],
)


def page(title: str, lines: tuple[str, ...]) -> str:
    body = "".join(f"<p>　　{line}</p>\n" for line in lines)
    return (
        f'<html><head><title>{title}</title></head><body><div class="nav"><a href="/">首页</a></div><h1>{title}</h1>'
        '<div class="info">2026-03-02 09:30 来源：江湾日报 作者：林晚</div>'
        f'<div class="article">{body}</div></body></html>'
    )


def capture(body: bytes, **fields: Any) -> Capture:
    given: dict[str, Any] = {
        "outlet": "jiangwan",
        "url": URL,
        "final_url": URL,
        "fetched_at": datetime(2026, 3, 3, tzinfo=UTC),
        "status": 200,
        "headers": (("Content-Type", "text/html"),),
        "body": body,
        "digest": hashlib.sha256(body).digest(),
        "role": Role.ARTICLE,
    }
    return Capture(**(given | fields))


def read(charset: str = "utf-8", lines: tuple[str, ...] = LINES) -> Document:
    return process([capture(page(TITLE, lines).encode(charset))], SOURCE, MODEL)


def test_fields_are_those_of_the_page() -> None:
    document = read()
    assert (document.url, document.title, document.clean_title) == (URL, TITLE, TITLE)
    assert (document.byline, document.origin, document.layout) == ("林晚", "江湾日报", "generic")
    assert document.published_at is not None
    assert document.published_at.isoformat() == "2026-03-02T09:30:00+08:00"
    assert document.citations == (Citation(title=fold("江湾河道今年全部清完")),)


def test_paragraphs_are_raw_and_numbered() -> None:
    paragraphs = read().paragraphs
    assert [one.index for one in paragraphs] == list(range(len(paragraphs)))
    assert [one.raw for one in paragraphs] == list(LINES)


def test_marks_stand_over_the_raw_text() -> None:
    """The judge saw repaired text; its cut at the end of a repaired line must still hit the same characters."""
    document = read()
    found = [
        (mark.kind, document.paragraphs[mark.paragraph].raw[mark.start : mark.end])
        for mark in document.marks
        if mark.paragraph is not None
    ]
    assert [text for kind, text in found if kind is MarkKind.REPAIRED] == ["(wǎng)", "(luò)", "(jiān)", "(zhì)"]
    assert [text for kind, text in found if kind is MarkKind.BOILERPLATE] == ["（责任编辑：周舟）", "责任编辑：周舟"]


def test_clean_text_is_what_the_marks_leave() -> None:
    document = read()
    assert document.clean_text == "\n".join(CLEAN)
    assert document.clean_text == clean_text(document.paragraphs, document.marks)
    title_marks = [mark for mark in document.marks if mark.field is MarkField.TITLE]
    assert document.clean_title == apply_marks(document.title, title_marks)


def test_marks_are_in_order_and_inside_their_text() -> None:
    document = read()
    places = [(mark.paragraph or 0, mark.start, mark.end) for mark in document.marks]
    assert places == sorted(places)
    for mark in document.marks:
        assert mark.paragraph is not None
        assert 0 <= mark.start <= mark.end <= len(document.paragraphs[mark.paragraph].raw)
        assert (mark.replacement is not None) == (mark.kind is MarkKind.REPAIRED)


def test_search_text_and_fingerprint_are_of_the_clean_text() -> None:
    document = read()
    assert document.folded == fold(f"{document.clean_title}\n{document.clean_text}")
    assert len(document.folded) == len(document.clean_title) + 1 + len(document.clean_text)
    assert document.fingerprint == fingerprint(document.clean_text)


def test_the_same_bytes_give_the_same_document() -> None:
    assert read() == read()


def test_a_document_does_not_depend_on_the_charset() -> None:
    plain = tuple(line for line in CLEAN if "網" not in line)
    utf_8, gbk = read(lines=plain), read("gb18030", lines=plain)
    assert (utf_8.charset, gbk.charset) == ("utf-8", "gb18030")
    assert (utf_8.paragraphs, utf_8.marks, utf_8.fingerprint) == (gbk.paragraphs, gbk.marks, gbk.fingerprint)


def test_further_pages_are_joined() -> None:
    more = "第二页写道，工程从春天开始，历时四个月，沿岸还种下了三百多棵垂柳，由镇里的退休教师们轮流照看。"
    second = capture(page(TITLE, (more,)).encode(), url=URL.replace(".html", "_2.html"), role=Role.PART)
    document = process([capture(page(TITLE, CLEAN).encode()), second], SOURCE, MODEL)
    assert document.url == URL
    assert document.clean_text.split("\n") == [*CLEAN, more]


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, ReadOutcome.NOT_TEXT),
        ("<title>页面不存在</title><h2>抱歉，您访问的页面不存在</h2><p>该页面可能已被删除。</p>", ReadOutcome.SOFT_404),
        ("<title>安全验证</title><p>请输入验证码后继续访问</p><input name='code'>", ReadOutcome.CAPTCHA),
        (
            "<title>405</title><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>",
            ReadOutcome.BLOCK_PAGE,
        ),
        ("<html><head><title>空页</title></head><body></body></html>", ReadOutcome.NO_BODY),
        ("<html><body>" + "<div>" * 20000, ReadOutcome.TOO_COMPLEX),
    ],
    ids=lambda value: str(value) if isinstance(value, ReadOutcome) else "",
)
def test_what_is_no_article_names_its_outcome(body: str | bytes, outcome: ReadOutcome) -> None:
    given = capture(body if isinstance(body, bytes) else body.encode())
    with pytest.raises(PipelineError) as refused:
        process([given], SOURCE, MODEL)
    assert refused.value.outcome is outcome
    assert str(refused.value)
