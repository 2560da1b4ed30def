"""The judge: what in an article does not belong to it. It marks and never deletes; one module a question."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.judge.boilerplate import find_boilerplate
from pipelines.judge.captions import find_captions
from pipelines.judge.echo import find_echoes
from pipelines.judge.injection import find_injections
from pipelines.judge.offtopic import find_offtopic
from pipelines.judge.reading import read_article
from pipelines.judge.spun import find_spun_words, spun_score
from pipelines.model import CUTS, JudgeModel, Mark, MarkField, Paragraph

__all__ = ["Judgement", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the judge says of one article."""

    #: In order of field, paragraph, start, end, kind, rule.
    marks: tuple[Mark, ...]
    #: Per mille; 500 and more says 伪原创.
    spun_score: int


def judge(title: str, paragraphs: Sequence[Paragraph], model: JudgeModel) -> Judgement:
    """Mark what was put into an article, what frames it and what it says twice; offsets count in the text as given.

    Later questions see what earlier ones found: a line that is cut as boilerplate is no witness of the topic.
    """
    article = read_article(title, paragraphs)
    captions = find_captions(article)
    framed = find_boilerplate(article) + find_echoes(article)
    injected = find_injections(article, model)
    cut = frozenset(mark.paragraph for mark in framed if mark.paragraph is not None and mark.start == 0)
    offtopic = find_offtopic(article, cut, injected, model)
    gone = cut | {mark.paragraph for mark in offtopic}
    kept = [mark for mark in injected if mark.paragraph is None or mark.paragraph not in gone]
    marks = captions + framed + kept + offtopic + find_spun_words(article, model)
    return Judgement(marks=tuple(sorted(marks, key=_place)), spun_score=spun_score(article, model))


def _place(mark: Mark) -> tuple[bool, int, int, int, str, str]:
    paragraph = -1 if mark.paragraph is None else mark.paragraph
    return (mark.field == MarkField.BODY, paragraph, mark.start, mark.end, mark.kind, mark.rule)


def cuts(marks: Sequence[Mark]) -> list[Mark]:
    """The marks whose spans are left out of the clean text."""
    return [mark for mark in marks if mark.kind in CUTS]
