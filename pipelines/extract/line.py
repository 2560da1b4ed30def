"""A line of text while it is read: its pieces, and what it is set in."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml.html import HtmlElement

from pipelines.extract.noise import CENTRED, PAGER_LINE, PAGER_WORD, SMALL

#: A caption that only its place and its style tell.
MAX_CAPTION = 150
#: Rules of a style sheet that stand as text where a program took the `<style>` around them away.
STYLE_SHEET = re.compile(r"(?:[^{}\s\u3400-\u9fff][^{}\u3400-\u9fff]{0,199}\{[^{}]*[:;][^{}]*\}\s*)+")


@dataclass(slots=True)
class Line:
    """The line that is being read. `chars` are without the spaces at the ends of pieces."""

    pieces: list[str] = field(default_factory=list)
    strong_chars: int = 0
    link_chars: int = 0
    chars: int = 0
    #: Whether an element in the line is set small or centred.
    caption_style: bool = False

    def is_pager(self, text: str) -> bool:
        """上一页 1 2 下一页: turning words, or bare numbers that are links."""
        if len(text) > 60 or not PAGER_LINE.fullmatch(text):
            return False
        return bool(PAGER_WORD.search(text)) or (self.link_chars > 0 and self.link_chars * 2 >= self.chars)


def is_caption_style(node: HtmlElement) -> bool:
    """Whether an element sets its text small or centred, as captions are."""
    style = node.get("style", "")
    if style and _is_caption_rule(style):
        return True
    if node.tag == "font" and node.get("size", "") in ("1", "2", "-1"):
        return True
    return node.get("align", "").lower() == "center"


@lru_cache(maxsize=4096)
def _is_caption_rule(style: str) -> bool:
    """The same styles recur within a page."""
    return bool(CENTRED.search(style) or SMALL.search(style))


def is_style_sheet(text: str) -> bool:
    """Whether a line is nothing but rules of a style sheet.

    >>> is_style_sheet(".TRS_Editor P{line-height:1.5}"), is_style_sheet("甲{乙：丙}")
    (True, False)
    """
    return text.endswith("}") and bool(STYLE_SHEET.fullmatch(text))
