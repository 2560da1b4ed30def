"""One line of `judge --jsonl`: an article's paragraphs in, verdicts over the paragraphs as given out."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.judge import judge
from pipelines.judge_model import JudgeModel
from pipelines.model import CUTS, Mark, MarkField, MarkKind, Paragraph
from pipelines.repair import Repaired, repair

_OFF_TOPIC = frozenset({MarkKind.OFF_TOPIC, MarkKind.PROMO})


def judge_record(record: Mapping[str, Any], model: JudgeModel) -> dict[str, Any]:
    """Verdicts as plain values: off-topic paragraphs, injected spans, the spun score from 0 to 1, and every cut.

    Texts are repaired first, as in the pipeline; offsets are mapped back to the paragraphs as given.
    """
    texts = [repair(text) for text in _paragraphs(record)]
    title = repair(str(record.get("title") or ""))
    verdict = judge(title.text, [Paragraph(index=i, raw=text.text) for i, text in enumerate(texts)], model)
    cuts = [_cut(mark, texts) for mark in verdict.marks if mark.kind in CUTS and mark.field == MarkField.BODY]
    return {
        "id": record.get("id"),
        "offtopic": sorted({i for i, _, _, kind in cuts if kind in _OFF_TOPIC}),
        "injections": [[i, start, end] for i, start, end, kind in cuts if kind == MarkKind.INJECTED],
        "spun_score": verdict.spun_score / 1000,
        "cuts": [[i, start, end, str(kind)] for i, start, end, kind in cuts],
    }


def _paragraphs(record: Mapping[str, Any]) -> Sequence[str]:
    paragraphs = record["paragraphs"]
    if not isinstance(paragraphs, list) or not all(isinstance(text, str) for text in paragraphs):
        raise ValueError("paragraphs must be a list of strings")
    return paragraphs


def _cut(mark: Mark, texts: Sequence[Repaired]) -> tuple[int, int, int, MarkKind]:
    assert mark.paragraph is not None
    start, end = texts[mark.paragraph].to_raw(mark.start, mark.end)
    return mark.paragraph, start, end, mark.kind
