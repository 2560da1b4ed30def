"""Migrations, run in process: alembic keeps the order, the SQL is ours (alembic/versions, plain SQL, forward only)."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

from storage.database import connect, conninfo
from storage.errors import MigrationFailed, SchemaMismatch, StorageError

if TYPE_CHECKING:
    from sqlalchemy import Connection as AlchemyConnection

ROOT = Path(__file__).resolve().parent.parent
INI = ROOT / "alembic.ini"
VERSIONS = ROOT / "alembic" / "versions"

#: Taken by whoever migrates, so that any number may try at once. The letters of "huiliu" in ASCII.
LOCK = 0x687569_6C6975

SCHEMA_HEADER = "-- Written by `make schema` from alembic/versions; a test keeps it equal to them. Do not edit.\n"


def upgrade(url: str) -> tuple[str | None, str]:
    """Bring a database to this code's head: (revision before, revision after). All in one transaction, or nothing."""
    from alembic import command
    from alembic.config import Config

    config = Config(str(INI))
    config.set_main_option("version_locations", str(VERSIONS).replace("%", "%%"))
    with locked_connection(url) as connection:
        before = _read_revision(connection.connection.driver_connection)
        connection.rollback()
        _refuse_unknown(before)
        config.attributes["connection"] = connection
        _run(lambda: command.upgrade(config, "head"), before)
    return before, head()


@contextmanager
def locked_connection(url: str) -> "Iterator[AlchemyConnection]":
    """SQLAlchemy's view of one connection that holds the migration lock; alembic/env.py uses it as well."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.pool import NullPool

    engine = create_engine("postgresql+psycopg://", creator=lambda: connect(url), poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": LOCK})
        connection.commit()  # the lock is the session's; closing the connection gives it back
        yield connection


def revisions() -> tuple[str, ...]:
    """Every revision this code knows, in order. File names tell it, so that no command has to import alembic (1 s)."""
    found = sorted(path.name.split("_")[0] for path in VERSIONS.glob("[0-9]*_*.py"))
    if not found:
        raise StorageError(f"There are no migrations in {VERSIONS}: run Huiliu from its repository.")
    return tuple(found)


def head() -> str:
    """The revision this code is written for."""
    return revisions()[-1]


def current(url: str) -> str | None:
    """The revision a database is at; None when it holds no archive yet."""
    with connect(url, autocommit=True) as conn:
        return _read_revision(conn)


def check_schema(conn: psycopg.Connection[Any]) -> None:
    """SchemaMismatch unless the database is at exactly this code's head."""
    found = _read_revision(conn)
    _refuse_unknown(found)
    if found != head():
        at = f"at revision {found}" if found else "empty"
        raise SchemaMismatch(f"The database is {at} and this code needs {head()}: run `huiliu db migrate`.")


def dump_schema(url: str) -> str:
    """The schemas `public` and `archive` as SQL, the same bytes each time. The queue is procrastinate's own."""
    from storage.binaries import clean_environment, find_binary

    parts = psycopg.conninfo.conninfo_to_dict(conninfo(url))
    password = str(parts.pop("password", ""))
    command = [
        str(find_binary("pg_dump")),
        f"--dbname={psycopg.conninfo.make_conninfo('', **parts)}",
        *("--schema-only", "--no-owner", "--no-privileges", "--restrict-key=huiliu"),
        *("--schema=public", "--schema=archive", "--exclude-table=public.alembic_version"),
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=clean_environment() | {"PGPASSWORD": password}
    )
    if done.returncode != 0:
        raise StorageError(f"The schema could not be dumped: {done.stderr.strip()}")
    return SCHEMA_HEADER + normalise_dump(done.stdout)


def normalise_dump(dump: str) -> str:
    """Leave out what is no schema: session settings, the restrict key, pg_dump's own comments and version."""
    noise = re.compile(
        r"--$|-- (Name: .*; Type: |PostgreSQL database dump|Dumped )|SET \w+ = .*;$|SELECT pg_catalog\.set_config\("
        r"|\\(un)?restrict |CREATE SCHEMA public;$|COMMENT ON SCHEMA public "
    )
    lines = [line.rstrip() for line in dump.splitlines() if not noise.match(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n" + "\n".join(lines).strip() + "\n")


def _read_revision(conn: Any) -> str | None:
    row = conn.execute("SELECT to_regclass('public.alembic_version') IS NOT NULL").fetchone()
    if not row[0]:
        return None
    found = conn.execute("SELECT version_num FROM public.alembic_version").fetchone()
    return str(found[0]) if found else None


def _refuse_unknown(revision: str | None) -> None:
    if revision is not None and revision not in revisions():
        raise SchemaMismatch(
            f"The database is at revision {revision}, which this code (head {head()}) does not know. A newer Huiliu "
            "has migrated it: update the code. Or it belongs to another program: give Huiliu a database of its own."
        )


def _run(migrate: Any, before: str | None) -> None:
    """The server's one sentence instead of two chained tracebacks; the cause stays attached."""
    from sqlalchemy.exc import DBAPIError

    try:
        migrate()
    except (psycopg.Error, DBAPIError) as error:
        said = str(getattr(error, "orig", error)).strip()
        raise MigrationFailed(f"The database stays at {before or 'empty'}; a migration was refused: {said}") from error
