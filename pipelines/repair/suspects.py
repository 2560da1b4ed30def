"""What no repair can undo: characters whose bytes are gone, or that only a newspaper's own font could show."""

import re
from collections.abc import Iterator, Sequence

from pipelines.model import Mark, MarkField, MarkKind
from pipelines.repair.encodings import looks_foreign, plausible

#: GBK read as UTF-8, U+FFFD and what stands between two of them; the same once more (锟斤拷); Visual C++'s fill bytes.
_LOST = re.compile(
    "\ufffd(?:.{0,3}\ufffd)*|(?:锟.{0,2}拷|斤拷)(?:.{0,2}[锟拷])*[斤\ufffd]?|烫{3,}烫*|屯{3,}屯*|葺{3,}葺*",
    re.S,
)
#: Question marks that a database or a converter put for what it could not hold.
_ASKED = re.compile(r"\?{3,}")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]+")
_LATIN = re.compile(r"[\x80-\xff\u0152-\u0192\u02c6-\u02dc\u20ac\u2122]{8,}")
#: A text without any of these holds none of the above.
_SIGN = re.compile("[\ufffd锟烫屯葺\ue000-\uf8ff\U000f0000-\U0010ffff]|斤拷|[\x80-\u02dc]{2}|[?]{3}")
_HANZI = re.compile("[\u3400-\u9fff]")
_KANA = re.compile("[\u3040-\u30ff\uac00-\ud7a3]")
#: A text shorter than this says too little about itself.
_MIN_HANZI = 8
#: Ordinary characters, in per mille, below which a text of Hanzi was read in the wrong character set.
_FOREIGN = 350
#: Share of a document's characters, in per mille, and number of them, from which it is suspect as a whole.
_SOUP, _MIN_SOUP = 100, 10


def find_suspects(title: str, texts: Sequence[str]) -> Iterator[Mark]:
    """Labels over the repaired title and paragraphs, and one for the document when a tenth of it is lost.

    Rules: `lost_characters` (U+FFFD, 锟斤拷, 烫烫烫, ???), `wrong_charset` (mojibake that has no way back),
    `private_use` (glyphs of a font of the paper's own). The score of the document's mark is the share that is lost.
    """
    marks = [*_flag(MarkField.TITLE, None, title)]
    for index, text in enumerate(texts):
        marks += _flag(MarkField.BODY, index, text)
    lost = sum(mark.end - mark.start for mark in marks if mark.field is MarkField.BODY and mark.rule != "private_use")
    share = 1000 * lost // max(1, sum(map(len, texts)))
    if share >= _SOUP and lost >= _MIN_SOUP:
        yield _mark(MarkField.DOCUMENT, None, 0, 0, "lost_characters", share)
    yield from marks


def _flag(field: MarkField, paragraph: int | None, text: str) -> Iterator[Mark]:
    if _misread(text):
        yield _mark(field, paragraph, 0, len(text), "wrong_charset")
        return
    if not _SIGN.search(text):
        return
    for start, end, rule in sorted(_spans(text)):
        yield _mark(field, paragraph, start, end, rule)


def _spans(text: str) -> Iterator[tuple[int, int, str]]:
    for rule, pattern in (("lost_characters", _LOST), ("private_use", _PRIVATE), ("wrong_charset", _LATIN)):
        for found in pattern.finditer(text):
            yield *found.span(), rule
    if text.count("?") * 2 > len(text):
        for found in _ASKED.finditer(text):
            yield *found.span(), "lost_characters"


def _misread(text: str) -> bool:
    """Hanzi that make no text: rare ones, as a wrong character set gives them. Kana and Hangul are no mojibake."""
    if not looks_foreign(text) or "\ufffd" in text or _KANA.search(text):
        return False
    hanzi = "".join(_HANZI.findall(text))
    return len(hanzi) >= _MIN_HANZI and plausible(hanzi) < _FOREIGN


def _mark(field: MarkField, paragraph: int | None, start: int, end: int, rule: str, score: int = 1000) -> Mark:
    return Mark(field=field, paragraph=paragraph, start=start, end=end, kind=MarkKind.SUSPECT, rule=rule, score=score)
