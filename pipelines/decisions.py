"""What people decided about marks: found again in every reading of the article, and laid over the marks it has there.

A decision names its place by the text itself, so it outlives what moves offsets and numbers: another version of the
pipeline, a paragraph that the outlet added, a caption that an extractor learned to read. Documents do not change.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice

from pipelines.model import CUTS, Mark, MarkField, MarkKind, Paragraph

#: Characters of its paragraph on each side that a place is told by; where others look the same, ever more of the text.
CONTEXT = 16
#: Characters on one side that are enough to know a place by, when the other side has changed.
ENOUGH = 8
#: The rule of a mark that a person made.
RULE = "review"
#: Around all paragraphs: ASCII's own signs for where a text starts and ends.
_START, _BORDER, _END = "\x02", "\n", "\x03"


class Verdict(StrEnum):
    """What a person said of a span."""

    UNDONE = "undone"  # the mark is wrong: the text stands as published
    CONFIRMED = "confirmed"  # the mark is right, and stands where the judge no longer makes it
    CUT = "cut"  # the judge missed it
    CLEARED = "cleared"  # what was decided here before holds no longer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a document says before anybody decided: raw texts, and the pipeline's marks over them."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A span of one reading, as a mark counts it."""

    field: MarkField
    paragraph: int | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A span of an article, whatever reads it: its raw characters between those around them."""

    field: MarkField
    before: str
    span: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One person's word on one span."""

    #: The archive's id, in the order in which decisions were made; 0 before it is stored.
    id: int = 0
    anchor: Anchor
    verdict: Verdict
    #: Of the mark that was decided on, or of the cut that was made.
    kind: MarkKind
    #: Of a repair that was decided on.
    replacement: str | None = None
    note: str = ""
    by: str
    #: Aware.
    at: datetime

    @property
    def key(self) -> bytes:
        """What a later decision on the same matter has as well: sha256 of place and matter, all cuts being one."""
        anchor = self.anchor
        words = (anchor.field, "cut" if self.kind in CUTS else self.kind, anchor.before, anchor.span, anchor.after)
        return hashlib.sha256("\0".join(words).encode()).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A mark, and the last decision that speaks of it."""

    mark: Mark
    decision: Decision | None = None

    @property
    def stands(self) -> bool:
        """Whether it does what its kind does."""
        return self.decision is None or self.decision.verdict is not Verdict.UNDONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """A reading after what people decided."""

    #: The pipeline's marks in their order, then those that people made, in theirs.
    marks: tuple[Decided, ...]
    #: Each decision with the places it may lie at: one, or it is not applied: none (missing), several (ambiguous).
    found: tuple[tuple[Decision, tuple[Place, ...]], ...]

    def standing(self) -> tuple[Mark, ...]:
        """The marks that make the clean text."""
        return tuple(one.mark for one in self.marks if one.stands)


def anchor_at(reading: Reading, place: Place) -> Anchor:
    """Describe a place so that `find` tells it from every other of this reading.

    >>> text = (Paragraph(index=0, raw="江湾今日放晴。"), Paragraph(index=1, raw="市民上堤散步。"))
    >>> place = Place(field=MarkField.BODY, paragraph=1, start=2, end=4)
    >>> anchor_at(Reading(title="", paragraphs=text), place).span
    '上堤'
    """
    if place.field is MarkField.DOCUMENT:
        return Anchor(field=place.field, before="", span="", after="")
    text, starts = _flat(reading, place.field)
    start, end = (starts[place.paragraph or 0] + offset for offset in (place.start, place.end))
    for first, last in _contexts(text, start, end):
        if len(list(islice(_occurrences(text, text[first:last]), 2))) == 1:
            break
    return Anchor(field=place.field, before=text[first:start], span=text[start:end], after=text[end:last])


def _contexts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ever wider surroundings of a span: of its own paragraph where that is enough, of the whole text at last."""
    head, tail = text.rindex(_BORDER, 0, start), text.index(_BORDER, end) + 1
    whole = head == start - 1 and tail == end + 1
    reach = CONTEXT
    first = max(head, start - reach) if whole or start - head >= ENOUGH else max(0, start - reach)
    last = min(tail, end + reach) if whole or tail - end >= ENOUGH else end + reach
    yield first, last
    while first > 0 or last < len(text):
        first, last = max(0, start - reach), end + reach
        yield first, last
        reach *= 2


def find(reading: Reading, anchor: Anchor) -> tuple[Place, ...]:
    """Return where an anchor may lie: between the texts that it had around it, or else beside one of them.

    A text of a few characters beside a span tells nothing. What was a whole paragraph must be one: 广告 alone on its
    line is not the beginning of 广告费用上涨.
    """
    if anchor.field is MarkField.DOCUMENT:
        return (Place(field=anchor.field, paragraph=None, start=0, end=0),)
    before, after = anchor.before, anchor.after
    border = _BORDER if before.endswith(_BORDER) and after.startswith(_BORDER) else ""
    one_side = ((before, border) if len(before) >= ENOUGH else None, (border, after) if len(after) >= ENOUGH else None)
    for sides in (((before, after),), one_side):
        places = {place for side in sides if side for place in islice(_places(reading, anchor, *side), 2)}
        if places:
            return tuple(sorted(places, key=lambda place: (place.paragraph or 0, place.start)))
    return ()


def lay(reading: Reading, decisions: Iterable[Decision]) -> Laid:
    """Lay decisions over a reading's marks, in the order in which they were made: the last word on a mark holds.

    A cut that touches text whose cut was undone falls whole, whichever rule made it: a person said that this text
    belongs, and a cut less is better than a wrong one. Marks of other kinds answer to decisions on their own kind.
    """
    rows = [Decided(mark=mark) for mark in reading.marks]
    found = []
    for decision in decisions:
        places = find(reading, decision.anchor)
        found.append((decision, places))
        if len(places) == 1:
            rows = _apply(rows, decision, places[0])
    return Laid(marks=tuple(rows), found=tuple(found))


def place_of(mark: Mark) -> Place:
    """Return where a mark lies."""
    return Place(field=mark.field, paragraph=mark.paragraph, start=mark.start, end=mark.end)


def _apply(rows: Sequence[Decided], decision: Decision, place: Place) -> list[Decided]:
    if decision.verdict is Verdict.UNDONE:
        meant = [_same_matter(row.mark.kind, decision.kind) and _touch(place_of(row.mark), place) for row in rows]
    else:
        meant = [row.mark.kind is decision.kind and place_of(row.mark) == place for row in rows]
    after = [Decided(mark=row.mark, decision=decision) if hit else row for row, hit in zip(rows, meant, strict=True)]
    if decision.verdict is not Verdict.UNDONE and not any(meant):
        after.append(Decided(mark=_mark(decision, place), decision=decision))
    return after


def _mark(decision: Decision, place: Place) -> Mark:
    return Mark(
        field=place.field,
        paragraph=place.paragraph,
        start=place.start,
        end=place.end,
        kind=decision.kind,
        rule=RULE,
        score=1000,
        replacement=decision.replacement,
    )


def _same_matter(kind: MarkKind, other: MarkKind) -> bool:
    return kind is other or (kind in CUTS and other in CUTS)


def _touch(mine: Place, other: Place) -> bool:
    """Whether two places share a character, or are the same."""
    if (mine.field, mine.paragraph) != (other.field, other.paragraph):
        return False
    return mine == other or (mine.start < other.end and other.start < mine.end)


def _flat(reading: Reading, field: MarkField) -> tuple[str, list[int]]:
    """The raw text of a field in one string, and where in it each paragraph starts."""
    lines = [reading.title] if field is MarkField.TITLE else [paragraph.raw for paragraph in reading.paragraphs]
    starts, at = [], len(_START + _BORDER)
    for line in lines:
        starts.append(at)
        at += len(line) + len(_BORDER)
    return f"{_START}{_BORDER}{_BORDER.join(lines)}{_BORDER}{_END}", starts


def _places(reading: Reading, anchor: Anchor, head: str, tail: str) -> Iterator[Place]:
    """Where the span stands between two texts; a place over the border of paragraphs is none."""
    text, starts = _flat(reading, anchor.field)
    for at in _occurrences(text, head + anchor.span + tail):
        number = max(0, bisect_right(starts, at + len(head)) - 1)
        start = at + len(head) - starts[number]
        line = reading.title if anchor.field is MarkField.TITLE else reading.paragraphs[number].raw
        if 0 <= start <= start + len(anchor.span) <= len(line):
            paragraph = number if anchor.field is MarkField.BODY else None
            yield Place(field=anchor.field, paragraph=paragraph, start=start, end=start + len(anchor.span))


def _occurrences(text: str, wanted: str) -> Iterator[int]:
    """Where a string begins in the text, overlapping ones too."""
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)
