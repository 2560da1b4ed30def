"""Promise P4: a rerun gives the same documents, byte for byte, however it is split, ordered, killed and resumed.

And the same relations between their texts.
"""

import os
import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from storage.database import connect
from storage.digest import digest
from tests.faults.captured import OUTLETS, fill
from tests.faults.processes import ask, broken_promises, count, end, finish, huiliu, members, start, wait_until, workers
from tests.integration.related import relations_digest

Digests = tuple[int, str, int, str]


@contextmanager
def cloned(server: str, template: str) -> Iterator[str]:
    """A copy of a database, for as long as the block runs."""
    name = f"c_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as conn:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy")
        conn.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="module")
def filled(server: str, template: str) -> Iterator[str]:
    """The name of a database that holds captures and no reading."""
    with cloned(server, template) as url:
        fill(url, (*OUTLETS, "kuaibao"))  # which copies the others
        yield urlsplit(url).path.strip("/")


@pytest.fixture
def database(server: str, filled: str) -> Iterator[str]:
    """A copy of it, of the test's own."""
    with cloned(server, filled) as url:
        yield url


@pytest.fixture
def env(database: str, tmp_path: Path) -> dict[str, str]:
    return {"DATABASE_URL": database, "HUILIU_HOME": str(tmp_path)}


@pytest.fixture(scope="module")
def expected(server: str, filled: str, tmp_path_factory: pytest.TempPathFactory) -> Digests:
    """What one undisturbed rerun by one worker gives."""
    with cloned(server, filled) as url:
        home = str(tmp_path_factory.mktemp("home"))
        done = huiliu("rerun", "--workers", "1", DATABASE_URL=url, HUILIU_HOME=home)
        assert done.status == 0, done.err
        assert count(url, "capture") >= 40
        assert count(url, "relation") >= 3
        assert count(url, "document_text where related_by is null") == 0
        return digest_of(url)


def digest_of(database: str) -> Digests:
    """Return the number of readings and of relations, each with the digest over all that they say."""
    with connect(database) as conn:
        return *digest(conn), *relations_digest(conn)


@contextmanager
def half_done(env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A rerun that has committed an outlet and has others before it."""
    with connect(env["DATABASE_URL"], autocommit=True) as conn:
        rerun = start("crawler", "rerun", "--workers", "2", **env)
        try:
            wait_until(lambda: conn.execute("select 1 from reading limit 1").fetchone())
            yield rerun
        finally:
            end(rerun)


@contextmanager
def held_up(env: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A rerun that waits for a lock on its last outlet, its workers idle, until the block ends."""
    with connect(env["DATABASE_URL"]) as conn:
        conn.execute("select * from outlet where name = %s for update", [OUTLETS[-1]])
        rerun = start("crawler", "rerun", "--workers", "2", **env)
        try:
            wait_until(lambda: ask(env["DATABASE_URL"], "select 1 from pg_locks where not granted"))
            yield rerun
        except BaseException:
            end(rerun)
            raise


@pytest.mark.parametrize("worker_count", [2, 4])
def test_number_of_workers_decides_nothing(
    worker_count: int, env: dict[str, str], database: str, expected: Digests
) -> None:
    done = huiliu("rerun", "--workers", str(worker_count), **env)
    assert done.status == 0, done.err
    assert digest_of(database) == expected
    assert broken_promises(database) == []


def test_split_and_order_decide_nothing(env: dict[str, str], database: str, expected: Digests) -> None:
    for names in (("lanjiang", "dongshan"), ("kuaibao", "huaxia", "binhai")):
        options = [word for name in names for word in ("--source", name)]
        assert huiliu("rerun", *options, "--workers", "2", **env).status == 0
    assert digest_of(database) == expected


def test_busy_worker_is_killed(env: dict[str, str], database: str, expected: Digests) -> None:
    with half_done(env) as rerun:
        os.kill(workers(rerun.pid)[0], signal.SIGKILL)
        done = finish(rerun)
    assert (done.status, done.err) == (0, "")
    assert digest_of(database) == expected


def test_idle_workers_are_killed(env: dict[str, str], database: str, expected: Digests) -> None:
    """pebble's own pool breaks down when that happens, and never answers again."""
    with held_up(env) as rerun:
        for pid in workers(rerun.pid):
            os.kill(pid, signal.SIGKILL)
    done = finish(rerun)
    assert done.status == 0, done.err
    assert digest_of(database) == expected


def test_killed_rerun_is_resumed(env: dict[str, str], database: str, expected: Digests) -> None:
    with half_done(env) as rerun:
        os.kill(rerun.pid, signal.SIGKILL)
        rerun.communicate()
        wait_until(lambda: not members(rerun.pid))
    assert digest_of(database) != expected
    assert huiliu("rerun", "--workers", "2", **env).status == 0
    assert digest_of(database) == expected
    before = ask(database, "select xmin::text, * from reading order by capture_id")
    again = huiliu("rerun", **env)
    assert (again.status, again.err) == (0, "")
    assert "Nothing to do" in again.out
    assert ask(database, "select xmin::text, * from reading order by capture_id") == before
    assert digest_of(database) == expected


def test_upgraded_archive_is_worked_off(env: dict[str, str], database: str, expected: Digests) -> None:
    """As an upgrade leaves it, or a kill between reading and relating: documents stand, nothing follows from them."""
    assert huiliu("rerun", "--workers", "2", **env).status == 0
    with connect(database) as conn:
        conn.execute("truncate relation, shingle, document_text, text cascade")
        conn.execute("insert into document_text (document_id) select id from document")
    assert huiliu("rerun", "--dry-run", **env).status == 0
    assert count(database, "text") == 0
    done = huiliu("rerun", **env)
    assert done.status == 0, done.err
    assert f"copies and citations of {count(database, 'document')} documents" in done.out
    assert digest_of(database) == expected
