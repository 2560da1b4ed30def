"""Which texts are related: equal, edited, held whole in a longer one, or reworded.

Candidates share rare sampled shingles; each pair is then verified on all its shingles, so that nothing is said of two
texts on the strength of a sketch alone.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from pipelines.fingerprint import SHINGLE, bare, shingles


class PairKind(StrEnum):
    """How two texts are related."""

    SAME = "same"  # equal once width, script, case, punctuation and white space are folded
    NEAR = "near"  # one text with edits
    CONTAINS = "contains"  # one holds the other whole
    SPUN = "spun"  # the same text reworded (伪原创)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """A text to be compared."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two related texts, a < b; score in per mille."""

    a: str
    b: str
    kind: PairKind
    score: int


@dataclass(frozen=True, slots=True)
class _Text:
    id: str
    bare: str
    grams: frozenset[str]


#: One shingle in this many is looked up; the rest only verify.
_SAMPLE = 8
#: A shingle of more texts than this is a phrase of the trade, not a trace of copying.
_MAX_TEXTS = 24
#: Sampled shingles that two texts must share before they are compared in full.
_MIN_SHARED = 3
#: Texts shorter than this are compared for equality only: two bulletins may share a stock sentence.
_MIN_LENGTH = 80
#: Per mille of the shorter text's shingles that an edited copy keeps, and that a reworded one keeps.
_NEAR, _SPUN = 800, 350
#: Short gaps for every thousand shingles: rewording leaves 14 to 70 of them, editing fewer than 10.
_SPUN_GAPS, _GAP = 12, 20
#: A longer run without a shared shingle in a reworded text: a paragraph of another text.
_SPUN_FOREIGN = 150
#: Per mille of the facts of a reworded text that its original states too. Notices written to one pattern (a session
#: each month, an obituary) read like copies of one another, but their dates and ordinals differ.
_FACTS = 850
_FACT = re.compile(r"[0-9]+|[a-z]{2,}|第[一二三四五六七八九十百]+|[一二三四五六七八九十]{2,}")


def match(items: Iterable[Comparable]) -> list[Pair]:
    """Every related pair, in order of a, b; each pair once, under the closest kind."""
    texts = [_read(item) for item in items]
    pairs = [pair for mine, other in _candidates(texts) if (pair := compare(mine, other)) is not None]
    return sorted(pairs, key=lambda pair: (pair.a, pair.b))


def _read(item: Comparable) -> _Text:
    plain = bare(item.text)
    return _Text(item.id, plain, frozenset(shingles(plain)))


def _candidates(texts: list[_Text]) -> Iterator[tuple[_Text, _Text]]:
    """Pairs with equal bare text or enough rare shingles in common, each once."""
    by_gram: dict[str, list[int]] = defaultdict(list)
    by_text: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(texts):
        by_text[text.bare].append(at)
        for gram in text.grams:
            if zlib.crc32(gram.encode("utf-8", "surrogatepass")) % _SAMPLE == 0:
                by_gram[gram].append(at)
    shared = Counter(pair for group in by_gram.values() if len(group) <= _MAX_TEXTS for pair in _pairs(group))
    equal = {pair for plain, group in by_text.items() if plain for pair in _pairs(group)}
    for mine, other in sorted(equal | {pair for pair, count in shared.items() if count >= _MIN_SHARED}):
        if texts[mine].id != texts[other].id:
            yield texts[mine], texts[other]


def _pairs(group: list[int]) -> Iterator[tuple[int, int]]:
    return ((a, b) for i, a in enumerate(group) for b in group[i + 1 :])


def compare(mine: _Text, other: _Text) -> Pair | None:
    """How two texts are related, or None."""
    judged = _judge(*sorted((mine, other), key=lambda text: (len(text.bare), text.id)))
    if judged is None:
        return None
    a, b = sorted((mine.id, other.id))
    return Pair(a=a, b=b, kind=judged[0], score=judged[1])


def _judge(short: _Text, long: _Text) -> tuple[PairKind, int] | None:
    if short.bare == long.bare:
        return PairKind.SAME, 1000
    if len(short.bare) < _MIN_LENGTH:
        return None
    if short.bare in long.bare:
        return PairKind.CONTAINS, 1000
    held = 1000 * len(short.grams & long.grams) // len(short.grams)
    if held < _SPUN:
        return None
    gaps, foreign = _gaps(short, long)
    if gaps >= _SPUN_GAPS:
        return (PairKind.SPUN, held) if foreign <= _SPUN_FOREIGN and _facts_agree(short, long) else None
    return (PairKind.NEAR, held) if held >= _NEAR else None


def _facts_agree(short: _Text, long: _Text) -> bool:
    """Numbers, ordinals and Latin words: what rewording by synonyms leaves as it was."""
    facts, known = set(_FACT.findall(short.bare)), set(_FACT.findall(long.bare))
    return 1000 * len(facts & known) >= _FACTS * len(facts)


def _gaps(text: _Text, other: _Text) -> tuple[int, int]:
    """Runs of shingles that the other text lacks, per thousand: how many are short, how much lies in long ones."""
    short, foreign, run = 0, 0, 0
    total = len(text.bare) - SHINGLE + 1
    for i in range(total + 1):
        if i < total and text.bare[i : i + SHINGLE] not in other.grams:
            run += 1
        elif run:
            short, foreign = (short + 1, foreign) if run <= _GAP else (short, foreign + run)
            run = 0
    return 1000 * short // total, 1000 * foreign // total
