"""An element to its blocks of text: every line a reader sees, in order, with white space collapsed."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import lxml.etree
from lxml.html import HtmlElement

from pipelines.extract.line import MAX_CAPTION, Line, is_caption_style, is_style_sheet
from pipelines.extract.noise import BLOCKS, CAPTION, CAPTION_LINE, HEADINGS, HIDDEN, SHARE, SKIPPED
from pipelines.extract.pictures import Pictures
from pipelines.model import Block, BlockKind

SPACE = re.compile(r"\s+")
#: Characters without a width: the raw text keeps them (the repair marks them), but they alone are no text.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad \u3000"
HAN = r"[\u3400-\u9fff\u3001-\u303f\uff00-\uffef]"
#: A line break of the source between two Hanzi is no space of the text.
WRAP = re.compile(rf"(?<={HAN})[ \t]*[\r\n]\s*(?={HAN})")
#: What is left of a Founder property comment that has lost its opening: its end, alone or behind its values.
VALUES = r"[^。！？]{0,300}\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[^。！？]{0,300}"
RESIDUE = re.compile(rf"^(?:{VALUES})?/?enpproperty\s*-->\s*|\s*/enpproperty\s*-->|^-->$")

#: Tags that say what the text in them is.
KINDS = {"a": "link", "strong": "strong", "b": "strong", "pre": "pre", **dict.fromkeys(HEADINGS, "heading")}
MAX_HEADING = 80
MAX_STRONG_HEADING = 40
#: A share bar or pager holds less text than this.
MAX_NOISE_CHARS = 300


@dataclass(slots=True)
class _State:
    """What is open around the line, and what came before it."""

    blocks: list[Block] = field(default_factory=list)
    line: Line = field(default_factory=Line)
    pictures: Pictures = field(default_factory=Pictures)
    #: How many elements of each kind are open; and the kinds of each open one, the innermost last.
    within: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    opened: list[tuple[str, ...]] = field(default_factory=list)


def read_blocks(
    root: HtmlElement, dropped: Collection[HtmlElement] = (), unhide: Callable[[HtmlElement], bool] | None = None
) -> tuple[Block, ...]:
    """All blocks of `root` but scripts, share bars, pagers, hidden elements and those in `dropped`.

    `unhide` tells which hidden elements are read all the same (the further pages of a rolled article). A caption names
    its picture as the page does: `pictures.absolute_images` makes whole URLs of them.
    """
    state = _State()
    walker = lxml.etree.iterwalk(root, events=("start", "end", "comment"))
    skipped: HtmlElement | None = None
    for event, node in walker:
        if event == "comment":
            _add(state, node.tail if node is not root else None)
        elif event == "start":
            if node is not root and (node in dropped or is_noise(node, unhide)):
                skipped = node
                walker.skip_subtree()
                if node.tag in BLOCKS:
                    _flush(state)
                continue
            _open(state, node)
        elif node is skipped:
            skipped = None
            _add(state, node.tail)
        else:
            _close(state, node, root)
    _flush(state)
    return tuple(state.blocks)


def is_noise(node: HtmlElement, unhide: Callable[[HtmlElement], bool] | None = None) -> bool:
    """Whether an element inside an article's container is no text of it."""
    tag = node.tag
    if not isinstance(tag, str) or tag in SKIPPED:
        return True
    attributes = node.attrib
    if not attributes:
        return False
    if (HIDDEN.search(attributes.get("style", "")) or "hidden" in attributes) and tag != "article":
        return not (unhide is not None and unhide(node))
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    return names != " " and _is_called_share(names) and _is_short(node)


@lru_cache(maxsize=4096)
def _is_called_share(names: str) -> bool:
    """Whether class and id are a share bar's or a print tool's; the same recur within a page and a site."""
    return bool(SHARE.search(names))


def _is_short(node: HtmlElement) -> bool:
    chars = 0
    for text in node.itertext():
        chars += len(text.strip())
        if chars >= MAX_NOISE_CHARS:
            return False
    return True


def _open(state: _State, node: HtmlElement) -> None:
    """Enter an element: end the line before a block, note what is open."""
    tag = str(node.tag)
    if tag in BLOCKS:
        _flush(state)
        if tag == "figure":
            state.pictures.open_figure(len(state.blocks))
    elif tag == "img":
        state.pictures.see(node, state.line.chars)
    kinds = _kinds(node, tag)
    state.opened.append(kinds)
    for kind in kinds:
        state.within[kind] += 1
    _add(state, node.text)


def _close(state: _State, node: HtmlElement, root: HtmlElement) -> None:
    """Leave an element, ending a block's line."""
    tag = node.tag
    if tag in BLOCKS:
        _flush(state)
        if tag == "figure":
            state.pictures.close_figure(state.blocks)
    for kind in state.opened.pop():
        state.within[kind] -= 1
    if node is not root:
        _add(state, node.tail)


def _kinds(node: HtmlElement, tag: str) -> tuple[str, ...]:
    """What an element says of the text in it: link, strong, heading, pre, caption, styled as captions are."""
    kinds: tuple[str, ...] = (KINDS[tag],) if tag in KINDS else ()
    attributes = node.attrib
    if tag == "figcaption" or (attributes and _is_called_caption(attributes.get("class", ""))):
        kinds = (*kinds, "caption")
    if tag == "center" or (attributes and is_caption_style(node)):
        kinds = (*kinds, "styled")
    return kinds


@lru_cache(maxsize=4096)
def _is_called_caption(names: str) -> bool:
    return bool(CAPTION.search(names))


def _add(state: _State, text: str | None) -> None:
    """Put a piece of text on the line."""
    if not text:
        return
    if state.within["pre"] and "\n" in text:
        for index, piece in enumerate(text.split("\n")):
            if index:
                _flush(state)
            _put(state, piece)
    else:
        _put(state, text)


def _put(state: _State, text: str) -> None:
    line = state.line
    line.pieces.append(text)
    chars = len(text.strip())
    if not chars:
        return
    line.chars += chars
    within = state.within
    if within["strong"]:
        line.strong_chars += chars
    if within["link"]:
        line.link_chars += chars
    if within["styled"]:
        line.caption_style = True


def _flush(state: _State) -> None:
    """End the line; a line with text becomes a block."""
    line = state.line
    if not line.chars:
        line.pieces.clear()
        return
    state.line = Line()
    text = collapse("".join(line.pieces))
    if "-->" in text:
        text = RESIDUE.sub("", text)
    if not text.strip(INVISIBLE) or line.is_pager(text) or is_style_sheet(text):
        return
    kind = _kind(text, line, state)
    image = state.pictures.latest if kind == BlockKind.CAPTION else ""
    state.blocks.append(Block(text=text, kind=kind, image=image))
    state.pictures.pass_line(kind == BlockKind.CAPTION, line.chars)


def collapse(text: str) -> str:
    """White space runs to one space (an ideographic one stays), none at the ends.

    >>> collapse("　　甲某  乙某\\n丙　 丁 ")
    '甲某 乙某丙\\u3000丁'
    """
    text = text.strip()
    words = text.split()
    if len(words) < 2 or text.isascii():
        return " ".join(words)
    if "\n" in text or "\r" in text:
        text = WRAP.sub("", text)
    elif "\u3000" not in text:
        return " ".join(words)
    return SPACE.sub(_one_space, text)


def _one_space(match: re.Match[str]) -> str:
    return "\u3000" if "\u3000" in match[0] else " "


def _kind(text: str, line: Line, state: _State) -> BlockKind:
    """Heading, caption or plain text."""
    if state.within["caption"] and len(text) <= 3 * MAX_CAPTION:
        return BlockKind.CAPTION
    if state.pictures.just_seen and len(text) <= MAX_CAPTION and (line.caption_style or CAPTION_LINE.search(text)):
        return BlockKind.CAPTION
    if state.within["heading"] and len(text) <= MAX_HEADING:
        return BlockKind.HEADING
    if line.strong_chars == line.chars and len(text) <= MAX_STRONG_HEADING and text[-1] not in "。；，.,;":
        return BlockKind.HEADING
    return BlockKind.TEXT


def count_chars(blocks: Iterable[Block]) -> int:
    """Characters of text."""
    return sum(len(block.text) for block in blocks)


def squeeze(text: str) -> str:
    """Letters and digits only, lower case: for comparing titles and lines."""
    return re.sub(r"[\W_]+", "", text).lower()
