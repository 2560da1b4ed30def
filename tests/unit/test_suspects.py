"""What no repair can undo is labelled; sound texts in any language are not."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import Mark, MarkField, MarkKind
from pipelines.repair import find_suspects, repair

CASES = json.loads((Path(__file__).parents[1] / "cases" / "suspects.json").read_text(encoding="utf-8"))
SAMPLE = 1000


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


def spanned(mark: Mark, title: str, paragraphs: list[str]) -> str:
    """The text that a mark stands over."""
    if mark.field is MarkField.DOCUMENT:
        return ""
    text = title if mark.paragraph is None else paragraphs[mark.paragraph]
    return text[mark.start : mark.end]


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    title = repair(case["original"]["title"]).text
    paragraphs = [repair(one).text for one in case["original"]["paragraphs"]]
    marks = list(find_suspects(title, paragraphs))
    assert [[mark.field, mark.rule, spanned(mark, title, paragraphs)] for mark in marks] == case["expected"]


@given(st.text(), st.lists(st.one_of(st.text(), st.text("\ufffd锟斤拷烫?\ue000新a")), max_size=4))
def test_marks_only_label_and_stand_inside_their_text(title: str, paragraphs: list[str]) -> None:
    for mark in find_suspects(title, paragraphs):
        assert (mark.kind, mark.replacement) == (MarkKind.SUSPECT, None)
        assert 0 < mark.score <= 1000
        assert mark.field is MarkField.DOCUMENT or len(spanned(mark, title, paragraphs)) == mark.end - mark.start > 0


@pytest.fixture(scope="module")
def sound(shared: Path) -> list[list[str]]:
    """Every fifteenth of a collection of articles: title, then paragraphs."""
    path = shared / "corpus" / "background.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for number, line in enumerate(lines) if number % 15 == 0][:SAMPLE]
    return [[one["title"], *one["paragraphs"]] for one in articles]


def test_sound_articles_stay_as_they_are(sound: list[list[str]]) -> None:
    """Of a thousand articles, repairs take the zero-width spaces that twenty of them hold, and touch nothing else."""
    assert len(sound) == SAMPLE
    taken = [
        (text[span.start : span.end], span.replacement)
        for texts in sound
        for text in texts
        for span in repair(text).spans
    ]
    assert {replacement for _, replacement in taken} == {""}
    assert {char for raw, _ in taken for char in raw} == {"\u200b"}


def test_sound_articles_are_not_suspect(sound: list[list[str]]) -> None:
    """Glyphs of a font of the site's own are labelled, and nothing else."""
    flagged = [mark for title, *texts in sound for mark in find_suspects(title, texts)]
    assert {mark.rule for mark in flagged} <= {"private_use"}
