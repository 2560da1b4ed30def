"""Selectors asked of a page, cheaply: by what its elements are called, of which the page's view keeps a list.

A family knows the names of many generations of pages, and a page has few of them: looking for a word in a list takes a
hundredth of the time that walking its tree takes.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse
from pipelines.extract.reading import has_text, select, text_chars
from pipelines.extract.view import view_of
from pipelines.page import Page

#: The names that a selector asks for: an id, a class, an attribute and its value.
NAME = re.compile(r"[#.]([\w-]+)|\[([\w-]+)(?:[*^$~|]?=[\"']?([^\]\"']+?)[\"']?)?\]")
#: An element of no HTML (`founder-title`): its name is as rare as a class.
CUSTOM = re.compile(r"[a-z]+-[a-z]+")
#: A selector that a list of names answers: a tag, ids and classes; or the beginning of an id.
SIMPLE = re.compile(r"(?P<tag>[a-z]\w*)?(?P<names>(?:[.#][\w-]+)+)|\[id\^=(?P<start>[\w-]+)\]")
#: A text is at least so many times as long as its links.
LINK_SHARE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A selector without commas."""

    css: str
    #: All that it asks for; where the markup lacks one of them, nothing is found.
    names: tuple[bytes, ...]
    #: What the words of an element hold (`View.holding`); () where only the tree can answer.
    pieces: tuple[str, ...] = ()
    tag: str = ""
    classes: tuple[str, ...] = ()


@lru_cache(maxsize=1024)
def parts_of(selector: str) -> tuple[Part, ...]:
    """The parts of a selector between commas."""
    return tuple(_part(css.strip()) for css in selector.split(","))


def _part(css: str) -> Part:
    asked = (css,) if CUSTOM.fullmatch(css) else filter(None, chain.from_iterable(NAME.findall(css)))
    names = tuple(name.encode() for name in asked)
    simple = SIMPLE.fullmatch(css)
    if simple is None:
        return Part(css=css, names=names)
    if simple["start"]:
        return Part(css=css, names=names, pieces=(f"#{simple['start']}",))
    ids = re.findall(r"#([\w-]+)", css)
    classes = tuple(re.findall(r"\.([\w-]+)", css))
    return Part(
        css=css, names=names, pieces=(*(f"#{one} " for one in ids), *classes), tag=simple["tag"] or "", classes=classes
    )


def all_at(page: Page, selector: str) -> list[HtmlElement]:
    """The elements of a page that a selector finds, in order, without those inside another one found."""
    parts = _likely_parts(page, selector) if page.tree is not None else []
    if not parts or page.tree is None:
        return []
    if not all(part.pieces for part in parts):
        return select(page.tree, ", ".join(part.css for part in parts))
    found = {place: node for part in parts for place, node in _named(page, part)}
    nodes = [found[place] for place in sorted(found)]
    chosen = set(nodes)
    return [node for node in nodes if len(nodes) == 1 or chosen.isdisjoint(node.iterancestors())]


def select_at(page: Page, selector: str) -> list[HtmlElement]:
    """The same without the page's view: for few selectors, of which most find something."""
    return select(page.tree, selector) if page.tree is not None and _likely_parts(page, selector) else []


def _likely_parts(page: Page, selector: str) -> list[Part]:
    """The parts of a selector whose names the page holds."""
    return [part for part in parts_of(selector) if all(name in page.markup for name in part.names)]


def _named(page: Page, part: Part) -> list[tuple[int, HtmlElement]]:
    """The elements, each with its place, that a simple selector finds."""
    return [
        (place, node)
        for place, node in view_of(page).holding(part.pieces)
        if part.tag in ("", node.tag) and all(one in node.get("class", "").split() for one in part.classes)
    ]


def text_at(page: Page, selectors: Iterable[str]) -> str:
    """The text of the first element of a page that has any."""
    texts = (collapse(str(node.text_content())) for selector in selectors for node in all_at(page, selector))
    return next((text for text in texts if text), "")


def fullest_at(page: Page, selectors: Iterable[str]) -> HtmlElement | None:
    """The element of the first selector that finds text on a page; of several, the one with the most."""
    return _fullest(page, selectors, has_text)


def body_at(page: Page, selectors: Iterable[str]) -> HtmlElement | None:
    """Like `fullest_at`, for names that sites give to whole parts of a page as well: those parts are passed over."""
    return _fullest(page, selectors, lambda node: has_text(node) and not is_part_of_page(node))


def _fullest(page: Page, selectors: Iterable[str], accepts: Callable[[HtmlElement], bool]) -> HtmlElement | None:
    found = ([node for node in all_at(page, selector) if accepts(node)] for selector in selectors)
    nodes = next(filter(None, found), [])
    return max(nodes, key=text_chars) if len(nodes) > 1 else next(iter(nodes), None)


def is_part_of_page(node: HtmlElement) -> bool:
    """Whether an element is more than an article's text: it holds the page's title, or lists of links."""
    linked = sum(text_chars(link) for link in node.iter("a"))
    return node.find(".//h1") is not None or linked * LINK_SHARE > text_chars(node)
