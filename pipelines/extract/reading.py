"""What a family's reader finds, and the small tools that readers share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import lxml.etree
from cssselect import HTMLTranslator, SelectorError
from cssselect.xpath import XPathExpr
from lxml.html import HtmlElement

from pipelines.extract.blocks import read_blocks
from pipelines.model import Block
from pipelines.page import Page, parse


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The raw fields of an article; "" for those that the reader leaves to the generic metadata."""

    blocks: tuple[Block, ...]
    title: str = ""
    #: What found the title, where that is not the reader itself.
    title_rule: str = ""
    byline: str = ""
    origin: str = ""
    published: str = ""
    kicker: str = ""
    subtitle: str = ""
    editor: str = ""
    section: str = ""
    #: The fields that the reader looked for where they stand: they are looked for nowhere else on the page.
    asked: frozenset[str] = frozenset()
    #: What holds the article with its title; the other fields stand in it. None: anywhere on the page.
    around: HtmlElement | None = None


#: Reads an article's pages, the article first; None when the pages are not of this kind.
Reader = Callable[[Sequence[Page]], Reading | None]


class _Translator(HTMLTranslator):
    """Looks whether a class attribute holds the name at all before it takes it apart: most hold others."""

    def xpath_attrib_includes(self, xpath: XPathExpr, name: str, value: str | None) -> XPathExpr:
        """Add the condition that an attribute has a word."""
        held = xpath.add_condition(f"contains({name}, {self.xpath_literal(value or '')})")
        return super().xpath_attrib_includes(held, name, value)


@lru_cache(maxsize=4096)
def compiled(selector: str) -> lxml.etree.XPath:
    """A CSS selector, compiled once."""
    try:
        return lxml.etree.XPath(_Translator().css_to_xpath(selector))
    except SelectorError as error:
        raise ValueError(f"bad CSS selector {selector!r}: {error}") from None


def select(tree: HtmlElement, selector: str) -> list[HtmlElement]:
    """The elements that a selector finds, without those inside another one found."""
    found: list[HtmlElement] = compiled(selector)(tree)
    if len(found) < 2:
        return found
    chosen = set(found)
    return [node for node in found if not any(parent in chosen for parent in node.iterancestors())]


def text_chars(node: HtmlElement) -> int:
    """Characters of text in an element, spaces at the ends of runs not counted."""
    return sum(map(len, map(str.strip, node.itertext())))


def has_text(node: HtmlElement) -> bool:
    """Whether an element has any text but spaces."""
    return any(map(str.strip, node.itertext()))


def read_fragment(markup: str) -> tuple[Block, ...]:
    """The blocks of a piece of HTML."""
    return read_blocks(parse(f"<div>{markup}</div>")) if markup.strip() else ()


def read_each(pages: Sequence[Page], read_one: Callable[[Page], Reading | None]) -> Reading | None:
    """Read the article, then append its further pages; a page that repeats earlier ones adds nothing."""
    first = read_one(pages[0]) if pages[0].tree is not None else None
    if first is None or not first.blocks:
        return None
    if len(pages) == 1:
        return first
    blocks = first.blocks
    for page in pages[1:]:
        more = read_one(page) if page.tree is not None else None
        if more is not None:
            blocks = join_blocks(blocks, more.blocks)
    return replace(first, blocks=blocks)


def join_blocks(blocks: tuple[Block, ...], more: tuple[Block, ...]) -> tuple[Block, ...]:
    """Append a further page; a page that shows the whole article again replaces what was read."""
    if more[: len(blocks)] == blocks:
        return more
    if not more or blocks[-len(more) :] == more or blocks[: len(more)] == more:
        return blocks
    return blocks + more
