"""What a repair did: the text it gave, and which spans of the raw text it replaced."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

#: Characters on either side within which the texts fall into step again: most repairs are as short.
_NEAR = 40
#: Behind a longer one, so many characters in a row say that they have, as far away as this.
_ANCHOR, _FAR = 6, 2_000


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
    spans = (Span(head + start, head + end, new, rule) for start, end, new in _edits(old, new))
    return Repaired(text, tuple(spans))


def _edits(old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, replacement), in order: linear in the length, as no general diff is on a text that repeats."""
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            i, j = i + 1, j + 1
            continue
        ahead, over = _near(old, new, i, j) or _far(old, new, i, j) or (len(old) - i, len(new) - j)
        yield i, i + ahead, new[j : j + over]
        i, j = i + ahead, j + over
    if i < len(old) or j < len(new):
        yield i, len(old), new[j:]


def _near(old: str, new: str, i: int, j: int) -> tuple[int, int] | None:
    """The least that is left out of both so that the next character is the same; of ASCII, the next three."""
    for skipped in range(1, _NEAR):
        for over in range(skipped + 1):
            a, b = i + skipped - over, j + over
            if old[a : a + 1] == new[b : b + 1] != "" and (old[a] > "\x7f" or old[a : a + 3] == new[b : b + 3]):
                return a - i, b - j
    return None


def _far(old: str, new: str, i: int, j: int) -> tuple[int, int] | None:
    """The same behind a long run: where a piece of the new text next stands in the old one."""
    for b in range(j, min(j + _FAR, len(new) - _ANCHOR + 1), _ANCHOR // 2):
        a = old.find(new[b : b + _ANCHOR], i, i + 3 * _FAR)
        if a >= 0:
            return a - i, b - j
    return None


def _common_prefix(a: str, b: str) -> int:
    limit = min(len(a), len(b))
    return next((i for i in range(limit) if a[i] != b[i]), limit)
