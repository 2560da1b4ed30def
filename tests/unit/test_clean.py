"""What the marks leave of a text."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.clean import apply_marks, clean_text, clean_title
from pipelines.model import CUTS, Mark, MarkField, MarkKind, Paragraph

CASES = json.loads((Path(__file__).parents[1] / "cases" / "clean.json").read_text(encoding="utf-8"))
#: No character twice, so that each can be found again.
RAW = "".join(map(chr, range(0x4E00, 0x4E00 + 24)))
LABELS = [kind for kind in MarkKind if kind not in CUTS and kind is not MarkKind.REPAIRED]


def mark(start: int, end: int, kind: MarkKind, replacement: str | None = None, **fields: Any) -> Mark:
    place: dict[str, Any] = {"field": MarkField.BODY, "paragraph": 0} | fields
    return Mark(start=start, end=end, kind=kind, rule="rule", score=900, replacement=replacement, **place)


def spans(most: int = 4) -> st.SearchStrategy[list[tuple[int, int]]]:
    edges = st.tuples(st.integers(0, len(RAW)), st.integers(0, len(RAW)))
    return st.lists(edges.map(lambda pair: (min(pair), max(pair))), max_size=most)


cuts = spans().map(lambda found: [mark(a, b, MarkKind.INJECTED) for a, b in found])
labels = st.lists(st.sampled_from(LABELS), max_size=3).map(lambda kinds: [mark(2, 9, kind) for kind in kinds])


@st.composite
def repairs(draw: st.DrawFn) -> list[Mark]:
    """Repairs as `pipelines.repair` makes them: apart from each other."""
    edges = sorted(draw(st.sets(st.integers(0, len(RAW)), max_size=8)))
    texts = draw(st.lists(st.text("XYZ", max_size=3), min_size=4, max_size=4))
    pairs = zip(edges[::2], edges[1::2], texts, strict=False)
    return [mark(a, b, MarkKind.REPAIRED, text) for a, b, text in pairs]


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    marks = [mark(start, end, MarkKind(kind), text) for start, end, kind, text in case["marks"]]
    assert apply_marks(case["original"], marks) == case["expected"]


def account(marks: Sequence[Mark]) -> str:
    """The plainest reading of the rule, a character at a time: kept, cut or replaced, and nothing else (P15)."""
    cut = {at for m in marks if m.kind in CUTS for at in range(m.start, m.end)}
    applied = {m.start: m for m in marks if m.replacement is not None and not cut & set(range(m.start, m.end))}
    pieces, at = [], 0
    while at < len(RAW):
        repair = applied.get(at)
        if repair is not None:
            pieces.append(repair.replacement or "")
        elif at not in cut:
            pieces.append(RAW[at])
        at = repair.end if repair else at + 1
    return "".join(pieces)


@given(cuts, repairs(), labels)
def test_each_raw_character_is_kept_cut_or_replaced(cut: list[Mark], repaired: list[Mark], label: list[Mark]) -> None:
    assert apply_marks(RAW, cut + repaired + label) == account(cut + repaired)


@given(cuts, repairs(), st.randoms(use_true_random=False))
def test_the_order_of_the_marks_does_not_matter(cut: list[Mark], repaired: list[Mark], order: Any) -> None:
    shuffled = cut + repaired
    order.shuffle(shuffled)
    assert apply_marks(RAW, shuffled) == apply_marks(RAW, cut + repaired)


@given(cuts, spans())
def test_what_is_kept_keeps_its_order_and_comes_once(cut: list[Mark], edges: list[tuple[int, int]]) -> None:
    """Even where repairs overlap each other, which none of ours do."""
    overlapping = [mark(a, b, MarkKind.REPAIRED, "Z") for a, b in edges]
    kept = [one for one in apply_marks(RAW, cut + overlapping) if one != "Z"]
    assert kept == sorted(set(kept))


@given(cuts, repairs())
def test_a_cut_wins_over_a_repair(cut: list[Mark], repaired: list[Mark]) -> None:
    clean = apply_marks(RAW, cut + repaired)
    assert not any(set(RAW[m.start : m.end]) & set(clean) for m in cut)


@given(labels)
def test_labels_change_nothing(label: list[Mark]) -> None:
    assert apply_marks(RAW, label) == RAW


@given(cuts)
def test_clean_text_needs_no_cleaning(cut: list[Mark]) -> None:
    clean = apply_marks(RAW, cut)
    assert apply_marks(clean, []) == clean


def test_marks_reach_only_their_own_field_and_paragraph() -> None:
    paragraphs = [Paragraph(index=0, raw="甲乙"), Paragraph(index=1, raw="丙丁"), Paragraph(index=2, raw="戊己")]
    marks = [
        mark(0, 1, MarkKind.PROMO, field=MarkField.TITLE, paragraph=None),
        mark(0, 0, MarkKind.SUSPECT, field=MarkField.DOCUMENT, paragraph=None),
        mark(0, 2, MarkKind.OFF_TOPIC, paragraph=1),
        mark(1, 2, MarkKind.REPAIRED, "庚", paragraph=2),
    ]
    assert clean_title("题目", marks) == "目"
    assert clean_text(paragraphs, marks) == "甲乙\n戊庚"


def test_white_space_that_a_cut_lays_bare_is_not_kept() -> None:
    paragraphs = [Paragraph(index=0, raw="完工。 责任编辑：周舟"), Paragraph(index=1, raw=" ")]
    assert clean_text(paragraphs, [mark(4, 11, MarkKind.BOILERPLATE)]) == "完工。"
