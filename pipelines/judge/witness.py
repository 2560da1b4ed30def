"""The archive as a witness: what a snapshot of it says to recur where it does not belong.

Campaigns of link sellers put one string into hundreds of articles of many sites; a single page cannot show it, the
archive can. The snapshot is made by `pipelines.campaigns` and is part of the model; without one nothing is looked up.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipelines.judge.keywords import LED_IN, LED_OUT
from pipelines.judge.likelihood import bond, classed
from pipelines.judge.reading import Article, Line, mark_body, mark_title
from pipelines.judge_model import JudgeModel, Testimony
from pipelines.model import Mark, MarkKind

#: Phrases are looked up by their first characters; a shorter one is none.
HEAD = 4
#: A paragraph with fewer characters that are letters recurs by chance.
SHORTEST = 24
#: A phrase that is named in quotation marks, or this often in one text, is what the text is about: police reports on
#: a gambling site name it too.
_ABOUT = 3
_QUOTED = {"“": "”", "「": "」", "『": "』", '"': '"', "‘": "’"}
#: 10 * log2: where a phrase is taken out, the sentence must close at least as well as neighbours do by chance, or
#: better than the phrase goes together with them.
_CLOSES = -10


def find_witnessed(article: Article, model: JudgeModel, injected: Sequence[Mark] = ()) -> list[Mark]:
    """Cut or label what the snapshot says of an article's paragraphs and of phrases in them, but for those that are
    found injected without it."""
    if not model.phrases and not model.paragraphs:
        return []
    whole = [mark for line in article.lines if (mark := _judge_line(line, model.paragraphs)) is not None]
    taken = {mark.paragraph for mark in whole}
    texts = [(None, article.folded_title), *((line, line.folded) for line in article.lines if line.index not in taken)]
    return whole + [mark for mark in _find_phrases(texts, model) if not any(_holds(other, mark) for other in injected)]


def _holds(one: Mark, other: Mark) -> bool:
    same = (one.field, one.paragraph) == (other.field, other.paragraph)
    return same and one.start <= other.start and other.end <= one.end


def paragraph_key(bare: str) -> str:
    """What a paragraph is known by: a hash of its bare text (`pipelines.fingerprint.bare`)."""
    return hashlib.sha256(bare.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def with_snapshot(model: JudgeModel, written: bytes) -> JudgeModel:
    """The model with a snapshot's file (`witness.json`): a list of [shape, key, kind, rule, score]."""
    found: dict[str, dict[str, Testimony]] = {"phrase": {}, "paragraph": {}}
    for shape, key, kind, rule, score in json.loads(written):
        found[shape][key] = (MarkKind(kind), rule, score)
    heads: dict[str, tuple[str, ...]] = {}
    for phrase in sorted(found["phrase"], key=lambda one: (-len(one), one)):
        heads[phrase[:HEAD]] = (*heads.get(phrase[:HEAD], ()), phrase)
    return replace(model, phrases=found["phrase"], paragraphs=found["paragraph"], phrase_heads=heads)


def _judge_line(line: Line, paragraphs: Mapping[str, Testimony]) -> Mark | None:
    if not paragraphs or line.is_caption or len(line.bare) < SHORTEST:
        return None
    verdict = paragraphs.get(paragraph_key(line.bare))
    return None if verdict is None else mark_body(line, 0, len(line.raw), *verdict)


def _find_phrases(texts: list[tuple[Line | None, str]], model: JudgeModel) -> list[Mark]:
    """Every phrase of the snapshot in the texts; one that a text is about is only labelled."""
    found = [(line, text, *span) for line, text in texts for span in _spans(text, model)]
    times = Counter(phrase for *_, phrase in found)
    marks = []
    for line, text, at, phrase in found:
        kind, rule, score = model.phrases[phrase]
        end = at + len(phrase)
        if times[phrase] >= _ABOUT or not _hangs_loose(text, at, end, model):
            kind, rule = MarkKind.SUSPECT, "witnessed"
        where = (at, end, kind, rule, score)
        marks.append(mark_title(*where) if line is None else mark_body(line, *where))
    return marks


def _spans(text: str, model: JudgeModel) -> list[tuple[int, str]]:
    """(start, phrase) of the phrases in a text, none overlapping, the longest first where several begin."""
    found: list[tuple[int, str]] = []
    end = 0
    for at in range(len(text) - HEAD + 1 if model.phrases else 0):
        rivals = model.phrase_heads.get(text[at : at + HEAD], ())
        phrase = next((one for one in rivals if text.startswith(one, at)), None) if at >= end else None
        if phrase is not None:
            found.append((at, phrase))
            end = at + len(phrase)
    return found


def _hangs_loose(text: str, start: int, end: int, model: JudgeModel) -> bool:
    """Whether the sentence does without the phrase: it is not named in quotation marks, nothing there is said of it,
    and what stands on either side of it goes together."""
    before, after = text[:start][-1:], text[end : end + 1]
    if not before or not after:
        return not text.startswith(LED_OUT, end) and not text[:start].endswith(LED_IN)
    if _QUOTED.get(before) == after:
        return False
    first, last = classed(text[start]), classed(text[end - 1])
    before, after = classed(before), classed(after)
    closes = bond(before, after, model)
    return closes >= _CLOSES or closes > max(bond(before, first, model), bond(last, after, model))
