"""People CMS (人民网 and sites built on it): GB2312, staff numbers in the author metas, `-2.html` pages."""

from collections.abc import Sequence

from pipelines.extract.album import album_blocks
from pipelines.extract.asked import fullest_at, text_at
from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import find_editor
from pipelines.extract.reading import Reading, read_each, select
from pipelines.model import Block
from pipelines.page import Page

TITLES = (".text_title h1", ".rm_txt .col h1", "#p_title", ".title h1")
BODIES = ("#rwb_zw", "div.rm_txt_con", "#p_content", ".box_con", ".cms_block_span")
DROPPED = ".zdfy, .rm_relevant"
BOX = (".box01 .fl", ".box01", ".channel .col-1-1", "#p_publishtime")


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of the People CMS."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    blocks = _body(page)
    if not blocks:
        return None
    box = text_at(page, BOX)
    return Reading(
        blocks=blocks,
        title=text_at(page, TITLES),
        kicker=text_at(page, ("h3.pre", ".rm_txt .pre")),
        subtitle=text_at(page, ("h4.sub", ".rm_txt .sub")),
        byline=text_at(page, (".text_title p.author", "p.author", ".rm_txt .author")),
        editor=find_editor(page),
        origin=text_at(page, ("#p_origin",)) or box,
        published=box,
    )


def _body(page: Page) -> tuple[Block, ...]:
    """The text; of an album, the captions, with a text beside them."""
    body = fullest_at(page, BODIES)
    blocks = read_blocks(body, set(select(body, DROPPED))) if body is not None else ()
    known = {block.text for block in blocks}
    return (*blocks, *(block for block in album_blocks(page) if block.text not in known))
