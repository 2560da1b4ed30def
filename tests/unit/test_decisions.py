"""Decisions are found again by the text around them, and laid over whatever marks a reading has."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.clean import clean_text, clean_title
from pipelines.decisions import Anchor, Decision, Place, Reading, Verdict, anchor_at, find, lay, place_of
from pipelines.model import CUTS, Mark, MarkField, MarkKind, Paragraph

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
LINES = (
    "江湾今日放晴，市民上堤散步。",
    "豪麦棋牌进不去，渡口恢复了班船。",
    "水位比昨天低，堤上看船的人多了。",
    "（编辑：小快）",
)
#: Few letters, so that texts repeat themselves.
letters = st.text("江湾\n", max_size=12)
bodies = st.lists(st.text("江湾", max_size=8), min_size=1, max_size=6)


def reading(lines: Any = LINES, title: str = "江湾放晴", marks: tuple[Mark, ...] = ()) -> Reading:
    paragraphs = tuple(Paragraph(index=index, raw=line) for index, line in enumerate(lines))
    return Reading(title=title, paragraphs=paragraphs, marks=marks)


def body(paragraph: int, start: int, end: int) -> Place:
    return Place(field=MarkField.BODY, paragraph=paragraph, start=start, end=end)


def mark(place: Place, kind: MarkKind = MarkKind.INJECTED, **fields: Any) -> Mark:
    where = {name: getattr(place, name) for name in ("field", "paragraph", "start", "end")}
    return Mark(**({"kind": kind, "rule": "judge", "score": 900} | where | fields))


def decision(anchor: Anchor, verdict: Verdict, kind: MarkKind = MarkKind.INJECTED, **fields: Any) -> Decision:
    return Decision(**({"anchor": anchor, "verdict": verdict, "kind": kind, "by": "lin", "at": NOON} | fields))


def text_of(text: Reading, *decisions: Decision) -> str:
    return clean_text(text.paragraphs, lay(text, decisions).standing())


@st.composite
def placed(draw: st.DrawFn) -> tuple[Reading, Place]:
    """A text that repeats itself, and a span of it, empty ones too."""
    text = reading(draw(bodies), draw(st.text("江湾", max_size=6)))
    field = draw(st.sampled_from([MarkField.BODY, MarkField.TITLE]))
    paragraph = draw(st.integers(0, len(text.paragraphs) - 1)) if field is MarkField.BODY else None
    line = text.title if paragraph is None else text.paragraphs[paragraph].raw
    edges = sorted(draw(st.tuples(st.integers(0, len(line)), st.integers(0, len(line)))))
    return text, Place(field=field, paragraph=paragraph, start=edges[0], end=edges[1])


def span(text: Reading, place: Place) -> str:
    line = text.title if place.paragraph is None else text.paragraphs[place.paragraph].raw
    return line[place.start : place.end]


# -- finding a place again


@given(placed())
def test_in_its_own_reading_a_place_is_found_and_no_other(given_: tuple[Reading, Place]) -> None:
    text, place = given_
    assert find(text, anchor_at(text, place)) == (place,)


@given(placed(), bodies, bodies)
def test_wherever_it_is_found_it_reads_the_same(
    given_: tuple[Reading, Place], more: list[str], other: list[str]
) -> None:
    text, place = given_
    anchor = anchor_at(text, place)
    for lines in (other, more + [one.raw for one in text.paragraphs], [one.raw for one in text.paragraphs] + more):
        changed = reading(lines, text.title)
        assert all(span(changed, found) == anchor.span for found in find(changed, anchor))


@given(st.lists(st.sampled_from("甲乙丙丁戊己庚辛"), max_size=5, unique=True), st.integers(0, 3))
def test_other_paragraphs_may_come_and_go(others: list[str], number: int) -> None:
    place = body(number, 0, len(LINES[number]))
    anchor = anchor_at(reading(), place)
    before, after = [f"{one}段是后来加的。" for one in others[:2]], [f"{one}段是后来加的。" for one in others[2:]]
    changed = reading([*LINES[:number], *before, LINES[number], *LINES[number + 1 :], *after])
    assert find(changed, anchor) == (body(number + len(before), 0, len(LINES[number])),)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((*LINES[:1], "另起一段。", *LINES[1:]), (2, 0, 7)),  # its paragraph's number
        ((LINES[0], "今早" + LINES[1], *LINES[2:]), (1, 2, 9)),  # the text before it: offsets
        ((LINES[0], LINES[1].replace("恢复了", "昨天恢复了"), *LINES[2:]), (1, 0, 7)),  # the text after it
        ((LINES[1], LINES[0], *LINES[2:]), (0, 0, 7)),  # the order of paragraphs
    ],
)
def test_a_span_is_found_when_one_side_of_it_is_as_it_was(lines: tuple[str, ...], found: tuple[int, int, int]) -> None:
    assert find(reading(lines), anchor_at(reading(), body(1, 0, 7))) == (body(*found),)


def test_a_span_that_is_gone_or_stands_elsewhere_is_missing() -> None:
    anchor = anchor_at(reading(), body(1, 0, 7))
    assert find(reading([LINES[0], *LINES[2:]]), anchor) == ()
    assert find(reading(["有人说豪麦棋牌进不去是广告。"]), anchor) == ()


def test_a_span_that_now_stands_twice_is_ambiguous() -> None:
    anchor = anchor_at(reading(), body(1, 0, 7))
    assert len(find(reading([*LINES, *LINES]), anchor)) == 2


def test_one_of_two_that_look_the_same_is_known_by_what_is_around_it() -> None:
    lines = [LINES[0], "广告", LINES[1], "广告", LINES[2]]
    anchor = anchor_at(reading(lines), body(3, 0, 2))
    assert find(reading(lines), anchor) == (body(3, 0, 2),)
    assert find(reading([*lines[:4], "另起一段。", *lines[4:]]), anchor) == (body(3, 0, 2),)
    assert find(reading([*lines[:3], lines[4]]), anchor) == ()


def test_a_whole_paragraph_is_not_found_inside_another() -> None:
    anchor = anchor_at(reading(["沿江今日通车。", "广告"]), body(1, 0, 2))
    assert find(reading(["沿江今日通车。", "广告费用上涨，商户说影响不大。"]), anchor) == ()


def test_repetition_without_end_costs_no_time() -> None:
    text = reading(["江" * 100_000])
    began = time.process_time()
    anchor = anchor_at(text, body(0, 50_000, 50_004))
    assert find(text, anchor) == (body(0, 50_000, 50_004),)
    assert len(find(reading(["江" * 200_000]), anchor)) > 1
    assert time.process_time() - began < 2


# -- laying decisions over marks

KEYWORD, TAIL = mark(body(1, 0, 7)), mark(body(3, 0, 7), MarkKind.BOILERPLATE)
JUDGED = reading(marks=(KEYWORD, TAIL))
THERE = anchor_at(JUDGED, body(1, 0, 7))


def test_an_undone_cut_is_back_and_nothing_else() -> None:
    undone = decision(THERE, Verdict.UNDONE)
    assert text_of(JUDGED, undone) == "\n".join(LINES[:3])
    assert [one.stands for one in lay(JUDGED, [undone]).marks] == [False, True]


def test_an_undone_cut_is_back_whatever_rule_cuts_it_next() -> None:
    undone = decision(THERE, Verdict.UNDONE)
    for other in (mark(body(1, 0, 8)), mark(body(1, 3, 5)), mark(body(1, 0, len(LINES[1])), MarkKind.OFF_TOPIC)):
        assert LINES[1] in text_of(reading(marks=(other,)), undone)


def test_a_persons_cut_is_out_without_any_mark_of_the_judge() -> None:
    plain = reading()
    cut = decision(anchor_at(plain, body(2, 0, len(LINES[2]))), Verdict.CUT, MarkKind.OFF_TOPIC)
    assert LINES[2] not in text_of(plain, cut)
    [made] = lay(plain, [cut]).marks
    assert (made.mark.rule, made.mark.kind, made.stands) == ("review", MarkKind.OFF_TOPIC, True)


def test_a_confirmed_cut_stands_where_the_judge_no_longer_makes_it() -> None:
    confirmed = decision(THERE, Verdict.CONFIRMED)
    assert [one.mark.rule for one in lay(JUDGED, [confirmed]).marks] == ["judge", "judge"]
    assert [one.mark.rule for one in lay(reading(), [confirmed]).marks] == ["review"]
    assert text_of(reading(), confirmed) == "\n".join([LINES[0], LINES[1][7:], *LINES[2:]])


def test_the_last_word_on_a_mark_holds() -> None:
    undone, confirmed = decision(THERE, Verdict.UNDONE), decision(THERE, Verdict.CONFIRMED)
    assert LINES[1] in text_of(JUDGED, confirmed, undone)
    assert LINES[1] not in text_of(JUDGED, undone, confirmed)


def test_a_paragraph_is_put_back_and_a_phrase_of_it_cut() -> None:
    foreign = mark(body(1, 0, len(LINES[1])), MarkKind.OFF_TOPIC)
    text = reading(marks=(foreign,))
    back = decision(anchor_at(text, place_of(foreign)), Verdict.UNDONE, MarkKind.OFF_TOPIC)
    phrase = decision(THERE, Verdict.CUT)
    assert text_of(text, back, phrase).split("\n")[1] == LINES[1][7:]
    assert text_of(text, phrase, back).split("\n")[1] == LINES[1]


def test_a_repair_is_undone_apart_from_cuts() -> None:
    repair = mark(body(2, 0, 2), MarkKind.REPAIRED, replacement="潮位")
    text = reading(marks=(repair, mark(body(2, 0, 7))))
    there = anchor_at(text, body(2, 0, 2))
    assert text_of(text, decision(there, Verdict.UNDONE)).split("\n")[2].startswith("潮位比昨天低")
    undone = decision(there, Verdict.UNDONE, MarkKind.REPAIRED)
    assert [one.stands for one in lay(text, [undone]).marks] == [False, True]
    assert decision(there, Verdict.UNDONE).key != undone.key


def test_a_confirmed_repair_keeps_its_replacement() -> None:
    there = anchor_at(reading(), body(2, 0, 2))
    confirmed = decision(there, Verdict.CONFIRMED, MarkKind.REPAIRED, replacement="潮位")
    assert "潮位比昨天低" in text_of(reading(), confirmed)


def test_a_title_is_decided_on_like_a_paragraph() -> None:
    place = Place(field=MarkField.TITLE, paragraph=None, start=0, end=2)
    text = reading(marks=(mark(place),))
    undone = decision(anchor_at(text, place), Verdict.UNDONE)
    assert clean_title(text.title, lay(text, [undone]).standing()) == "江湾放晴"
    assert clean_title(text.title, lay(text, []).standing()) == "放晴"


def test_a_mark_of_the_whole_document_is_decided_on() -> None:
    place = Place(field=MarkField.DOCUMENT, paragraph=None, start=0, end=0)
    text = reading(marks=(mark(place, MarkKind.SUSPECT),))
    undone = decision(anchor_at(text, place), Verdict.UNDONE, MarkKind.SUSPECT)
    assert [one.stands for one in lay(text, [undone]).marks] == [False]
    assert [one.stands for one in lay(reading(["别的"], marks=text.marks), [undone]).marks] == [False]


def test_what_is_missing_or_ambiguous_is_said_and_changes_nothing() -> None:
    undone = decision(THERE, Verdict.UNDONE)
    for lines, places in (((LINES[0], LINES[2]), 0), ((*LINES, *LINES), 2)):
        text = reading(lines)
        laid = lay(text, [undone])
        assert [len(found) for _, found in laid.found] == [places]
        assert laid.standing() == text.marks


@st.composite
def decided(draw: st.DrawFn) -> tuple[Reading, list[Decision]]:
    """A reading with cuts, and decisions on any spans of it."""
    text, _ = draw(placed())
    kinds = st.sampled_from(sorted(CUTS))

    def spans() -> Place:
        paragraph = draw(st.integers(0, len(text.paragraphs) - 1))
        size = len(text.paragraphs[paragraph].raw)
        start, end = sorted((draw(st.integers(0, size)), draw(st.integers(0, size))))
        return body(paragraph, start, end)

    marks = tuple(mark(spans(), draw(kinds)) for _ in range(draw(st.integers(0, 4))))
    text = Reading(title=text.title, paragraphs=text.paragraphs, marks=marks)
    verdicts = [draw(st.sampled_from([Verdict.UNDONE, Verdict.CONFIRMED, Verdict.CUT])) for _ in range(3)]
    return text, [decision(anchor_at(text, spans()), verdict, draw(kinds)) for verdict in verdicts]


@given(decided())
def test_the_last_decision_is_kept_to_the_letter(given_: tuple[Reading, list[Decision]]) -> None:
    """What was undone last is cut by nothing; what was cut last is out, to the last character."""
    text, decisions = given_
    laid = lay(text, decisions)
    last = decisions[-1]
    [place] = find(text, last.anchor)
    cut = {
        (one.mark.paragraph, at)
        for one in laid.marks
        if one.stands and one.mark.kind in CUTS
        for at in range(one.mark.start, one.mark.end)
    }
    span = {(place.paragraph, at) for at in range(place.start, place.end)}
    assert not cut & span if last.verdict is Verdict.UNDONE else span <= cut


@given(decided())
def test_no_mark_of_the_judge_is_lost_or_changed(given_: tuple[Reading, list[Decision]]) -> None:
    text, decisions = given_
    laid = lay(text, decisions)
    assert tuple(one.mark for one in laid.marks[: len(text.marks)]) == text.marks
    assert lay(text, []).standing() == text.marks
    assume(all(one.verdict is not Verdict.UNDONE for one in decisions))
    assert set(text.marks) <= set(laid.standing())
