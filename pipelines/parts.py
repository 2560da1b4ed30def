"""The parts of an article: its JSON twin and its further pages, in reading order.

Every CMS names the further pages after the first: `123_2.html`, `123-2.html`, TRS `t123_1.html` counted from 0. A link
counts as a part only if its file name shows it, so that 下一篇 (the next article) never becomes one.
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
PAGE_PARAMS = frozenset({"page", "p", "pn", "pageno", "pagenum", "pageindex"})
#: An article of more pages than this is a trap.
MAX_PARTS = 100
#: A page that shows the whole article comes last.
ALL = MAX_PARTS + 1


def find_parts(text: str, url: str, source: Source) -> tuple[Link, ...]:
    """The parts of the article at `url` that its page (or one of its further pages) names."""
    twin = _twin(url, source)
    numbered: dict[str, int] = {}
    for href in _hrefs(text):
        target = _canonical(urljoin_safe(url, href), source)
        number = page_number(target, url) if target and target != url and target != twin else None
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


def _hrefs(text: str) -> Iterator[str]:
    """All links of a page, and the pages that TRS's script would name."""
    if "<" not in text or text.lstrip().startswith("{"):
        return
    try:
        tree: HtmlElement = parse(text)
    except PipelineError:
        return
    for node in tree.iter("a"):
        yield node.get("href", "")
    for total, _current, name, extension in TRS_PAGER.findall(text):
        yield from (f"{name}_{number}.{extension}" for number in range(1, min(int(total), MAX_PARTS)))


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
