"""Lines for a terminal: Chinese text breaks between any two characters, but not before a full stop."""

from collections.abc import Iterator
from itertools import chain

from rich.cells import cell_len
from rich.text import Text

#: What no line begins with, and what no line ends with.
CLOSING = frozenset("，。、；：？！）》〉」』】〕”’…—·,.;:?!)]}%-")
OPENING = frozenset("（《〈「『【〔“‘([{")
#: Control characters move a terminal's cursor and write over its lines: a page's must not. One for one, so that
#: offsets stay.
CONTROLS = (range(0x20), range(0x7F, 0xA0), range(0x202A, 0x202F), range(0x2066, 0x206A))
HARMLESS = dict.fromkeys(chain.from_iterable(CONTROLS), "\ufffd")
HARMLESS |= dict.fromkeys(b"\t\n\r", " ")


def harmless(text: str) -> str:
    """A page's text as a terminal may show it.

    >>> harmless("江\\x1b[2J湾")
    '江\ufffd[2J湾'
    """
    return text.translate(HARMLESS)


def wrap(text: Text, width: int | None) -> list[Text]:
    """The lines of a text, each at most `width` cells; with None there is no limit.

    >>> [line.plain for line in wrap(Text("沿江新线今日开通。END of it"), 16)]
    ['沿江新线今日开', '通。END of it']
    """
    if width is None:
        return [text]
    lines = list(text.divide(_breaks(text.plain, max(width, 2))))
    for line in lines:
        line.rstrip()
    return lines


def _breaks(plain: str, width: int) -> Iterator[int]:
    """Where lines begin, but for the first."""
    start = best = used = 0
    for index, char in enumerate(plain):
        if index > start and _may_break(plain[index - 1], char):
            best = index
        cells = cell_len(char)
        if char != " " and used + cells > width and index > start:
            start = best if best > start else index
            yield start
            used = cell_len(plain[start:index])
        used += cells


def _may_break(before: str, after: str) -> bool:
    if before == " ":
        return True
    if after in CLOSING or before in OPENING or after == " ":
        return False
    return cell_len(before) == 2 or cell_len(after) == 2
