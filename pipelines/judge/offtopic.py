"""Off-topic paragraphs: text of another article, an advertisement, a recipe, put between two paragraphs.

A paragraph is compared with its own article and with a crowd of other texts: one that fits here no better than
anywhere else does not belong here. Surest first; each cut is taken out before the rest is looked at again, since two
inserted paragraphs vouch for one another. Where none is sure, the words of subjects that farms like (recipes, games,
matches, creams) decide, and each of the likeliest is left out once for the others.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pipelines.judge.features import Reading, find_strangers
from pipelines.judge.reading import Article, mark_body
from pipelines.judge.space import Array
from pipelines.judge.subjects import has_subject, likely_subjects, subject_words
from pipelines.judge.traits import tells_of_persons
from pipelines.judge.trees import Forest, most_points
from pipelines.judge_model import JudgeModel
from pipelines.model import Mark, MarkKind

#: With fewer paragraphs there is no article to compare with.
_FEWEST = 4
#: An article of which more than one paragraph in this many looks out of place is a roundup: nothing is cut.
_SHARE = 3
#: A page that carries a keyword or was reworded is a farm's: there an inserted paragraph is likelier by so many points.
_FARMED = 1500
#: Kinds of advertising words that make an off-topic paragraph an advertisement.
_PROMO = 3
#: Points for so many kinds of advertising words, besides the trees': the corpus that these are fitted on holds real
#: advertisements among its genuine paragraphs.
_PROMOTED = (0, 0, 0, 800, 3500, 5500, 7500)
#: Fewer different words of a subject say nothing; points for so many, the last for any more.
_FEW = 3
_STRANGE = (0, 0, 0, 1500, 3000, 4500, 6000, 7500)
#: So many paragraphs, and none with so many points too few, may hide another that is of the same page as they are.
_HIDING, _SHORT = 3, 3000


class Odd(NamedTuple):
    """A paragraph that may not belong: how surely, in thousandths of a nat, its place, kinds of advertising words."""

    points: int
    at: int
    promo: int


def find_offtopic(article: Article, reading: Reading | None, model: JudgeModel, *, farmed: bool) -> list[Mark]:
    """Cut whole paragraphs that fit the article no better than they would fit anywhere."""
    if reading is None or model.forest is None or (judged := int(reading.judged.sum())) < _FEWEST:
        return []
    left = np.ones(len(reading.lines), dtype=bool)
    marks: list[Mark] = []
    limit = model.tree_limit - _FARMED * farmed
    while len(marks) * _SHARE <= judged:
        odd = _find_oddest(article, reading, left, model.forest, limit)
        if odd is None:
            return marks
        marks.append(_mark(reading, odd, limit))
        left[odd.at] = False
    return []


def may_go(at: int, features: Mapping[str, int]) -> bool:
    """Whether a paragraph in this place may be one that was put in: what stands first leads in, often from afar, and
    farms put theirs between two others."""
    return at > 0 or features["promo"] >= _PROMO


def weigh(forest: Forest, features: Sequence[Mapping[str, int]]) -> list[int]:
    """How surely each of some paragraphs does not belong, in thousandths of a nat."""
    points = most_points(forest, features)
    return [most + _PROMOTED[min(one["promo"], len(_PROMOTED) - 1)] for most, one in zip(points, features, strict=True)]


def _find_oddest(article: Article, reading: Reading, left: Array, forest: Forest, limit: int) -> Odd | None:
    """The paragraph that is surest not to belong, if any is sure enough."""
    odd = _rank_odd(reading, left, forest)
    if not odd or odd[0].points >= limit:
        return odd[0] if odd else None
    spoken = [
        one._replace(points=one.points + _vouch(article, reading, left, one.at))
        for one in odd
        if one.points >= limit - max(_STRANGE)
    ]
    hidden = [
        other
        for one in odd[:_HIDING]
        if one.points >= limit - _SHORT
        for other in _rank_odd(reading, left & (np.arange(len(left)) != one.at), forest)[:1]
    ]
    found = max(spoken + hidden, key=lambda one: one.points, default=None)
    return found if found and found.points >= limit else None


def _rank_odd(reading: Reading, left: Array, forest: Forest) -> list[Odd]:
    """Of what is left, the paragraphs that may not belong, surest first."""
    strangers = {at: found for at, found in find_strangers(reading, left).items() if may_go(at, found)}
    points = weigh(forest, list(strangers.values())) if strangers else []
    odd = [Odd(most, at, found["promo"]) for most, (at, found) in zip(points, strangers.items(), strict=True)]
    return sorted(odd, key=lambda one: -one.points)


def _vouch(article: Article, reading: Reading, left: Array, at: int) -> int:
    """Points for a paragraph's words of one subject, where title and other paragraphs hold none of them."""
    text = reading.lines[at].folded
    if tells_of_persons(text):
        return 0
    others = [article.folded_title, *(reading.lines[i].folded for i in np.flatnonzero(left) if i != at)]
    counts = [
        len(subject_words(subject, text))
        for subject in likely_subjects(text, _FEW)
        if not any(has_subject(subject, other) for other in others)
    ]
    return _STRANGE[min(max(counts, default=0), len(_STRANGE) - 1)]


def _mark(reading: Reading, odd: Odd, limit: int) -> Mark:
    kind, rule = (MarkKind.PROMO, "advert") if odd.promo >= _PROMO else (MarkKind.OFF_TOPIC, "out_of_place")
    line = reading.lines[odd.at]
    return mark_body(line, 0, len(line.raw), kind, rule, min(999, 800 + (odd.points - limit) // 20))
