import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import procrastinate
import psycopg
import pytest

from storage import migrate
from storage.database import connect, conninfo
from storage.errors import MigrationFailed, SchemaMismatch
from storage.migrate import check_schema, current, head, upgrade

FIRST = """
from alembic import op
revision, down_revision = "0001", None
def upgrade():
    op.get_bind().connection.driver_connection.execute("create table kept (id int); select ':name', '100%'")
"""
BROKEN = """
from alembic import op
revision, down_revision = "0002", "0001"
def upgrade():
    op.get_bind().connection.driver_connection.execute("create table half (id int); create table kept (id int)")
"""


@pytest.fixture
def own_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations that holds only a first one."""
    monkeypatch.setattr(migrate, "VERSIONS", tmp_path)
    (tmp_path / "0001_first.py").write_text(FIRST)
    return tmp_path


def tables(url: str) -> set[str]:
    with connect(url) as conn:
        return {
            row[0] for row in conn.execute("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace")
        }


def test_an_empty_database_is_brought_to_the_head_once(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # nothing is looked for in the current folder
    assert current(empty_database) is None
    assert upgrade(empty_database) == (None, head())
    assert upgrade(empty_database) == (head(), head())
    assert current(empty_database) == head()


def test_four_at_once_all_end_well(empty_database: str) -> None:
    code = "import sys; from storage.migrate import upgrade; print(upgrade(sys.argv[1]))"
    environment = {**os.environ, "PYTHONPATH": str(migrate.ROOT)}
    command = [sys.executable, "-c", code, empty_database]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(4)]
    said = sorted(run.communicate(timeout=120)[0].strip() for run in runs)
    assert [run.returncode for run in runs] == [0, 0, 0, 0]
    assert said == sorted([str((None, head()))] + [str((head(), head()))] * 3)


def test_the_program_logs_as_before(empty_database: str) -> None:
    root = logging.getLogger()
    before = root.level, list(root.handlers), logging.getLogger("huiliu").disabled
    upgrade(empty_database)
    assert (root.level, list(root.handlers), logging.getLogger("huiliu").disabled) == before


def test_a_migration_that_fails_leaves_nothing(empty_database: str, own_versions: Path) -> None:
    upgrade(empty_database)
    (own_versions / "0002_broken.py").write_text(BROKEN)
    with pytest.raises(MigrationFailed, match=r'stays at 0001.*"kept" already exists'):
        upgrade(empty_database)
    assert current(empty_database) == "0001"
    assert "half" not in tables(empty_database)


def test_the_schema_must_be_the_codes_own(conn: psycopg.Connection[Any]) -> None:
    check_schema(conn)


def test_an_empty_database_asks_for_a_migration(empty_database: str) -> None:
    with connect(empty_database) as conn, pytest.raises(SchemaMismatch, match=r"is empty .*`huiliu db migrate`"):
        check_schema(conn)


def test_an_older_database_asks_for_a_migration(empty_database: str, own_versions: Path) -> None:
    upgrade(empty_database)
    (own_versions / "0002_later.py").write_text(BROKEN)
    with connect(empty_database) as conn, pytest.raises(SchemaMismatch, match=r"at revision 0001 .* needs 0002: run"):
        check_schema(conn)


def test_a_newer_database_is_left_alone(database: str) -> None:
    with connect(database) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(SchemaMismatch, match=r"9999.*A newer Huiliu"):
            check_schema(conn)
    with pytest.raises(SchemaMismatch, match=r"9999.*update the code"):
        upgrade(database)
    assert current(database) == "9999"


def test_the_alembic_command_finds_its_way(empty_database: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "alembic", "-c", str(migrate.INI), "upgrade", "head"]
    environment = {**os.environ, "DATABASE_URL": empty_database}
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert current(empty_database) == head()
    del environment["DATABASE_URL"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert (done.returncode, done.stderr.strip()) == (1, "Set DATABASE_URL, or run `huiliu db migrate`.")


def test_the_queue_works_in_its_own_schema(database: str) -> None:
    """As a worker will use it: every table and function of the queue is found through search_path."""
    connector = procrastinate.SyncPsycopgConnector(
        conninfo=conninfo(database), kwargs={"options": "-c search_path=queue,public"}
    )
    app = procrastinate.App(connector=connector)
    with app.open():
        app.configure_task("crawl", lock="source:lanjiang", queueing_lock="crawl:lanjiang").defer(source="lanjiang")
        with pytest.raises(procrastinate.exceptions.AlreadyEnqueued):
            app.configure_task("crawl", queueing_lock="crawl:lanjiang").defer(source="lanjiang")
    with connect(database) as conn:
        found = conn.execute("SELECT task_name, args, status::text FROM queue.procrastinate_jobs").fetchall()
        strays = conn.execute("SELECT to_regclass('public.procrastinate_jobs')").fetchone()
    assert found == [("crawl", {"source": "lanjiang"}, "todo")]
    assert strays == (None,)
