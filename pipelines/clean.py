"""Clean text is what the marks leave of the raw text: replacements applied, cuts left out, nothing else changed."""

from collections.abc import Iterable

from pipelines.model import CUTS, Mark, MarkField, Paragraph


def apply_marks(raw: str, marks: Iterable[Mark]) -> str:
    """Return a raw field without its cuts and with its repairs. A cut wins over a repair that it overlaps.

    >>> from pipelines.model import MarkKind
    >>> cut = Mark(field=MarkField.BODY, paragraph=0, start=2, end=5, kind=MarkKind.INJECTED, rule="r", score=900)
    >>> apply_marks("天气某某某晴朗", [cut])
    '天气晴朗'
    """
    mine = list(marks)
    cuts = sorted((mark.start, mark.end) for mark in mine if mark.kind in CUTS and mark.start < mark.end)
    repairs = sorted((m.start, m.end, m.replacement) for m in mine if m.replacement is not None)
    edits: list[tuple[int, int, str]] = [(start, end, "") for start, end in _merge(cuts)]
    for start, end, replacement in repairs:
        if not any(
            (start < cut_end and cut_start < end) or cut_start < start == end < cut_end
            for cut_start, cut_end, _ in edits
        ):
            edits.append((start, end, replacement))
    return _splice(raw, sorted(edits))


def clean_paragraph(paragraph: Paragraph, marks: Iterable[Mark]) -> str:
    """Return one paragraph's clean text; "" when it is cut whole."""
    return apply_marks(paragraph.raw, (mark for mark in marks if mark.paragraph == paragraph.index))


def clean_title(title: str, marks: Iterable[Mark]) -> str:
    """Return the title's clean text."""
    return apply_marks(title, (mark for mark in marks if mark.field == MarkField.TITLE)).strip()


def clean_text(paragraphs: Iterable[Paragraph], marks: Iterable[Mark]) -> str:
    """Return the clean paragraphs, one a line, those that are cut whole left out."""
    mine = list(marks)
    lines = (clean_paragraph(paragraph, mine).strip() for paragraph in paragraphs)
    return "\n".join(line for line in lines if line)


def _merge(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Merge overlapping and touching spans, given in order."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _splice(raw: str, edits: list[tuple[int, int, str]]) -> str:
    """Return the text with each (start, end, replacement) in place; an edit that begins inside another is left out."""
    pieces, at = [], 0
    for start, end, replacement in edits:
        if start < at:
            continue
        pieces += [raw[at:start], replacement]
        at = end
    return "".join([*pieces, raw[at:]])
