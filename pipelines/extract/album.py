"""Photo albums: pages whose article is pictures, each with a line of text."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.extract.asked import all_at
from pipelines.extract.blocks import collapse, count_chars, read_blocks
from pipelines.extract.generic import read_page_body
from pipelines.extract.pictures import picture_before, source_of
from pipelines.extract.reading import Reading, read_each
from pipelines.model import Block, BlockKind
from pipelines.page import Page

#: Words of which an album's page has one.
WORDS = ("smallimglist", "data-bigimg", "show_text", "picG", "content_desc")
#: Images that carry their own caption: the strip of small pictures under the large one.
CAPTIONED = "img[data-bigimg][alt], [class*=smallimglist] img[alt]"
#: Elements that hold the text of the picture before them, or pictures and texts in turn.
TEXTS = "#picG, .show_text, .content_desc"
MAX_CAPTION = 1000


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an album; None for a page that is none."""
    if pages[0].tree is None or not pages[0].holds(*WORDS):
        return None
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    """The captions; with more text than they have beside them, that text and what captions it lacks."""
    captions = album_blocks(page)
    if not captions:
        return None
    beside = read_page_body(page)
    if beside is None or count_chars(beside.blocks) <= count_chars(captions):
        return Reading(blocks=captions)
    known = {block.text for block in beside.blocks}
    return Reading(
        blocks=(*beside.blocks, *(block for block in captions if block.text not in known)), title=beside.title
    )


def album_blocks(page: Page) -> tuple[Block, ...]:
    """The captions of the albums on a page, in order, each once."""
    found = [
        Block(text=collapse(node.get("alt", "")), kind=BlockKind.CAPTION, image=source_of(node))
        for node in all_at(page, CAPTIONED)
    ]
    found += [block for node in all_at(page, TEXTS) for block in _texts(node)]
    first = {block.text: block for block in reversed(found) if 1 < len(block.text) <= MAX_CAPTION}
    return tuple(dict.fromkeys(first[block.text] for block in found if block.text in first))


def _texts(node: HtmlElement) -> list[Block]:
    """The lines of an album's text, with the picture among them or before them."""
    inner = next(node.iter("img"), None)
    image = source_of(inner) if inner is not None else picture_before(node)
    return [Block(text=block.text, kind=BlockKind.CAPTION, image=block.image or image) for block in read_blocks(node)]
