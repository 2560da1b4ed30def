"""What a repair did: the text it gave, and which spans of the raw text it replaced."""

from bisect import bisect_right
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Texts whose differing middles multiply to more than this are replaced whole: a finer diff would take seconds.
_MAX_CELLS = 4_000_000


@dataclass(frozen=True, slots=True)
class Span:
    """A replaced piece of the raw text; start == end where characters were put in."""

    start: int
    end: int
    replacement: str
    #: The repairs that changed this text, joined by +.
    rule: str


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repaired text and its spans, in order, without overlap, in offsets of the raw text."""

    text: str
    spans: tuple[Span, ...] = ()

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the repaired text stands in the raw one; a replacement is taken whole or not at all."""
        if not self.spans:
            return start, end
        raw_start = self._raw(start, after=True)
        return raw_start, max(raw_start, self._raw(end, after=False))

    def _raw(self, offset: int, *, after: bool) -> int:
        """The raw offset of a boundary. At an edge of a replacement, `after` keeps to the text behind the edge."""
        ends = self._ends()
        at = bisect_right(ends, offset) if after else bisect_right(ends, offset - 1)
        shift = self.spans[at - 1].end - ends[at - 1] if at else 0
        if at < len(self.spans):
            span = self.spans[at]
            opened = ends[at] - len(span.replacement)
            if opened < offset or (opened == offset and after and span.replacement):
                return span.start if after else span.end
        return offset + shift

    def _ends(self) -> list[int]:
        """Where each replacement ends in the repaired text."""
        ends, shift = [], 0
        for span in self.spans:
            shift += len(span.replacement) - (span.end - span.start)
            ends.append(span.end + shift)
        return ends


def compare(raw: str, text: str, rule: str) -> Repaired:
    """The repaired text with the character diff that leads to it; a function of the two texts alone."""
    if raw == text:
        return Repaired(raw)
    head = _common_prefix(raw, text)
    tail = _common_prefix(raw[head:][::-1], text[head:][::-1])
    old, new = raw[head : len(raw) - tail], text[head : len(text) - tail]
    if len(old) * len(new) > _MAX_CELLS:
        return Repaired(text, (Span(head, head + len(old), new, rule),))
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    spans = (Span(head + a, head + b, new[c:d], rule) for tag, a, b, c, d in steps if tag != "equal")
    return Repaired(text, tuple(spans))


def _common_prefix(a: str, b: str) -> int:
    limit = min(len(a), len(b))
    return next((i for i in range(limit) if a[i] != b[i]), limit)
