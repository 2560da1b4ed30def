"""Off-topic paragraphs: text of another article, an advertisement, a recipe, put between two paragraphs.

A paragraph is compared with its own article and with a crowd of other texts: one that fits here no better than
anywhere else does not belong here. That needs an article long enough to compare with; in a short one, the words of
subjects that farms like (recipes, games, matches, creams) and of advertising speak as well. Surest first; each cut is
taken out before the rest is looked at again, since two inserted paragraphs vouch for one another.
"""

import re
from collections.abc import Collection, Mapping, Sequence

from pipelines.judge.features import Context, Profile, may_be_judged, read_context
from pipelines.judge.reading import Article, mark_body
from pipelines.judge.trees import Forest, grow, most_points, narrow
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
    """The paragraph that is surest not to belong, if it is sure enough; the rest is asked of the doubted only."""
    forest = grow(model.features, model.trees)
    fits = context.measure_fit()
    doubted = {at: (forest.leaves, _vouch(context, at)) for at, fit in enumerate(fits) if fit}
    doubted = _still_doubted(forest, doubted, fits, limit)
    doubted = _still_doubted(forest, doubted, {at: context.measure_crowd(at, fits[at]) for at in doubted}, limit)
    doubted = _still_doubted(forest, doubted, context.measure_ranks(fits) if doubted else [], limit)
    points = [(most_points(forest, leaves) + vouched, -at) for at, (leaves, vouched) in doubted.items()]
    if not points:
        return None
    most, at = max(points)
    return _mark(context.profiles[-at], most)


def _still_doubted(
    forest: Forest,
    doubted: dict[int, tuple[int, int]],
    found: Mapping[int, dict[str, int]] | Sequence[dict[str, int]],
    limit: int,
) -> dict[int, tuple[int, int]]:
    """The paragraphs that can still reach the limit: the leaves that are left to each, and what vouches besides."""
    left = {at: (narrow(forest, found[at], leaves), vouched) for at, (leaves, vouched) in doubted.items()}
    return {at: seen for at, seen in left.items() if most_points(forest, seen[0]) + seen[1] >= limit}


def _mark(found: Profile, points: int) -> Mark:
    kind, rule = (MarkKind.PROMO, "advert") if found.promo >= _PROMO else (MarkKind.OFF_TOPIC, "out_of_place")
    return mark_body(found.line, 0, len(found.line.raw), kind, rule, min(999, 500 + (points + 1) // 25))


def _vouch(context: Context, at: int) -> int:
    """What the paragraph's own words say of it, whatever the article is like."""
    profile = context.profiles[at]
    strange = context.strange_words(at)
    strange = 0 if strange and _PERSON.search(profile.line.folded) else strange
    return _STRANGE[min(strange, len(_STRANGE) - 1)] + _PROMOTED[min(profile.promo, len(_PROMOTED) - 1)]
