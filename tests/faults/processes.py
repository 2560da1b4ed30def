"""Huiliu as a user starts it: commands as processes of their own, watched, killed, and what they leave behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from storage import verify
from storage.database import connect
from tests.warm import WarmPopen

ROOT = Path(__file__).resolve().parents[2]
PYTHON = [sys.executable, "-m"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that ended."""

    status: int
    out: str
    err: str


def start(*arguments: str, kind: type[subprocess.Popen[str]] = subprocess.Popen, **env: str) -> subprocess.Popen[str]:
    """Start `python -m ARGUMENT...` as the first process of a session of its own."""
    return kind(
        [*PYTHON, *arguments],
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "200"} | env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str], given: str = "", limit_s: float = 200) -> Done:
    """Give a command its input and wait for its end; one that hangs is killed and fails the test."""
    try:
        out, err = process.communicate(given, timeout=limit_s)
    finally:
        end(process)
    return Done(status=process.returncode, out=out, err=err)


def huiliu(
    *arguments: str,
    given: str = "",
    limit_s: float = 200,
    kind: type[subprocess.Popen[str]] = WarmPopen,
    **env: str,
) -> Done:
    """Run one command to its end."""
    return finish(start("crawler", *arguments, kind=kind, **env), given, limit_s)


def end(process: subprocess.Popen[str]) -> None:
    """Kill a session, if anything of it is left."""
    for pid in members(process.pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def members(session: int) -> list[int]:
    """Return the living processes of a session."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, of_session = stat.read_text().rpartition(")")[2].split()[:4]
            if int(of_session) == session and state != "Z":
                found.append(int(stat.parent.name))
    return found


def wait_until(true: Callable[[], object], limit_s: float = 120.0) -> None:
    """Wait for a condition, looking often."""
    deadline = time.monotonic() + limit_s
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def broken_promises(database: str) -> list[str]:
    """Return what `huiliu db verify` finds wrong in an archive."""
    with connect(database) as conn:
        return [line for _, check in verify.CHECKS for line in check(conn)]


def ask(database: str, question: str, *values: object) -> list[tuple[object, ...]]:
    """Return the rows that answer a statement."""
    with connect(database, autocommit=True) as conn:
        return conn.execute(question.encode(), values).fetchall()


def count(database: str, rows: str) -> int:
    """Return how many rows a `from` clause has."""
    [[found]] = ask(database, f"select count(*) from {rows}")
    assert isinstance(found, int)
    return found


def workers(main: int) -> list[int]:
    """Return the reading workers of a command, the first process of its session: children of its fork server."""
    parents = {pid: _parent(pid) for pid in members(main)}
    return [pid for pid, parent in parents.items() if parents.get(parent) == main]


def _parent(pid: int) -> int:
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return 0
