"""Off-topic paragraphs: text of another article, an advertisement, a recipe, put between two paragraphs.

A paragraph is compared with its own article and with a crowd of other texts: one that fits here no better than
anywhere else does not belong here. That needs an article long enough to compare with; in a short one, the words of
subjects that farms like (recipes, games, matches, creams) and of advertising speak as well. Surest first; each cut is
taken out before the rest is looked at again, since two inserted paragraphs vouch for one another.
"""

import re
from collections.abc import Collection

from pipelines.judge.features import Context, read_context
from pipelines.judge.reading import Article, mark_body
from pipelines.judge.trees import add_points, in_order
from pipelines.model import JudgeModel, Mark, MarkKind

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
    if not model.trees:
        return []
    whole = read_context(article, skipped, model)
    judged = sum(bool(profile.crowd) for profile in whole.profiles)
    marks: list[Mark] = []
    context, limit = whole, model.tree_limit - _FARMED * farmed
    while judged >= _FEWEST and (found := _oddest(context, model, limit)) is not None:
        marks.append(found)
        context = whole.without({mark.paragraph for mark in marks if mark.paragraph is not None})
    return marks if len(marks) * _SHARE <= judged else []


def _oddest(context: Context, model: JudgeModel, limit: int) -> Mark | None:
    """The paragraph that is surest not to belong, if it is sure enough."""
    best, chosen = limit, None
    for at, (profile, found) in enumerate(zip(context.profiles, context.measure(), strict=True)):
        if not profile.crowd:
            continue
        points = add_points(model.trees, in_order(model.features, found)) + _vouch(context, at)
        if points >= best:
            best, chosen = points + 1, profile
    if chosen is None:
        return None
    kind, rule = (MarkKind.PROMO, "advert") if chosen.promo >= _PROMO else (MarkKind.OFF_TOPIC, "out_of_place")
    line = chosen.line
    return mark_body(line, 0, len(line.raw), kind, rule, min(999, 500 + best // 25))


def _vouch(context: Context, at: int) -> int:
    """What the paragraph's own words say of it, whatever the article is like."""
    profile = context.profiles[at]
    strange = 0 if _PERSON.search(profile.line.folded) else context.strange_words(at)
    return _STRANGE[min(strange, len(_STRANGE) - 1)] + _PROMOTED[min(profile.promo, len(_PROMOTED) - 1)]
