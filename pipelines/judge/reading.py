"""An article as the judge reads it: every paragraph with its folded text, read once for all questions."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

from pipelines.fold import fold
from pipelines.model import BlockKind, Mark, MarkField, MarkKind, Paragraph

#: 图/…, （…摄）, 资料图: a credit at either end of a line that is too short to be a paragraph.
_CAPTION_TAIL = re.compile(
    r"(?:[(（【\[][^()（）]{0,16})?(?:摄影?报道|摄影?|供图|府上图|资料图|资料照片?|图源\S{0,12}|制图|截图)[)）】\]]?[。.]?$"
)
_CAPTION_CREDIT = re.compile(
    r"[(（【\[](?:图|图片|来源|图源|图片来源|摄影?|记者)[/／|丨:： ][^()（）]{1,24}[)）】\]][。.]?$"
)
_CAPTION_HEAD = re.compile(
    r"^(?:[▲△▼↑↓◀▶■]|资料图|图片来源|图为|图[一二三四五六七八九十0-9]{0,2}[/／|丨:：]|[(（]?图源)"
)
_LONG_CAPTION = 60
_NO_WORD = re.compile(r"[\W_]+")
#: A paragraph shorter than this is a heading, a name or a line of dialogue.
LINE = 24


@dataclass(frozen=True)
class Line:
    """One paragraph; offsets in `folded` are offsets in `raw`."""

    index: int
    raw: str
    folded: str
    is_caption: bool

    @cached_property
    def bare(self) -> str:
        """The folded text as `pipelines.fingerprint.bare` has it: without white space and punctuation."""
        return _NO_WORD.sub("", self.folded)


@dataclass(frozen=True, slots=True)
class Article:
    """Title and paragraphs, folded."""

    title: str
    folded_title: str
    lines: tuple[Line, ...]


def read_article(title: str, paragraphs: Sequence[Paragraph]) -> Article:
    """Fold every text once and find the captions."""
    whole, ends = fold("".join(p.raw for p in paragraphs)), list(accumulate(len(p.raw) for p in paragraphs))
    lines = tuple(
        Line(p.index, p.raw, whole[end - len(p.raw) : end], p.kind == BlockKind.CAPTION or looks_like_caption(p.raw))
        for p, end in zip(paragraphs, ends, strict=True)
    )
    return Article(title, fold(title), lines)


def leave_out(marks: Sequence[Mark], article: Article) -> Article:
    """The article with folded texts that lack these spans: what it says itself. The raw texts stay whole."""
    if not marks:
        return article
    spans: dict[int | None, list[tuple[int, int]]] = {}
    for mark in marks:
        spans.setdefault(mark.paragraph, []).append((mark.start, mark.end))
    lines = tuple(
        replace(line, folded=without(line.folded, spans[line.index])) if line.index in spans else line
        for line in article.lines
    )
    return Article(article.title, without(article.folded_title, spans.get(None, ())), lines)


def without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text without these spans."""
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + text[end:]
    return text


def looks_like_caption(text: str) -> bool:
    """Whether a short line describes or credits a picture.

    >>> looks_like_caption("春节前,灯会在古城开幕(资料图)"), looks_like_caption("他把资料图交给了记者。")
    (True, False)
    """
    stripped = text.strip()
    if len(stripped) > _LONG_CAPTION:
        return False
    return any(shape.search(stripped) for shape in (_CAPTION_TAIL, _CAPTION_CREDIT, _CAPTION_HEAD))


def mark_body(line: Line, start: int, end: int, kind: MarkKind, rule: str, score: int) -> Mark:
    """A cut or a label over a span of a paragraph."""
    return Mark(field=MarkField.BODY, paragraph=line.index, start=start, end=end, kind=kind, rule=rule, score=score)


def mark_title(start: int, end: int, kind: MarkKind, rule: str, score: int) -> Mark:
    """A cut or a label over a span of the title."""
    return Mark(field=MarkField.TITLE, paragraph=None, start=start, end=end, kind=kind, rule=rule, score=score)
