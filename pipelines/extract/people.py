"""People CMS (人民网 and sites built on it): GB2312, staff numbers in the author metas, `-2.html` pages."""

from collections.abc import Sequence

from pipelines.extract.blocks import read_blocks
from pipelines.extract.reading import Reading, first_text, fullest, read_each, select
from pipelines.page import Page

TITLES = (".text_title h1", ".rm_txt .col h1", "#p_title", ".title h1", "h1")
BODIES = ("#rwb_zw", "div.rm_txt_con", "#p_content", ".show_text", ".box_con", ".cms_block_span", "#picG")
BOX = (".box01 .fl", ".box01", ".channel .col-1-1", "#p_publishtime")


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of the People CMS."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    body = fullest(tree, BODIES)
    if body is None:
        return None
    dropped = {node for selector in (".zdfy", ".rm_relevant") for node in select(body, selector)}
    box = first_text(tree, BOX)
    return Reading(
        blocks=read_blocks(body, dropped),
        title=first_text(tree, TITLES),
        byline=first_text(tree, (".text_title p.author", "p.author", ".rm_txt .author")),
        origin=first_text(tree, ("#p_origin",)) or box,
        published=box,
    )
