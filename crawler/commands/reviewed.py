"""An article under review, for people: its marks by number with what was decided about each, or its whole text."""

from datetime import datetime

from rich.text import Text

from crawler.commands.beside import print_beside
from crawler.commands.console import console
from crawler.commands.look import ZONE
from crawler.commands.marked import CUT, REPAIRED, marked
from crawler.commands.wrap import harmless
from crawler.review import Entry, Review
from pipelines.clean import clean_paragraph
from pipelines.decisions import Decision
from pipelines.model import CUTS, Mark, MarkField, MarkKind

#: Kinds that fill pages and that few people decide about: `--all` lists them.
USUAL = (MarkKind.REPAIRED, MarkKind.SPUN_WORD, MarkKind.CAPTION, MarkKind.CREDIT)
#: Characters of a long span that are shown, from its beginning and its end, and of the text on each side of it.
HEAD, TAIL, AROUND = 80, 24, 12
#: Cells before a mark's lines, and before a paragraph.
MARGIN, TEXT_MARGIN = 5, 7
LABEL = "yellow"


def print_entries(review: Review, *, show_all: bool) -> None:
    """Print each mark with the decision about it, then the decisions that meet no mark."""
    entries = review.entries()
    shown = [entry for entry in entries if show_all or entry.decision or entry.kind not in USUAL]
    for entry in shown:
        console.print()
        print_beside(f"{entry.number:>3}", _title(entry), margin=MARGIN)
        if entry.mark is not None:
            print_beside("", quote(review, entry.mark, stands=entry.stands), margin=MARGIN)
        if entry.decision is not None:
            print_beside("", Text(said(entry.decision), style="cyan"), margin=MARGIN)
            if entry.mark is None:
                print_beside("", Text(_idle(entry), style="dim"), margin=MARGIN)
    if not entries:
        console.print("\nNo marks: readers see the text as published.")
    elif hidden := len(entries) - len(shown):
        console.print(f"\n{hidden} repairs and plain labels are not shown: --all", style="dim")
    console.print("\n--undo N, --confirm N, --clear N; --text numbers the paragraphs for --cut", style="dim")


def print_text(review: Review) -> None:
    """Print title and paragraphs with what marks and decisions do to them, by the numbers that --cut takes."""
    standing = review.laid.standing()
    titles = [mark for mark in standing if mark.field is MarkField.TITLE]
    console.print()
    print_beside("title", marked(review.reading.title, titles), margin=TEXT_MARGIN)
    for paragraph in review.reading.paragraphs:
        mine = [mark for mark in standing if mark.paragraph == paragraph.index]
        sign = " " if clean_paragraph(paragraph, mine).strip() else "-"
        print_beside(f"{paragraph.index:>4} {sign}", marked(paragraph.raw, mine), margin=TEXT_MARGIN)
    console.print("\n--cut N, --cut N:TEXT, --cut N:START-END, --cut title:TEXT", style="dim")


def said(decision: Decision) -> str:
    """A decision in a line.

    >>> from datetime import UTC
    >>> from pipelines.decisions import Anchor, Verdict
    >>> there = Anchor(field=MarkField.BODY, before="", span="江湾", after="")
    >>> noon = datetime(2026, 3, 2, 4, tzinfo=UTC)
    >>> said(Decision(anchor=there, verdict=Verdict.UNDONE, kind=MarkKind.PROMO, by="林晚", at=noon, note="真名"))
    'undone by 林晚, 2026-03-02 12:00: 真名'
    """
    note = f": {harmless(decision.note)}" if decision.note else ""
    return f"{decision.verdict} by {harmless(decision.by)}, {when(decision.at)}{note}"


def quote(review: Review, mark: Mark, *, stands: bool) -> Text:
    """The span in a little of its text: `[-cut-]`, `[+put back+]`, `{old→new}` or `[labelled]`."""
    if mark.field is MarkField.DOCUMENT:
        return Text("the whole document", style="dim")
    line = review.reading.title if mark.paragraph is None else review.reading.paragraphs[mark.paragraph].raw
    before, span, after = line[: mark.start], line[mark.start : mark.end], line[mark.end :]
    signs = ("[-", "-]", CUT) if mark.kind in CUTS else ("[", "]", LABEL)
    if not stands:
        signs = ("[+", "+]", REPAIRED)
    elif mark.replacement is not None:
        signs = ("{", f"→{harmless(mark.replacement)}}}", REPAIRED)
    return Text.assemble(
        ("…" if len(before) > AROUND else "") + harmless(before[-AROUND:]),
        (signs[0] + short(span) + signs[1], signs[2]),
        harmless(after[:AROUND]) + ("…" if len(after) > AROUND else ""),
    )


def short(span: str, head: int = HEAD, tail: int = TAIL) -> str:
    """The beginning and the end of a span.

    >>> short("江湾今日放晴，市民上堤散步。", 4, 3)
    '江湾今日 … 散步。'
    """
    return harmless(span if len(span) <= head + tail + 3 else f"{span[:head]} … {span[-tail:]}")


def when(at: datetime) -> str:
    """A time as the outlets' readers tell it."""
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def _title(entry: Entry) -> Text:
    """What a mark is, by which rule, and where; of a decision without one, what it is about."""
    mark = entry.mark
    if mark is None:
        return Text(f"decision about {entry.kind}", style="bold")
    style = f"bold {CUT}" if mark.kind in CUTS and entry.stands else "bold"
    where = {MarkField.BODY: f"paragraph {mark.paragraph}", MarkField.TITLE: "title"}.get(mark.field, "whole document")
    return Text.assemble((mark.kind, style), f"  {mark.rule} {mark.score / 1000:.2f}  ", (where, "dim"))


def _idle(entry: Entry) -> str:
    """Why a decision meets no mark."""
    assert entry.decision is not None
    span = short(entry.decision.anchor.span, 30, 10) or "the whole document"
    if not entry.places:
        return f"“{span}” is not in the text that readers see"
    if len(entry.places) > 1:
        return f"“{span}” stands in the text more than once, and nothing tells which is meant"
    return f"“{span}” bears no such mark now"
