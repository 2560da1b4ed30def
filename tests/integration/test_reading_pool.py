"""A pool that stands still: its worker was killed while it took its next value, and nobody will ever answer."""

import time
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool

import pytest

from crawler import reading_pool
from crawler.fitted import Fitted
from crawler.reading_pool import WorkerPool, Workers


@pytest.fixture
def workers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workers]:
    monkeypatch.setattr(reading_pool, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(reading_pool, "STUCK_S", 2.0)
    pool = Workers(max_workers=1)
    yield pool
    reading_pool._end(pool, wait=False)


def test_a_pool_that_stands_still_is_stopped_for_all_who_wait(workers: Workers) -> None:
    one, other = (workers.give(time.sleep, 600) for _ in range(2))
    for waiting in (one, other):
        with pytest.raises(BrokenProcessPool):
            waiting.wait()
    assert not workers.active


def test_a_value_may_wait_for_many_that_were_given_before_it(workers: Workers) -> None:
    for _ in range(6):
        workers.give(time.sleep, 0.5)
    workers.give(time.sleep, 0).wait()
    assert workers.active


def test_a_model_that_cannot_be_read_is_said_and_not_tried_for_ever() -> None:
    pool = WorkerPool(reading_pool._judge_article, 1, Fitted(files={"bigrams.z": b""}))
    article = {"id": "1", "title": "", "paragraphs": ["清河市今天开会。"]}
    try:
        with pytest.raises(KeyError, match=r"trees\.json"):
            pool.settle(pool.schedule(article), article)
    finally:
        pool.close(wait=False)
