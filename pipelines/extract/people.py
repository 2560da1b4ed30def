"""People CMS (人民网 and sites built on it): GB2312, staff numbers in the author metas, `-2.html` pages."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.extract.album import album_blocks
from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import find_editor
from pipelines.extract.reading import Reading, first_text, fullest, read_each, select
from pipelines.model import Block
from pipelines.page import Page

TITLES = (".text_title h1", ".rm_txt .col h1", "#p_title", ".title h1", "h1")
BODIES = ("#rwb_zw", "div.rm_txt_con", "#p_content", ".box_con", ".cms_block_span")
DROPPED = ".zdfy, .rm_relevant, .edit, .paper_num"
BOX = (".box01 .fl", ".box01", ".channel .col-1-1", "#p_publishtime")


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of the People CMS."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    blocks = _body(tree)
    if not blocks:
        return None
    box = first_text(tree, BOX)
    return Reading(
        blocks=blocks,
        title=first_text(tree, TITLES),
        kicker=first_text(tree, ("h3.pre", ".rm_txt .pre")),
        subtitle=first_text(tree, ("h4.sub", ".rm_txt .sub")),
        byline=first_text(tree, (".text_title p.author", "p.author", ".rm_txt .author")),
        editor=find_editor(tree),
        origin=first_text(tree, ("#p_origin",)) or box,
        published=box,
    )


def _body(tree: HtmlElement) -> tuple[Block, ...]:
    """The text; of an album, the captions, with a text beside them."""
    body = fullest(tree, BODIES)
    blocks = read_blocks(body, set(select(body, DROPPED))) if body is not None else ()
    known = {block.text for block in blocks}
    return (*blocks, *(block for block in album_blocks(tree) if block.text not in known))
