"""Off-topic paragraphs: text of another article, an advertisement, a recipe, put between two paragraphs."""

from collections.abc import Sequence

from pipelines.judge.reading import Article
from pipelines.model import JudgeModel, Mark


def find_offtopic(article: Article, cut: frozenset[int], injected: Sequence[Mark], model: JudgeModel) -> list[Mark]:
    """Cut whole paragraphs that fit the article no better than they would fit anywhere."""
    return []
