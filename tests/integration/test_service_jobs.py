"""Jobs of dead workers: put back once, by whichever reaper comes first, and never so that an outlet is stuck."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from procrastinate import JobContext
from procrastinate.jobs import Job

from crawler.service.jobs import BUSY, Crawls, build_app, defer_crawl
from crawler.service.reaper import Reaper
from storage import jobs, outlets, runs
from storage.database import connect
from storage.jobs import MAX_ATTEMPTS, OUTLET_LOCK, Claim, Reaped
from tests.integration.factories import make_source

Connection = psycopg.Connection[Any]


@pytest.fixture
def outlet_id(conn: Connection) -> int:
    return outlets.register(conn, make_source())


@pytest.fixture
def second(database: str) -> Iterator[Connection]:
    with connect(database) as connection:
        yield connection


def queue(conn: Connection, outlet_id: int) -> int:
    run_id = runs.queue(conn, outlet_id=outlet_id)
    assert run_id is not None
    assert defer_crawl(conn, run_id=run_id, outlet="qingshui")
    return run_id


def take(conn: Connection, *, heartbeat_age_s: float = 60) -> Claim:
    """Let a worker of that last sign of life take the next job."""
    jobs.use_queue(conn)
    worker = conn.execute(
        "insert into procrastinate_workers (last_heartbeat) values (now() - make_interval(secs => %s)) returning id",
        [heartbeat_age_s],
    ).fetchone()
    assert worker is not None
    job = conn.execute("select id, attempts from procrastinate_fetch_job_v2(null, %s)", [worker[0]]).fetchone()
    assert job is not None
    conn.commit()
    return Claim(job_id=job[0], worker_id=worker[0], attempts=job[1])


def status(conn: Connection) -> list[Any]:
    return [row[0] for row in conn.execute("select status::text from queue.procrastinate_jobs order by id")]


def test_job_of_a_silent_worker_goes_back_once(conn: Connection, second: Connection, outlet_id: int) -> None:
    run_id = queue(conn, outlet_id)
    claim = take(conn)
    assert jobs.owns(conn, claim)
    assert jobs.reap(conn, stalled_s=30) == [Reaped(job_id=claim.job_id, run_id=run_id, given_up="")]
    assert jobs.reap(second, stalled_s=30) == []
    conn.commit()
    assert jobs.reap(second, stalled_s=30) == []
    assert status(conn) == ["todo"]
    assert not jobs.owns(conn, claim)


def test_job_of_a_living_worker_stays(conn: Connection, outlet_id: int) -> None:
    queue(conn, outlet_id)
    claim = take(conn, heartbeat_age_s=5)
    assert jobs.reap(conn, stalled_s=30) == []
    assert jobs.owns(conn, claim)


def test_job_whose_worker_is_forgotten_goes_back(conn: Connection, outlet_id: int) -> None:
    queue(conn, outlet_id)
    take(conn, heartbeat_age_s=0)
    conn.execute("delete from queue.procrastinate_workers")
    assert len(jobs.reap(conn, stalled_s=30)) == 1


def test_later_job_of_the_outlet_goes_on_in_its_place(conn: Connection, outlet_id: int) -> None:
    """The queue takes one waiting job an outlet: the dead one would be refused, and keep the outlet's lock."""
    first = queue(conn, outlet_id)
    claim = take(conn)
    runs.start(conn, first)
    queue(conn, outlet_id)
    assert jobs.another_waits(conn, claim.job_id)
    [reaped] = jobs.reap(conn, stalled_s=30)
    assert reaped.given_up == "its worker died; the outlet's next run goes on"
    assert runs.state(conn, first) == ("interrupted", reaped.given_up)
    assert status(conn) == ["failed", "todo"]
    take(conn)


def test_crawl_that_takes_its_workers_down_is_given_up(conn: Connection, outlet_id: int) -> None:
    run_id = queue(conn, outlet_id)
    for _ in range(MAX_ATTEMPTS):
        take(conn)
        [reaped] = jobs.reap(conn, stalled_s=30)
    assert reaped.given_up == "its worker died, as in 4 tries before"
    assert runs.state(conn, run_id)[0] == "failed"
    assert status(conn) == ["failed"]


def test_run_without_a_job_is_closed(conn: Connection, outlet_id: int) -> None:
    run_id = queue(conn, outlet_id)
    by_hand = runs.queue(conn, outlet_id=outlet_id)
    take(conn)
    assert jobs.end_orphans(conn) == []
    jobs.use_queue(conn)
    conn.execute("update procrastinate_jobs set status = 'failed'")
    assert jobs.end_orphans(conn) == [run_id]
    assert runs.state(conn, run_id)[0] == "failed"
    assert by_hand is not None
    assert runs.state(conn, by_hand)[0] == "queued"


def test_crawl_before_is_cut_off(conn: Connection, second: Connection, outlet_id: int) -> None:
    run_id = queue(conn, outlet_id)
    conn.commit()
    second.execute("select pg_advisory_lock(%s, %s)", [OUTLET_LOCK, outlet_id])
    runs.start(second, run_id)
    second.commit()
    assert jobs.cut_off(conn, run_id=run_id) == 1
    with pytest.raises(psycopg.OperationalError):
        second.execute("select 1")
    assert jobs.cut_off(conn, run_id=run_id) == 0


def test_later_crawl_by_hand_is_not_cut_off(conn: Connection, second: Connection, outlet_id: int) -> None:
    run_id = queue(conn, outlet_id)
    runs.start(conn, run_id)
    conn.commit()
    by_hand = runs.queue(second, outlet_id=outlet_id)
    assert by_hand is not None
    second.execute("select pg_advisory_lock(%s, %s)", [OUTLET_LOCK, outlet_id])
    runs.start(second, by_hand)
    second.commit()
    assert jobs.cut_off(conn, run_id=run_id) == 0


def test_run_that_meets_a_crawl_by_hand_is_missed(
    conn: Connection, second: Connection, database: str, tmp_path: Path
) -> None:
    """What an outlet's crawl by hand fetches, its slot need not fetch again; and nothing failed."""
    outlet_id = outlets.register(conn, make_source("njdaily"))
    run_id = runs.queue(conn, outlet_id=outlet_id)
    assert run_id is not None
    conn.commit()
    second.execute("select pg_advisory_lock(%s, %s)", [OUTLET_LOCK, outlet_id])
    app = build_app(Crawls(url=database, log=tmp_path))
    job = Job(id=1, queue="crawl", task_name="crawl", lock=None, queueing_lock=None, worker_id=1)
    context = JobContext(app=app, job=job, start_timestamp=0.0, abort_reason=lambda: None)
    asyncio.run(app.tasks["crawl"].func(context, run_id, "njdaily"))
    assert runs.state(conn, run_id) == ("missed", BUSY)


def test_repeated_run_asks_for_the_same(conn: Connection, outlet_id: int) -> None:
    run_id = runs.queue(conn, outlet_id=outlet_id, article_limit=7)
    assert run_id is not None
    again = runs.start(conn, jobs.queue_again(conn, run_id))
    assert (again.outlet_id, again.article_limit, again.scheduled_at) == (outlet_id, 7, None)


def test_old_jobs_and_logs_go(conn: Connection, database: str, outlet_id: int, tmp_path: Path) -> None:
    queue(conn, outlet_id)
    take(conn)
    jobs.use_queue(conn)
    conn.execute("update procrastinate_jobs set status = 'succeeded'")
    conn.execute("update procrastinate_events set at = at - interval '15 days'")
    queue(conn, outlet_id)
    conn.commit()
    old, new = tmp_path / "crawl-1.log", tmp_path / "crawl-2.log"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    Reaper(url=database, log=tmp_path).tidy()
    assert status(conn) == ["todo"]
    assert [path.name for path in tmp_path.iterdir()] == ["crawl-2.log"]
