"""Enorth WebPublisher and its kin: `/system/YYYY/MM/DD/<9 digits>.shtml`, GBK heritage, `span.cms_block_span`."""

from collections.abc import Sequence

from pipelines.extract.asked import body_at, text_at
from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import baidu_fields, editor_in, find_editor, find_kicker, find_subtitle
from pipelines.extract.reading import Reading, read_each, select
from pipelines.page import Page

TITLES = ("#artibodytitle", ".text_title h1", "[data-toggle=title]", ".tt_news", ".neirong h1", ".title h1")
BODIES = (
    "#artibody, #Zoom, #zoom, #p-detail, #rwb_zw",
    ".cms_block_span",
    ".duanluo, .zhengw, .zhengwen, #layer216",
    ".content, #content, .article-content",
)
INFOS = (".info", ".dizhi.hui", ".source", ".laiyuan", ".box01")
DROPPED = ("#news_more_page_div_id", ".gjc", ".pager")


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of the /system/ family."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    body = body_at(page, BODIES)
    if body is None:
        return None
    dropped = {node for selector in DROPPED for node in select(body, selector)}
    info, named = text_at(page, INFOS), baidu_fields(page)
    return Reading(
        blocks=read_blocks(body, dropped),
        title=text_at(page, TITLES),
        kicker=find_kicker(page),
        subtitle=find_subtitle(page),
        byline=named.byline,
        editor=named.editor or editor_in(info) or find_editor(page),
        origin=named.origin or (info if "来源" in info else ""),
        published=named.published or info,
    )
