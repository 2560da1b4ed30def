"""A pool that stands still: its worker was killed while it took its next value, and nobody will ever answer."""

import time
from concurrent.futures.process import BrokenProcessPool

import pytest
from pebble import ProcessPool

from crawler import reading_pool
from crawler.reading_pool import Scheduled


def test_a_pool_that_stands_still_is_stopped_for_all_who_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pool, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(reading_pool, "STUCK_S", 0.2)
    pool = ProcessPool(max_workers=1)
    one, other = (Scheduled(pool.schedule(time.sleep, args=(600,)), pool) for _ in range(2))
    for waiting in (one, other):
        with pytest.raises(BrokenProcessPool):
            waiting.wait()
    assert not pool.active
    reading_pool._end(pool, wait=False)
