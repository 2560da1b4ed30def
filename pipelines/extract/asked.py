"""Selectors asked of a page, cheaply: one whose ids and classes stand nowhere in its markup finds nothing there.

A family knows the names of many generations of pages, and a page has few of them: looking for a word in a text takes a
hundredth of the time that walking its tree takes.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml.html import HtmlElement

from pipelines.extract.reading import first_text, fullest, select, text_chars
from pipelines.page import Page

#: The names that a simple selector asks for: an id, a class, the value of an attribute.
NAME = re.compile(r"[#.]([\w-]+)|\[[\w-]+(?:[*^$~|]?=[\"']?([^\]\"']+?)[\"']?)?\]")


#: A text is at least so many times as long as its links.
LINK_SHARE = 3


def likely(text: str, selectors: Iterable[str]) -> list[str]:
    """The selectors that may find something in a page with this markup, without their parts that cannot.

    >>> likely('<p class="time">', (".title, p.time", "#time_baidu", "h1"))
    ['p.time', 'h1']
    """
    kept = (", ".join(part for part, names in _parts(selector) if _holds(text, names)) for selector in selectors)
    return [selector for selector in kept if selector]


def _holds(text: str, names: tuple[str, ...]) -> bool:
    return all(name in text for name in names)


@lru_cache(maxsize=1024)
def _parts(selector: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The parts of a selector between commas, each with the names that it asks for."""
    parts = [part.strip() for part in selector.split(",")]
    return tuple((part, tuple(one or two for one, two in NAME.findall(part) if one or two)) for part in parts)


def all_at(page: Page, selector: str) -> list[HtmlElement]:
    """The elements of a page that a selector finds, without those inside another one found."""
    if page.tree is None:
        return []
    return [node for one in likely(page.text, (selector,)) for node in select(page.tree, one)]


def text_at(page: Page, selectors: Iterable[str]) -> str:
    """The text of the first element of a page that has any."""
    return first_text(page.tree, likely(page.text, selectors)) if page.tree is not None else ""


def body_at(page: Page, selectors: Iterable[str]) -> HtmlElement | None:
    """Like `fullest_at`, for names that sites give to whole parts of a page as well: those parts are passed over."""
    for selector in likely(page.text, selectors):
        found = [node for node in all_at(page, selector) if text_chars(node) and not is_part_of_page(node)]
        if found:
            return max(found, key=text_chars)
    return None


def is_part_of_page(node: HtmlElement) -> bool:
    """Whether an element is more than an article's text: it holds the page's title, or lists of links."""
    linked = sum(text_chars(link) for link in node.iter("a"))
    return node.find(".//h1") is not None or linked * LINK_SHARE > text_chars(node)


def fullest_at(page: Page, selectors: Iterable[str]) -> HtmlElement | None:
    """The element of the first selector that finds text on a page; of several, the one with the most."""
    return fullest(page.tree, likely(page.text, selectors)) if page.tree is not None else None
