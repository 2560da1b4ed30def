"""Enqueueing over a real database and a clock that the test turns: one run a slot, whoever leads, whatever happens."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from crawler.service import jobs
from crawler.service.enqueue import WAITS, Timetable
from pipelines.model import Source
from storage import jobs as storage_jobs
from storage import leader, runs
from storage.database import connect
from storage.leader import Term
from tests.faults.processes import wait_until
from tests.integration.factories import make_source

Connection = psycopg.Connection[Any]

#: A minute before 08:00 in Shanghai.
START = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
EIGHT = START + timedelta(minutes=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


class Clock:
    """The time, as the test says."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self, conn: Connection) -> datetime:
        return self.now


class Scheduler:
    """A leader's connection and its timetable."""

    def __init__(self, url: str, clock: Clock, sources: list[Source]) -> None:
        self.conn = connect(url, autocommit=True)
        self.timetable = Timetable(clock=clock)
        self.timetable.replace(sources)
        self.term: Term | None = None

    def lead(self, name: str = "first") -> bool:
        self.term = leader.campaign(self.conn, name)
        return self.term is not None

    def tick(self) -> list[str]:
        assert self.term is not None
        return [queued.outlet for queued in self.timetable.tick(self.conn, self.term)]


def scheduled(line: str, name: str = "qingshui", **fields: Any) -> Source:
    source = make_source(name, **fields)
    return replace(source, crawl=replace(source.crawl, schedule=line))


def ledger(conn: Connection) -> list[tuple[datetime, str]]:
    conn.rollback()
    return conn.execute("select scheduled_at, state from run order by scheduled_at").fetchall()


def finish_jobs(conn: Connection) -> None:
    """Pretend that workers have taken and ended everything."""
    storage_jobs.use_queue(conn)
    conn.execute("update queue.procrastinate_jobs set status = 'succeeded'")
    conn.execute("update run set state = 'done' where state = 'queued'")
    conn.commit()


@pytest.fixture
def clock() -> Clock:
    return Clock()


Start = Callable[..., Scheduler]


@pytest.fixture
def start(database: str, clock: Clock) -> Iterator[Start]:
    """Starts schedulers of some sources, on the test's clock or another; all end with the test."""
    with ExitStack() as stack:

        def begin(*sources: Source, by: Clock = clock) -> Scheduler:
            scheduler = Scheduler(database, by, list(sources))
            stack.callback(scheduler.conn.close)
            return scheduler

        yield begin


@pytest.fixture
def daily(start: Start) -> Scheduler:
    """A leader that has looked at its one daily outlet a minute before its first slot."""
    scheduler = start(scheduled("0 8 * * *"))
    assert scheduler.lead()
    assert scheduler.tick() == []
    return scheduler


def test_slot_becomes_a_run_and_a_job_at_its_time(daily: Scheduler, clock: Clock, conn: Connection) -> None:
    clock.now = EIGHT
    assert daily.tick() == ["qingshui"]
    assert daily.tick() == []
    [(run_id, scheduled_at, state)] = conn.execute("select id, scheduled_at, state from run").fetchall()
    assert (scheduled_at, state) == (EIGHT, "queued")
    job = "select status::text, args, lock, queueing_lock, queue_name from queue.procrastinate_jobs"
    args = {"run_id": run_id, "outlet": "qingshui"}
    assert conn.execute(job).fetchall() == [("todo", args, "source:qingshui", "crawl:qingshui", "crawl")]


def test_new_outlet_starts_with_its_next_slot(start: Start, clock: Clock, conn: Connection) -> None:
    """P7: what came before anybody had it on a timetable was not missed, even where it was crawled by hand before."""
    conn.execute("insert into outlet (name, title, region, registered_at) values ('qingshui', '', '', '2025-01-01')")
    conn.commit()
    clock.now = EIGHT + MINUTE
    scheduler = start(scheduled("0 8 * * *"))
    assert scheduler.lead()
    assert scheduler.tick() == []
    assert ledger(conn) == []
    clock.now = EIGHT + DAY
    assert scheduler.tick() == ["qingshui"]


def test_missed_slots_are_recorded_and_the_latest_is_caught_up(
    daily: Scheduler, clock: Clock, conn: Connection
) -> None:
    """P7, F8: three slots pass while nobody looks."""
    clock.now = EIGHT + 2 * DAY + 5 * MINUTE
    assert daily.tick() == ["qingshui"]
    assert ledger(conn) == [(EIGHT, "missed"), (EIGHT + DAY, "missed"), (EIGHT + 2 * DAY, "queued")]


def test_slot_past_its_grace_is_recorded_only(start: Start, clock: Clock, conn: Connection) -> None:
    scheduler = start(scheduled("0 8 2 * *"))
    assert scheduler.lead()
    scheduler.tick()
    clock.now = EIGHT + 3 * DAY
    assert scheduler.tick() == []
    assert ledger(conn) == [(EIGHT, "missed")]


def test_first_slot_is_caught_up_after_a_restart(
    daily: Scheduler, start: Start, clock: Clock, conn: Connection
) -> None:
    """When an outlet was first seen is in the database, not in a process."""
    daily.conn.close()
    clock.now = EIGHT + 5 * MINUTE
    second = start(scheduled("0 8 * * *"))
    assert second.lead("second")
    assert second.tick() == ["qingshui"]
    assert ledger(conn) == [(EIGHT, "queued")]


def test_changed_line_begins_when_it_is_changed(daily: Scheduler, clock: Clock, conn: Connection) -> None:
    clock.now = EIGHT
    daily.tick()
    finish_jobs(conn)
    clock.now = EIGHT + timedelta(hours=3, minutes=2)
    daily.timetable.replace([scheduled("*/5 * * * *")])
    assert daily.tick() == []
    clock.now += 3 * MINUTE
    assert daily.tick() == ["qingshui"]
    assert [state for _, state in ledger(conn)] == ["done", "queued"]


def test_outlet_taken_off_the_timetable_misses_nothing(daily: Scheduler, clock: Clock, conn: Connection) -> None:
    clock.now = EIGHT
    daily.tick()
    finish_jobs(conn)
    daily.timetable.replace([])
    assert daily.tick() == []
    clock.now = EIGHT + 3 * DAY + MINUTE
    daily.timetable.replace([scheduled("0 8 * * *")])
    assert daily.tick() == []
    assert ledger(conn) == [(EIGHT, "done")]


def test_slot_whose_predecessor_still_waits_is_missed(daily: Scheduler, clock: Clock, conn: Connection) -> None:
    clock.now = EIGHT
    daily.tick()
    clock.now = EIGHT + DAY
    assert daily.tick() == []
    assert ledger(conn) == [(EIGHT, "queued"), (EIGHT + DAY, "missed")]
    assert conn.execute("select detail from run where state = 'missed'").fetchone() == (WAITS,)
    clock.now += MINUTE
    assert daily.tick() == []


def test_clock_that_jumps_makes_no_second_run(daily: Scheduler, clock: Clock, conn: Connection) -> None:
    """P6, F7: an hour forward, an hour back, and past the slot once more."""
    for minutes in (-30, 1, 61, 1, -59, 0, 1, 2):
        clock.now = EIGHT + minutes * MINUTE
        daily.tick()
    assert ledger(conn) == [(EIGHT, "queued")]


def test_fault_of_one_outlet_leaves_the_others_on_time(
    start: Start, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = [scheduled("0 8 * * *", name) for name in ("anfeng", "baiyun", "chongming")]
    scheduler = start(*sources)
    assert scheduler.lead()
    scheduler.tick()
    original = runs.last_scheduled

    def fail(conn: Connection, outlet_id: int) -> datetime | None:
        if scheduler.timetable._ids["baiyun"] == outlet_id:
            raise ZeroDivisionError
        return original(conn, outlet_id)

    monkeypatch.setattr("crawler.service.enqueue.runs.last_scheduled", fail)
    clock.now = EIGHT
    assert scheduler.tick() == ["anfeng", "chongming"]


def test_two_schedulers_make_one_run_a_slot(start: Start, database: str, conn: Connection) -> None:
    """P6: 500 ticks of each, at once, and both believing that they lead."""
    sources = [scheduled("*/5 * * * *", name) for name in ("anfeng", "baiyun")]
    clocks = [Clock(), Clock()]
    pair = [start(*sources, by=clock) for clock in clocks]
    assert pair[0].lead()
    pair[0].tick()
    pair[1].term = pair[0].term

    one_at_a_time = threading.Lock()

    def turn(scheduler: Scheduler, clock: Clock) -> None:
        with connect(database) as worker:
            for _ in range(500):
                clock.now += MINUTE
                scheduler.tick()
                with one_at_a_time:
                    finish_jobs(worker)

    threads = [threading.Thread(target=turn, args=both) for both in zip(pair, clocks, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count, distinct = conn.execute(
        "select count(*), count(distinct (outlet_id, scheduled_at)) from run"
    ).fetchone() or (0, 0)
    assert (count, distinct) == (200, 200)
    twice = "select 1 from queue.procrastinate_jobs group by args ->> 'run_id' having count(*) > 1"
    assert conn.execute(twice).fetchall() == []


def test_one_leads_and_the_other_follows_when_it_is_gone(start: Start) -> None:
    first, second = (start() for _ in range(2))
    assert first.lead("first")
    assert not second.lead("second")
    first.conn.close()
    wait_until(lambda: second.lead("second"))
    assert first.term is not None
    assert second.term is not None
    assert second.term.epoch == first.term.epoch + 1


def test_deposed_leader_writes_nothing(daily: Scheduler, clock: Clock, conn: Connection) -> None:
    conn.execute("update leader set epoch = epoch + 1, name = 'another'")
    conn.commit()
    clock.now = EIGHT
    with pytest.raises(leader.Deposed, match="another leads now"):
        daily.tick()
    assert ledger(conn) == []


def test_run_and_job_are_one_transaction(daily: Scheduler, conn: Connection) -> None:
    source_id = conn.execute("select id from outlet").fetchone()
    assert source_id is not None
    run_id = runs.queue(conn, outlet_id=source_id[0])
    assert run_id is not None
    assert jobs.defer_crawl(conn, run_id=run_id, outlet="qingshui")
    conn.rollback()
    assert ledger(conn) == []
    assert conn.execute("select count(*) from queue.procrastinate_jobs").fetchone() == (0,)
