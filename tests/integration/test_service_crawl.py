"""One crawl as a child process: however it ends, its run is closed and nothing of it lives on."""

import asyncio
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from crawler.crawl import ROOT, Ended, queue_run, run_crawl, scrapy_command
from pipelines.model import Source
from storage import runs
from storage.errors import DatabaseUnavailable
from tests.faults.processes import wait_until
from tests.integration.factories import make_source
from tests.integration.service_processes import alive, stand_in


def look(conn: psycopg.Connection[Any], run_id: int) -> tuple[str, str]:
    conn.rollback()
    return runs.state(conn, run_id)


@pytest.fixture
def run_id(conn: psycopg.Connection[Any]) -> int:
    added = queue_run(conn, make_source(), since=None, until=None, article_limit=None)
    conn.commit()
    return added


def short(deadline_s: int) -> Source:
    source = make_source()
    return replace(source, crawl=replace(source.crawl, deadline_s=deadline_s))


def crawl(run_id: int, behaviour: str, database: str, log: Path, **options: Any) -> Ended:
    source = options.pop("source", None) or make_source()
    command = stand_in(run_id, behaviour)
    return asyncio.run(run_crawl(run_id, source, url=database, log=log, command=command, **options))


def test_finished_crawl_has_closed_its_run(run_id: int, database: str, tmp_path: Path) -> None:
    ended = crawl(run_id, "done", database, tmp_path / "log")
    assert ended == Ended(status=0, state="done", detail="", log=tmp_path / "log" / f"crawl-{run_id}.log")
    assert ended.log.exists()


def test_failed_crawl_leaves_the_end_of_its_log_in_the_ledger(run_id: int, database: str, tmp_path: Path) -> None:
    ended = crawl(run_id, "fail", database, tmp_path)
    assert (ended.status, ended.state) == (1, "failed")
    assert ended.detail == "exit status 1; the end of its log: the site has moved to the moon\ufffd"


def test_run_that_a_crawl_left_open_is_closed(run_id: int, database: str, tmp_path: Path) -> None:
    assert crawl(run_id, "silent", database, tmp_path).state == "failed"


def test_run_of_another_owner_is_left_alone(run_id: int, database: str, tmp_path: Path) -> None:
    assert crawl(run_id, "silent", database, tmp_path, owned=lambda _: False).state == "running"


@pytest.mark.parametrize(("behaviour", "status"), [("wait", 1), ("deaf", -signal.SIGKILL)])
def test_crawl_past_its_deadline_is_killed(
    run_id: int, database: str, tmp_path: Path, behaviour: str, status: int
) -> None:
    ended = crawl(run_id, behaviour, database, tmp_path, source=short(1), slack_s=1, grace_s=1)
    assert ended.state == "killed_deadline"
    assert ended.detail == "it was still running 2 s after its start"
    assert ended.status in (status, 1)  # RunOver, where it heard the signal


def test_cancelled_crawl_ends_cleanly(
    run_id: int, database: str, tmp_path: Path, conn: psycopg.Connection[Any]
) -> None:
    pids: list[int] = []

    async def cancel() -> None:
        command = stand_in(run_id, "wait")
        task = asyncio.create_task(
            run_crawl(run_id, make_source(), url=database, log=tmp_path, command=command, on_start=pids.append)
        )
        await asyncio.to_thread(wait_until, lambda: look(conn, run_id)[0] == "running")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert look(conn, run_id) == ("interrupted", "a stop")
    assert not alive(pids[0])


def test_crawl_that_is_deaf_does_not_outlive_a_cancel(
    run_id: int, database: str, tmp_path: Path, conn: psycopg.Connection[Any]
) -> None:
    pids: list[int] = []

    async def cancel() -> None:
        crawl = run_crawl(
            run_id,
            make_source(),
            url=database,
            log=tmp_path,
            command=stand_in(run_id, "deaf"),
            on_start=pids.append,
            grace_s=0.2,
        )
        task = asyncio.create_task(crawl)
        await asyncio.to_thread(wait_until, lambda: look(conn, run_id)[0] == "running")
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancel())
    assert not alive(pids[0])


def test_what_a_crawl_started_dies_with_it(run_id: int, database: str, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    leave = f"sleep 60 & echo $! > {pid_file}"
    asyncio.run(run_crawl(run_id, make_source(), url=database, log=tmp_path, command=["sh", "-c", leave]))
    wait_until(lambda: not alive(int(pid_file.read_text())))


@pytest.mark.skipif(sys.platform != "linux", reason="no other system tells a child of its parent's death")
def test_crawl_dies_with_its_parent(run_id: int, database: str, tmp_path: Path) -> None:
    program = (
        "import asyncio, sys; from pathlib import Path; from crawler.crawl import run_crawl\n"
        "from tests.integration.factories import make_source\n"
        "asyncio.run(run_crawl(int(sys.argv[1]), make_source(), url=sys.argv[2], log=Path(sys.argv[3]),"
        " command=['sleep', '60'], on_start=lambda pid: print(pid, flush=True)))"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program, str(run_id), database, str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        wait_until(lambda: Path(f"/proc/{child}/comm").read_text() == "sleep\n")
        parent.kill()
    wait_until(lambda: not alive(child))


def test_lost_database_is_said_after_the_crawl_has_ended(run_id: int, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        crawl(run_id, "done", "postgresql://nobody@127.0.0.1:1/none", tmp_path)


def test_command_is_the_crawl_of_the_sources_shape() -> None:
    command = scrapy_command(7, make_source())
    assert command[1:] == ["-m", "scrapy", "crawl", "section_list", "-a", "source=qingshui", "-a", "run=7"]
