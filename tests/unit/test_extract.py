"""Readers, fields and blocks, apart from whole pages (those are golden)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.errors import NoBody
from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE, sniff_family
from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.byline import clean_origin, is_person, latin_names, read_names
from pipelines.extract.headline import find_title, strip_site
from pipelines.extract.published import find_published
from pipelines.extract.reading import join_blocks
from pipelines.extract.view import View
from pipelines.model import Block, Capture, CrawlPolicy, Layout, Role, Shape, Source
from pipelines.page import Page, parse, read_page

A = "样例市东湖区新建的社区图书馆昨日开馆，三层阅览室共设座位二百四十个，居民凭身份证即可借阅。"
B = "馆长林晓禾介绍，图书馆每天开放至晚上九点，周末增设亲子阅读专场，首日接待读者一千二百余人。"


def page_of(html: str, url: str = "http://news.sample.example/a/1.html") -> Page:
    return read_page(
        Capture(
            outlet="sample",
            url=url,
            final_url=url,
            fetched_at=datetime(2026, 11, 22, 4, 0, tzinfo=UTC),
            status=200,
            headers=(("Content-Type", "text/html; charset=utf-8"),),
            body=html.encode(),
            digest=b"",
            role=Role.ARTICLE,
        )
    )


def source_of(*layouts: Layout, family: str = "") -> Source:
    return Source(
        name="sample",
        title="样例日报",
        region="sample",
        hosts=("news.sample.example",),
        family=family,
        layouts=layouts,
        crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=()),
    )


def texts(html: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in read_blocks(parse(html))]


LAYOUT = Layout(name="now", title="h1", body=".body", byline=".by", published=".time", remove=(".ad",))
HEAD = "<h1>开馆</h1><p class=by>记者 林晓禾</p><p class=time>2024-03-05 08:30</p>"
HTML = f"{HEAD}<div class=body><p>{A}</p><p class=ad>广告</p></div>"


def test_a_layout_reads_its_fields_and_removes_what_it_names() -> None:
    found = extract([page_of(HTML)], source_of(LAYOUT))
    assert (found.layout, found.title, found.byline) == ("layout:now", "开馆", "林晓禾")
    assert found.published_text == "2024-03-05 08:30"
    assert [block.text for block in found.blocks] == [A]


def test_a_field_with_a_selector_is_looked_for_in_its_place_and_in_the_article_alone() -> None:
    beside = "<div class=side><span class=author>周明</span></div>"
    without = HTML.replace("记者 林晓禾", "")
    assert extract([page_of(without + beside)], source_of(LAYOUT)).byline == ""
    assert (
        extract([page_of(without.replace(A, f"本报讯（记者 林晓禾）{A}") + beside)], source_of(LAYOUT)).byline
        == "林晓禾"
    )
    labelled = source_of(replace(LAYOUT, byline=""))
    assert extract([page_of(without.replace("class=by>", "class=by>作者：周明"))], labelled).byline == "周明"


@pytest.mark.parametrize("change", [("<h1>开馆</h1>", ""), ("<h1>", "<h1>开</h1><h1>"), ("class=body", "class=none")])
def test_a_layout_that_does_not_find_exactly_one_is_not_used(change: tuple[str, str]) -> None:
    found = extract([page_of(HTML.replace(*change))], source_of(LAYOUT))
    assert found.layout == "generic"


def test_nested_matches_are_one_body() -> None:
    nested = HTML.replace("<p>", "<div class=body><p>", 1)
    assert extract([page_of(nested)], source_of(LAYOUT)).layout == "layout:now"


def test_a_bad_selector_says_so() -> None:
    with pytest.raises(ValueError, match="bad CSS selector"):
        extract([page_of(HTML)], source_of(Layout(name="bad", title="h1[", body="p")))


def test_further_pages_are_appended_once() -> None:
    layout = Layout(name="now", title="h1", body=".body")
    second = page_of(f"<div class=body><p>{B}</p></div>", "http://news.sample.example/a/1_2.html")
    found = extract([page_of(HTML), second, second], source_of(layout))
    assert [block.text for block in found.blocks] == [A, "广告", B]


def test_a_page_that_shows_all_replaces_what_was_read() -> None:
    one, two = Block(text=A), Block(text=B)
    assert join_blocks((one,), (one, two)) == (one, two)
    assert join_blocks((one, two), (two,)) == (one, two)


@pytest.mark.parametrize(
    "html", ["<html></html>", "<title>样例</title><a href=/>首页</a>", "<img src=1.jpg>", "<script>x()</script>"]
)
def test_a_page_without_text_has_no_body(html: str) -> None:
    with pytest.raises(NoBody):
        extract([page_of(html)], source_of())


def test_a_body_that_a_script_shows_is_read() -> None:
    html = f'<body style="display:none"><article style="display: none"><p>{A}</p><p>{B}</p></article></body>'
    assert len(extract([page_of(html)], source_of()).blocks) == 2


def test_no_pages_have_no_body() -> None:
    with pytest.raises(NoBody):
        extract([], source_of())


def test_text_outside_the_article_is_counted() -> None:
    html = f"<h1>开馆</h1><div class=body><p>{A}</p></div><ul><li>别的新闻</li></ul>"
    found = extract([page_of(html)], source_of(Layout(name="now", title="h1", body=".body")))
    assert found.outside_chars == len("开馆") + len("别的新闻")


def test_blocks_of_every_kind_of_break() -> None:
    table = "<table><tr><td>六<td>七</table>"
    html = f"<div>一<br>二<p>三</p><section><span>四</span><b>！</b></section><ul><li>五</ul>{table}八</div>"
    assert [text for _kind, text in texts(html)] == ["一", "二", "三", "四！", "五", "六", "七", "八"]


def test_what_is_no_text() -> None:
    html = """<div>正文<script>x</script><style>y</style><div class="bdsharebuttonbox">分享到微信</div>
    <p style="display:none">隐藏</p><div class="pages"><a href=2>1</a> <a href=3>2</a> <a>下一页</a></div>
    <ruby>字<rp>(</rp><rt>zì</rt></ruby></div>"""
    assert [text for _kind, text in texts(html)] == ["正文", "字"]


def test_captions_and_headings() -> None:
    html = f"""<div><p><img src=1></p><p align=center>图书馆外景</p>
    <figure><img><figcaption>读者在选书</figcaption></figure>
    <h2>居民点赞</h2><p>{A}</p><p><strong>一、三年六座</strong></p><p><b>重要：</b>{B}</p></div>"""
    kinds = [kind for kind, _text in texts(html)]
    assert kinds == ["caption", "caption", "heading", "text", "heading", "text"]


def test_white_space_is_collapsed_and_invisible_characters_stay() -> None:
    assert collapse("　　甲  乙\n丙 \t丁　戊 ") == "甲 乙丙 丁　戊"
    assert collapse("投\u200b注") == "投\u200b注"
    assert texts("<p>\u200b\ufeff</p><p>甲</p>") == [("text", "甲")]


TITLES = {
    "<title>东湖图书馆开馆_样例新闻网</title><h1>东湖图书馆开馆</h1>": "东湖图书馆开馆",
    "<title>棱镜|东湖图书馆开馆始末_样例网</title><h1>棱镜|东湖图书馆开馆始末</h1>": "棱镜|东湖图书馆开馆始末",
    "<title>【资讯】东湖图书馆开馆 - 样例日报</title>": "【资讯】东湖图书馆开馆",
    "<title>东湖图书馆开馆-要闻-样例网</title><h1>样例网</h1>": "东湖图书馆开馆",
    "<title>样例网</title><meta property='og:title' content='东湖图书馆开馆'><h1></h1>": "东湖图书馆开馆",
    "<title>A library opens | Sample Times</title><h2>A library opens</h2>": "A library opens",
    "<meta property='og:title' content='A new library opens in town'><h1>A new town library opens at last in town</h1>"
    "<title>A new town library opens at last in town</title>": "A new library opens in town",
    "<meta property='og:title' content='A new town library opens'><h1>A new town library opens at last in town</h1>"
    "<title>A new town library opens at last in town</title>": "A new town library opens at last in town",
    '<title>他说"开馆"了 读者这样看_样例网</title><h1>他说"开馆"了 读者这样看</h1>': '他说"开馆"了 读者这样看',
}


@pytest.mark.parametrize("html", TITLES)
def test_title(html: str) -> None:
    tree = parse(f"<html><head></head><body>{html}</body></html>")
    assert find_title(View(tree)).text == TITLES[html]


def test_a_short_title_is_not_taken_for_a_site() -> None:
    assert strip_site("开馆_样例网") == "开馆_样例网"


BYLINES = {
    "本报记者 林晓禾 周明": ["林晓禾", "周明"],
    "□ 本报记者 林晓禾": ["林晓禾"],
    "本报记者 林晓禾 通讯员 周明": ["林晓禾", "周明"],
    "记者 林晓禾 通讯员 周明 摄": ["林晓禾", "周明"],
    "作者：林晓禾、周明": ["林晓禾", "周明"],
    "文/林晓禾 图/陈立": ["林晓禾"],
    "责任编辑：周明": [],
    "104363": [],
    "佚名": [],
    "By Ann Example and Bob Sample": ["Ann Example", "Bob Sample"],
}


@pytest.mark.parametrize("printed", BYLINES)
def test_byline_field(printed: str) -> None:
    assert read_names(printed) == BYLINES[printed]


@pytest.mark.parametrize(
    ("html", "byline"),
    [
        (f"<p>样例网3月5日讯（记者 林晓禾 周明）{A}</p><p>{B}</p>", "林晓禾、周明"),
        (f"<p>半月样例记者 林晓禾</p><p>{A}</p><p>{B}</p>", "林晓禾"),
        (f"<p>样例网3月5日讯（记者 林晓禾 通讯员 周明）{A}</p><p>{B}</p>", "林晓禾、周明"),
        (f"<p>{A}</p><p>{B}（通讯员 周明）</p>", "周明"),
        (f"<img><p>图书馆外景。样例社记者 林晓禾 通讯员 周明 摄</p><p>{A}</p><p>{B}</p>", ""),
        (f"<p>記者林晓禾／東湖報導</p><p>{A}</p><p>{B}</p>", "林晓禾"),
        (f"<p>{A}</p><p>{B}（林晓禾）</p>", "林晓禾"),
        (f"<p>{A}</p><p>{B}</p><p>责任编辑：周明</p><meta name=author content=周明>", ""),
        (f"<img><p>图书馆外景。样例社记者 陈立 摄</p><p>{A}</p><p>{B}</p>", ""),
    ],
)
def test_byline_in_the_text(html: str, byline: str) -> None:
    assert extract([page_of(f"<div>{html}</div>")], source_of()).byline == byline


@pytest.mark.parametrize("fetched", [datetime(2024, 3, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)])
def test_a_leap_day_without_its_year_takes_the_year_of_the_address(fetched: datetime) -> None:
    found = find_published(
        None, "http://news.sample.example/2024-02-29/1.html", "Asia/Shanghai", fetched, ("", "02-29 10:20")
    )
    assert found.at is not None
    assert found.at.date() == date(2024, 2, 29)


def test_names_and_media() -> None:
    assert not is_person("样例日报")
    assert latin_names(["http://a.example/author/x", "By Ann Example | Updated"]) == ["Ann Example"]
    assert clean_origin("来源：东湖发布 作者：林晓禾") == "东湖发布"


@pytest.mark.parametrize(
    ("html", "family"),
    [
        ('<div class="TRS_Editor">', "trs"),
        ("<!--enpcontent-->", "founder_web"),
        ('<div id="ozoom">', "founder_paper"),
        ('<div class="box_con" id="rwb_zw">', "people"),
        ('<div id="js_content">', "wechat"),
        ('<span class="cms_block_span">', "system"),
        ('<div class="viewbox">', "dede"),
        ("<div>", ""),
    ],
)
def test_family_is_told_by_its_marks(html: str, family: str) -> None:
    assert sniff_family(page_of(f"<html>{html}<p>{A}</p>")) == family


def test_record_keeps_the_day_that_the_page_prints() -> None:
    html = (
        f'<meta property="article:published_time" content="2024-04-25T22:00:00-04:00"><div><p>{A}</p><p>{B}</p></div>'
    )
    found = extract([page_of(html)], GENERIC_SOURCE)
    assert found.published_at is not None
    assert found.published_at.isoformat() == "2024-04-25T22:00:00-04:00"
    assert [block.text for block in found.blocks] == [A, B]


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div>", "</div>", "<br>", "<b>", "</b>", "<table>", "<td>", "<a href=x>", "</a>", "<img>"]
)
PIECES = st.one_of(
    TAGS,
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
    st.just(A),
    st.just("<!--enpcontent-->"),
    st.just("<h1>"),
)


@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_markup_gives_clean_blocks_or_no_body(html: str) -> None:
    try:
        found = extract([page_of("<html>" + html)], GENERIC_SOURCE)
    except NoBody:
        return
    assert found.blocks
    assert all(block.text and block.text == collapse(block.text) for block in found.blocks)
    assert extract([page_of("<html>" + html)], GENERIC_SOURCE) == found


def test_a_page_without_prose_is_left_to_trafilatura() -> None:
    rounds = "".join(f"<tr><td>第{n}轮</td><td>清水队 {n} 分</td><td>东山队 {n + 3} 分</td></tr>" for n in range(12))
    found = extract([page_of(f"<article><h1>联赛积分</h1><table>{rounds}</table></article>")], GENERIC_SOURCE)
    assert found.layout == "trafilatura"
    assert found.title == "联赛积分"
    assert found.blocks[0] == Block(text="第0轮 | 清水队 0 分 | 东山队 3 分")
    assert len(found.blocks) == 12


def test_a_shell_without_text_is_no_article() -> None:
    with pytest.raises(NoBody):
        extract([page_of("<div id=app></div><footer>版权所有 联系我们 关于本站</footer>")], GENERIC_SOURCE)
