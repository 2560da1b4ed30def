"""TRS WCM (family trs): 0-based list pages whose count stands in a script, nested TRS_Editor with style text inside.

The pager is `createPageHTML(total, current, name, extension)`: a browser writes the links, a crawler has to count.
"""

from collections.abc import Iterator, Sequence

from demo.articles import Article, Block, Kind, Outlet
from demo.layouts.markup import INDENT, attribute, lines, text
from demo.response import Entry, Pages, entry_of, page

#: Lines of one list page.
LIST_PAGE = 5
STYLE = '<style type="text/css">.TRS_Editor P{line-height:1.75;font-family:宋体;font-size:12pt}</style>'


def article_path(article: Article, part: int = 0) -> str:
    """Where an article stands; its second page is part 1."""
    folder = COLUMN_FOLDERS[article.column]
    suffix = f"_{part}" if part else ""
    return f"/{folder}/{article.published_at:%Y%m/t%Y%m%d}_{article.number}{suffix}.html"


#: Section name -> folder, as in the outlet's `columns`.
COLUMN_FOLDERS = {"要闻": "ywxw", "民生": "msxw"}


def render(outlet: Outlet, extras: Sequence[Entry]) -> Pages:
    """All pages of the outlet."""
    pages: Pages = {"/": page(_home(outlet), outlet.modified_at)}
    for article in outlet.articles:
        for part, blocks in enumerate(_parts(article)):
            pages[article_path(article, part)] = page(_article(outlet, article, blocks, part), article.modified_at)
    for index, (name, folder) in enumerate(outlet.columns.items()):
        entries = [
            entry_of(article, f".{article_path(article).removeprefix('/' + folder)}")
            for article in outlet.in_column(name)
        ]
        pages.update(_lists(outlet, name, folder, [*entries, *(extras if index == 0 else ())]))
    return pages


def _parts(article: Article) -> tuple[tuple[Block, ...], ...]:
    if not article.first_page:
        return (article.blocks,)
    return article.blocks[: article.first_page], article.blocks[article.first_page :]


def _head(outlet: Outlet, title: str, metas: str = "") -> str:
    menu = " ".join(f'<a href="/{folder}/">{text(name)}</a>' for name, folder in outlet.columns.items())
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n'
        f"<title>{text(title)}</title>\n{metas}</head>\n<body>\n"
        f'<div class="top"><a href="/">{text(outlet.title)}</a> {menu}</div>'
    )


def _foot(outlet: Outlet) -> str:
    return f'<div class="footer">{text(outlet.title)} 版权所有 许可证编号：演示0001</div>\n</body></html>'


def _home(outlet: Outlet) -> bytes:
    newest = sorted(outlet.articles, key=lambda article: article.published_at, reverse=True)[:6]
    items = "".join(f'<li><a href=".{article_path(article)}">{text(article.title)}</a></li>' for article in newest)
    return lines([_head(outlet, outlet.title), f'<ul class="headline">{items}</ul>', _foot(outlet)]).encode()


def _lists(outlet: Outlet, name: str, folder: str, entries: Sequence[Entry]) -> Pages:
    chunks = [entries[start : start + LIST_PAGE] for start in range(0, len(entries), LIST_PAGE)]
    pages: Pages = {}
    for number, chunk in enumerate(chunks):
        items = "".join(
            f'<li><a href="{attribute(entry.href)}" target="_blank">{text(entry.title)}</a>'
            f"<span>{entry.published_at:%Y-%m-%d}</span></li>\n"
            for entry in chunk
        )
        parts = [
            _head(outlet, f"{name}_{outlet.title}"),
            f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; {text(name)}</div>',
            f'<ul class="list">\n{items}</ul>',
            f'<div class="page"><script>createPageHTML({len(chunks)}, {number}, "index", "html");</script></div>',
            _foot(outlet),
        ]
        path = f"/{folder}/index{f'_{number}' if number else ''}.html"
        pages[path] = page(lines(parts).encode(), outlet.modified_at)
    pages[f"/{folder}/"] = pages[f"/{folder}/index.html"]
    return pages


def _metas(article: Article) -> str:
    own = article_path(article).rsplit("/", 1)[-1]
    named = (
        ("ColumnName", article.column),
        ("ArticleTitle", article.title),
        ("PubDate", f"{article.published_at:%Y-%m-%d %H:%M}"),
        ("ContentSource", article.origin),
        ("Author", ""),
        ("Url", f"./{own}"),
    )
    return "".join(f'<meta name="{name}" content="{attribute(value)}">\n' for name, value in named)


def _article(outlet: Outlet, article: Article, blocks: Sequence[Block], part: int) -> bytes:
    parts = [
        _head(outlet, f"{article.title}_{outlet.title}", _metas(article)),
        f'<div class="crumb">当前位置：<a href="/">首页</a> &gt; '
        f'<a href="../">{text(article.column)}</a> &gt; 正文</div>',
        f'<h1 class="art-title">{text(article.title)}</h1>',
        f'<div class="art-meta"><span id="pubtime_baidu">{article.published_at:%Y-%m-%d %H:%M:%S}</span> '
        f'<span id="source_baidu">来源：<a href="/">{text(article.origin)}</a></span> '
        f'<span id="author_baidu">作者：{text(article.author)}</span> '
        f'<span id="editor_baidu">责任编辑：{text("、".join(article.editors))}</span></div>',
        f'<div class="art-main"><!--contstart--><div class="TRS_Editor">{STYLE}<div class="Custom_UnionStyle">'
        f'<div class="TRS_Editor">{STYLE}',
        *_body(article, blocks),
        _tail(article, part),
        "</div></div></div><!--contend--></div>",
        _pager(article, part),
        _foot(outlet),
    ]
    return lines(parts).encode()


def _body(article: Article, blocks: Sequence[Block]) -> Iterator[str]:
    for ordinal, block in enumerate(blocks, start=1):
        if block.kind is Kind.CAPTION:
            image = f"W0{article.published_at:%Y%m%d}{article.number:06d}{ordinal:03d}.jpg"
            yield f'<center><img oldsrc="{image}" src="./{image}"></center>'
            yield f'<p>{INDENT}<font style="font-size: 9pt">{text(block.text)}</font></p>'
        elif block.kind is Kind.HEADING:
            yield f"<p>{INDENT}<strong>{text(block.text)}</strong></p>"
        else:
            yield f"<p>{INDENT}{text(block.text)}</p>"


def _tail(article: Article, part: int) -> str:
    """The editor's line closes the text, inside its container, on the last page."""
    last = not article.first_page or part == 1
    return f"<p>{INDENT}【编辑：{text(article.editors[0])}】</p>" if last and article.editors else ""


def _pager(article: Article, part: int) -> str:
    if not article.first_page:
        return ""
    name = article_path(article).rsplit("/", 1)[-1].removesuffix(".html")
    other = f"{name}.html" if part else f"{name}_1.html"
    label = "上一页" if part else "下一页"
    return (
        f'<div class="fenye"><a href="./{other}">{label}</a>'
        f'<script>createPageHTML(2, {part}, "{name}", "html");</script></div>'
    )
