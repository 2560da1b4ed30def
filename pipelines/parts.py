"""The parts of an article: its JSON twin and its further pages, in reading order.

Every CMS names the further pages after the first: `123_2.html`, `123-2.html`, TRS `t123_1.html` counted from 0, a few
`123/2.html`. A link counts as a part only if its address shows it, so that 下一篇 (the next article) never becomes one;
where the address alone is no proof, its text (下一页, 全文) must say so as well.
"""

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml.html import HtmlElement

from pipelines.errors import PipelineError
from pipelines.model import Link, Role, Source
from pipelines.page import parse
from pipelines.urls import canonical_url

TRS_PAGER = re.compile(
    r"""createPageHTML\w*\s*\(\s*(\d{1,4})\s*,\s*(\d{1,4})\s*,\s*["']([^"']{1,100})["']\s*,\s*["'](\w{1,8})["']"""
)
FILE = re.compile(r"^(?P<stem>.*?)(?:(?P<join>[_-])(?P<number>\d{1,3}|all))?(?P<extension>\.[A-Za-z]{2,6})?$")
PAGE_PARAMS = frozenset(
    {"page", "p", "pn", "pageno", "page_no", "pagenum", "pagenumber", "pageindex", "curpage", "currentpage"}
)
ALL_PARAMS = frozenset({"all", "full", "showall", "viewall", "isall", "single"})
#: TRS's other pager: a script that counts to `countPage` and names the pages after the article's own file.
TRS_COUNT = re.compile(r"\bcountPage\s*=\s*(\d{1,3})\b")
TRS_FILE = re.compile(r"(t\d{8}_\d+)(\.\w{2,6})$")
#: What a link to a further page, and to one that shows the whole article, says.
TURNS = re.compile(
    r"(?:下一?页|后一?页|下页|次页|next(?:\s*page)?|第?\s*\d{1,3}\s*页?|尾页|末页|last)?\s*[>»›→\])】]*", re.I
)
SHOWS_ALL = re.compile(
    r"[\[(【]?(?:(?:在?本页)?(?:阅读|查看|显示|展开|浏览)?(?:全文|全部|余下全文|全部内容)(?:阅读|显示|浏览)?|单页(?:阅读|显示)|"
    r"(?:view|show|read)\s*(?:all|full)|single\s*page|all)[\])】]?",
    re.I,
)
TOKEN = re.compile(r"[A-Za-z]+|\d+")
EXTENSION = re.compile(r"\.[A-Za-z]{2,6}$")
#: An article of more pages than this is a trap.
MAX_PARTS = 100
#: A page that shows the whole article comes last.
ALL = MAX_PARTS + 1


def find_parts(text: str, url: str, source: Source) -> tuple[Link, ...]:
    """The parts of the article at `url` that its page (or one of its further pages) names."""
    twin = _twin(url, source)
    numbered: dict[str, int] = {}
    for href, words in _hrefs(text, url):
        target = _canonical(urljoin_safe(url, href), source)
        number = None
        if target and target != url and target != twin:
            number = page_number(target, url) or said_number(target, url, words)
        if number is not None and target not in numbered:
            numbered[target] = number
    ordered = sorted(numbered.items(), key=lambda item: item[1])[:MAX_PARTS]
    targets = ([twin] if twin else []) + [target for target, _number in ordered]
    return tuple(Link(url=target, role=Role.PART, ordinal=place) for place, target in enumerate(targets, 1))


def _twin(url: str, source: Source) -> str:
    """The URL of the article's JSON twin, or ""."""
    if not source.json_twin:
        return ""
    pattern, replacement = source.json_twin
    twin = _canonical(re.sub(pattern, replacement, url, count=1), source)
    return twin if twin != url else ""


def _canonical(url: str, source: Source) -> str:
    try:
        return canonical_url(url, source)
    except ValueError:
        return ""


def urljoin_safe(base: str, href: str) -> str:
    """An absolute URL, or "" for a link that is none."""
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def _hrefs(text: str, url: str) -> Iterator[tuple[str, str]]:
    """All links of a page with their texts, and the pages that TRS's scripts would name."""
    if "<" not in text or text.lstrip().startswith("{"):
        return
    try:
        tree: HtmlElement = parse(text)
    except PipelineError:
        return
    for node in tree.iter("a", "option", "link"):
        if node.tag == "a":
            yield node.get("href", ""), str(node.text_content())
        elif node.tag == "option":
            yield node.get("value", ""), ""
        elif node.get("rel") == "next":
            yield node.get("href", ""), ""
    yield from ((href, "") for href in _trs_pages(text, url))


def _trs_pages(text: str, url: str) -> Iterator[str]:
    """The pages after the first of an article of TRS, whose pager is a script; they are counted from 0."""
    for total, _current, name, extension in TRS_PAGER.findall(text):
        yield from (f"{name}_{number}.{extension}" for number in range(1, min(int(total), MAX_PARTS)))
    file, count = TRS_FILE.search(urlsplit(url).path), TRS_COUNT.search(text)
    if file and count:
        yield from (f"{file[1]}_{number}{file[2]}" for number in range(1, min(int(count[1]), MAX_PARTS)))


def said_number(target: str, url: str, words: str) -> int | None:
    """The number among the pages of `url` of a link that continues its address and says in words what it is.

    >>> said_number("http://a.example/1/12/2.html", "http://a.example/1/12.html", "下一页")
    2
    >>> said_number("http://a.example/1/12/2.html", "http://a.example/1/12.html", "东湖图书馆开馆")
    """
    here, there = urlsplit(url), urlsplit(target)
    if here.netloc != there.netloc:
        return None
    own, other = _tokens(here.path), _tokens(there.path)
    added = other[len(own) :] if other[: len(own)] == own else []
    words = words.strip()
    if words and SHOWS_ALL.fullmatch(words) and (_is_all(added) or _adds_all(here.query, there.query, added)):
        return ALL
    if not words or here.query != there.query or not added or added[:-1] not in ([], ["page"], ["p"]):
        return None
    if not TURNS.fullmatch(words) or not re.fullmatch(r"\d{1,3}", added[-1]):
        return None
    return int(added[-1]) if int(added[-1]) > 1 else None


def _tokens(path: str) -> list[str]:
    """The words and numbers of a path, its extension and a directory's index left out."""
    tokens = TOKEN.findall(EXTENSION.sub("", path).lower())
    return tokens[:-1] if tokens[-1:] == ["index"] else tokens


def _is_all(added: list[str]) -> bool:
    return len(added) == 1 and bool(added[0] in ALL_PARAMS or re.fullmatch(r"\d{1,3}", added[0]))


def _adds_all(here: str, there: str, added: list[str]) -> bool:
    """Whether a query asks, at the same path, for one thing more: the whole article."""
    mine, other = parse_qsl(here), parse_qsl(there)
    more = [key.lower() for key, value in other if (key, value) not in mine]
    return not added and len(other) == len(mine) + 1 and len(more) == 1 and more[0] in ALL_PARAMS | PAGE_PARAMS


def page_number(target: str, url: str) -> int | None:
    """The number that `target`'s name gives it among the pages of `url`; None if it is another page altogether.

    >>> page_number("http://a.example/1/12_2.html", "http://a.example/1/12.html")
    2
    >>> page_number("http://a.example/1/13.html", "http://a.example/1/12.html")
    """
    here, there = urlsplit(url), urlsplit(target)
    if (here.scheme, here.netloc) != (there.scheme, there.netloc) and here.netloc != there.netloc:
        return None
    if here.path == there.path:
        return _parameter_page(here.query, there.query)
    if here.query != there.query or here.path.rpartition("/")[0] != there.path.rpartition("/")[0]:
        return None
    return _file_page(here.path.rpartition("/")[2], there.path.rpartition("/")[2])


def _file_page(here: str, there: str) -> int | None:
    """By file names: the same stem with a number behind it."""
    stem, extension = re.fullmatch(r"(.*?)(\.[A-Za-z]{2,6})?", here).groups("")  # type: ignore[union-attr]
    match = FILE.match(there)
    if match is None or match["number"] is None or (match["extension"] or "") != extension:
        return None
    number = ALL if match["number"] == "all" else int(match["number"])
    if match["stem"] == stem and stem:
        return number if number > 0 else None
    own = re.fullmatch(r"(.+)([_-])(\d{1,3})", stem)
    if own and own[1] == match["stem"] and own[2] == match["join"] and number > int(own[3]) and _is_part_number(own):
        return number
    return None


def _is_part_number(own: re.Match[str]) -> bool:
    """Whether the number at the end of the article's own name counts its pages: `c123_0`, `123_1`, and behind an id."""
    return bool(re.search(r"\d{3,}$", own[1]))


def _parameter_page(here: str, there: str) -> int | None:
    """By a page parameter that is all that differs."""
    mine, other = parse_qsl(here), parse_qsl(there)
    rest = [pair for pair in other if pair[0].lower() not in PAGE_PARAMS]
    pages = [value for key, value in other if key.lower() in PAGE_PARAMS]
    own = [pair for pair in mine if pair[0].lower() not in PAGE_PARAMS]
    if rest != own or len(pages) != 1 or not re.fullmatch(r"\d{1,3}", pages[0]):
        return None
    return int(pages[0]) if int(pages[0]) > 1 else None
