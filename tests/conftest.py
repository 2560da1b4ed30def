"""A private Postgres for the session, a migrated template in it, and a clone of the template for each test that asks.

HUILIU_TEST_DATABASE_URL (a superuser's URL) puts a server of your own, any Postgres from 15, in its place.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from xdist.scheduler import LoadScopeScheduling

from storage.database import connect
from storage.embedded import Cluster
from storage.migrate import upgrade

ROOT = Path(__file__).resolve().parent.parent
EXTERNAL = os.environ.get("HUILIU_TEST_DATABASE_URL", "")
FAST = {"fsync": "off", "full_page_writes": "off", "autovacuum": "off"}
PREFIX = "huiliu-test-"
DEMO = "tests/acceptance/demo/"

# The developer's own databases and settings must not reach a test.
for name in list(os.environ):
    if name.startswith(("PG", "HUILIU_")) or name == "DATABASE_URL":
        del os.environ[name]


class ByArchive(LoadScopeScheduling):
    """Tests of one module go to one process, and all that look at the demo's archive: that is made once."""

    def _split_scope(self, nodeid: str) -> str:
        return DEMO if nodeid.startswith(DEMO) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadScopeScheduling | None:
    """Take the place of `--dist loadscope`."""
    return ByArchive(config, log) if config.getoption("dist") == "loadscope" else None


def named(url: str, database: str) -> str:
    """The same server, another database."""
    return urlsplit(url)._replace(path=f"/{database}").geturl()


def remove_leftovers() -> None:
    """Stop the servers of sessions that were killed: their folder's name holds a pid that is no more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).split("-")[0]
        if pid.isdigit() and not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
            with suppress(Exception):
                Cluster(folder / "postgres").stop("immediate")
                shutil.rmtree(folder)


def execute(url: str, statement: sql.Composed) -> None:
    """One statement outside a transaction."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute(statement)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a server where databases may be made. Nothing of it is kept, so it never syncs to disk."""
    if EXTERNAL:
        yield EXTERNAL
        return
    remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    cluster = Cluster(folder / "postgres", FAST)
    try:
        yield cluster.start()
    finally:
        cluster.stop("immediate")
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(server: str) -> Iterator[str]:
    """The name of a migrated database to clone."""
    name = f"tpl_{secrets.token_hex(6)}"
    identifier = sql.Identifier(name)
    execute(server, sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(identifier))
    upgrade(named(server, name))
    execute(server, sql.SQL("ALTER DATABASE {} IS_TEMPLATE true ALLOW_CONNECTIONS false").format(identifier))
    yield name
    execute(server, sql.SQL("ALTER DATABASE {} IS_TEMPLATE false").format(identifier))
    execute(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))


@pytest.fixture
def database(server: str, template: str) -> Iterator[str]:
    """The URL of an empty archive of this test's own (43 ms)."""
    name = sql.Identifier(f"t_{secrets.token_hex(6)}")
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(name, sql.Identifier(template))
    execute(server, copy)
    yield named(server, name.as_string().strip('"'))
    execute(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture
def empty_database(server: str) -> Iterator[str]:
    """The URL of a database without any migration."""
    name = sql.Identifier(f"e_{secrets.token_hex(6)}")
    execute(server, sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(name))
    yield named(server, name.as_string().strip('"'))
    execute(server, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))


@pytest.fixture
def conn(database: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection to `database`; commits belong to the test."""
    with connect(database) as connection:
        yield connection


@pytest.fixture(scope="session")
def shared() -> Path:
    """Texts that are not part of this repository, for measuring; absent on most machines."""
    path = ROOT.parent / "shared"
    if not path.is_dir():
        pytest.skip(f"{path} is not here")
    return path
