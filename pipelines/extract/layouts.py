"""Known layouts: the selectors of a source's TOML, taken strictly."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.reading import Reading, read_each, select
from pipelines.model import Layout
from pipelines.page import Page


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
    body = select(tree, layout.body)
    title = select(tree, layout.title) if layout.title else []
    if len(body) != 1 or (strict and layout.title and len(title) != 1):
        return None
    dropped = {node for selector in layout.remove for node in select(tree, selector)}
    blocks = read_blocks(body[0], dropped)
    heading = _text(title)
    if not blocks or (strict and layout.title and not heading):
        return None
    return Reading(
        blocks=blocks,
        title=heading,
        byline=_field(tree, layout.byline),
        origin=_field(tree, layout.origin),
        published=_field(tree, layout.published),
        kicker=_field(tree, layout.kicker),
        subtitle=_field(tree, layout.subtitle),
        editor=_field(tree, layout.editor),
        section=_field(tree, layout.section),
    )


def _field(tree: HtmlElement, selector: str) -> str:
    """The text of an optional field's first element."""
    return _text(select(tree, selector)) if selector else ""


def _text(nodes: list[HtmlElement]) -> str:
    if not nodes:
        return ""
    return collapse(nodes[0].get("content") or str(nodes[0].text_content()))
