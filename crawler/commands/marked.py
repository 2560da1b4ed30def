"""A raw text with what the marks do to it, for people: `[-cut-]`, `{old→new}`, and a line for each rule."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.text import Text

from crawler.commands.wrap import harmless
from pipelines.model import CUTS, Mark, MarkKind

CUT = "red"
REPAIRED = "green"
#: Characters of a span that a note quotes; the text above it shows the whole.
MAX_QUOTE = 24


def marked(raw: str, marks: Sequence[Mark]) -> Text:
    """The text with its cuts and repairs in place; one that is cut whole is red all over and needs no brackets.

    >>> from pipelines.model import MarkField
    >>> cut = Mark(field=MarkField.BODY, paragraph=0, start=2, end=5, kind=MarkKind.INJECTED, rule="r", score=900)
    >>> marked("天气某某某晴朗", [cut]).plain
    '天气[-某某某-]晴朗'
    """
    gone = {place for mark in marks if mark.kind in CUTS for place in range(mark.start, mark.end)}
    if raw and len(gone) == len(raw):
        return Text(harmless(raw), style=CUT)
    text, at = Text(), 0
    for start, end, piece in sorted([*_cuts(raw, gone), *_repairs(raw, marks, gone)], key=lambda edit: edit[:2]):
        if start >= at:
            text.append(harmless(raw[at:start])).append_text(piece)
            at = end
    return text.append(harmless(raw[at:]))


def _cuts(raw: str, gone: set[int]) -> Iterator[tuple[int, int, Text]]:
    """Each run of characters that are cut."""
    for is_gone, places in groupby(range(len(raw)), key=gone.__contains__):
        if is_gone:
            run = list(places)
            yield run[0], run[-1] + 1, Text(f"[-{harmless(raw[run[0] : run[-1] + 1])}-]", style=CUT)


def _repairs(raw: str, marks: Sequence[Mark], gone: set[int]) -> Iterator[tuple[int, int, Text]]:
    """Each repair that no cut takes away."""
    for mark in marks:
        if mark.replacement is not None and not gone.intersection(range(mark.start, mark.end)):
            old, new = _visible(raw[mark.start : mark.end]), _visible(mark.replacement)
            yield mark.start, mark.end, Text(f"{{{old}→{new}}}", style=REPAIRED)


def _visible(text: str) -> str:
    """Characters that show nothing, by their numbers.

    >>> _visible("江\u200b")
    '江U+200B'
    """
    return "".join(char if char.isprintable() or char == "\u3000" else f"U+{ord(char):04X}" for char in text)


def notes(raw: str, marks: Sequence[Mark]) -> Iterator[str]:
    """A line for each rule that cut, repaired or labelled something in the text."""
    by_rule: dict[tuple[MarkKind, str], list[Mark]] = {}
    for mark in marks:
        by_rule.setdefault((mark.kind, mark.rule), []).append(mark)
    for (kind, rule), mine in by_rule.items():
        if kind == MarkKind.REPAIRED:
            yield f"repaired: {rule}, {len(mine)}×"
            continue
        what = f"cut as {kind}" if kind in CUTS else f"labelled {kind}"
        quotes = "、".join(dict.fromkeys(_quote(raw, mark) for mark in mine if mark.end - mark.start < len(raw)))
        yield f"{what}: {rule} {max(mark.score for mark in mine) / 1000:.2f} {quotes}".rstrip()


def _quote(raw: str, mark: Mark) -> str:
    span = harmless(raw[mark.start : mark.end])
    return f"“{span if len(span) <= MAX_QUOTE else span[: MAX_QUOTE - 1] + '…'}”" if span else ""
