"""Founder digital papers (方正数字报), both generations.

Classic (`html/YYYY-MM/DD/content_N.htm`): fields in an `enpproperty` comment, body between `enpcontent` comments, since
`founder-*` elements are closed early by the `<P>` inside them. Some installs print the body twice, the second copy for
printing. New (`pc/con/YYYYMM/DD/content_N.html`): `#ozoom`, `#PreTitle`, `#Title`, `#SubTitle`.
"""

import re
from collections.abc import Sequence
from html import unescape

from pipelines.extract.asked import all_at, body_at, text_at
from pipelines.extract.blocks import collapse, read_blocks
from pipelines.extract.pictures import picture_before
from pipelines.extract.reading import Reading, read_each, read_fragment
from pipelines.model import Block, BlockKind
from pipelines.page import Page

PROPERTY = re.compile(r"<!--\s*enpproperty(.*?)/?enpproperty\s*-->", re.S | re.I)
FIELD = re.compile(r"<(\w+)>(.*?)</\1>", re.S)
MARKED = re.compile(r"(?:<!--\s*enpcontent\s*-->\s*)+(.*?)<!--\s*/enpcontent\s*-->", re.S | re.I)
BODIES = (
    "founder-content",
    "#ozoom",
    "#articleContent, #newsContent, #ArticleContent",
    ".newsdetatext, .main-article-content, .content_tt, .article-content, .text_c #articleContent",
)
TITLES = ("#Title", "founder-title", ".newsdetatit h3", ".main-article-title", ".title1", ".text_c h1", "h1", "h2")
KICKERS = ("#PreTitle", "founder-introtitle", ".newsdetatit .intro", "p.intro", ".intro")
SUBTITLES = ("#SubTitle", "founder-subtitle", ".newsdetatit .sub", "p.sub", ".sub")
AUTHORS = ("founder-author", "#Author", "p.author", ".author", "p.sec")
DATES = (".default strong", "#date", ".date", "p.sec")
#: 版面: the page of the paper that the article stands on.
SECTIONS = ("#layout", "p.ban span, .ban span", ".layoutname")
CAPTIONS = "td.pictext, .attachment p, .pci_c p, table.pci_c td, .pic_text, .picture p"


def read(pages: Sequence[Page]) -> Reading | None:
    """Read an article of a digital paper."""
    return read_each(pages, _read_one)


def _read_one(page: Page) -> Reading | None:
    tree = page.tree
    assert tree is not None
    body = marked_blocks(page.text) or _contained(page)
    captions = _captions(page, body)
    if not body and not captions:
        return None
    fields = properties(page.text)
    return Reading(
        blocks=captions + body,
        title=fields.get("title") or text_at(page, TITLES),
        kicker=fields.get("introtitle") or text_at(page, KICKERS),
        subtitle=fields.get("subtitle") or text_at(page, SUBTITLES),
        byline=fields.get("author") or text_at(page, AUTHORS),
        editor=fields.get("editor", ""),
        origin=fields.get("source", ""),
        section=fields.get("nodename") or text_at(page, SECTIONS),
        published=fields.get("date") or text_at(page, DATES),
    )


def properties(text: str) -> dict[str, str]:
    """The fields of the `enpproperty` comment, by name; empty ones left out."""
    match = PROPERTY.search(text) if "enpproperty" in text else None
    if match is None:
        return {}
    found = {name.lower(): collapse(unescape(re.sub(r"<[^>]*>", "", value))) for name, value in FIELD.findall(match[1])}
    return {name: value for name, value in found.items() if value}


def marked_blocks(text: str) -> tuple[Block, ...]:
    """The blocks between the content markers; a copy printed again is left out."""
    if "enpcontent" not in text:
        return ()
    copies = dict.fromkeys(read_fragment(match[1]) for match in MARKED.finditer(text))
    return tuple(block for copy in copies for block in copy)


def _contained(page: Page) -> tuple[Block, ...]:
    body = body_at(page, BODIES)
    return read_blocks(body) if body is not None else ()


def _captions(page: Page, body: Sequence[Block]) -> tuple[Block, ...]:
    """The texts under pictures that stand outside the body, each with the picture before it."""
    found = {block.text: block for block in body}
    captions: dict[str, Block] = {}
    for node in all_at(page, CAPTIONS):
        text = collapse(str(node.text_content()))
        if text and text not in found:
            captions.setdefault(text, Block(text=text, kind=BlockKind.CAPTION, image=picture_before(node)))
    return tuple(captions.values())
