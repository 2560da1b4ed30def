"""S-HEX (family s_hex): a Mongo-style id in the URL, a JSON twin beside each page, a paged JSON column list.

The first 8 hex digits of an id are the Unix seconds of publication. The page also carries the twin's object inline.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence

from demo.articles import Article, Block, Kind, Outlet
from demo.layouts.markup import INDENT, attribute, lines, text
from demo.response import Entry, Pages, Response, entry_of, page

JSON = "application/json; charset=utf-8"
#: Items of one page of the column list.
API_PAGE = 4
#: Items of the column page as the server renders it; the rest comes as fragments (`more_2`).
COLUMN_PAGE = 5


def article_path(article: Article) -> str:
    """Where an article stands."""
    seconds = int(article.published_at.timestamp())
    tail = hashlib.sha256(f"{article.outlet}/{article.key}".encode()).hexdigest()[:12]
    return f"/content/s{seconds:08x}e4b0{tail}.html"


def render(outlet: Outlet, extras: Sequence[Entry]) -> Pages:
    """All pages of the outlet."""
    pages: Pages = {"/": page(_home(outlet), outlet.modified_at)}
    for article in outlet.articles:
        twin = _twin(outlet, article)
        path = article_path(article)
        pages[path] = page(_article(outlet, article, twin), article.modified_at)
        pages[path.replace(".html", ".json")] = page(_dump(twin), article.modified_at, JSON)
    pages["/v3/api/columns"] = page(_columns(outlet), outlet.modified_at, JSON)
    for index, (name, column) in enumerate(outlet.columns.items()):
        entries = [entry_of(article, article_path(article)) for article in outlet.in_column(name)]
        listed = [*entries, *(extras if index == 0 else ())]
        pages.update(_api(outlet, column, listed))
        pages.update(_column(outlet, name, column, listed))
    return pages


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _twin(outlet: Outlet, article: Article) -> dict[str, object]:
    path = article_path(article)
    identity = path.removeprefix("/content/").removesuffix(".html")
    url = f"http://{outlet.host}{path}"
    return {
        "code": 0,
        "data": {
            "id": identity,
            "title": article.title,
            "content": "".join(_content(article.blocks)),
            "publishTime": f"{article.published_at:%Y-%m-%d %H:%M:%S}",
            "authors": article.author,
            "source": article.origin,
            "columnName": article.column,
            "columnId": outlet.columns[article.column],
            "url": url,
            "webPreviewUrl": url,
            "originalId": f"CO{article.number:012d}",
        },
        "message": "success",
    }


def _content(blocks: Sequence[Block]) -> Iterator[str]:
    for ordinal, block in enumerate(blocks):
        if block.kind is Kind.CAPTION:
            yield f'<p style="text-align:center;"><img src="/img/{ordinal:02d}.jpg" alt=""></p>'
            note = f'<span style="font-size:14px;color:#888;">{text(block.text)}</span>'
            yield f'<p style="text-align:center;">{note}</p>'
        elif block.kind is Kind.HEADING:
            yield f"<p><strong>{text(block.text)}</strong></p>"
        else:
            yield f"<p>{INDENT}{text(block.text)}</p>"


def _head(outlet: Outlet, title: str, more: str = "") -> str:
    menu = "".join(f'<a href="/column/{column}/">{text(name)}</a> ' for name, column in outlet.columns.items())
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{text(title)}</title>{more}</head><body>"
        f'<div class="header"><a class="logo" href="/">{text(outlet.title)}</a><div class="nav">{menu}</div></div>'
    )


FOOT = '<div class="footer">Copyright © 2026 {title} 版权所有 未经授权不得转载</div></body></html>'


def _article(outlet: Outlet, article: Article, twin: dict[str, object]) -> bytes:
    same = [other for other in outlet.in_column(article.column) if other.key != article.key][:4]
    related = "".join(f'<li><a href="{article_path(other)}">{text(other.title)}</a></li>' for other in same)
    inline = json.dumps(twin["data"], ensure_ascii=False).replace("</", "<\\/")
    metas = (
        f'<meta name="keywords" content="{attribute(article.column)}">'
        f'<meta property="og:title" content="{attribute(article.title)}">'
    )
    parts = [
        _head(outlet, f"{article.title}_{outlet.title}", metas),
        f'<div class="main"><h1 class="title">{text(article.title)}</h1>',
        f'<div class="info"><span class="time">{article.published_at:%Y-%m-%d %H:%M}</span> '
        f'<span class="source">来源：{text(article.origin)}</span> '
        f'<span class="author">{text(article.author)}</span></div>',
        f'<div class="content" id="content">{"".join(_content(article.blocks))}</div>',
        f'<div class="edit">责任编辑：{text("、".join(article.editors))}</div></div>',
        f'<div class="recommend"><h3>相关阅读</h3><ul>{related}</ul></div>',
        f"<script>var a = {inline};</script>",
        FOOT.format(title=outlet.title),
    ]
    return lines(parts).encode()


def _home(outlet: Outlet) -> bytes:
    newest = sorted(outlet.articles, key=lambda article: article.published_at, reverse=True)[:6]
    items = "".join(f'<li><a href="{article_path(article)}">{text(article.title)}</a></li>' for article in newest)
    return lines(
        [_head(outlet, outlet.title), f'<ul class="top">{items}</ul>', FOOT.format(title=outlet.title)]
    ).encode()


def _columns(outlet: Outlet) -> bytes:
    columns = [{"id": int(column), "title": name} for name, column in outlet.columns.items()]
    return _dump({"code": 0, "data": {"column": columns}, "message": "success"})


def _api_path(column: str, number: int) -> str:
    return f"/v3/api/getColumnArticle?column_id={column}&page={number}&hide_top=0"


def _api(outlet: Outlet, column: str, entries: Sequence[Entry]) -> Pages:
    """The column list in the form of the app's interface: 4 items a page and the address of the next page."""
    chunks = [entries[start : start + API_PAGE] for start in range(0, len(entries), API_PAGE)]
    pages: Pages = {}
    for number, chunk in enumerate(chunks, start=1):
        following = f"http://{outlet.host}{_api_path(column, number + 1)}" if number < len(chunks) else None
        items = [_item(outlet, column, entry) for entry in chunk]
        paged = {"current_page": number, "data": items, "next_page_url": following, "total": len(entries)}
        answer = {"code": 0, "data": {"article_top": [], "article": paged}, "message": "success"}
        pages[_api_path(column, number)] = page(_dump(answer), outlet.modified_at, JSON)
    return pages


def _item(outlet: Outlet, column: str, entry: Entry) -> dict[str, object]:
    link = f"http://{outlet.host}{entry.href}" if entry.href.startswith("/") else entry.href
    return {
        "id": int(hashlib.sha256(link.encode()).hexdigest()[:6], 16),
        "title": entry.title,
        "column_id": int(column),
        "pic2": "",
        "start_time": f"{entry.published_at:%Y-%m-%d %H:%M:%S}",
        "shareUrl": link,
    }


def _column(outlet: Outlet, name: str, column: str, entries: Sequence[Entry]) -> Pages:
    """The column page: the first items in the page, the others as a bare fragment."""
    items = [
        f'<li class="item"><a href="{entry.href}">{text(entry.title)}</a>'
        f"<span>{entry.published_at:%Y-%m-%d}</span></li>"
        for entry in entries
    ]
    first, rest = items[:COLUMN_PAGE], items[COLUMN_PAGE:]
    more = f'<input type="hidden" id="pageNo" value="2"><a class="more" href="/column/{column}/more_2">加载更多</a>'
    parts = [_head(outlet, f"{name}_{outlet.title}"), f'<ul class="list">{"".join(first)}</ul>']
    parts += [more if rest else "", FOOT.format(title=outlet.title)]
    pages: Pages = {f"/column/{column}/": page(lines(parts).encode(), outlet.modified_at)}
    if rest:
        pages[f"/column/{column}/more_2"] = Response(body="".join(rest).encode(), modified_at=outlet.modified_at)
    return pages
