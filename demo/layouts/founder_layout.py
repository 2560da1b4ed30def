"""Founder 数字报, new (family founder_paper): `pc/layout` holds the pages, `pc/con` the articles, in UTF-8."""

from collections.abc import Sequence
from datetime import date

from demo.articles import Article, Kind, Outlet
from demo.layouts.markup import INDENT, attribute, text
from demo.response import Entry, Pages, entry_of, page

XML = "text/xml"


def article_path(article: Article) -> str:
    """Where an article stands."""
    return f"/pc/con/{article.published_at:%Y%m/%d}/content_{article.number}.html"


def render(outlet: Outlet, extras: Sequence[Entry]) -> Pages:
    """All pages of the paper."""
    issues = sorted({article.published_at.date() for article in outlet.articles})
    pages: Pages = {}
    for issue in issues:
        pages.update(_issue(outlet, issue, extras if issue == issues[-1] else ()))
    front = f"layout/{issues[-1]:%Y%m/%d}/node_01.html"
    for path, target in (("/pc/paperindex.htm", front), ("/pc/layout/index.html", front.removeprefix("layout/"))):
        refresh = f'<html><head><meta http-equiv="refresh" content="0;url={target}"></head><body></body></html>'
        pages[path] = page(refresh.encode(), outlet.modified_at)
    for month in sorted({f"{issue:%Y%m}" for issue in issues}):
        pages[f"/pc/layout/{month}/period.xml"] = page(_period(month, issues), outlet.modified_at, XML)
    return pages


def _period(month: str, issues: Sequence[date]) -> bytes:
    rows = "".join(
        f"<period><period_date>{issue:%Y-%m-%d}</period_date><front_page>node_01.html</front_page></period>"
        for issue in issues
        if f"{issue:%Y%m}" == month
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><period_list>{rows}</period_list>'.encode()


def _issue(outlet: Outlet, issue: date, extras: Sequence[Entry]) -> Pages:
    articles = [article for article in outlet.articles if article.published_at.date() == issue]
    numbers = sorted({article.page for article in articles})
    modified_at = max(article.modified_at for article in articles)
    pages: Pages = {}
    for number in numbers:
        own = [article for article in articles if article.page == number]
        listed = [entry_of(article, f"../../..{article_path(article).removeprefix('/pc')}") for article in own]
        listed += extras if number == numbers[-1] else ()
        node = _node(outlet, issue, numbers, number, listed)
        pages[f"/pc/layout/{issue:%Y%m/%d}/node_{number:02d}.html"] = page(node.encode(), modified_at)
    for article in articles:
        pages[article_path(article)] = page(_article(outlet, article).encode(), article.modified_at)
    return pages


def _page_name(outlet: Outlet, number: int) -> str:
    return next(name for name, column in outlet.columns.items() if column == str(number))


def _head(title: str) -> str:
    return (
        '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{text(title)}</title></head><body>\n"
    )


def _node(outlet: Outlet, issue: date, numbers: Sequence[int], number: int, entries: Sequence[Entry]) -> str:
    menu = "".join(
        f'<li class="posRelative"><a id="pageLink" href="node_{other:02d}.html">第{other:02d}版：'
        f"{_page_name(outlet, other)}</a> "
        f'<a href="../../../attachement/{issue:%Y%m/%d}/page{other:02d}.pdf">PDF</a></li>'
        for other in numbers
    )
    areas = "".join(
        f'<area shape="polygon" coords="1%,{10 * place}%,99%,{10 * place + 9}%" href="{attribute(entry.href)}">'
        for place, entry in enumerate(entries)
    )
    titles = "".join(
        f'<li class="clearfix"><a href="{attribute(entry.href)}">{text(entry.title)}</a></li>' for entry in entries
    )
    following = [other for other in numbers if other > number][:1]
    turn = "".join(f'<a class="nextArt" href="node_{other:02d}.html">下一版</a>' for other in following)
    return (
        _head(outlet.title)
        + f'<ul id="layoutlist">{menu}</ul>\n'
        + f'<p class="left ban">版面：<span id="layout">{number:02d}版：{_page_name(outlet, number)}</span></p>'
        + f'<p class="date">{issue:%Y-%m-%d}</p>\n'
        + '<div class="newsconimg"><img usemap="#PagePicMap" '
        + f'src="../../../attachement/{issue:%Y%m/%d}/{number:02d}.jpg">'
        + f'<map name="PagePicMap" id="PagePicMap">{areas}</map></div>\n<ul id="articlelist">{titles}</ul>\n{turn}'
        + "</body></html>"
    )


def _article(outlet: Outlet, article: Article) -> str:
    captions = [block.text for block in article.blocks if block.kind is Kind.CAPTION]
    pictures = "".join(
        f'<img src="../../../attachement/p{place}.jpg"><p>{text(value)}</p>' for place, value in enumerate(captions)
    )
    attachment = f'<div class="attachment">{pictures}</div>\n' if captions else ""
    body = "".join(
        f"<P>{INDENT}<strong>{text(block.text)}</strong></P>"
        if block.kind is Kind.HEADING
        else f"<P>{INDENT}{text(block.text)}</P>"
        for block in article.blocks
        if block.kind is not Kind.CAPTION
    )
    node = f"../../../layout/{article.published_at:%Y%m/%d}/node_{article.page:02d}.html"
    return (
        _head(outlet.title)
        + f'<div class="newsshow"><p class="left">{article.published_at:%Y年%m月%d日} '
        + f'<a href="{node}">第{article.page:02d}版：{_page_name(outlet, article.page)}</a></p>\n'
        + f'<p class="intro" id="PreTitle">{text(article.intro)}</p><h2 id="Title">{text(article.title)}</h2>'
        + f'<p class="sub" id="SubTitle">{text(article.subtitle)}</p><p class="author">{text(article.author)}</p>\n'
        + attachment
        + f'<div id="ozoom" class="content"><founder-content>{body}</founder-content></div></div>\n'
        + f'<div class="foot">{text(outlet.title)}数字报 版权所有</div></body></html>'
    )
