"""People's decisions as labelled articles: what a judge is fitted on and measured by."""

from typing import Any

from pipelines.decisions import Laid, Place, Reading, Verdict, place_of
from pipelines.model import CUTS, MarkField, MarkKind

_FOREIGN = frozenset({MarkKind.OFF_TOPIC, MarkKind.PROMO})
_FRAME = frozenset({MarkKind.BOILERPLATE, MarkKind.ECHO})


def label(reading: Reading, laid: Laid) -> dict[str, Any]:
    """Return an article's labels, as far as people decided about its body.

    `offtopic`: paragraphs that are foreign as a whole. `injections`: foreign spans inside others. `kept`: what the
    judge cut and should not have. `boilerplate`: paragraphs that count for nothing, cut or kept: the site's own
    lines, and those with a cut that nobody has decided about.
    """
    cuts = [(one.mark, one.decision) for one in laid.marks if one.stands and one.mark.kind in CUTS]
    body = [(mark, decision) for mark, decision in cuts if mark.field is MarkField.BODY]
    decided = [(place_of(mark), mark.kind) for mark, decision in body if decision]
    whole = {place.paragraph for place, kind in decided if kind in _FOREIGN and _is_whole(reading, place)}
    spans = {place for place, kind in decided if kind not in _FRAME and place.paragraph not in whole}
    uncounted = {mark.paragraph for mark, decision in body if not decision or mark.kind in _FRAME}
    return {
        "offtopic": sorted(index for index in whole if index is not None),
        "injections": [_span(reading, place) for place in sorted(spans, key=_order)],
        "kept": _kept(reading, laid),
        "boilerplate": sorted(index for index in uncounted - whole if index is not None),
    }


def _kept(reading: Reading, laid: Laid) -> list[dict[str, Any]]:
    """The spans whose cut was undone, whether this reading's judge cuts them or not."""
    undone = [
        (places[0], decision.kind)
        for decision, places in laid.found
        if decision.verdict is Verdict.UNDONE and decision.kind in CUTS and len(places) == 1
    ]
    body = sorted((one for one in undone if one[0].paragraph is not None), key=lambda one: _order(one[0]))
    return [_span(reading, place) | {"kind": str(kind)} for place, kind in body]


def _span(reading: Reading, place: Place) -> dict[str, Any]:
    assert place.paragraph is not None
    text = reading.paragraphs[place.paragraph].raw[place.start : place.end]
    return {"paragraph": place.paragraph, "start": place.start, "end": place.end, "text": text}


def _is_whole(reading: Reading, place: Place) -> bool:
    return place.paragraph is not None and (place.start, place.end) == (0, len(reading.paragraphs[place.paragraph].raw))


def _order(place: Place) -> tuple[int, int, int]:
    return (place.paragraph or 0, place.start, place.end)
