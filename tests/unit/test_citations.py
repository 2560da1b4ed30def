"""Titles that a text names, and the outlet that it says they are of."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import sources
from pipelines.citations import MIN_LENGTH, cite
from pipelines.fold import fold
from pipelines.model import Source
from pipelines.outlet_names import keys_of, known_as

CASES = json.loads((Path(__file__).parents[1] / "cases" / "citations.json").read_text(encoding="utf-8"))
TITLE = "江湾为什么留得住年轻人"
SOURCES = list(sources().values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    assert [[one.title, one.outlet] for one in cite(fold(case["original"]))] == case["expected"]


@given(st.text("《》“”据新华日报社网发表题为刊的本系列第二篇一文、，。江湾 \n", max_size=80))
def test_every_title_stands_in_the_text_once(text: str) -> None:
    found = cite(text)
    titles = [one.title for one in found]
    assert len(set(titles)) == len(titles)
    assert all(title in text and len(title) >= MIN_LENGTH and title == title.strip() for title in titles)
    assert [one.outlet for one in found] == [one.outlet for one in cite(text + "。")]


@given(st.text("《》据新华日报社网发表题为刊的本报第二篇一文、，江湾", max_size=40))
def test_what_other_sentences_say_changes_no_outlet(text: str) -> None:
    cited = f"据清水日报刊发的《{TITLE}》一文"
    assert (TITLE, "清水日报") in [(one.title, one.outlet) for one in cite(f"{text}。{cited}。{text}")]


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_outlet_is_found_by_its_names(source: Source) -> None:
    """As papers name one another: by every part of the title in its source file."""
    names = known_as(source.title, source.aliases)
    heard: set[str] = set()
    for part in source.title.split("（")[0].split(" · "):
        for said in (
            f"据{part}报道的《{TITLE}》一文",
            f"{part}客户端近日刊发《{TITLE}》",
            f"《{part}》发表评论《{TITLE}》",
        ):
            heard.update(key for one in cite(fold(said)) if one.title == TITLE for key in keys_of(one.outlet))
    assert heard
    assert heard <= set(names)
