"""Off-topic paragraphs: text of another article, an advertisement, a recipe, put between two paragraphs.

A paragraph is compared with its own article and with a crowd of other texts: one that fits here no better than
anywhere else does not belong here. Where that leaves a doubt, the words of subjects that farms like (recipes, games,
matches, creams) decide. Surest first; each cut is taken out before the rest is looked at again, since two inserted
paragraphs vouch for one another.
"""

from collections.abc import Mapping

import numpy as np

from pipelines.judge.features import Reading, find_strangers
from pipelines.judge.reading import Article, mark_body
from pipelines.judge.space import Array
from pipelines.judge.subjects import has_subject, likely_subjects, subject_words
from pipelines.judge.traits import tells_of_persons
from pipelines.judge.trees import Forest, most_points, narrow
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


def find_offtopic(article: Article, reading: Reading | None, model: JudgeModel, *, farmed: bool) -> list[Mark]:
    """Cut whole paragraphs that fit the article no better than they would fit anywhere."""
    if reading is None or model.forest is None or (judged := int(reading.judged.sum())) < _FEWEST:
        return []
    left = np.ones(len(reading.lines), dtype=bool)
    marks: list[Mark] = []
    limit = model.tree_limit - _FARMED * farmed
    while len(marks) * _SHARE <= judged:
        found = _find_oddest(article, reading, left, model.forest, limit)
        if found is None:
            return marks
        at, points, promo = found
        marks.append(_mark(reading, at, points - limit, promo))
        left[at] = False
    return []


def may_go(at: int, features: Mapping[str, int]) -> bool:
    """Whether a paragraph in this place may be one that was put in: what stands first leads in, often from afar, and
    farms put theirs between two others."""
    return at > 0 or features["promo"] >= _PROMO


def weigh(forest: Forest, features: Mapping[str, int]) -> int:
    """How surely a paragraph does not belong, in thousandths of a nat."""
    points = most_points(forest, narrow(forest, features, forest.leaves))
    return points + _PROMOTED[min(features["promo"], len(_PROMOTED) - 1)]


def _find_oddest(
    article: Article, reading: Reading, left: Array, forest: Forest, limit: int
) -> tuple[int, int, int] | None:
    """The paragraph that is surest not to belong, if any is sure enough: its place, how sure, kinds of advertising."""
    strangers = find_strangers(reading, left)
    points = {at: weigh(forest, features) for at, features in strangers.items() if may_go(at, features)}
    if points and max(points.values()) < limit:
        for at in points:
            if points[at] >= limit - max(_STRANGE):
                points[at] += _vouch(article, reading, left, at)
    first = max(points, key=lambda at: points[at], default=None)
    return None if first is None or points[first] < limit else (first, points[first], strangers[first]["promo"])


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


def _mark(reading: Reading, at: int, points: int, promo: int) -> Mark:
    kind, rule = (MarkKind.PROMO, "advert") if promo >= _PROMO else (MarkKind.OFF_TOPIC, "out_of_place")
    line = reading.lines[at]
    return mark_body(line, 0, len(line.raw), kind, rule, min(999, 800 + points // 20))
