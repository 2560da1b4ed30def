"""Off-topic paragraphs: text of another article, an advertisement, a recipe, put between two paragraphs.

A paragraph is compared with its own article and with a crowd of other texts: one that fits here no better than
anywhere else does not belong here. Where that leaves a doubt, the words of subjects that farms like (recipes, games,
matches, creams) decide. Surest first; each cut is taken out before the rest is looked at again, since two inserted
paragraphs vouch for one another.
"""

import re
from collections.abc import Collection

import numpy as np

from pipelines.judge.features import FEATURES, Reading, may_be_judged, measure_features, read_lines
from pipelines.judge.forest import Forest, add_points
from pipelines.judge.reading import Article, mark_body
from pipelines.judge.space import Array
from pipelines.judge.subjects import has_subject, likely_subjects, subject_words
from pipelines.judge_model import JudgeModel
from pipelines.model import Mark, MarkKind

_HANZI = re.compile("[\u4e00-\u9fff]")
#: With fewer paragraphs there is no article to compare with; with more it is no article but a book.
_FEWEST, _MOST = 4, 1000
#: An article of which more than one paragraph in this many looks out of place is a roundup: nothing is cut.
_SHARE = 3
#: A page that carries a keyword or was reworded is a farm's: there an inserted paragraph is likelier by so many points.
_FARMED = 1500
#: Kinds of advertising words that make an off-topic paragraph an advertisement.
_PROMO = 3
#: Points for so many kinds of advertising words, besides the trees': the corpus that these are fitted on holds real
#: advertisements among its genuine paragraphs.
_PROMOTED = np.array([0, 0, 0, 800, 3500, 5500, 7500])
#: Fewer different words of a subject say nothing; points for so many, the last for any more.
_FEW = 3
_STRANGE = (0, 0, 0, 1500, 3000, 4500, 6000, 7500)
#: Instructions, reviews and results have no persons; a paragraph that speaks of one is of a story: a cook's, a fan's.
_PERSON = re.compile("(?<!其)[他她]|[“「]|记者|说[,:，：]|告诉|回忆|介绍")
_PROMO_COLUMN = FEATURES.index("promo")
#: What fits better than the middle of an article's paragraphs is not asked about.
_BELOW_COLUMN = FEATURES.index("rest_below")


def find_offtopic(article: Article, skipped: Collection[int | None], model: JudgeModel, *, farmed: bool) -> list[Mark]:
    """Cut whole paragraphs that fit the article no better than they would fit anywhere."""
    judged = [line for line in article.lines if line.index not in skipped and may_be_judged(line)]
    if model.space is None or model.forest is None or not _FEWEST <= len(judged) <= len(article.lines) <= _MOST:
        return []
    if not any(_HANZI.search(line.folded) for line in judged):
        return []
    reading = read_lines(article, skipped, model.space)
    left = np.ones(len(reading.lines), dtype=bool)
    marks: list[Mark] = []
    limit = model.tree_limit - _FARMED * farmed
    while len(marks) * _SHARE <= len(judged):
        at, points, features = _oddest(article, reading, left, model.forest, limit)
        if points < limit:
            return marks
        marks.append(_mark(reading, at, points - limit, int(features[_PROMO_COLUMN])))
        left[at] = False
    return []


def weigh(forest: Forest, features: Array) -> Array:
    """How surely each paragraph does not belong, in thousandths of a nat."""
    promo = np.minimum(features[:, _PROMO_COLUMN], len(_PROMOTED) - 1)
    points: Array = add_points(forest, features) + _PROMOTED[promo]
    return points


def _oddest(article: Article, reading: Reading, left: Array, forest: Forest, limit: int) -> tuple[int, int, Array]:
    """The paragraph that is surest not to belong, how sure that is, and its features."""
    features = measure_features(reading, left)
    doubted = np.flatnonzero(reading.judged[left] & (features[:, _BELOW_COLUMN] >= 0))
    points = weigh(forest, features[doubted])
    places = np.flatnonzero(left)[doubted]
    if points.max() < limit:
        for at in np.flatnonzero(points >= limit - max(_STRANGE)):
            points[at] += _vouch(article, reading, left, int(places[at]))
    first = int(np.argmax(points))
    return int(places[first]), int(points[first]), features[doubted[first]]


def _vouch(article: Article, reading: Reading, left: Array, at: int) -> int:
    """Points for a paragraph's words of one subject, where title and other paragraphs hold none of them."""
    text = reading.lines[at].folded
    if _PERSON.search(text):
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
