"""Finding the jobs of dead workers, runs that nobody closes, and what is old enough to go.

Each worker's process reaps for all. No job and no lock is needed for it: a reaper that waits its turn in the queue can
itself be stuck there, and two at once find different rows.
"""

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg

from crawler.service.intervals import INTERVALS, Intervals
from crawler.service.log import open_log
from storage import jobs
from storage.database import connect
from storage.errors import StorageError

#: Ended jobs are kept this long, and so are the logs of crawls. The runs themselves stay in the ledger.
KEEP_DAYS = 14
DAY_S = 24 * 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaper:
    """One process's part in it."""

    url: str
    log: Path
    intervals: Intervals = INTERVALS

    async def run(self) -> None:
        """Sweep until cancelled; a database that is away is waited for."""
        say = open_log()
        tidied_at = float("-inf")
        while True:
            try:
                await asyncio.to_thread(self.sweep)
                if time.monotonic() - tidied_at >= self.intervals.tidy_s:
                    await asyncio.to_thread(self.tidy)
                    tidied_at = time.monotonic()
            except (StorageError, psycopg.Error) as error:
                say.warning("no_sweep", why=str(error))
            await asyncio.sleep(self.intervals.sweep_s)

    def sweep(self) -> None:
        """Put jobs of dead workers back, and close the runs that are nobody's."""
        say = open_log()
        with connect(self.url) as conn:
            reaped = jobs.reap(conn, stalled_s=self.intervals.stalled_s)
            orphans = jobs.end_orphans(conn)
        for one in reaped:
            say.warning("reaped", job_id=one.job_id, run_id=one.run_id, given_up=one.given_up)
        for run_id in orphans:
            say.warning("run_closed", run_id=run_id)

    def tidy(self) -> None:
        """Remove old ended jobs and old logs."""
        with connect(self.url) as conn:
            jobs.remove_ended(conn, older_than_s=KEEP_DAYS * DAY_S)
        oldest = time.time() - KEEP_DAYS * DAY_S
        for path in self.log.glob("crawl-*.log"):
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
