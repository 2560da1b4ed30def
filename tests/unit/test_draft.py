"""Drafts of source files: they load as they are, and read their page as it was read without them."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.addresses import article_pattern, site_name
from crawler.commands import draft as commands
from crawler.commands.draft import new_source
from crawler.config import FAMILIES, ConfigError, load_source
from crawler.draft import Names, draft
from pipelines.errors import NoBody
from pipelines.extract import extract
from pipelines.extract.anywhere import GENERIC_SOURCE, MARKS
from pipelines.model import Capture, Extraction, Layout, Role, Source
from pipelines.page import Page, read_page

GOLDEN = Path(__file__).parents[1] / "golden"
PAGES = sorted(path for path in GOLDEN.glob("*/*.html") if ".part" not in path.name)
URL = "http://www.qingshui.example/yaowen/202603/t20260302_12345.html"
DAY = date(2026, 11, 22)


def page_of(body: bytes, url: str = URL) -> Page:
    fetched_at = datetime(2026, 11, 22, 4, tzinfo=UTC)
    return read_page(
        Capture(
            outlet="",
            url=url,
            final_url=url,
            fetched_at=fetched_at,
            status=200,
            headers=(),
            body=body,
            digest=b"",
            role=Role.ARTICLE,
        )
    )


def drafted(page: Page, folder: Path) -> Source:
    """The source that a page's draft describes."""
    file = folder / "qingshui.toml"
    file.write_text(draft(page, Names(name="qingshui", title="", region="jiangsu"), DAY), "utf-8")
    return load_source(file)


def says(found: Extraction) -> tuple[str, list[str]]:
    return found.title, [block.text for block in found.blocks]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_draft_reads_its_page_as_it_was_read_without(path: Path, tmp_path: Path) -> None:
    page = page_of(path.read_bytes())
    try:
        known = extract((page,), GENERIC_SOURCE)
    except NoBody:
        pytest.skip("its article stands in another file")
    source = drafted(page, tmp_path)
    assert says(extract((page,), source)) == says(known)
    assert re.search(source.article_url[0], URL)


PAGE = """
<html><head><title>清水新开三条公交线路_要闻_清水新闻网</title></head><body>
<div class="menu"><a href="/">清水新闻网</a> <a href="/yaowen/">要闻</a></div>
<div id="main"><h1 class="headline">清水新开三条公交线路</h1>
<p class="info"><span class="time">2026-03-02 12:00</span> <span class="from">来源：清水日报</span>
<span class="who">作者：林晓禾</span></p>
<div class="text12345 words">
<p>清水市今天新开三条公交线路，方便沿江居民出行，首班车早上六点从江湾站发出。</p>
<div class="advert">扫码下载客户端，看更多本地消息</div>
<p>市交通局说，下一步将延长夜班车的时间，并在两个镇增设停靠站，年底前全部完成。</p>
</div></div>
<div class="more"><a href="/yaowen/202603/t20260301_1.html">别的新闻一则标题</a></div>
</body></html>
"""


def test_a_draft_says_where_the_page_keeps_its_fields(tmp_path: Path) -> None:
    page = page_of(PAGE.encode())
    source = drafted(page, tmp_path)
    assert source.title == "清水新闻网"
    assert source.hosts == ("www.qingshui.example",)
    assert source.crawl.start_urls == ("http://www.qingshui.example/",)
    assert (source.family, source.crawl.schedule, source.crawl.delay_s) == ("", "", 2.0)
    [layout] = source.layouts
    assert replace(layout, remove=()) == Layout(
        name="2026",
        title="h1.headline",
        body="div.words",
        byline="span.who",
        origin="span.from",
        published="span.time",
    )
    found = extract((page,), source)
    assert found.layout == "layout:2026"
    assert (found.byline, found.origin, found.published_text) == ("林晓禾", "清水日报", "2026-03-02 12:00")


def test_the_page_tells_its_own_address_when_nobody_does(tmp_path: Path) -> None:
    saved = PAGE.replace("<title>", f'<link rel="canonical" href="{URL}"><title>')
    assert drafted(page_of(saved.encode(), url=""), tmp_path).hosts == ("www.qingshui.example",)
    assert draft(page_of(PAGE.encode(), url=""), Names(name="", title="", region="x"), DAY) == ""


def test_a_page_without_an_article_has_no_draft() -> None:
    with pytest.raises(NoBody):
        draft(page_of(b"<html><body><a href='/'>x</a></body></html>"), Names(name="", title="", region="x"), DAY)


@pytest.mark.parametrize(
    ("page", "url", "name", "output", "said"),
    [
        ("no.html", "", "", None, "no.html: cannot be read: No such file"),
        ("broken.html.gz", "", "", None, "broken.html.gz: cannot be read: "),
        ("page.html", "ftp://x.example/1", "", None, "--url ftp://x.example/1: not http or https"),
        ("page.html", "", "Qing-Shui", None, "'Qing-Shui' is no source's name"),
        ("page.html", "", "qingshui", "page.html", "page.html: is there already"),
        ("page.html", "", "qingshui", "other.toml", "write -o "),
        ("page.html", "", "qingshui", "qingshui.txt", "write -o "),
    ],
)
def test_what_cannot_be_drafted_is_said(
    page: str, url: str, name: str, output: str | None, said: str, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "broken.html.gz").write_bytes(b"no gzip")
    names = Names(name=name, title="", region="x")
    with pytest.raises(ConfigError, match=re.escape(said)):
        new_source(str(tmp_path / page), url=url, names=names, output=tmp_path / output if output else None)


def test_a_page_of_no_known_address_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "_draft", lambda capture, names: draft(read_page(capture), names, DAY))
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    with pytest.raises(ConfigError, match="give its address with --url"):
        new_source(str(tmp_path / "page.html"), url="", names=Names(name="", title="", region="x"), output=None)


def test_every_family_that_is_sniffed_may_stand_in_a_source() -> None:
    assert {family for family, *_ in MARKS} <= set(FAMILIES)


@pytest.mark.parametrize(
    ("path", "pattern"),
    [
        ("/yaowen/202603/t20260302_12345.html", r"/\d{6}/t\d{8}_\d+\.html$"),
        ("/html/2023/31.html", r"/\d{4}/\d+\.html$"),
        ("/n/2016/0312/31004.shtml", r"/\d{4}/\d{4}/\d+\.shtml$"),
        ("/paper/html/2026-03/02/content_1234567.htm", r"/\d{4}-\d{2}/\d{2}/content_\d+\.htm$"),
        ("/content/s69b3fe2ae4b0c1d2e3f4a5b6.html", r"/content/[0-9a-zA-Z]{25}\.html$"),
        ("/article/69b3fe2ae4b0c1d2e3f4a5b6", r"/article/[0-9a-f]{24}$"),
        ("/2026/03/02/a-long-way.html", r"/\d{4}/\d{2}/\d+/[^/]+\.html$"),
        ("/news/a-long-way", r"/news/[^/]+$"),
        ("/detail?id=12&from=list", r"/detail\?.*\bid=\d+"),
        ("/p/1234/", r"/p/\d+/$"),
    ],
)
def test_the_pattern_of_an_address_opens_its_numbers(path: str, pattern: str) -> None:
    url = f"http://www.qingshui.example{path}"
    assert article_pattern(url) == pattern
    assert re.search(pattern, url)


def test_a_site_is_named_by_what_is_its_own() -> None:
    assert site_name("http://www.qingshui.com.cn/") == "qingshui"
    assert site_name("https://epaper.qing-shui.example:8080/") == "qing_shui"
    assert site_name("http://127.0.0.1/a") == "1"


def test_a_section_is_not_taken_from_the_menu(tmp_path: Path) -> None:
    menu = '<div class="nav"><a href="/">首页</a><a href="/yw/">要闻</a></div>'
    place = '<div class="wz">当前位置：首页 &gt; 要闻 &gt; 正文</div>'
    lines = (f"<p>清水市第{n}座桥昨日通车，两岸居民过河由半个小时缩短到三分钟。</p>" for n in "一二三四")
    page = page_of(f"<body>{menu}{place}<h1>清水新桥通车</h1><div class=zw>{''.join(lines)}</div></body>".encode())
    assert extract((page,), GENERIC_SOURCE).section == "要闻"
    assert [layout.section for layout in drafted(page, tmp_path).layouts] == [""]
