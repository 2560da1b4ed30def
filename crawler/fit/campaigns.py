"""What an archive bears witness to: what recurs in unrelated articles, and what was added to copies."""

from collections.abc import Sequence

from crawler.fit.additions import find_additions
from crawler.fit.paragraphs import find_paragraphs
from crawler.fit.phrases import find_phrases
from crawler.fit.told import Told, find_stories
from pipelines.judge_model import JudgeModel
from pipelines.model import Witness


def find_campaigns(articles: Sequence[Told], model: JudgeModel) -> list[Witness]:
    """Return every witness in order of shape and key; the same for the same articles in whatever order."""
    ordered = sorted(articles, key=lambda article: article.id)
    stories = find_stories(ordered)
    additions = sorted(
        {
            one
            for original, copy in stories.copies
            for one in find_additions(ordered[original], ordered[copy], copy)
            if not stories.is_told_elsewhere(copy, one.text)
        },
        key=lambda one: (one.place.article, one.place.text, one.place.start, one.text),
    )
    found = [*find_phrases(stories, additions, model), *find_paragraphs(stories, additions, model)]
    return sorted(found, key=lambda one: (one.shape, one.key))
