"""大汉 JCMS (Hanweb): `/art/YYYY/M/D/art_<column>_<id>.html`, meta `i_articleid`, the body between comments."""

import re
from collections.abc import Sequence

from pipelines.extract.asked import body_at, text_at
from pipelines.extract.blocks import read_blocks
from pipelines.extract.bounded import bounded_fields
from pipelines.extract.fields import baidu_fields, find_editor, find_kicker, find_subtitle
from pipelines.extract.metas import read_metas
from pipelines.extract.reading import Reading, read_each, read_fragment, select
from pipelines.model import Block
from pipelines.page import Page

MARKED = re.compile(
    r"<!--\s*ZJEG_RSS\.content\.begin\s*-->(.*?)<!--\s*ZJEG_RSS\.content\.end\s*-->"
    r"|<meta\s+name=[\"']?ContentStart[\"']?\s*/?>(.*?)<meta\s+name=[\"']?ContentEnd[\"']?\s*/?>",
    re.S | re.I,
)
BODIES = ("#zoom, #Zoom", ".bt_content, .art_con, .main-txt", ".article_content, .article-content")
TITLES = ("#title", ".bt_title, td.title, .art_title")
#: 我要评论, 分享给朋友, 【打印文章】 and their like stand inside the body's cell.
DROPPED = ".bt_share, .dayin, .print, #print, .share, .pinglun, [class*=bdshare]"


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of JCMS."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    fields = bounded_fields(page.text)
    blocks = read_fragment(fields.get("信息内容", "")) or _marked(page.text) or _contained(page)
    if not blocks:
        return None
    metas, named = read_metas(tree), baidu_fields(page)
    return Reading(
        blocks=blocks,
        title=metas.first("articletitle") or text_at(page, TITLES),
        kicker=find_kicker(page),
        subtitle=find_subtitle(page),
        byline=named.byline or metas.first("author"),
        editor=named.editor or find_editor(page),
        origin=named.origin or metas.first("contentsource"),
        section=metas.first("columnname"),
        published=metas.first("pubdate") or named.published,
    )


def _marked(text: str) -> tuple[Block, ...]:
    match = MARKED.search(text)
    return read_fragment(match[1] or match[2] or "") if match else ()


def _contained(page: Page) -> tuple[Block, ...]:
    body = body_at(page, BODIES)
    return read_blocks(body, set(select(body, DROPPED))) if body is not None else ()
