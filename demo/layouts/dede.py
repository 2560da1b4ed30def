"""DedeCMS 织梦 (family dede), as content farms run it: gb2312 label, `list_<tid>_<page>.html`, the body in a table."""

from collections.abc import Sequence

from demo.farm import Copy, Line
from demo.layouts.markup import INDENT, attribute, lines, text
from demo.response import Entry, Pages, page

HTML = "text/html"
#: Lines of one list page.
LIST_PAGE = 8
#: Section name -> (folder, tid).
COLUMNS = {"新闻资讯": ("xinwen", 3), "生活百科": ("shenghuo", 5)}


def article_path(copy: Copy) -> str:
    """Where a copy stands."""
    return f"/a/{COLUMNS[copy.column][0]}/{copy.published_at:%Y/%m%d}/{copy.number}.html"


def render(title: str, copies: Sequence[Copy], extras: Sequence[Entry]) -> Pages:
    """All pages of the farm."""
    newest = sorted(copies, key=lambda copy: (copy.published_at, copy.number), reverse=True)
    modified_at = newest[0].published_at
    pages: Pages = {"/": page(_home(title, newest), modified_at, HTML)}
    for index, (name, (folder, tid)) in enumerate(COLUMNS.items()):
        own = [copy for copy in newest if copy.column == name]
        for place, copy in enumerate(own):
            body = _article(title, copy, own[place + 1 : place + 2], own[max(place - 1, 0) : place])
            pages[article_path(copy)] = page(body, copy.published_at, HTML)
        entries = [
            Entry(title=copy.title.text, href=article_path(copy), published_at=copy.published_at) for copy in own
        ]
        for path, body in _lists(title, name, [*entries, *(extras if index == 0 else ())]).items():
            pages[path] = page(body, modified_at, HTML)
        pages[f"/a/{folder}/"] = pages[f"/a/{folder}/list_{tid}_1.html"]
    return pages


def encode(markup: str) -> bytes:
    """GBK; what it has no bytes for (emoji strewn into titles) becomes a character reference."""
    return markup.encode("gbk", "xmlcharrefreplace")


def _head(site: str, title: str, description: str = "") -> str:
    return (
        '<html>\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset=gb2312">\n'
        f"<title>{text(title)}_{text(site)}</title>\n"
        f'<meta name="keywords" content="{attribute(site)}">\n'
        f'<meta name="description" content="{attribute(description)}">\n'
        f'</head>\n<body>\n<div class="header"><a href="/">{text(site)}</a></div>'
    )


def _foot(site: str) -> str:
    return f'<div class="footer">Copyright (c) {text(site)} Power by DedeCms</div>\n</body></html>'


def _home(site: str, copies: Sequence[Copy]) -> bytes:
    links = "".join(f'<li><a href="{article_path(copy)}">{text(copy.title.text)}</a></li>' for copy in copies[:10])
    menu = "".join(f'<a href="/a/{folder}/list_{tid}_1.html">{name}</a> ' for name, (folder, tid) in COLUMNS.items())
    return encode(lines([_head(site, "首页"), f"<div>{menu}</div><ul>{links}</ul>", _foot(site)]))


def _lists(site: str, name: str, entries: Sequence[Entry]) -> dict[str, bytes]:
    folder, tid = COLUMNS[name]
    chunks = [entries[start : start + LIST_PAGE] for start in range(0, len(entries), LIST_PAGE)]
    pages = {}
    for number, chunk in enumerate(chunks, start=1):
        items = "\n".join(
            f'<li><a href="{attribute(entry.href)}" class="title">{text(entry.title)}</a>'
            f'<span class="info"><small>日期：</small>{entry.published_at:%Y-%m-%d %H:%M:%S}</span></li>'
            for entry in chunk
        )
        turns = "".join(
            f'<li class="thisclass">{other}</li>'
            if other == number
            else f"<li><a href='list_{tid}_{other}.html'>{other}</a></li>"
            for other in range(1, len(chunks) + 1)
        )
        parts = [
            _head(site, name),
            f'<div class="listbox"><ul class="e2">\n{items}\n</ul></div>',
            f'<div class="dede_pages"><ul class="pagelist">{turns}</ul></div>',
            _foot(site),
        ]
        pages[f"/a/{folder}/list_{tid}_{number}.html"] = encode(lines(parts))
    return pages


def _article(site: str, copy: Copy, before: Sequence[Copy], after: Sequence[Copy]) -> bytes:
    folder = COLUMNS[copy.column][0]
    title = copy.title.text
    crumb = f' <a href="/a/{folder}/">{copy.column}</a> > {text(copy.crumb)}'
    body = "\n".join(_paragraph(line) for line in copy.lines)
    for word in copy.anchors:
        body = body.replace(word, f'<a href="/tags/{copy.number}.html">{word}</a>', 1)
    parts = [
        _head(site, title, _description(copy)),
        f'<div class="place"><strong>当前位置:</strong> <a href="/">主页</a> >{crumb}</div>',
        _hidden_links(copy),
        f'<div class="viewbox"><div class="title"><h2>{text(title)}</h2></div>',
        f'<div class="info"><small>时间:</small>{copy.published_at:%Y-%m-%d %H:%M}<small>来源:</small>未知'
        f"<small>作者:</small>admin "
        "<small>点击:</small>"
        f'<script src="/plus/count.php?view=yes&aid={copy.number}&mid=1"></script>次</div>',
        f'<div class="content"><table width="100%"><tr><td>\n{body}\n</td></tr></table></div></div>',
        f'<div class="context"><ul><li>上一篇：{_neighbour(before)}</li>'
        f"<li>下一篇：{_neighbour(after)}</li></ul></div>",
        _foot(site),
    ]
    return encode(lines(parts))


def _description(copy: Copy) -> str:
    return next(line.text for line in copy.lines if not line.hidden)[:100]


def _hidden_links(copy: Copy) -> str:
    links = "_".join(f'<a href="/tags/{place}.html">{text(word)}</a>' for place, word in enumerate(copy.hidden_links))
    return f'<div style="display:none">{links}</div>' if links else ""


def _paragraph(line: Line) -> str:
    return f'<p style="display:none">{text(line.text)}</p>' if line.hidden else f"<p>{INDENT}{text(line.text)}</p>"


def _neighbour(copies: Sequence[Copy]) -> str:
    if not copies:
        return "没有了"
    return f'<a href="{article_path(copies[0])}">{text(copies[0].title.text)}</a>'
