"""TRS WCM (拓尔思): `tYYYYMMDD_<id>.html`, body in `div.TRS_Editor`, often nested twice with a `<style>` inside."""

import re
from collections.abc import Sequence
from itertools import islice

from pipelines.extract.asked import all_at, body_at, text_at
from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import baidu_fields, find_editor, find_kicker, find_subtitle
from pipelines.extract.metas import read_metas
from pipelines.extract.reading import Reading, has_text, read_each, read_fragment, text_chars
from pipelines.model import Block
from pipelines.page import Page

TITLES = ("#title", ".art-title", ".contTit", "#doctitle", "#Title")
EDITORS = (
    "div.TRS_Editor, .TRS_Editor",
    "div.trs_editor_view",
    "div.Custom_UnionStyle",
    "div.view.TRS_UEDITOR, .TRS_UEDITOR",
)
BODIES = ("#zoom", "#zoomcon", "#Zoom", "div.contTxt", "#news-body", "#mainCon", "div.news-con")
#: Steps up from an editor to the element that its article's other editors stand in as well.
NEAR = 2
MARKED = re.compile(r"<!--\s*contstart\s*-->(.*?)<!--\s*contend\s*-->", re.S)


def read(pages: Sequence[Page]) -> Reading | None:
    """Read a TRS article and its `_1`, `_2` pages."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    blocks = _body(page) or _marked(page)
    if not blocks:
        return None
    metas, named = read_metas(tree), baidu_fields(page)
    return Reading(
        blocks=blocks,
        title=metas.first("articletitle") or text_at(page, TITLES),
        kicker=find_kicker(page),
        subtitle=find_subtitle(page),
        byline=named.byline,
        editor=named.editor or find_editor(page),
        origin=named.origin or text_at(page, ("#srcname",)) or metas.first("contentsource"),
        section=metas.first("columnname"),
        published=named.published or text_at(page, ("#docreltime",)) or metas.first("pubdate"),
    )


def _body(page: Page) -> tuple[Block, ...]:
    """The fullest editor and those beside it, since a page may have one an illustration; else the known containers.

    A footer or a notice that was typed into an editor stands elsewhere.
    """
    for selector in EDITORS:
        editors = [node for node in all_at(page, selector) if has_text(node)]
        if editors:
            near = set(islice(max(editors, key=text_chars).iterancestors(), NEAR))
            beside = [node for node in editors if not near.isdisjoint(islice(node.iterancestors(), NEAR))]
            return tuple(block for node in beside for block in read_blocks(node))
    body = body_at(page, BODIES)
    return read_blocks(body) if body is not None else ()


def _marked(page: Page) -> tuple[Block, ...]:
    match = MARKED.search(page.text)
    return read_fragment(match[1]) if match else ()
