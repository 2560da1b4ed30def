"""The judge: what in an article does not belong to it. It marks and never deletes; one module a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipelines.judge.boilerplate import find_boilerplate, is_farms
from pipelines.judge.captions import find_captions
from pipelines.judge.echo import find_echoes
from pipelines.judge.features import read_chinese
from pipelines.judge.injection import find_injections
from pipelines.judge.offtopic import find_offtopic
from pipelines.judge.reading import Article, leave_out, read_article
from pipelines.judge.replaced import find_replaced_names
from pipelines.judge.spun import find_spun_words
from pipelines.judge.titles import find_mismatch, find_title_keywords
from pipelines.judge.witness import find_witnessed
from pipelines.judge_model import JudgeModel
from pipelines.model import CUTS, SPUN, Mark, MarkField, Paragraph

__all__ = ["SPUN", "Judgement", "judge"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What the judge says of one article."""

    #: In order of field, paragraph, start, end, kind, rule.
    marks: tuple[Mark, ...]
    #: Per mille; 500 and more says 伪原创.
    spun_score: int


def judge(title: str, paragraphs: Sequence[Paragraph], model: JudgeModel) -> Judgement:
    """Mark what was put into an article, what frames it and what it says twice; offsets count in the text as given.

    Later questions see what earlier ones found: a line that is cut as boilerplate is no witness of the topic, and a
    title said twice is an echo where anything else shows the page to be a farm's. What a paragraph is about is asked
    without the keywords in it.
    """
    article = read_article(title, paragraphs)
    spun, score = find_spun_words(article, model)
    injected = find_injections(article, model)
    farmed = bool(injected) or score >= SPUN
    frame, witnessed = find_boilerplate(article), find_witnessed(article, model, injected)
    echoes = find_echoes(article, farmed=farmed)
    genuine = leave_out(injected, article)
    reading = read_chinese(genuine, _whole(frame + echoes + witnessed, article), model)
    offtopic = find_offtopic(genuine, reading, model, farmed=farmed)
    stuffed = find_title_keywords(article) if not any(mark.field == MarkField.TITLE for mark in injected) else []
    if offtopic or _whole(witnessed, article) or stuffed or is_farms(article, frame):
        echoes = find_echoes(article, farmed=True)
    gone = _whole(frame + echoes, article) | {mark.paragraph for mark in offtopic}
    inside = [mark for mark in injected + witnessed if mark.paragraph is None or mark.paragraph not in gone]
    labels = find_captions(article) + find_replaced_names(article, model) + find_mismatch(article, reading)
    marks = labels + frame + echoes + stuffed + inside + offtopic + spun
    return Judgement(marks=tuple(sorted(marks, key=_place)), spun_score=score)


def _whole(marks: Iterable[Mark], article: Article) -> set[int | None]:
    """The paragraphs that marks cut from end to end."""
    sizes = {line.index: len(line.raw) for line in article.lines}
    return {
        mark.paragraph
        for mark in marks
        if mark.kind in CUTS and mark.paragraph is not None and mark.end - mark.start == sizes[mark.paragraph]
    }


def _place(mark: Mark) -> tuple[bool, int, int, int, str, str]:
    paragraph = -1 if mark.paragraph is None else mark.paragraph
    return (mark.field == MarkField.BODY, paragraph, mark.start, mark.end, mark.kind, mark.rule)
