"""A worker that survives the loss of a job and the loss of its database."""

import asyncio
from typing import Any

import psycopg
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.retry import RetryDecision
from procrastinate.worker import Worker

from crawler.service.intervals import INTERVALS, Intervals
from crawler.service.jobs import QUEUE, Crawls, build_app
from crawler.service.log import open_log
from storage import jobs
from storage.database import connect
from storage.errors import StorageError
from storage.jobs import Claim

#: How often the end of a job is told to a database that does not answer.
TRIES = 3


class CrawlWorker(Worker):
    """procrastinate's worker, except that it ends no job that was taken from it.

    A worker that froze and thaws would mark its job done although another worker runs it by then: procrastinate asks
    only whether somebody does. The one method overridden is internal to procrastinate 3.10.0, which is pinned.
    """

    def __init__(self, crawls: Crawls, *, concurrency: int, intervals: Intervals = INTERVALS) -> None:
        super().__init__(
            build_app(crawls),
            queues=[QUEUE],
            concurrency=concurrency,
            install_signal_handlers=False,
            # LISTEN would end the worker, and with it its crawls, at each restart of Postgres. Asking does not.
            listen_notify=False,
            fetch_job_polling_interval=intervals.poll_s,
            abort_job_polling_interval=intervals.heartbeat_s,
            shutdown_graceful_timeout=0,
            update_heartbeat_interval=intervals.heartbeat_s,
            stalled_worker_timeout=intervals.stalled_s,
        )
        self._url = crawls.url
        self._restart_s = intervals.restart_s
        self._log = open_log()

    async def _persist_job_status(
        self, job: Job, status: Status, retry_decision: RetryDecision | None, context: Any, job_result: Any
    ) -> None:
        assert job.id is not None
        claim = Claim(job_id=job.id, worker_id=job.worker_id, attempts=job.attempts)
        for _ in range(TRIES):
            try:
                owned, blocked = await asyncio.to_thread(self._look, claim)
                if not owned:
                    self._job_ids_to_abort.pop(job.id, None)
                    self._log.warning("job_was_taken_over", job_id=job.id, **job.task_kwargs)
                    return
                again = None if blocked else retry_decision
                await super()._persist_job_status(job, status, again, context, job_result)
                return
            except (ConnectorException, StorageError, psycopg.Error) as error:
                self._log.warning("job_not_ended", job_id=job.id, why=str(error), **job.task_kwargs)
                await asyncio.sleep(self._restart_s)
        # Without a worker behind it, the job is found by a reaper.
        self.stop()  # type: ignore[no-untyped-call]

    def _look(self, claim: Claim) -> tuple[bool, bool]:
        """Say whether the job is ours, and whether a later one of the outlet keeps it out of the queue."""
        with connect(self._url) as conn:
            return jobs.owns(conn, claim), jobs.another_waits(conn, claim.job_id)


async def work_forever(crawls: Crawls, *, concurrency: int, intervals: Intervals = INTERVALS) -> None:
    """Take jobs until cancelled. A worker that ends by itself lost its database: another one starts."""
    log = open_log()
    while True:
        worker = CrawlWorker(crawls, concurrency=concurrency, intervals=intervals)
        try:
            async with worker.app.open_async():
                log.info("working", concurrency=concurrency)
                await worker.run()  # type: ignore[no-untyped-call]
        except (ConnectorException, psycopg.Error) as error:
            log.warning("worker_lost", why=str(error.__cause__ or error))
        log.info("worker_restarts", in_s=intervals.restart_s)
        await asyncio.sleep(intervals.restart_s)
