"""Founder web CMS (翔宇, 超媒): `/YYYY-MM/DD/content_N.htm`, body between `enpcontent` comments.

A long article is rolled into one file: page one in `#div_currpage`, the others in hidden `#div_page_roll1`, ... that a
script swaps in. All of them are the article.
"""

import re
from collections.abc import Sequence

from lxml.html import HtmlElement

from pipelines.extract.asked import all_at, body_at, text_at
from pipelines.extract.blocks import read_blocks
from pipelines.extract.fields import baidu_fields, find_editor, find_kicker, find_subtitle
from pipelines.extract.founder_paper import MARKED, properties
from pipelines.extract.metas import read_metas
from pipelines.extract.reading import Reading, has_text, read_each, select
from pipelines.model import Block
from pipelines.page import Page, parse

ROLL = re.compile(r"div_page_roll\d+$")
TITLES = ("h1.h1-news", "h1.con_title", "#article_title", "#artibodytitle", "h2#article_title")
BODIES = (
    "#con_arc_content, #zoom, #new_message_id, #ArticleCnt, #text_content",
    ".article-content, .main_article, .content, #content",
)
PAGER_IDS = "#displaypagenum, #qrcodeWrap, div.pages, ul.pages"


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of the Founder web CMS."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    blocks = _marked(page.text) or _rolled(page) or _contained(page)
    if not blocks:
        return None
    fields, metas, named = properties(page.text), read_metas(tree), baidu_fields(page)
    return Reading(
        blocks=blocks,
        title=fields.get("title") or text_at(page, TITLES),
        kicker=fields.get("introtitle") or find_kicker(page),
        subtitle=fields.get("subtitle") or find_subtitle(page),
        byline=fields.get("author") or named.byline,
        editor=fields.get("editor") or named.editor or find_editor(page),
        origin=named.origin or fields.get("source") or metas.first("source"),
        section=fields.get("nodename", ""),
        published=named.published or metas.first("publishdate") or fields.get("date", ""),
    )


def _marked(text: str) -> tuple[Block, ...]:
    """The blocks between the content markers, hidden rolls included; a second copy is left out."""
    if "enpcontent" not in text:
        return ()
    copies = dict.fromkeys(_read_rolls(parse(f"<div>{m[1]}</div>")) for m in MARKED.finditer(text) if m[1].strip())
    return tuple(block for copy in copies for block in copy)


def _rolled(page: Page) -> tuple[Block, ...]:
    """Rolls of a page that has no markers."""
    rolls = [node for node in all_at(page, "[id^=div_page_roll], #div_currpage") if has_text(node)]
    if not any(ROLL.match(node.get("id", "")) for node in rolls):
        return ()
    return tuple(block for node in rolls for block in _read_rolls(node))


def _contained(page: Page) -> tuple[Block, ...]:
    body = body_at(page, BODIES)
    return _read_rolls(body) if body is not None else ()


def _read_rolls(root: HtmlElement) -> tuple[Block, ...]:
    return read_blocks(root, set(select(root, PAGER_IDS)), unhide=_is_roll)


def _is_roll(node: HtmlElement) -> bool:
    return bool(ROLL.match(node.get("id", "")))
