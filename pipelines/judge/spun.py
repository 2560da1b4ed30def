"""伪原创: words swapped for near synonyms by a table, so that a copy is not recognised."""

import re

from pipelines.judge.reading import Article, mark_body
from pipelines.model import JudgeModel, Mark, MarkKind

#: No-words that swaps leave behind.
_NON_WORDS = re.compile("东谈主|王人(?=[是有在会能要可])|莫得|奈何|不雅|咱们|履行|千里淀|许多东谈主")


def find_spun_words(article: Article, model: JudgeModel) -> list[Mark]:
    """Label the swapped words themselves."""
    return [
        mark_body(line, found.start(), found.end(), MarkKind.SPUN_WORD, "non_word", 700)
        for line in article.lines
        for found in _NON_WORDS.finditer(line.folded)
    ]


def spun_score(article: Article, model: JudgeModel) -> int:
    """How surely the article was reworded, per mille."""
    text = "".join(line.folded for line in article.lines)
    return min(1000, 250 * len(_NON_WORDS.findall(text)))
