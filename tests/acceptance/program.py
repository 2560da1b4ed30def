"""Huiliu as its users call it: `python -m crawler ...` in processes of its own, on an archive of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from storage.binaries import clean_environment, find_binary
from storage.embedded import Cluster
from tests.warm import WarmPopen

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """The program on one archive, in a folder that is new."""

    home: Path
    settings: Mapping[str, str] = field(default_factory=dict)  # environment variables beside HUILIU_HOME

    @property
    def environment(self) -> dict[str, str]:
        """What a call sees; wide, so that no line of a table is broken."""
        fixed = {"HUILIU_HOME": str(self.home), "COLUMNS": "200", "PYTHONUNBUFFERED": "1"}
        return {**os.environ, **fixed, **self.settings}

    def start(self, *words: str, kind: type[subprocess.Popen[str]] = subprocess.Popen) -> subprocess.Popen[str]:
        """Start a command; what it says, on both streams, is read from its stdout."""
        return kind(
            [sys.executable, "-m", "crawler", *words],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def call(self, *words: str, status: int = 0) -> str:
        """Run a command to its end and return what it said; its exit status must be the one expected."""
        with self.start(*words, kind=WarmPopen) as process:
            said, _ = process.communicate(timeout=300)
        assert process.returncode == status, f"{' '.join(words)} ended with {process.returncode}:\n{said}"
        return said

    def reader_url(self) -> str:
        """How somebody who only reads connects."""
        return self.call("db", "url", "--reader").strip()

    def psql(self, statement: str) -> str:
        """What the psql of the wheel prints for a statement of a reader: rows alone, columns parted by a bar."""
        command = [str(find_binary("psql")), "--no-psqlrc", "--tuples-only", "--no-align", "--command", statement]
        done = subprocess.run(
            [*command, "--dbname", self.reader_url()],
            env=clean_environment(),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        return (done.stdout + done.stderr).strip()


class Archive:
    """The archive as a reader sees it."""

    def __init__(self, url: str) -> None:
        self._conn = psycopg.connect(url, autocommit=True, row_factory=dict_row)

    def rows(self, statement: str, *values: Any) -> list[dict[str, Any]]:
        """All rows of a statement."""
        return self._conn.execute(statement.encode(), values).fetchall()

    def close(self) -> None:
        """Hang up."""
        self._conn.close()


@contextmanager
def fresh_program(**settings: str) -> Iterator[Program]:
    """A program on an empty archive; its Postgres ends with the block, whatever happens.

    The folder is named as those of the test session are, so that the next session ends what a killed one left running.
    """
    with tempfile.TemporaryDirectory(prefix=f"huiliu-test-{os.getpid()}-") as place:
        program = Program(home=Path(place), settings=settings)
        try:
            yield program
        finally:
            Cluster(program.home / "postgres").stop("immediate")
