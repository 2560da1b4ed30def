"""Which texts are related: equal, edited, held whole in a longer one, or reworded.

Candidates share sampled shingles (`pipelines.sketch`); each pair is then verified on all its shingles, so that nothing
is said of two texts on the strength of a sketch alone.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pipelines.fingerprint import bare_lines
from pipelines.overlap import Overlap, Prepared, prepare
from pipelines.sketch import MIN_SHARED, MOST_SHARING, asked, stored

__all__ = ["MATCHER", "Comparable", "Pair", "PairKind", "Prepared", "Relation", "match", "prepare", "relate"]

#: The number of these decisions. Raise it with every change that changes one: what was related by a smaller number is
#: then worked out again.
MATCHER = 1


class PairKind(StrEnum):
    """How two texts are related."""

    SAME = "same"  # equal once width, script, case, punctuation and white space are folded
    NEAR = "near"  # one text with edits
    CONTAINS = "contains"  # one holds the other whole, beside other text
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a text a is related to a text b."""

    kind: PairKind
    #: Per mille of the shorter text's shingles that the longer one has.
    score: int
    #: Of `contains`: which one holds the other, "a" or "b"; else "".
    holder: str
    #: The evidence: lines of a and of b that are each other's counterparts, by line of a.
    lines: tuple[tuple[int, int], ...]


#: Shorter texts are compared for equality only: a stock sentence of a bulletin is no trace of copying.
_MIN_LENGTH = 60
#: Characters around a text that are no other article: a dateline, a byline, a tail.
_FRAME = 100
#: Per mille of the shorter text's shingles that an edited copy keeps, and a reworded one.
_NEAR, _SPUN = 660, 300
#: Words swapped for every thousand characters: rewording leaves 10 to 70, editing fewer. And at least so many.
_SWAPS, _FEW_SWAPS = 10, 3
#: Per mille of the shorter text that a reworded one has too, passage by passage with words swapped; and what is enough
#: beside so many facts that both state.
_COMMON, _COMMON_WITH_FACTS, _MANY_FACTS = 700, 520, 4
#: Per mille of the facts in these passages that both state, for numbers, ordinals and Latin words are left as they are
#: by who swaps words. Notices of one pattern (a session each month, an obituary, tomorrow's weather) read like copies
#: of one another, but it is their facts that differ: in a reworded copy only one swap of several touches a fact.
_FACTS, _SWAPS_A_FACT = 850, 6
#: An edited copy may have a fact or two of its own: a figure put right, the day of its dateline.
_NEW_FACTS = 2
_FACT = re.compile(
    r"[0-9]+[年月日时点分岁万亿元度届号期]?|[a-z]{2,}|第[一二三四五六七八九十百]+|[一二三四五六七八九十]{2,}"
)


#: Texts that `match` keeps made ready.
_KEPT_READY = 2000


def relate(a: Prepared, b: Prepared) -> Relation | None:
    """How two texts are related, under the closest kind, or None. It does not matter which is which."""
    if not a.bare or not b.bare:
        return None
    turned = (len(a.bare), a.bare) > (len(b.bare), b.bare)
    overlap = Overlap(b, a) if turned else Overlap(a, b)
    judged = _judge(overlap)
    if judged is None:
        return None
    kind, score = judged
    lines = overlap.lines() if len(overlap.short.shingles) else ()
    return Relation(
        kind=kind,
        score=score,
        holder=("a" if turned else "b") if kind == PairKind.CONTAINS else "",
        lines=tuple(sorted((b, a) for a, b in lines)) if turned else lines,
    )


def _judge(overlap: Overlap) -> tuple[PairKind, int] | None:
    short, long = overlap.short.bare, overlap.long.bare
    if short == long:
        return PairKind.SAME, 1000
    if len(short) < _MIN_LENGTH:
        return None
    if short in long:
        beside = len(long) - len(short)
        return (PairKind.CONTAINS if beside > min(_FRAME, len(short) // 2) else PairKind.NEAR), 1000
    held, total = overlap.held, len(overlap.short.shingles)
    if held < _SPUN:
        return None
    common = sum(chain.end - chain.start for chain in overlap.chains)
    swaps = sum(chain.swaps for chain in overlap.chains)
    known, new = _facts(overlap)
    agreed = 1000 * known >= _FACTS * (known + new) or swaps >= _SWAPS_A_FACT * new
    if swaps >= _FEW_SWAPS and 1000 * swaps >= _SWAPS * common:
        share = 1000 * common // total
        reworded = share >= _COMMON or (share >= _COMMON_WITH_FACTS and known >= _MANY_FACTS)
        return (PairKind.SPUN, held) if reworded and agreed else None
    return (PairKind.NEAR, held) if held >= _NEAR and (agreed or (new <= _NEW_FACTS and known >= new)) else None


def _facts(overlap: Overlap) -> tuple[int, int]:
    """Of the facts in what two texts have in common: how many the longer one states, and how many it does not."""
    facts = {fact[0] for fact in _FACT.finditer(overlap.short.bare) if overlap.is_common(*fact.span())}
    known = facts.intersection(_FACT.findall(overlap.long.bare))
    return len(known), len(facts) - len(known)


def match(items: Iterable[Comparable]) -> list[Pair]:
    """Every related pair, in order of a, b; each pair once. Texts with one id are not compared.

    Short texts come first: a long one asks for what it may hold, whichever was given first. Of a text no more is kept
    than its bare lines and its sketch; those made ready last are ready for the next ones.
    """
    texts = sorted(
        ((item.id, "\n".join(bare_lines(item.text))) for item in items), key=lambda one: (len(one[1]), one[0])
    )

    @lru_cache(maxsize=_KEPT_READY)
    def ready(at: int) -> Prepared:
        return prepare(texts[at][1])

    index = _Index()
    pairs = []
    for mine, (my_id, lines) in enumerate(texts):
        plain = lines.replace("\n", "")
        ready(mine).sort()
        for other in index.find(plain):
            its_id = texts[other][0]
            relation = relate(ready(mine), ready(other)) if my_id != its_id else None
            if relation is not None:
                a, b = sorted((my_id, its_id))
                pairs.append(Pair(a=a, b=b, kind=relation.kind, score=relation.score))
        index.add(plain)
    return sorted(pairs, key=lambda pair: (pair.a, pair.b))


class _Index:
    """The texts so far, by what the archive keeps of each."""

    def __init__(self) -> None:
        self._count = 0
        self._of: dict[int, list[int]] = defaultdict(list)
        self._equal: dict[str, list[int]] = defaultdict(list)

    def find(self, bare: str) -> list[int]:
        """Those that may be related to a text: equal ones, and those that share enough of its hashes."""
        shared = Counter(other for key in asked(bare) for other in self._of.get(key, ())[:MOST_SHARING])
        near = {other for other, count in shared.items() if count >= MIN_SHARED}
        return sorted(near.union(self._equal.get(bare, ())))

    def add(self, bare: str) -> None:
        """Put the next text in."""
        for key in stored(bare):
            self._of[key].append(self._count)
        self._equal[bare].append(self._count)
        self._count += 1
