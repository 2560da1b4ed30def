"""The service as its users meet it: processes that are stopped, killed, frozen and cut off from their database."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from crawler.config import load_source
from crawler.service import jobs
from crawler.service.serve import serve
from storage import jobs as storage_jobs
from storage import outlets, runs
from storage.database import connect
from storage.embedded import Cluster
from storage.errors import SchemaMismatch
from storage.migrate import upgrade
from tests.conftest import FAST
from tests.faults.processes import wait_until
from tests.integration.crawl.loopback import HOST, SOURCE, Site
from tests.integration.service_processes import alive, service

Connection = psycopg.Connection[Any]
OUTLET = "jiangwan"
HOURLY = "0 * * * *"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of source files with one outlet that is due each hour."""
    (tmp_path / f"{OUTLET}.toml").write_text(SOURCE + f'schedule = "{HOURLY}"\n', "utf-8")
    monkeypatch.setenv("HUILIU_SOURCES", str(tmp_path))
    return tmp_path


@pytest.fixture
def look(database: str) -> Iterator[Connection]:
    with connect(database, autocommit=True) as connection:
        yield connection


def queue(url: str, folder: Path) -> int:
    """Add a run with its job."""
    with connect(url) as conn:
        outlet_id = outlets.register(conn, load_source(folder / f"{OUTLET}.toml"))
        run_id = runs.queue(conn, outlet_id=outlet_id)
        assert run_id is not None
        assert jobs.defer_crawl(conn, run_id=run_id, outlet=OUTLET)
        return run_id


def make_due(url: str, folder: Path, hours: int) -> None:
    """Let the outlet have been on the timetable for some hours."""
    with connect(url) as conn:
        outlet_id = outlets.register(conn, load_source(folder / f"{OUTLET}.toml"))
        conn.execute(
            "insert into schedule values (%s, %s, date_trunc('hour', now()) - make_interval(hours => %s))",
            [outlet_id, HOURLY, hours],
        )


def ask(conn: Connection, query: str) -> list[Any]:
    return [row[0] if len(row) == 1 else row for row in conn.execute(query).fetchall()]


def states(conn: Connection) -> list[str]:
    return ask(conn, "select state from run order by id")


def job_states(conn: Connection) -> list[str]:
    return ask(conn, "select status::text from queue.procrastinate_jobs order by id")


def child_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])


def test_due_slot_is_crawled(database: str, folder: Path, look: Connection) -> None:
    make_due(database, folder, hours=3)
    with service(database, folder / "home", "scheduler", "worker") as one:
        wait_until(lambda: states(look) == ["missed", "missed", "done"])
        wait_until(lambda: job_states(look) == ["succeeded"])
        assert one.end() == 0
    assert "event=crawl_ended outlet=jiangwan run_id=3 state=done" in one.said()
    assert "Traceback" not in one.said()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_service_stops_and_its_crawl_goes_on_after_the_next_start(
    database: str, folder: Path, look: Connection, how: signal.Signals
) -> None:
    queue(database, folder)
    with service(database, folder / "home", "worker", behaviour="wait") as first:
        wait_until(lambda: states(look) == ["running"])
        assert first.end(how) == 0
    assert states(look) == ["interrupted"]
    assert job_states(look) == ["todo"]
    assert ask(look, "select count(*) from queue.procrastinate_workers") == [0]
    with service(database, folder / "home", "worker") as second:
        wait_until(lambda: states(look) == ["interrupted", "done"])
        wait_until(lambda: job_states(look) == ["succeeded", "succeeded"])
        assert second.end() == 0


def test_frozen_leader_is_replaced_and_fenced(database: str, folder: Path, look: Connection) -> None:
    """F6: a leader that hangs loses its lock within seconds, and finds so when it comes back."""
    make_due(database, folder, hours=1)
    with service(database, folder / "a", "scheduler") as first:
        wait_until(lambda: states(look) == ["queued"])
        with service(database, folder / "b", "scheduler") as second:
            second.says("event=serving")
            first.process.send_signal(signal.SIGSTOP)
            second.says("event=leading epoch=2")
            with look.transaction():
                storage_jobs.use_queue(look)
                look.execute("delete from run")
                look.execute("delete from procrastinate_jobs")
            wait_until(lambda: states(look) == ["queued"])
            first.process.send_signal(signal.SIGCONT)
            first.says("event=leadership_lost")
            time.sleep(1)
            assert states(look) == ["queued"]
            assert ask(look, "select epoch from leader") == [2]
            assert (first.end(), second.end()) == (0, 0)


def test_job_of_a_killed_worker_is_run_by_another(database: str, folder: Path, look: Connection) -> None:
    """P1, S20: the run is taken over with a fresh token, and the orphaned crawl is gone."""
    queue(database, folder)
    with service(database, folder / "a", "worker", behaviour="wait") as first:
        wait_until(lambda: states(look) == ["running"])
        orphan = child_of(first.process.pid)
        token = ask(look, "select token from run")
        with service(database, folder / "b", "worker") as second:
            second.says("event=working")
            first.end(signal.SIGKILL)
            wait_until(lambda: states(look) == ["done"])
            wait_until(lambda: job_states(look) == ["succeeded"])
            assert not alive(orphan)
            assert ask(look, "select token from run") > token
            second.says("event=reaped")
            assert second.end() == 0
    assert ask(look, "select attempts from queue.procrastinate_jobs") == [2]


def test_frozen_worker_and_its_crawl_are_fenced(database: str, folder: Path, look: Connection) -> None:
    """A machine that was suspended comes back: its crawl's session is gone, and it does not end the other's job."""
    queue(database, folder)
    with service(database, folder / "a", "worker", behaviour="wait") as first:
        wait_until(lambda: states(look) == ["running"])
        frozen = child_of(first.process.pid)
        token = ask(look, "select token from run")
        for pid in (first.process.pid, frozen):
            os.kill(pid, signal.SIGSTOP)
        with service(database, folder / "b", "worker", behaviour="wait") as second:
            wait_until(lambda: "event=taken_over" in second.said() and "sessions_ended=1" in second.said())
            wait_until(lambda: ask(look, "select token from run") > token)
            successor = child_of(second.process.pid)
            os.kill(frozen, signal.SIGCONT)
            os.kill(frozen, signal.SIGTERM)  # it wants to close its run now
            os.kill(first.process.pid, signal.SIGCONT)
            first.says("event=job_was_taken_over")
            assert states(look) == ["running"]
            assert job_states(look) == ["doing"]
            os.kill(successor, signal.SIGTERM)
            wait_until(lambda: states(look) == ["interrupted"])
            wait_until(lambda: job_states(look) == ["succeeded"])


@pytest.mark.parametrize(("how", "expected"), [(signal.SIGKILL, ["done"]), (signal.SIGTERM, ["interrupted", "done"])])
def test_real_crawl_is_finished_by_another_worker(
    database: str, folder: Path, look: Connection, how: signal.Signals, expected: list[str]
) -> None:
    """P1, P2: the worker ends in the middle of a crawl; each article is stored once."""
    with Site().serving() as site:
        paths = site.add_articles(12, wait_s=1.5)
        hosts = {"HUILIU_HOST_MAP": f"{HOST}=127.0.0.1:{site.port}"}
        queue(database, folder)
        with service(database, folder / "a", "worker", behaviour="scrapy", **hosts) as first:
            wait_until(lambda: len(site.paths()) > 6)
            first.end(how)
        site.hurry.set()
        with service(database, folder / "b", "worker", behaviour="scrapy", **hosts) as second:
            wait_until(lambda: states(look) == expected)
            assert second.end() == 0
    stored = ask(look, "select url from capture where role = 'article'")
    assert sorted(stored) == sorted(f"http://{HOST}{path}" for path in paths)
    assert ask(look, "select distinct state from frontier") == ["done"]


def test_service_survives_a_restart_of_postgres(tmp_path: Path, folder: Path) -> None:
    """F15: the server goes away under load; the service leads and works again by itself."""
    cluster = Cluster(tmp_path / "postgres", FAST)
    url = cluster.start()
    try:
        upgrade(url)
        with service(url, folder / "home", "scheduler", "worker") as one:
            one.says("event=working")
            one.says("event=leading epoch=1")
            cluster.stop("fast")
            one.says("event=leadership_lost")
            time.sleep(1)
            assert cluster.start() == url
            one.says("event=leading epoch=2")
            queue(url, folder)
            with connect(url, autocommit=True) as conn:
                wait_until(lambda: states(conn) == ["done"])
            assert one.end() == 0
    finally:
        cluster.stop("immediate")


def test_database_without_a_schema_is_refused(empty_database: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaMismatch, match="huiliu db migrate"):
        asyncio.run(serve(empty_database, home=tmp_path))


def test_unknown_outlet_fails_its_run_with_a_sentence(database: str, folder: Path, look: Connection) -> None:
    queue(database, folder)
    (folder / f"{OUTLET}.toml").unlink()
    with service(database, folder / "home", "worker") as one:
        wait_until(lambda: states(look) == ["failed"])
        wait_until(lambda: job_states(look) == ["succeeded"])
        assert one.end() == 0
    assert "there is no source 'jiangwan'" in ask(look, "select detail from run")[0]
