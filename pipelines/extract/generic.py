"""The extractor for pages of no known kind."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extract.asides import without_asides
from pipelines.extract.blocks import count_chars, read_blocks, squeeze
from pipelines.extract.container import find_container
from pipelines.extract.embedded import embedded_reading
from pipelines.extract.headline import find_title
from pipelines.extract.reading import Reading, read_each
from pipelines.extract.view import view_of
from pipelines.model import Block, BlockKind
from pipelines.page import Page

#: A page whose best container holds less prose than this (Hanzi, or four other characters each) has no article.
MIN_PROSE = 12
#: A page with less prose than this may hold its article as data for a script.
SCANTY_PROSE = 120
#: Blocks among which a repeated title is looked for, and the length of a line of time, source and the like.
MAX_HEAD = 8
MAX_INFO = 80
INFO_LINE = re.compile(
    r"^(?:发布(?:时间|日期|于)|发表(?:时间|于)|时间|日期|更新时间|来源于?|稿源|文章来源|信息来源|作者|编辑|责任编辑|字号|点击|"
    r"浏览|阅读|人气|published|updated|posted|last updated)\s*[:：]|^(?:19|20)\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?"
    r"(?:\s*\d{1,2}:\d\d(?::\d\d)?)?\s*(?:$|来源|来自|作者|编辑|点击|浏览|阅读)",
    re.I,
)
ADVERT_LINE = re.compile(r"(?:advert(?:isement|ising)?|广告|story continues below(?: advertisement)?|ad)[:：]?", re.I)
LETTER = re.compile(r"[^\W\d_]")


def read(pages: Sequence[Page]) -> Reading | None:
    """Find the article by its shape alone."""
    return read_each(pages, read_page_body)


def read_page_body(page: Page) -> Reading | None:
    """The blocks of the page's densest prose; where the page shows hardly any, of the data in its scripts."""
    if page.tree is None:
        return None
    view = view_of(page)
    title = find_title(view)
    found = find_container(page.tree, view.metas.first("description", "og:description"))
    blocks: tuple[Block, ...] = ()
    if found is not None and found.prose >= MIN_PROSE:
        blocks = tuple(block for root in found.roots for block in read_blocks(root, found.dropped))
        blocks = trim(blocks, title.text)
    if found is None or found.prose < SCANTY_PROSE:
        hidden = embedded_reading(page.tree)
        if hidden is not None and count_chars(hidden.blocks) > 2 * count_chars(blocks):
            return replace(hidden, title=title.text or hidden.title, title_rule=title.rule)
    return Reading(blocks=blocks, title=title.text, title_rule=title.rule) if blocks else None


def trim(blocks: Sequence[Block], title: str) -> tuple[Block, ...]:
    """Without the head that repeats title, time and source, and without headings at the end that nothing follows."""
    same = [place for place, block in enumerate(blocks[:MAX_HEAD]) if same_title(block.text, title)]
    kept = list(blocks)
    if same and all(len(block.text) <= 2 * MAX_INFO for block in blocks[: same[-1]]) and len(blocks) > same[-1] + 1:
        kept = kept[same[-1] + 1 :]
    while len(kept) > 1 and len(kept[0].text) <= MAX_INFO and INFO_LINE.search(kept[0].text):
        kept.pop(0)
    while len(kept) > 1 and (kept[-1].kind == BlockKind.HEADING or not LETTER.search(kept[-1].text)):
        kept.pop()
    return without_asides([block for block in kept if not ADVERT_LINE.fullmatch(block.text)])


def same_title(one: str, other: str) -> bool:
    """Whether two titles have the same letters and digits."""
    return squeeze(one) == squeeze(other)
