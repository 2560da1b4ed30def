"""The model case: a city's economy, reworded throughout, a game review as paragraph 5, a keyword in paragraph 10.

The demo's farm has a twin of it in our own words, which is read here from the bytes of its page; the case itself is not
part of the repository.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from crawler.config import load_source
from crawler.reading_pool import read_model
from demo.site import respond, truth
from pipelines.judge import SPUN, judge
from pipelines.model import CUTS, Capture, Document, Mark, MarkField, MarkKind, Paragraph, Role
from pipelines.process import process

ROOT = Path(__file__).parents[2]
MODEL = read_model()
GAME, SPLICED, CAPTIONS = 5, 10, (4, 13, 19)


@pytest.fixture(scope="module")
def twin() -> Document:
    [url] = [url for url in truth() if url.endswith("/7001.html")]
    parts = urlsplit(url)
    response = respond(parts.netloc, parts.path, 1)
    capture = Capture(
        outlet="kuaibao",
        url=url,
        final_url=url,
        fetched_at=datetime(2026, 3, 6, tzinfo=UTC),
        status=200,
        headers=(("content-type", response.content_type),),
        body=response.body,
        digest=hashlib.sha256(response.body).digest(),
        role=Role.ARTICLE,
    )
    return process([capture], load_source(ROOT / "demo" / "sources" / "kuaibao.toml"), MODEL)


@pytest.fixture(scope="module")
def case(shared: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared / "examples" / "seed_article.json").read_text(encoding="utf-8"))
    return found


def cuts(marks: tuple[Mark, ...], field: MarkField = MarkField.BODY) -> Iterator[tuple[int | None, int, int, str]]:
    return ((m.paragraph, m.start, m.end, str(m.kind)) for m in marks if m.kind in CUTS and m.field == field)


def test_the_twin_is_cut_where_it_was_filled_and_nowhere_else(twin: Document) -> None:
    [fact] = [fact for url, fact in truth().items() if url == twin.url]
    assert [paragraph.raw for paragraph in twin.paragraphs] == list(fact.shown)
    assert set(cuts(twin.marks)) == set(fact.spans)
    assert (GAME, 0, len(fact.shown[GAME]), "off_topic") in fact.spans
    assert SPLICED in {place for place, *_, kind in fact.spans if kind == "injected"}
    assert twin.clean_text.split("\n") == list(fact.paragraphs)
    assert twin.clean_title == fact.title


def test_the_twin_keeps_its_captions(twin: Document) -> None:
    labelled = {mark.paragraph for mark in twin.marks if mark.kind == MarkKind.CAPTION}
    assert labelled.issuperset(CAPTIONS)
    assert all(twin.paragraphs[place].raw in twin.clean_text for place in CAPTIONS)


def test_the_twin_is_called_spun(twin: Document) -> None:
    assert twin.spun_score >= SPUN
    assert GAME not in {mark.paragraph for mark in twin.marks if mark.kind == MarkKind.SPUN_WORD}


def test_the_case_itself(case: dict[str, Any]) -> None:
    found = judge(case["title"], [Paragraph(index=at, raw=raw) for at, raw in enumerate(case["paragraphs"])], MODEL)
    [span] = case["labels"]["injections"]
    assert list(cuts(found.marks)) == [
        (GAME, 0, len(case["paragraphs"][GAME]), "off_topic"),
        (SPLICED, span["start"], span["end"], "injected"),
    ]
    assert {mark.paragraph for mark in found.marks if mark.kind == MarkKind.CAPTION}.issuperset(CAPTIONS)
    assert found.spun_score >= SPUN
