"""People CMS (family people): GBK bytes labelled GB2312, an RSS list, `-2.html` for an article's second page.

Its labels contradict each other: the head says GB2312 and Content-Language utf-8, and the header of every other page
says charset=utf-8, which no byte of the page is.
"""

from collections.abc import Sequence
from email.utils import format_datetime

from demo.articles import Article, Block, Kind, Outlet
from demo.layouts.markup import attribute, lines, text
from demo.response import HTML_UTF8, Entry, Pages, entry_of, page

#: The header that leaves the charset to the page's own label.
HTML = "text/html"
XML = "text/xml"
#: Articles in the RSS file.
FEED_ITEMS = 30


def article_path(article: Article, part: int = 1) -> str:
    """Where an article stands; its second page is part 2."""
    suffix = f"-{part}" if part > 1 else ""
    return f"/n1/{article.published_at:%Y/%m%d}/c{COLUMN_IDS[article.column]}-{article.number}{suffix}.html"


#: Section name -> id, as in the outlet's `columns`.
COLUMN_IDS = {"时政": "1001", "社会": "1008"}


def render(outlet: Outlet, extras: Sequence[Entry]) -> Pages:
    """All pages of the outlet."""
    newest = sorted(outlet.articles, key=lambda article: article.published_at, reverse=True)
    entries = [*(entry_of(article, article_path(article)) for article in newest), *extras]
    pages: Pages = {
        "/": page(_home(outlet, entries), outlet.modified_at, HTML),
        "/rss/politics.xml": page(_feed(outlet, entries[:FEED_ITEMS]), outlet.modified_at, XML),
    }
    for article in outlet.articles:
        header = HTML_UTF8 if article.number % 2 else HTML
        for part, blocks in enumerate(_parts(article), start=1):
            body = _article(outlet, article, blocks, part)
            pages[article_path(article, part)] = page(body, article.modified_at, header)
    return pages


def _parts(article: Article) -> tuple[tuple[Block, ...], ...]:
    if not article.first_page:
        return (article.blocks,)
    return article.blocks[: article.first_page], article.blocks[article.first_page :]


def _head(outlet: Outlet, title: str, metas: str = "") -> str:
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml"><head>\n'
        '<meta http-equiv="content-type" content="text/html;charset=GB2312"/>\n'
        f'<meta http-equiv="Content-Language" content="utf-8"/>\n{metas}<title>{text(title)}</title></head>\n<body>\n'
        f'<div class="w1000 logo"><a href="/">{text(outlet.title)}</a> <a href="/rss/politics.xml">RSS</a></div>'
    )


def _foot(outlet: Outlet) -> str:
    return f'<div class="copyright">{text(outlet.title)} 版权所有，未经书面授权禁止使用</div></body></html>'


def _home(outlet: Outlet, entries: Sequence[Entry]) -> bytes:
    items = "".join(f'<li><a href="{attribute(entry.href)}">{text(entry.title)}</a></li>' for entry in entries)
    return lines([_head(outlet, outlet.title), f'<ul class="list_14">{items}</ul>', _foot(outlet)]).encode("gbk")


def _feed(outlet: Outlet, entries: Sequence[Entry]) -> bytes:
    items = "".join(
        f"<item><title><![CDATA[{entry.title}]]></title><link>{text(_absolute(outlet, entry.href))}</link>"
        f"<pubDate>{format_datetime(entry.published_at)}</pubDate></item>\n"
        for entry in entries
    )
    return (
        '<?xml version="1.0" encoding="gb2312"?>\n<rss version="2.0"><channel>'
        f"<title>{text(outlet.title)}</title><link>http://{outlet.host}/</link><language>zh-cn</language>\n{items}"
        "</channel></rss>"
    ).encode("gbk")


def _absolute(outlet: Outlet, href: str) -> str:
    return f"http://{outlet.host}{href}" if href.startswith("/") else href


def _metas(article: Article) -> str:
    """Author and editor are staff numbers here, not names."""
    named = (
        ("publishdate", f"{article.published_at:%Y-%m-%d}"),
        ("author", str(100000 + article.number % 997)),
        ("editor", str(1600 + article.number % 89)),
        ("source", f"来源：{article.origin} 原创稿"),
        ("contentid", str(article.number)),
        ("catalogs", COLUMN_IDS[article.column]),
        ("pagetype", "1"),
    )
    return "".join(f'<meta name="{name}" content="{attribute(value)}"/>\n' for name, value in named)


def _article(outlet: Outlet, article: Article, blocks: Sequence[Block], part: int) -> bytes:
    body = "\n".join(_block(article, block) for block in blocks)
    parts = [
        _head(outlet, f"{article.title}--{article.column}--{outlet.title}", _metas(article)),
        f'<!--text_title--><div class="clearfix w1000_320 text_title"><h3 class="pre">{text(article.intro)}</h3>'
        f'<h1>{text(article.title)}</h1><h4 class="sub">{text(article.subtitle)}</h4>'
        f'<p class="author">{text(article.author)}</p><div class="box01"><div class="fl">'
        f"{article.published_at:%Y年%m月%d日%H:%M}&nbsp;&nbsp;来源："
        f'<a href="/">{text(article.origin)}</a></div></div></div>',
        f'<div class="fl text_con_left"><div class="box_con" id="rwb_zw"><div class="box_pic"></div>\n{body}',
        f'{_pager(article)}</div>\n<div class="edit clearfix">(责编：{text("、".join(article.editors))})</div></div>',
        _foot(outlet),
    ]
    return lines(parts).encode("gbk")


def _block(article: Article, block: Block) -> str:
    if block.kind is Kind.CAPTION:
        image = f"/mediafile/{article.published_at:%Y%m%d}/{article.number}.jpg"
        return (
            f'<p style="text-align: center;"><img src="{image}" alt="" /></p>\n'
            f'<p style="text-align: center;" class="desc">{text(block.text)}</p>'
        )
    if block.kind is Kind.HEADING:
        return f'<p style="text-indent: 2em;"><strong>{text(block.text)}</strong></p>'
    return f'<p style="text-indent: 2em;">{text(block.text)}</p>'


def _pager(article: Article) -> str:
    if not article.first_page:
        return ""
    links = "".join(f'<a href="{article_path(article, part)}">{part}</a>' for part in (1, 2))
    return f'\n<div class="zdfy clearfix">{links}</div>'
