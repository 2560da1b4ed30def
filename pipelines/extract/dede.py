"""DedeCMS (织梦): small sites and content farms. Labels and values stand in one line, the body in a table cell."""

import re
from collections.abc import Sequence

from pipelines.extract.asked import body_at, text_at
from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import editor_in
from pipelines.extract.reading import Reading, read_each, select
from pipelines.page import Page

TITLES = (".viewbox .title h2", ".viewbox .title", ".article-title", ".arctitle", ".title h1", ".title h2")
BODIES = (
    ".viewbox .content",
    ".article_content, .article-content, .arc_body, .arcbody, .arc-content",
    "#article_content, #contentText, #content, #artibody",
    ".newstext, .news_content, .content_body, .content-body, .body, .content",
)
INFOS = (".viewbox .info", ".arcinfo", ".article-info, .article_info", ".info, .infos, .artinfo")
AUTHOR = re.compile(r"作者\s*[:：]\s*(\S{1,12}?)(?=\s|点击|$)")
ORIGIN = re.compile(r"来源\s*[:：]\s*(\S{1,30}?)(?=作者|\s|$)")
TIME = re.compile(r"(?:时间|日期|发布)\s*[:：]?\s*([\d][\d年月日:：/.\-\s]{5,24}[\d日])")
PAGER = (".dede_pages", ".pagelist", ".context", ".newdigg", ".dede_pages_box")


def read(pages: Sequence[Page]) -> Reading | None:
    """Read a DedeCMS article and its `_2` pages."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    body = body_at(page, BODIES)
    if body is None:
        return None
    info = text_at(page, INFOS)
    author, origin = AUTHOR.search(info), ORIGIN.search(info)
    dropped = {node for selector in PAGER for node in select(body, selector)}
    return Reading(
        blocks=read_blocks(body, dropped),
        title=text_at(page, TITLES),
        byline=f"作者：{author[1]}" if author else "",
        origin=origin[1] if origin else "",
        editor=editor_in(info),
        published=printed[1] if (printed := TIME.search(info)) else info,
    )
