"""The extractor for pages of no known kind, and the metadata that every other reader falls back on."""

from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.dates import zone
from pipelines.extract.blocks import read_blocks, squeeze, without_title
from pipelines.extract.byline import clean_origin, find_byline, find_origin
from pipelines.extract.container import find_container
from pipelines.extract.headline import find_title
from pipelines.extract.metas import Metas, read_metas
from pipelines.extract.noise import SKIPPED
from pipelines.extract.published import find_date
from pipelines.extract.reading import Reading, read_each
from pipelines.model import Block, BlockKind, Extraction, Source
from pipelines.page import Page

#: A page whose best container holds less prose than this (Hanzi, or four other characters each) has no article.
MIN_PROSE = 12
NO_METAS = Metas(values={}, articles=())


def read(pages: Sequence[Page]) -> Reading | None:
    """Find the article by its shape alone."""
    return read_each(pages, read_page_body)


def read_page_body(page: Page) -> Reading | None:
    """The blocks of the page's densest prose."""
    if page.tree is None:
        return None
    found = find_container(page.tree)
    if found is None or found.prose < MIN_PROSE:
        return None
    blocks = tuple(block for root in found.roots for block in read_blocks(root, found.dropped))
    title = find_title(page.tree, read_metas(page.tree))
    blocks = trim(without_title(blocks, title))
    return Reading(blocks=blocks, title=title) if blocks else None


def trim(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Without headings that nothing follows: those of the lists that were left out."""
    end = len(blocks)
    while end > 1 and blocks[end - 1].kind == BlockKind.HEADING:
        end -= 1
    return tuple(blocks[:end])


def finish(pages: Sequence[Page], reading: Reading, layout: str, source: Source) -> Extraction:
    """Fill what the reader left empty from the page's metadata."""
    page = next((page for page in pages if page.tree is not None), pages[0])
    tree = page.tree
    metas = read_metas(tree) if tree is not None else NO_METAS
    title = reading.title or (find_title(tree, metas) if tree is not None else "")
    printed, moment = find_date(tree, metas, page.url, source.timezone, page.fetched_at, reading.published)
    if tree is not None:
        byline = find_byline(tree, metas, reading.blocks, reading.byline)
        origin = find_origin(tree, metas, reading.origin)
    else:
        byline, origin = reading.byline, clean_origin(reading.origin)
    return Extraction(
        layout=layout,
        title=title,
        byline=byline,
        origin=origin,
        published_text=printed,
        published_at=moment.astimezone(zone(source.timezone)) if moment and source.timezone else moment,
        blocks=reading.blocks,
        outside_chars=outside_chars(pages, reading.blocks),
    )


def outside_chars(pages: Sequence[Page], blocks: Sequence[Block]) -> int:
    """Characters of text on the pages that are in no block, spaces not counted."""
    whole = sum(_visible_chars(page.tree) for page in pages if page.tree is not None)
    return max(0, whole - sum(len("".join(block.text.split())) for block in blocks))


def _visible_chars(tree: HtmlElement) -> int:
    count = 0
    for node in tree.iter():
        if node.text and isinstance(node.tag, str) and node.tag not in SKIPPED:
            count += len("".join(node.text.split()))
        if node.tail:
            count += len("".join(node.tail.split()))
    return count


def same_title(one: str, other: str) -> bool:
    """Whether two titles have the same letters and digits."""
    return squeeze(one) == squeeze(other)
