"""Whatever bytes a server sends: a document or a named refusal, the same twice, in bounded time and size."""

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.clean import clean_text
from pipelines.errors import PipelineError
from pipelines.judge_model import JudgeModel
from pipelines.model import Document, MarkField, ReadOutcome
from tests.fuzz.mutations import MUTATIONS, SEEDS, read, spoilt

MODEL = JudgeModel(name="none")
Steps = list[tuple[int, int, int]]
NUMBER = st.integers(0, 1 << 20)
STEP = st.tuples(st.integers(0, len(MUTATIONS) - 1), NUMBER, NUMBER)
HEADER = st.sampled_from(["text/html", "text/html; charset=utf-8", "text/html; charset=gbk", "application/json", "x/y"])
QUICK = settings(
    derandomize=True, database=None, max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def outcome(body: bytes, family: str, header: str) -> Document | ReadOutcome:
    """What reading gives; anything but a document and a named refusal is raised."""
    try:
        return read(body, family, MODEL, header)
    except PipelineError as refused:
        return refused.outcome


def check(document: Document, body: bytes) -> None:
    """What holds of every document, and what Postgres asks of a text."""
    texts = [document.title, document.byline, document.origin, document.published_text, document.clean_text]
    texts += [paragraph.raw for paragraph in document.paragraphs]
    for text in texts:
        assert "\x00" not in text
        text.encode()
    assert document.clean_text == clean_text(document.paragraphs, document.marks)
    for mark in document.marks:
        raw = "" if mark.field is MarkField.DOCUMENT else document.title
        raw = raw if mark.paragraph is None else document.paragraphs[mark.paragraph].raw
        assert 0 <= mark.start <= mark.end <= len(raw)
    assert sum(len(paragraph.raw) for paragraph in document.paragraphs) <= 4 * len(body) + 1000


@QUICK
@given(st.sampled_from(SEEDS), st.lists(STEP, max_size=6), HEADER)
def test_a_spoilt_page_is_read_or_refused(seed: tuple[str, bytes], steps: Steps, header: str) -> None:
    family, page = seed
    body = spoilt(page, steps)
    first = outcome(body, family, header)
    assert outcome(body, family, header) == first
    if isinstance(first, Document):
        check(first, body)


@QUICK
@given(st.binary(max_size=2000), HEADER)
@example(b"", "text/html")
@example(b"[" * 5000, "application/json")
@example(b'{"a":' * 5000, "application/json")
@example(b"<p>" * 20_000, "text/html")
@example(b"<table>" * 1900 + "短文一行。".encode() * 20, "text/html")
@example("　".encode() * 20_000, "text/html")
def test_any_bytes_are_read_or_refused(body: bytes, header: str) -> None:
    first = outcome(body, "", header)
    assert outcome(body, "", header) == first


@pytest.mark.parametrize("which", range(len(MUTATIONS)), ids=[mutation.__name__ for mutation in MUTATIONS])
def test_every_mutation_spoils_a_page(which: int) -> None:
    page = max(SEEDS, key=lambda seed: len(seed[1]))[1]
    body = spoilt(page, [(which, 7, 3999)])
    assert body != page
    outcome(body, "", "text/html")


def test_the_seeds_are_of_every_shape() -> None:
    assert len({family for family, _ in SEEDS}) > 5
    assert any(page.lstrip().startswith(b"{") and json.loads(page) for _, page in SEEDS)
