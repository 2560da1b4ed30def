"""TRS WCM (拓尔思): `tYYYYMMDD_<id>.html`, body in `div.TRS_Editor`, often nested twice with a `<style>` inside."""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import baidu_fields, find_editor, find_kicker, find_subtitle
from pipelines.extract.metas import read_metas
from pipelines.extract.reading import Reading, first_text, fullest, read_each, read_fragment, select, text_chars
from pipelines.model import Block
from pipelines.page import Page

TITLES = ("#title", ".art-title", ".contTit", "#doctitle", "h1", "#Title")
EDITORS = (
    "div.TRS_Editor, .TRS_Editor",
    "div.trs_editor_view",
    "div.Custom_UnionStyle",
    "div.view.TRS_UEDITOR, .TRS_UEDITOR",
)
BODIES = ("#zoom", "#zoomcon", "#Zoom", "div.contTxt", "#news-body", "#mainCon", "div.news-con")
MARKED = re.compile(r"<!--\s*contstart\s*-->(.*?)<!--\s*contend\s*-->", re.S)


def read(pages: Sequence[Page]) -> Reading | None:
    """Read a TRS article and its `_1`, `_2` pages."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    blocks = _body(tree) or _marked(page)
    if not blocks:
        return None
    metas, named = read_metas(tree), baidu_fields(tree)
    return Reading(
        blocks=blocks,
        title=metas.first("articletitle") or first_text(tree, TITLES),
        kicker=find_kicker(tree),
        subtitle=find_subtitle(tree),
        byline=named.byline,
        editor=named.editor or find_editor(tree),
        origin=named.origin or first_text(tree, ("#srcname",)) or metas.first("contentsource"),
        section=metas.first("columnname"),
        published=named.published or first_text(tree, ("#docreltime",)) or metas.first("pubdate"),
    )


def _body(tree: HtmlElement) -> tuple[Block, ...]:
    """All outermost editors, since a page may have one an illustration; else the known containers."""
    for selector in EDITORS:
        editors = [node for node in select(tree, selector) if text_chars(node)]
        if editors:
            return tuple(block for node in editors for block in read_blocks(node))
    body = fullest(tree, BODIES)
    return read_blocks(body) if body is not None else ()


def _marked(page: Page) -> tuple[Block, ...]:
    match = MARKED.search(page.text)
    return read_fragment(match[1]) if match else ()
