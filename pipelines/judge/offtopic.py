"""Off-topic paragraphs: text of another article, an advertisement, a recipe, put between two paragraphs.

A paragraph is compared with its own article and with a crowd of other texts: one that fits here no better than
anywhere else does not belong here. That needs an article long enough to compare with; in a short one, the words of
subjects that farms like (recipes, games, matches, creams) and of advertising speak as well. Surest first; each cut is
taken out before the rest is looked at again, since two inserted paragraphs vouch for one another.
"""

import re
from collections.abc import Collection

from pipelines.judge.features import Context, Profile, may_be_judged, read_context
from pipelines.judge.reading import Article, mark_body
from pipelines.judge.trees import grow, most_points, narrow
from pipelines.model import JudgeModel, Mark, MarkKind

_HANZI = re.compile("[\u4e00-\u9fff]")
#: With fewer paragraphs there is no article to compare with.
_FEWEST = 4
#: An article of which more than one paragraph in this many looks out of place is a roundup: nothing is cut.
_SHARE = 3
#: A page that carries a keyword or was reworded is a farm's: there an inserted paragraph is likelier by so many points.
_FARMED = 2200
#: Kinds of advertising words that make an off-topic paragraph an advertisement.
_PROMO = 3
#: Points for so many words of a subject of which the rest of the article has none; the last is for any more.
_STRANGE = (0, 0, 0, 2400, 4000, 6000, 8000, 10000, 12000)
#: Points for so many kinds of advertising words.
_PROMOTED = (0, 0, 0, 0, 3500, 5500, 7500)
#: Instructions, reviews and results have no persons; a paragraph that speaks of one is of a story: a cook's, a fan's.
_PERSON = re.compile("(?<!其)[他她]|[“「]|记者|说[,:，：]|告诉|回忆|介绍")


def find_offtopic(article: Article, skipped: Collection[int | None], model: JudgeModel, *, farmed: bool) -> list[Mark]:
    """Cut whole paragraphs that fit the article no better than they would fit anywhere."""
    judged = [line for line in article.lines if line.index not in skipped and may_be_judged(line)]
    if not model.trees or len(judged) < _FEWEST or not any(_HANZI.search(line.folded) for line in judged):
        return []
    marks: list[Mark] = []
    context, limit = read_context(article, skipped, model), model.tree_limit - _FARMED * farmed
    while (found := _oddest(context, model, limit)) is not None:
        marks.append(found)
        context = context.without({found.paragraph})
    return marks if len(marks) * _SHARE <= len(judged) else []


def _oddest(context: Context, model: JudgeModel, limit: int) -> Mark | None:
    """The paragraph that is surest not to belong, if it is sure enough.

    Few are open to doubt once they are compared with their own article; only then is the crowd asked.
    """
    forest = grow(model.features, model.trees)
    fits = context.measure_fit()
    doubted: list[tuple[int, int, int]] = []
    for at, fit in enumerate(fits):
        if fit:
            leaves, vouched = narrow(forest, fit, forest.leaves), _vouch(context, at)
            if most_points(forest, leaves) + vouched >= limit:
                doubted.append((at, leaves, vouched))
    if not doubted:
        return None
    ranks = context.measure_rank(fits)
    points, at = max(
        (most_points(forest, narrow(forest, ranks[at], leaves)) + vouched, -at) for at, leaves, vouched in doubted
    )
    return _mark(context.profiles[-at], points) if points >= limit else None


def _mark(found: Profile, points: int) -> Mark:
    kind, rule = (MarkKind.PROMO, "advert") if found.promo >= _PROMO else (MarkKind.OFF_TOPIC, "out_of_place")
    return mark_body(found.line, 0, len(found.line.raw), kind, rule, min(999, 500 + (points + 1) // 25))


def _vouch(context: Context, at: int) -> int:
    """What the paragraph's own words say of it, whatever the article is like."""
    profile = context.profiles[at]
    strange = 0 if _PERSON.search(profile.line.folded) else context.strange_words(at)
    return _STRANGE[min(strange, len(_STRANGE) - 1)] + _PROMOTED[min(profile.promo, len(_PROMOTED) - 1)]
