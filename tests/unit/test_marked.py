"""How `source check` shows a text and its marks on a terminal."""

import pytest
from rich.cells import cell_len
from rich.text import Text

from crawler.commands.marked import marked, notes
from crawler.commands.wrap import CLOSING, harmless, wrap
from pipelines.model import Mark, MarkField, MarkKind

RAW = "清水市今日某某平台新开三条公\u200b交线路。"


def mark(start: int, end: int, kind: MarkKind, replacement: str | None = None, rule: str = "keyword") -> Mark:
    return Mark(
        field=MarkField.BODY,
        paragraph=0,
        start=start,
        end=end,
        kind=kind,
        rule=rule,
        score=900,
        replacement=replacement,
    )


CUT = mark(5, 9, MarkKind.INJECTED)
REPAIR = mark(14, 15, MarkKind.REPAIRED, "", "drop_invisible")


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ([], RAW),
        ([CUT], "清水市今日[-某某平台-]新开三条公\u200b交线路。"),
        ([CUT, mark(7, 11, MarkKind.PROMO)], "清水市今日[-某某平台新开-]三条公\u200b交线路。"),
        ([REPAIR], "清水市今日某某平台新开三条公{U+200B→}交线路。"),
        ([REPAIR, mark(12, 16, MarkKind.INJECTED)], "清水市今日某某平台新开三[-条公\u200b交-]线路。"),
        ([mark(0, len(RAW), MarkKind.OFF_TOPIC)], RAW),
        ([mark(0, 3, MarkKind.SUSPECT)], RAW),
    ],
)
def test_cuts_and_repairs_stand_in_the_text(marks: list[Mark], shown: str) -> None:
    assert marked(RAW, marks).plain == shown


def test_each_rule_has_a_line() -> None:
    marks = [CUT, mark(9, 11, MarkKind.INJECTED), REPAIR, mark(0, 3, MarkKind.SUSPECT, rule="names")]
    assert list(notes(RAW, marks)) == [
        "cut as injected: keyword 0.90 “某某平台”、“新开”",
        "repaired: drop_invisible, 1×",
        "labelled suspect: names 0.90 “清水市”",
    ]
    assert list(notes(RAW, [mark(0, len(RAW), MarkKind.OFF_TOPIC)])) == ["cut as off_topic: keyword 0.90"]


@pytest.mark.parametrize("width", [2, 7, 20, 33])
def test_lines_fit_and_nothing_is_lost(width: int) -> None:
    text = "《清水》报道：“三条线路”今日开通（详见www.qingshui.example/2026/03/t20260302_1.html），请留意。END of it."
    lines = [line.plain for line in wrap(Text(text), width)]
    assert all(cell_len(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())
    if width > 2:
        assert not [line for line in lines[1:] if line[0] in CLOSING - set("./·-:?%")]


def test_a_page_does_not_steer_the_terminal() -> None:
    assert harmless("甲\x1b]0;x\x07乙\n丙\u202e") == "甲\ufffd]0;x\ufffd乙 丙\ufffd"
