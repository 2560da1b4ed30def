"""Small pieces that all layouts write their pages with."""

from collections.abc import Iterable
from html import escape

#: Two full-width spaces: how Chinese newsrooms indent a paragraph.
INDENT = "　　"


def text(value: str) -> str:
    """Text for an element; quotation marks stay as they are.

    >>> text("A&B <“公司”>")
    'A&amp;B &lt;“公司”&gt;'
    """
    return escape(value, quote=False)


def attribute(value: str) -> str:
    """Text for a quoted attribute."""
    return escape(value, quote=True)


def lines(parts: Iterable[str]) -> str:
    """Parts one below the other."""
    return "\n".join(parts)
