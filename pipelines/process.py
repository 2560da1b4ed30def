"""The whole flow on one page: the bytes of one article in, a judged document out."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.citations import cite
from pipelines.clean import clean_text, clean_title
from pipelines.extract import extract
from pipelines.fingerprint import fingerprint
from pipelines.fold import fold
from pipelines.identity import capture_key
from pipelines.judge import judge
from pipelines.judge_model import JudgeModel
from pipelines.language import detect_language
from pipelines.model import Capture, Document, Extraction, Mark, MarkField, MarkKind, Paragraph, Source
from pipelines.page import read_page
from pipelines.refuse import refuse
from pipelines.repair import Repaired, find_suspects, repair

_FIELD_ORDER = {MarkField.DOCUMENT: 0, MarkField.TITLE: 1, MarkField.BODY: 2}


def process(captures: Sequence[Capture], source: Source, model: JudgeModel) -> Document:
    """Read one article: captures[0] is its page, the rest its JSON twin and further pages, in order.

    Raises a PipelineError, which names its outcome, when the capture is no article or cannot be read as one.
    """
    pages = [read_page(capture) for capture in captures]
    refuse(pages[0], captures[0])
    extraction = extract(pages, source)
    paragraphs, marks, spun_score = judge_text(extraction, model)
    title = clean_title(extraction.title, marks)
    text = clean_text(paragraphs, marks)
    folded = fold(f"{title}\n{text}")
    return Document(
        url=captures[0].url,
        key=capture_key(captures[0], source),
        layout=extraction.layout,
        title=extraction.title,
        kicker=extraction.kicker,
        subtitle=extraction.subtitle,
        column=extraction.column,
        section=extraction.section,
        byline=extraction.byline,
        editor=extraction.editor,
        origin=extraction.origin,
        published_text=extraction.published_text,
        published_at=extraction.published_at,
        date_quality=extraction.date_quality,
        found_by=extraction.found_by,
        language=detect_language(text or title),
        paragraphs=paragraphs,
        marks=marks,
        clean_title=title,
        clean_text=text,
        folded=folded,
        spun_score=spun_score,
        fingerprint=fingerprint(text),
        citations=cite(folded[len(title) + 1 :]),
        outside_chars=extraction.outside_chars,
        charset=pages[0].charset,
    )


def judge_text(extraction: Extraction, model: JudgeModel) -> tuple[tuple[Paragraph, ...], tuple[Mark, ...], int]:
    """Repair and judge what was extracted. Returns the raw paragraphs, all marks over them, and the spun score."""
    paragraphs = tuple(
        Paragraph(index=index, raw=block.text, kind=block.kind, image=block.image)
        for index, block in enumerate(extraction.blocks)
    )
    title = repair(extraction.title)
    texts = [repair(paragraph.raw) for paragraph in paragraphs]
    repaired = [replace(one, raw=text.text) for one, text in zip(paragraphs, texts, strict=True)]
    judgement = judge(title.text, repaired, model)
    suspects = find_suspects(title.text, [text.text for text in texts])
    marks = [
        *_repair_marks(MarkField.TITLE, None, title),
        *(
            mark
            for one, text in zip(paragraphs, texts, strict=True)
            for mark in _repair_marks(MarkField.BODY, one.index, text)
        ),
        *(_over_raw(mark, title, texts) for mark in (*judgement.marks, *suspects)),
    ]
    return paragraphs, tuple(sorted(marks, key=_place)), judgement.spun_score


def _repair_marks(field: MarkField, paragraph: int | None, repaired: Repaired) -> Iterable[Mark]:
    for span in repaired.spans:
        yield Mark(
            field=field,
            paragraph=paragraph,
            start=span.start,
            end=span.end,
            kind=MarkKind.REPAIRED,
            rule=span.rule,
            score=1000,
            replacement=span.replacement,
        )


def _over_raw(mark: Mark, title: Repaired, texts: Sequence[Repaired]) -> Mark:
    """Move a mark from the repaired text that the judge saw to the raw text that is stored."""
    if mark.field == MarkField.DOCUMENT:
        return mark
    seen = title if mark.paragraph is None else texts[mark.paragraph]
    start, end = seen.to_raw(mark.start, mark.end)
    return replace(mark, start=start, end=end)


def _place(mark: Mark) -> tuple[int, int, int, int, str, str]:
    paragraph = -1 if mark.paragraph is None else mark.paragraph
    return (_FIELD_ORDER[mark.field], paragraph, mark.start, mark.end, mark.kind, mark.rule)
