"""Crawl jobs: put into procrastinate's queue with their run, taken by a worker, ended only by who still has them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from procrastinate import App, JobContext, PsycopgConnector, RetryStrategy, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued

from crawler.config import ConfigError, find_source
from crawler.crawl import run_crawl, scrapy_command
from crawler.service.log import open_log
from pipelines.model import Source
from storage import jobs, runs
from storage.database import connect, conninfo
from storage.jobs import Claim

Connection = psycopg.Connection[Any]
Command = Callable[[int, Source], Sequence[str]]

TASK = "crawl"
QUEUE = "crawl"
#: What the ledger says of a run that came while somebody crawled its outlet by hand.
BUSY = "another crawl of the outlet was running; the next one goes on"
#: Seconds to wait for a connection while the database is away.
PATIENCE_S = 15.0
#: A try that failed for want of the database, or was cut short by a shutdown, is repeated: at once, then slower.
RETRY = RetryStrategy(max_attempts=jobs.MAX_ATTEMPTS, linear_wait=10)

_deferring = App(connector=SyncPsycopgConnector())


def defer_crawl(conn: Connection, *, run_id: int, outlet: str) -> bool:
    """Add the job of a run, in the caller's transaction; False where a job of the outlet waits already.

    Two locks: jobs of an outlet run one after another, and only one of them waits.
    """
    task = _deferring.configure_task(
        TASK, queue=QUEUE, lock=f"source:{outlet}", queueing_lock=f"crawl:{outlet}", connection=conn
    )
    try:
        with conn.transaction():
            jobs.use_queue(conn)
            task.defer(run_id=run_id, outlet=outlet)
    except AlreadyEnqueued:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawls:
    """How this machine runs crawl jobs."""

    url: str
    #: Takes each crawl's log.
    log: Path
    command: Command = scrapy_command
    _say: Any = field(default_factory=open_log, repr=False)

    async def run(self, context: JobContext, run_id: int, outlet: str) -> None:
        """Run one job: crawl its run, unless that is over."""
        assert context.job.id is not None
        claim = Claim(job_id=context.job.id, worker_id=context.job.worker_id, attempts=context.job.attempts)
        try:
            source = find_source(outlet)
        except ConfigError as error:
            await asyncio.to_thread(self._refuse, run_id, str(error))
            return
        if not await asyncio.to_thread(self._prepare, run_id, outlet):
            return
        self._say.info("crawl_started", outlet=outlet, run_id=run_id, attempt=claim.attempts + 1)
        ended = await run_crawl(
            run_id,
            source,
            url=self.url,
            log=self.log,
            owned=lambda conn: jobs.owns(conn, claim),
            command=self.command(run_id, source),
        )
        if ended.state == "running":
            self._say.warning("crawl_was_taken_over", outlet=outlet, run_id=run_id)
            return
        say = self._say.info if ended.state == "done" else self._say.warning
        say("crawl_ended", outlet=outlet, run_id=run_id, state=ended.state, detail=ended.detail, log=str(ended.log))

    def _prepare(self, run_id: int, outlet: str) -> bool:
        """Make a run ready to start; False where there is nothing to do.

        A run that a shutdown interrupted is over: another run takes its place, with a job of its own. The lost owner of
        a running one is cut off first. One that meets a crawl which somebody started by hand has nothing to add to it.
        """
        with connect(self.url) as conn:
            state, _ = runs.state(conn, run_id)
            if state == "interrupted":
                self._continue(conn, run_id, outlet)
            elif state == "running":
                cut = jobs.cut_off(conn, run_id=run_id)
                self._say.warning("taken_over", outlet=outlet, run_id=run_id, sessions_ended=cut)
            elif state == "queued" and jobs.crawling(conn, run_id=run_id):
                runs.end(conn, run_id, state="missed", detail=BUSY)
                self._say.warning("missed", outlet=outlet, run_id=run_id, why=BUSY)
                return False
            return state in ("queued", "running")

    def _continue(self, conn: Connection, run_id: int, outlet: str) -> None:
        successor = jobs.queue_again(conn, run_id)
        if defer_crawl(conn, run_id=successor, outlet=outlet):
            conn.commit()
            self._say.info("continued", outlet=outlet, run_id=successor, of=run_id)
        else:  # the next slot's job waits and will do it
            conn.rollback()

    def _refuse(self, run_id: int, why: str) -> None:
        with connect(self.url) as conn:
            runs.end(conn, run_id, state="failed", detail=why)
        self._say.error("crawl_refused", run_id=run_id, why=why)


def build_app(crawls: Crawls) -> App:
    """Return procrastinate's view of this machine; open it, then give it to a `CrawlWorker`."""
    connector = PsycopgConnector(
        conninfo=conninfo(crawls.url), min_size=1, max_size=4, timeout=PATIENCE_S, configure=_find_queue, name="queue"
    )
    app = App(connector=connector)
    app.task(name=TASK, queue=QUEUE, retry=RETRY, pass_context=True)(crawls.run)
    return app


async def _find_queue(conn: "psycopg.AsyncConnection[Any]") -> None:
    await conn.execute("set search_path to queue, public")
    await conn.commit()
