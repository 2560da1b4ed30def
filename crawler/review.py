"""An article under review: its marks and what was decided about each, by number; and new decisions on them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from psycopg import Connection

from pipelines.decisions import Anchor, Decided, Decision, Laid, Place, Reading, Verdict, anchor_at, lay, place_of
from pipelines.model import Mark, MarkField, MarkKind
from storage import decisions, reviews
from storage.errors import UnknownArticle

_SPAN = re.compile(r"(\d+)-(\d+)")


class WrongReview(Exception):
    """What was asked for does not fit the article as it reads now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a review: a mark, a decision that meets no mark, or both."""

    number: int
    mark: Mark | None
    decision: Decision | None
    #: Where it lies in this reading: one place; none or several for a decision that was not found.
    places: tuple[Place, ...]

    @property
    def kind(self) -> MarkKind:
        """Of the mark, or of what was decided about."""
        said = self.mark or self.decision
        assert said is not None
        return said.kind

    @property
    def stands(self) -> bool:
        """Whether there is a mark, and no person undid it."""
        return self.mark is not None and Decided(mark=self.mark, decision=self.decision).stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What readers see of an article, and how it came to be."""

    article_id: int
    document_id: int
    reading: Reading
    laid: Laid

    def entries(self) -> list[Entry]:
        """The judge's marks, numbered from 1 in the order of the text; then people's, then decisions without a mark."""
        entries = [
            Entry(number=number, mark=one.mark, decision=one.decision, places=(place_of(one.mark),))
            for number, one in enumerate(self.laid.marks, start=1)
        ]
        met = {entry.decision.id for entry in entries if entry.decision}
        idle = [(decision, places) for decision, places in self.laid.found if decision.id not in met]
        for number, (decision, places) in enumerate(idle, start=len(entries) + 1):
            entries.append(Entry(number=number, mark=None, decision=decision, places=places))
        return entries


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """What one person says in one call: numbers of entries, and cuts in words of `parse_cut`."""

    undo: Sequence[int] = ()
    confirm: Sequence[int] = ()
    clear: Sequence[int] = ()
    cut: Sequence[str] = ()
    #: Of the cuts; None lets `parse_cut` choose.
    kind: MarkKind | None = None
    note: str = ""
    by: str

    @property
    def decides(self) -> bool:
        """Whether anything is said at all."""
        return bool(self.undo or self.confirm or self.clear or self.cut)


def open_review(conn: Connection, article_id: int) -> Review:
    """Return an article as readers see it."""
    document_id = reviews.current(conn, article_id)
    if document_id is None:
        raise UnknownArticle(f"the archive holds no article {article_id}")
    reading = reviews.load(conn, document_id)
    laid = lay(reading, decisions.holding(conn, article_id))
    return Review(article_id=article_id, document_id=document_id, reading=reading, laid=laid)


def decide(conn: Connection, article_id: int, word: Word, *, document_id: int | None = None) -> list[Decision]:
    """Write down what a person says of an article; returns what is new. The caller commits.

    With `document_id` the numbers are of that document: nothing is decided once readers see another one.
    """
    reviews.lock(conn, article_id)
    review = open_review(conn, article_id)
    if document_id is not None and document_id != review.document_id:
        raise WrongReview(
            f"readers see document {review.document_id} of this article by now, not {document_id}: look at it again"
        )
    made = _decisions(review, word, datetime.now(UTC))
    decisions.add(conn, article_id=article_id, decisions=made)
    reviews.refresh(conn, article_id)
    return made


def _decisions(review: Review, word: Word, now: datetime) -> list[Decision]:
    entries = {entry.number: entry for entry in review.entries()}
    given = [
        (number, verdict)
        for numbers, verdict in (
            (word.undo, Verdict.UNDONE),
            (word.confirm, Verdict.CONFIRMED),
            (word.clear, Verdict.CLEARED),
        )
        for number in numbers
    ]
    if len({number for number, _ in given}) < len(given):
        raise WrongReview("the same number is given twice")
    made = []
    for number, verdict in given:
        if number not in entries:
            raise WrongReview(
                f"there is no number {number}: they go from 1 to {len(entries)}" if entries else "there is no mark here"
            )
        made += _on_entry(review, entries[number], verdict, word, now)
    return made + [_cut(review, words, word, now) for words in word.cut]


def _on_entry(review: Review, entry: Entry, verdict: Verdict, word: Word, now: datetime) -> list[Decision]:
    """A decision on one entry; none where the same was decided already."""
    mark, last = entry.mark, entry.decision
    if verdict is Verdict.CLEARED:
        if last is None:
            raise WrongReview(f"nobody has decided about number {entry.number}")
        return [_decision(last.anchor, verdict, last.kind, last.replacement, word, now)]
    if mark is None:
        raise WrongReview(f"number {entry.number} is a decision without a mark: it can only be cleared")
    anchor = _anchor(review, place_of(mark))
    if last and last.anchor == anchor and verdict == _said(last):
        return []
    return [_decision(anchor, verdict, mark.kind, mark.replacement, word, now)]


def _said(decision: Decision) -> Verdict:
    """A person's own cut needs nobody to confirm it."""
    return Verdict.CONFIRMED if decision.verdict is Verdict.CUT else decision.verdict


def _cut(review: Review, words: str, word: Word, now: datetime) -> Decision:
    place = parse_cut(review.reading, words)
    line = _line(review.reading, place.paragraph)
    whole = place.field is MarkField.BODY and (place.start, place.end) == (0, len(line))
    kind = word.kind or (MarkKind.OFF_TOPIC if whole else MarkKind.INJECTED)
    return _decision(_anchor(review, place), Verdict.CUT, kind, None, word, now)


def _decision(
    anchor: Anchor, verdict: Verdict, kind: MarkKind, replacement: str | None, word: Word, now: datetime
) -> Decision:
    return Decision(
        anchor=anchor, verdict=verdict, kind=kind, replacement=replacement, note=word.note, by=word.by, at=now
    )


def _anchor(review: Review, place: Place) -> Anchor:
    """The anchor that an earlier decision on this very place has, so that this one follows it; else a new one."""
    earlier = (decision.anchor for decision, places in review.laid.found if places == (place,))
    return next(earlier, None) or anchor_at(review.reading, place)


def parse_cut(reading: Reading, words: str) -> Place:
    """Read `7`, `7:12-20`, `7:some text` or `title:some text` as a place.

    >>> from pipelines.model import Paragraph
    >>> text = Reading(title="", paragraphs=(Paragraph(index=0, raw="江湾今日放晴。"),))
    >>> parse_cut(text, "0:今日").start
    2
    """
    where, colon, what = words.partition(":")
    if where == "title":
        paragraph = None
    elif where.isdecimal() and int(where) < len(reading.paragraphs):
        paragraph = int(where)
    else:
        last = len(reading.paragraphs) - 1
        raise WrongReview(f"{where!r} is no paragraph: they are numbered from 0 to {last}, and there is `title`")
    line = _line(reading, paragraph)
    start, end = _offsets(line, what) if colon else (0, len(line))
    if not 0 <= start < end <= len(line):
        raise WrongReview(f"{what or where} holds no character: paragraph and title count from 0 to {len(line)}")
    field = MarkField.TITLE if paragraph is None else MarkField.BODY
    return Place(field=field, paragraph=paragraph, start=start, end=end)


def _offsets(line: str, what: str) -> tuple[int, int]:
    if given := _SPAN.fullmatch(what):
        return int(given[1]), int(given[2])
    start = line.find(what)
    if not what or start < 0:
        raise WrongReview(f"“{what}” does not stand there")
    if line.find(what, start + 1) >= 0:
        raise WrongReview(f"“{what}” stands there more than once: give more of the text, or START-END")
    return start, start + len(what)


def _line(reading: Reading, paragraph: int | None) -> str:
    return reading.title if paragraph is None else reading.paragraphs[paragraph].raw
