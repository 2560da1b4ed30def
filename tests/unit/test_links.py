"""What lists, feeds, API answers and articles lead to."""

import gzip
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.links import find_links
from pipelines.model import CrawlPolicy, Link, Role, Shape, Source

HTML = "text/html; charset=utf-8"
XML = "application/xml"


def source_of(
    article: str = r"/content_\d+\.html?$", follow: tuple[str, ...] = (r"/node_\w+\.html?$",), **fields: Any
) -> Source:
    crawl = {key: fields.pop(key) for key in ("items_path", "link_path", "next_path") if key in fields}
    return Source(
        name="sample",
        title="样例日报",
        region="sample",
        hosts=("paper.example",),
        article_url=(article,) if article else (),
        crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=(), follow=follow, **crawl),
        **fields,
    )


def urls(links: tuple[Link, ...], role: Role) -> list[str]:
    return [link.url.removeprefix("http://paper.example") for link in links if link.role == role]


def listed(body: str, url: str, source: Source, role: Role = Role.LIST, content_type: str = HTML) -> tuple[Link, ...]:
    return find_links(body.encode(), content_type, url, source, role)


def test_paper_page_names_each_article_once_from_map_list_and_neighbours() -> None:
    html = """<a id="pageLink" href="./node_1.htm">第01版</a><a href="../../../page/1/20161031_pdf.pdf">PDF</a>
    <MAP name=PagePicMap><AREA href="content_100001.htm"><AREA href="content_100002.htm"></MAP>
    <ul><li><a href="content_100001.htm"><script>document.write(view("题目"))</script></a></ul>
    <a id="ed_next" href="node_3.htm">下一版</a><a href="javascript:void(0)">x</a><a href="mailto:a@b.example">y</a>
    <a href="http://other.example/content_9.htm">z</a>"""
    links = listed(html, "http://paper.example/html/2016-10/31/node_2.htm", source_of())
    assert urls(links, Role.ARTICLE) == ["/html/2016-10/31/content_100001.htm", "/html/2016-10/31/content_100002.htm"]
    assert urls(links, Role.LIST) == ["/html/2016-10/31/node_1.htm", "/html/2016-10/31/node_3.htm"]


def test_spans_with_data_href_and_base() -> None:
    html = '<base href="http://paper.example/b/"><map><span data-href="content_1.html" data-title="题"></span></map>'
    assert urls(listed(html, "http://paper.example/a/", source_of()), Role.ARTICLE) == ["/b/content_1.html"]


def test_meta_refresh_of_a_paper_index() -> None:
    html = '<META HTTP-EQUIV="REFRESH" CONTENT="0; URL=html/2016-10/31/node_1.htm">'
    links = listed(html, "http://paper.example/paperindex.htm", source_of(follow=()))
    assert links == (Link(url="http://paper.example/html/2016-10/31/node_1.htm", role=Role.LIST),)


def test_trs_pager_script_names_the_next_page() -> None:
    html = '<a href="./202502/t20250207_123.html">x</a><script>createPageHTML(5, 1, "index", "html");</script>'
    source = source_of(r"/t\d{8}_\d+\.html$", (r"/index_\d+\.html$",))
    links = listed(html, "http://paper.example/news/index_1.html", source)
    assert urls(links, Role.ARTICLE) == ["/news/202502/t20250207_123.html"]
    assert urls(links, Role.LIST) == ["/news/index_2.html"]


def test_column_fragments() -> None:
    source = source_of(r"/content/s[0-9a-f]{24}\.html$", (r"/more_\d+$",))
    html = '<input type=hidden name=pageNo value=2><a href="/content/s6800fe3fe4b0a1b2c3d4e5f6.html">x</a>'
    assert urls(listed(html, "http://paper.example/col/news/", source), Role.LIST) == ["/col/news/more_2"]
    assert urls(listed(html, "http://paper.example/col/news/more_2", source), Role.LIST) == ["/col/news/more_3"]


@pytest.mark.parametrize("folder", ["pc/layout/202406", "html/2024-06"])
def test_period_index(folder: str) -> None:
    xml = """<?xml version="1.0" encoding="utf-8"?><period_list>
    <period><period_date>2024-06-06</period_date><front_page>node_1.html</front_page></period>
    <period><period_date>2024-06-07</period_date><front_page>node_1.html</front_page></period></period_list>"""
    links = listed(xml, f"http://paper.example/{folder}/period.xml", source_of(), content_type=XML)
    assert urls(links, Role.LIST) == [f"/{folder}/06/node_1.html", f"/{folder}/07/node_1.html"]


FEEDS = {
    "rss 2.0": "<rss version='2.0'><channel><link>http://paper.example/</link><item><title>题</title>"
    "<link>http://paper.example/content_1.html</link></item><item><guid>http://paper.example/content_2.html</guid></item>"
    "</channel></rss>",
    "rss 1.0": "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>"
    "<item rdf:about='x'><link>http://paper.example/content_1.html</link></item>"
    "<item><link>/content_2.html</link></item></rdf:RDF>",
    "atom": "<feed xmlns='http://www.w3.org/2005/Atom'><link href='http://paper.example/'/>"
    "<entry><link rel='alternate' href='http://paper.example/content_1.html'/>"
    "<link rel='edit' href='/content_9.html'/></entry>"
    "<entry><link href='content_2.html'/></entry></feed>",
    "sitemap": "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
    "<url><loc> http://paper.example/content_1.html </loc>"
    "</url><url><loc>http://paper.example/content_2.html</loc></url>"
    "<url><loc>http://paper.example/about.html</loc></url></urlset>",
    "not well-formed": "<rss><channel><item><title>A & B</title><link>http://paper.example/content_1.html</link></item>"
    "<item><title>&nbsp;题<b></title><link><![CDATA[http://paper.example/content_2.html]]></link></item>",
}


@pytest.mark.parametrize("name", FEEDS)
def test_feed(name: str) -> None:
    links = listed(FEEDS[name], "http://paper.example/feed.xml", source_of(), Role.FEED, XML)
    assert urls(links, Role.ARTICLE) == ["/content_1.html", "/content_2.html"]


def test_sitemap_index_and_packed_sitemap() -> None:
    index = "<sitemapindex><sitemap><loc>http://paper.example/s1.xml.gz</loc></sitemap></sitemapindex>"
    assert urls(listed(index, "http://paper.example/sitemap.xml", source_of(), Role.FEED, XML), Role.FEED) == [
        "/s1.xml.gz"
    ]
    packed = gzip.compress(FEEDS["sitemap"].encode())
    links = find_links(packed, "application/gzip", "http://paper.example/s1.xml.gz", source_of(), Role.FEED)
    assert len(links) == 2


def test_gbk_feed() -> None:
    xml = "<?xml version='1.0' encoding='gb2312'?>" + FEEDS["rss 2.0"].replace("题", "样例新闻的标题在这里")
    links = find_links(xml.encode("gbk"), XML, "http://paper.example/feed.xml", source_of(), Role.FEED)
    assert len(links) == 2


def test_entities_are_neither_fetched_nor_expanded() -> None:
    xml = """<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY a "content_7.html">]>
    <urlset><url><loc>http://paper.example/&f;</loc></url><url><loc>http://paper.example/&a;</loc></url></urlset>"""
    assert listed(xml, "http://paper.example/s.xml", source_of(""), Role.FEED, XML) == ()


@pytest.mark.parametrize(
    "body", ["", "<html><body><p>404</p></body></html>", "<!DOCTYPE html><html></html>", "%PDF-1.4", "{}"]
)
def test_html_for_a_feed_is_nothing(body: str) -> None:
    assert listed(body, "http://paper.example/feed.xml", source_of(), Role.FEED, XML) == ()


def test_api_items_and_next_page() -> None:
    answer = {"data": {"list": [{"url": "/content_1.html"}, {"url": "/content_2.html"}, {"id": 3}]}, "next": 3}
    source = source_of(items_path="data.list", link_path="url", next_path="next")
    links = listed(
        json.dumps(answer), "http://paper.example/api?page=2&size=9", source, content_type="application/json"
    )
    assert urls(links, Role.ARTICLE) == ["/content_1.html", "/content_2.html"]
    assert urls(links, Role.LIST) == ["/api?page=3&size=9"]


def test_api_implicit_iteration_and_jsonp() -> None:
    answer = (
        'callback({"data":[{"articles":[{"share":{"u":"http://paper.example/content_1.html"}}]},{"articles":[]}]});'
    )
    source = source_of(items_path="data.articles", link_path="share.u")
    assert urls(listed(answer, "http://paper.example/api", source), Role.ARTICLE) == ["/content_1.html"]


#: name: (the article's path, its pager, its further pages).
PARTS = {
    "underscore": (
        "/a/1759.html",
        '<ul class="pagelist"><li><a href="1759_3.html">3</a><li><a href="1759_2.html">2</a></ul>',
        ["/a/1759_2.html", "/a/1759_3.html"],
    ),
    "hyphen": (
        "/n1/2019/0615/c1013-31150000.html",
        '<a href="/n1/2019/0615/c1013-31150000.html">1</a><a href="/n1/2019/0615/c1013-31150000-2.html">2</a>',
        ["/n1/2019/0615/c1013-31150000-2.html"],
    ),
    "trs": (
        "/202502/t20250207_123.html",
        '<script>createPageHTML(3, 0, "t20250207_123", "html");</script>',
        ["/202502/t20250207_123_1.html", "/202502/t20250207_123_2.html"],
    ),
    "next page": (
        "/2024-01/02/content_555.htm",
        '<div id="div_currpage"><a href="content_555_2.htm">下一页</a></div>',
        ["/2024-01/02/content_555_2.htm"],
    ),
    "zero": ("/a/20200911/14526474_0.shtml", '<a href="14526474_1.shtml">2</a>', ["/a/20200911/14526474_1.shtml"]),
    "all": (
        "/2024-01/02/content_555.htm",
        '<a href="content_555_2.htm">2</a><li class="page-all"><a href="content_555_all.htm">全文</a>',
        ["/2024-01/02/content_555_2.htm", "/2024-01/02/content_555_all.htm"],
    ),
    "parameter": (
        "/show.php?id=5",
        '<a href="?id=5&page=2">2</a><a href="?id=6">下一篇</a>',
        ["/show.php?id=5&page=2"],
    ),
    "folder": (
        "/news/88123.html",
        '<a href="/news/88123/2.html">下一页</a><a href="/news/88123/3.html">尾页</a>'
        '<a href="/news/88124.html">下一篇</a>',
        ["/news/88123/2.html", "/news/88123/3.html"],
    ),
    "folder and word": ("/p/88123/", '<a href="/p/88123/page/2/">2</a>', ["/p/88123/page/2/"]),
    "folder that says nothing": ("/news/88123.html", '<a href="/news/88123/2.html">古桥完工</a>', []),
    "show all": (
        "/content/2024-01/02/content_555.htm",
        '<ul class="pages"><li class="page-all"><a href="content_555_0.htm">全文</a></li>'
        '<li><a href="content_555_2.htm">2</a></li></ul>',
        ["/content/2024-01/02/content_555_2.htm", "/content/2024-01/02/content_555_0.htm"],
    ),
    "show all by a parameter": (
        "/2024/88123.html",
        '<a href="/2024/88123.html?full=1">【在本页显示全文】</a><a href="/2024/88123.html?from=list">返回</a>',
        ["/2024/88123.html?full=1"],
    ),
    "all of its comments": (
        "/2024/88123.html",
        '<a href="/2024/88123/comments">全部</a><a href="?comment=1">查看全部</a>',
        [],
    ),
    "rest on the second page": ("/a/1759.html", '<a href="1759_2.html">余下全文</a>', ["/a/1759_2.html"]),
    "select": (
        "/a/1759.html",
        '<select><option value="1759.html">第1页<option value="1759_2.html">第2页</select>',
        ["/a/1759_2.html"],
    ),
    "link of the head": ("/a/1759.html", '<link rel="next" href="/a/1759_2.html">', ["/a/1759_2.html"]),
    "trs counting script": (
        "/202502/t20250207_123.html",
        "<script>var currentPage = 0; var countPage = 3;</script>",
        ["/202502/t20250207_123_1.html", "/202502/t20250207_123_2.html"],
    ),
    "counting script elsewhere": ("/a/1759.html", "<script>var countPage = 3;</script>", []),
    "full text of another article": ("/a/1759.html", '<a href="/b/1760.html">全文</a><a href="/a/">全部</a>', []),
    "next article": ("/a/1759.html", '<a href="1760.html">下一篇</a><a href="1758.html">上一篇</a>', []),
    "other articles": ("/c/1-100.html", '<a href="1-101.html">x</a><a href="1-2.html">y</a>', []),
}


@pytest.mark.parametrize("name", PARTS)
def test_parts(name: str) -> None:
    path, html, expected = PARTS[name]
    links = listed(f"<p>正文</p>{html}", f"http://paper.example{path}", source_of(), Role.ARTICLE)
    assert urls(links, Role.PART) == expected
    assert [link.ordinal for link in links] == list(range(1, len(expected) + 1))


def test_json_twin_is_the_first_part() -> None:
    source = source_of(json_twin=(r"\.html$", ".json"))
    html = '<a href="content_5_2.html">2</a>'
    links = listed(html, "http://paper.example/content_5.html", source, Role.ARTICLE)
    assert links == (
        Link(url="http://paper.example/content_5.json", role=Role.PART, ordinal=1),
        Link(url="http://paper.example/content_5_2.html", role=Role.PART, ordinal=2),
    )


@given(st.binary(max_size=300), st.sampled_from([Role.LIST, Role.FEED, Role.ARTICLE, Role.ROBOTS]))
def test_any_bytes_give_links_or_none(body: bytes, role: Role) -> None:
    for prefix in (b"", b"<a href=", b"<rss><item><link>", b'{"a":'):
        find_links(prefix + body, HTML, "http://paper.example/node_1.html", source_of(), role)


def test_an_article_in_two_spellings_is_one_link_and_carries_its_key() -> None:
    html = """<a href="http://www.paper.example/content_1.html">a</a><a href="https://paper.example/content_1.html">a</a>
    <a href="http://paper.example/content_2.html?spm=1">b</a>"""
    source = source_of(follow=())
    source = replace(source, hosts=("paper.example", "www.paper.example"))
    links = listed(html, "http://paper.example/", source)
    assert [(link.url, link.key) for link in links] == [
        ("http://www.paper.example/content_1.html", "paper.example/content_1.html"),
        ("http://paper.example/content_2.html", "paper.example/content_2.html"),
    ]


def test_a_link_to_a_further_page_is_one_to_the_first() -> None:
    html = '<a href="content_7_2.html">下</a><a href="content_7.html">上</a><a href="content_8_3.html">x</a>'
    source = source_of(article=r"/content_\d+(_\d+)?\.html$", follow=())
    source = replace(source, crawl=replace(source.crawl, first_page=(r"(/content_\d+)_\d+\.html$", r"\1.html")))
    links = listed(html, "http://paper.example/", source)
    assert urls(links, Role.ARTICLE) == ["/content_7.html", "/content_8.html"]
