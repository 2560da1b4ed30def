"""One crawl as a child process: started, watched to its deadline, and closed in the run ledger however it ends.

A crawl is a process of its own because Twisted's reactor starts once in a process, and because whatever a crawl leaks
or hangs in dies with it (promises P10, P11). It closes its run itself; what is here speaks for one that no longer can.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from crawler.service import child as child_program
from pipelines.model import Source
from storage import outlets, runs
from storage.database import connect, pg_text
from storage.errors import StorageError

#: The repository: where scrapy.cfg is.
ROOT = Path(__file__).resolve().parent.parent

#: A crawl ends by itself at its deadline; one that is still there this much later is stopped (promise P11).
SLACK_S = 60.0
#: Between SIGTERM and SIGKILL: enough to finish the pages in hand and give the leases back.
GRACE_S = 10.0
#: The ledger is told of a missed deadline before the signal; a database that does not answer may not delay the signal.
LEDGER_WAIT_S = 5.0

#: How much of the end of a log goes into the ledger.
TAIL_BYTES = 2000
TAIL_LINES = 12

Connection = psycopg.Connection[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a crawl ended."""

    #: Exit status of the child; negative is the signal that ended it.
    status: int
    #: The run's state and detail, as the ledger has them now.
    state: str
    detail: str
    log: Path


def queue_run(
    conn: Connection, source: Source, *, since: date | None, until: date | None, article_limit: int | None
) -> int:
    """Add a run that somebody asked for now; the outlet is registered with it."""
    outlet_id = outlets.register(conn, source)
    run_id = runs.queue(conn, outlet_id=outlet_id, since=since, until=until, article_limit=article_limit)
    assert run_id is not None  # only a slot of a schedule can be taken
    return run_id


def scrapy_command(run_id: int, source: Source) -> list[str]:
    """Return the crawl proper. `python -m` of a package: its reading workers are forked from a clean server process."""
    arguments = ["-a", f"source={source.name}", "-a", f"run={run_id}"]
    return [sys.executable, "-m", "scrapy", "crawl", str(source.crawl.shape), *arguments]


async def run_crawl(
    run_id: int,
    source: Source,
    *,
    url: str,
    log: Path,
    on_start: Callable[[int], None] | None = None,
    owned: Callable[[Connection], bool] = lambda _: True,
    command: Sequence[str] | None = None,
    slack_s: float = SLACK_S,
    grace_s: float = GRACE_S,
) -> Ended:
    """Crawl one source in a child process and return when it has ended and its run is closed.

    Args:
        url: the database, handed to the child as DATABASE_URL.
        log: the folder that takes the child's log, `crawl-RUN.log`.
        on_start: told the child's process id.
        owned: asked, in the transaction that closes the run, whether it is still ours to close.
        command: what to run in place of scrapy.

    Cancelled, it ends the child first (SIGTERM, then SIGKILL after `grace_s`).
    """
    path = log / f"crawl-{run_id}.log"
    crawl = await _launch(command or scrapy_command(run_id, source), url=url, log=path)
    ledger = _Ledger(url=url, run_id=run_id, owned=owned)
    try:
        if on_start is not None:
            on_start(crawl.pid)
        verdict = await _watch(crawl, ledger, limit_s=source.crawl.deadline_s + slack_s, grace_s=grace_s)
        await crawl.wait()
    except asyncio.CancelledError:
        await _stop(crawl, grace_s)
        await ledger.close("interrupted", "the process that ran it was told to stop")
        raise
    finally:
        _kill_group(crawl.pid)
    assert crawl.returncode is not None
    state, detail = await ledger.close(*(verdict or _explain(crawl.returncode, path)))
    return Ended(status=crawl.returncode, state=state, detail=detail, log=path)


async def _launch(command: Sequence[str], *, url: str, log: Path) -> asyncio.subprocess.Process:
    """Start the child in a session of its own: a Ctrl-C in the terminal reaches us, and we pass it on once."""
    log.parent.mkdir(parents=True, exist_ok=True)
    wrapped = [sys.executable, "-I", child_program.__file__, str(os.getpid()), *command]
    with log.open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *wrapped,
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": url, "PYTHONUNBUFFERED": "1"},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )


async def _watch(
    crawl: asyncio.subprocess.Process, ledger: "_Ledger", *, limit_s: float, grace_s: float
) -> tuple[str, str] | None:
    """Wait for the child's end; past its deadline make it end, and return the state and detail to record for it.

    The ledger is closed before the signal: the state that a stopped crawl would give itself is not the whole truth.
    """
    try:
        async with asyncio.timeout(limit_s):
            await crawl.wait()
    except TimeoutError:
        verdict = ("killed_deadline", f"it was still running {limit_s:.0f} s after its start")
        with suppress(TimeoutError, StorageError, psycopg.Error):
            await asyncio.wait_for(ledger.close(*verdict), LEDGER_WAIT_S)
        await _stop(crawl, grace_s)
        return verdict
    return None


async def _stop(crawl: asyncio.subprocess.Process, grace_s: float) -> None:
    """SIGTERM to the crawl alone (its readers finish their page), SIGKILL to the whole group after the grace."""
    with suppress(ProcessLookupError):
        crawl.send_signal(signal.SIGTERM)
    with suppress(TimeoutError):
        await asyncio.wait_for(crawl.wait(), grace_s)
    _kill_group(crawl.pid)
    await crawl.wait()


def _kill_group(pid: int) -> None:
    """End whatever the crawl left behind. macOS refuses the signal to a group of zombies."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ledger:
    """The run's row, for the parent of its process."""

    url: str
    run_id: int
    owned: Callable[[Connection], bool]

    async def close(self, state: str, detail: str) -> tuple[str, str]:
        """Close the run if nobody has, and return what the ledger says of it now."""
        return await asyncio.to_thread(self._close, state, detail)

    def _close(self, state: str, detail: str) -> tuple[str, str]:
        with connect(self.url) as conn:
            if self.owned(conn):
                runs.end(conn, self.run_id, state=state, detail=pg_text(detail))
            return runs.state(conn, self.run_id)


def _explain(status: int, log: Path) -> tuple[str, str]:
    """Return the state and detail for a child that ended without closing its run."""
    name = signal.Signals(-status).name if -status in list(signal.Signals) else f"signal {-status}"
    how = f"ended by {name}" if status < 0 else f"exit status {status}"
    state = "interrupted" if -status in (signal.SIGTERM, signal.SIGINT) else "failed"
    return state, f"{how}; the end of its log: {_tail(log)}"


def _tail(log: Path) -> str:
    with suppress(OSError), log.open("rb") as lines:
        lines.seek(max(0, log.stat().st_size - TAIL_BYTES))
        return "\n".join(lines.read().decode(errors="replace").splitlines()[-TAIL_LINES:])
    return ""
