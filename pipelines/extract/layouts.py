"""Known layouts: the selectors of a source's TOML, taken strictly."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.extract.asked import select_at
from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.reading import Reading, read_each, select
from pipelines.model import Layout
from pipelines.page import Page

#: What a layout may have selectors for, beside title and body.
FIELDS = ("byline", "origin", "published", "kicker", "subtitle", "editor", "section")


def read_layout(pages: Sequence[Page], layout: Layout) -> Reading | None:
    """The article by one layout; None unless title and body are found exactly once.

    Further pages need the body only: some outlets print the title on the first page alone.
    """

    def read_one(page: Page) -> Reading | None:
        return _read(page, layout, strict=page is pages[0])

    return read_each(pages, read_one)


def _read(page: Page, layout: Layout, strict: bool) -> Reading | None:
    tree = page.tree
    assert tree is not None
    body = select_at(page, layout.body)
    title = select(tree, layout.title) if body and layout.title else []
    if len(body) != 1 or (strict and layout.title and len(title) != 1):
        return None
    dropped = {node for selector in layout.remove for node in select_at(page, selector)}
    blocks = read_blocks(body[0], dropped)
    heading = _text(title)
    if not blocks or (strict and layout.title and not heading):
        return None
    asked = {name: selector for name in FIELDS if (selector := getattr(layout, name))}
    return Reading(
        blocks=blocks,
        title=heading,
        **{name: _text(select(tree, selector)) for name, selector in asked.items()},
        asked=frozenset(asked),
        around=_common_ancestor(body[0], title[0]) if title else tree,
    )


def _common_ancestor(one: HtmlElement, other: HtmlElement) -> HtmlElement | None:
    """The smallest element that holds both."""
    around = {one, *one.iterancestors()}
    return next((node for node in (other, *other.iterancestors()) if node in around), None)


def _text(nodes: list[HtmlElement]) -> str:
    if not nodes:
        return ""
    node = nodes[0]
    return collapse(node.get("content") or (str(node.text_content()) if len(node) else node.text or ""))
