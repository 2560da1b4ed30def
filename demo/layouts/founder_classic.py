"""Founder 数字报, classic (family founder_paper): one folder an issue, table soup in upper case, GBK labelled gb2312.

Titles in the list are written by a script, each article is linked three times, and its body is printed twice (the
second copy is for the printer and hidden).
"""

from collections.abc import Sequence
from datetime import date, datetime

from demo.articles import Article, Block, Kind, Outlet
from demo.layouts.markup import INDENT, text
from demo.response import Entry, Pages, entry_of, page

#: The server's header says nothing of the charset: the page's own label is all there is.
HTML = "text/html"
XML = "text/xml"
WEEKDAYS = "一二三四五六日"
SPLIT = '<INPUT type=checkbox value=0 name=titlecheckbox sourceid="<Source>SourcePh</Source>" style="display:none">'


def article_path(article: Article) -> str:
    """Where an article stands: in the folder of its issue."""
    return f"/html/{article.published_at:%Y-%m/%d}/content_{article.number}.htm"


def render(outlet: Outlet, extras: Sequence[Entry]) -> Pages:
    """All pages of the paper: front door, month index, page lists, articles."""
    issues = sorted({article.published_at.date() for article in outlet.articles})
    pages: Pages = {}
    for issue in issues:
        pages.update(_issue(outlet, issue, issues, extras if issue == issues[-1] else ()))
    front = f"html/{issues[-1]:%Y-%m/%d}/node_1.htm"
    refresh = f'<HTML><HEAD><META HTTP-EQUIV="REFRESH" CONTENT="0; URL={front}"></HEAD><BODY></BODY></HTML>'
    pages["/paperindex.htm"] = pages["/"] = page(refresh.encode("gbk"), outlet.modified_at, HTML)
    for month in sorted({f"{issue:%Y-%m}" for issue in issues}):
        pages[f"/html/{month}/period.xml"] = page(_period(month, issues), outlet.modified_at, XML)
    return pages


def _period(month: str, issues: Sequence[date]) -> bytes:
    days = [issue for issue in issues if f"{issue:%Y-%m}" == month]
    rows = "".join(
        f"<period id='{issue:%d}'><period_name>{issue:%Y-%m-%d}</period_name>"
        f"<period_date>{issue:%Y-%m-%d}</period_date>"
        f"<rmp_id></rmp_id><front_page>node_1.htm</front_page></period>\n"
        for issue in days
    )
    return f'<?xml version="1.0" encoding="gb2312"?>\n<period_list>\n{rows}</period_list>'.encode("gbk")


def _issue(outlet: Outlet, issue: date, issues: Sequence[date], extras: Sequence[Entry]) -> Pages:
    articles = [article for article in outlet.articles if article.published_at.date() == issue]
    numbers = sorted({article.page for article in articles})
    modified_at = max(article.modified_at for article in articles)
    pages: Pages = {}
    for number in numbers:
        own = [article for article in articles if article.page == number]
        listed = [entry_of(article, _name(article)) for article in own]
        listed += extras if number == numbers[-1] else ()
        node = _node(outlet, issue, issues, numbers, number, listed)
        pages[f"/html/{issue:%Y-%m/%d}/node_{number}.htm"] = page(node.encode("gbk"), modified_at, HTML)
    for place, article in enumerate(articles):
        around = articles[place - 1 : place] + articles[place + 1 : place + 2]
        pages[article_path(article)] = page(_article(outlet, article, around).encode("gbk"), article.modified_at, HTML)
    return pages


def _name(article: Article) -> str:
    return f"content_{article.number}.htm"


def _page_name(outlet: Outlet, number: int) -> str:
    return next(name for name, column in outlet.columns.items() if column == str(number))


def _head(title: str) -> str:
    return (
        '<HTML><HEAD><META http-equiv="Content-Type" content="text/html; charset=gb2312">'
        f"<TITLE>{text(title)}</TITLE><SCRIPT language=javascript>function view(t){{return t;}}</SCRIPT></HEAD><BODY>\n"
    )


def _node(
    outlet: Outlet, issue: date, issues: Sequence[date], numbers: Sequence[int], number: int, entries: Sequence[Entry]
) -> str:
    menu = "".join(
        f'<TR><TD class=default align=left><A id=pageLink href="./node_{other}.htm">第{other:02d}版：'
        f"{_page_name(outlet, other)}</A></TD><TD><A href=../../../page/1/{issue:%Y-%m/%d}/{other:02d}/"
        f"{issue:%Y%m%d}{other:02d}_pdf.pdf>PDF</A></TD></TR>\n"
        for other in numbers
    )
    areas = "".join(
        f'<AREA coords="0,{20 * place},90,{20 * place},90,{20 * place + 18}" shape=polygon href="{entry.href}">'
        for place, entry in enumerate(entries)
    )
    titles = "".join(
        f'<LI><A href={entry.href}><SCRIPT>document.write(view("{entry.title}"))</SCRIPT></A></LI>\n'
        for entry in entries
    )
    name = f"第{number:02d}版：{_page_name(outlet, number)}"
    return (
        _head(f"{outlet.title}数字报-{name}")
        + f"<TABLE border=0>{menu}</TABLE>\n<TABLE><TR><TD align=left><STRONG>{name}</STRONG></TD>"
        + f"<TD><SPAN class=default><STRONG>{_day(issue)}</STRONG></SPAN></TD></TR></TABLE>\n"
        + f'<IMG src="../../../res/1/{issue:%Y%m%d}/{number:02d}_b.jpg" border=0 useMap="#PagePicMap">\n'
        + f"<MAP name=PagePicMap>{areas}</MAP>\n<DIV id=titleList><UL>{titles}</UL></DIV>\n"
        + _turns(numbers, number)
        + _issue_links(issue, issues)
        + "</BODY></HTML>"
    )


def _turns(numbers: Sequence[int], number: int) -> str:
    place = numbers.index(number)
    before = "".join(
        f'<A class=preart href="node_{other}.htm">上一版</A> ' for other in numbers[max(place - 1, 0) : place]
    )
    after = "".join(
        f'<A class=preart id=ed_next href="node_{other}.htm">下一版</A>' for other in numbers[place + 1 :][:1]
    )
    return f"<DIV>{before}{after}</DIV>\n"


def _issue_links(issue: date, issues: Sequence[date]) -> str:
    place = issues.index(issue)
    before = "".join(
        f'<A href="../../{day:%Y-%m/%d}/node_1.htm">上一期</A> ' for day in issues[max(place - 1, 0) : place]
    )
    after = "".join(f'<A href="../../{day:%Y-%m/%d}/node_1.htm">下一期</A>' for day in issues[place + 1 :][:1])
    return f"<DIV>{before}{after}</DIV>\n"


def _day(day: date | datetime) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日 星期{WEEKDAYS[day.weekday()]}"


def _article(outlet: Outlet, article: Article, around: Sequence[Article]) -> str:
    name = _page_name(outlet, article.page)
    properties = (
        f"<!--enpproperty <articleid>{article.number}</articleid>"
        f"<date>{article.published_at:%Y-%m-%d} 00:00:00.0</date>"
        f"<author>{article.author}</author><title>{article.title}</title><keyword></keyword>"
        f"<subtitle>{article.subtitle}</subtitle><introtitle>{article.intro}</introtitle><siteid>2</siteid>"
        f"<nodeid>{400 + article.page}</nodeid><nodename>{article.page:02d}版：{name}</nodename>"
        "<nodesearchname></nodesearchname><picurl></picurl>/enpproperty-->\n"
    )
    body = _body(article)
    links = " ".join(f'<A href="{_name(other)}">{text(other.title)}</A>' for other in around)
    return (
        _head(f"{outlet.title}数字报-{article.title}")
        + properties
        + f"<SPAN class=default><STRONG>{_day(article.published_at)}</STRONG></SPAN>\n"
        + f"<TABLE class=wz><TR><TD><TABLE>{_titles(article)}</TABLE>\n{_pictures(article)}"
        + '<DIV id=ozoom style="zoom:100%"><FOUNDER-CONTENT>'
        + f"<!--enpcontent-->{body}<!--/enpcontent--></FOUNDER-CONTENT></DIV>\n"
        + f'</TD></TR></TABLE>\n{SPLIT}\n<DIV style="display:none"><H1>{text(article.title)}</H1>{body}</DIV>\n'
        + f"<DIV>{links}</DIV><A href=./node_{article.page}.htm>返回本版</A></BODY></HTML>"
    )


def _titles(article: Article) -> str:
    rows = (
        ("font02", "founder-introtitle", article.intro),
        ("font01", "founder-title", article.title),
        ("font02", "founder-subtitle", f"——{article.subtitle}" if article.subtitle else ""),
        ("font02", "founder-author", article.author),
    )
    return "".join(
        f"<TR valign=top><TD class={look} align=center><{tag}>{text(value)}</{tag}></TD></TR>\n"
        for look, tag, value in rows
    )


def _pictures(article: Article) -> str:
    """The captions stand in a table of their own above the text, as the paper's pictures do."""
    rows = "".join(
        f"<TR><TD><IMG src=../../../res/1/{article.published_at:%Y%m%d}/p{article.number}_b.jpg></TD></TR>"
        f"<TR><TD class=pictext>{text(block.text)}</TD></TR>"
        for block in article.blocks
        if block.kind is Kind.CAPTION
    )
    return f"<TABLE id=newspic>{rows}</TABLE>\n" if rows else ""


def _body(article: Article) -> str:
    return "".join(_paragraph(block) for block in article.blocks if block.kind is not Kind.CAPTION)


def _paragraph(block: Block) -> str:
    strong = block.kind is Kind.HEADING
    return f"<P>{INDENT}{'<STRONG>' if strong else ''}{text(block.text)}{'</STRONG>' if strong else ''}</P>\n"
