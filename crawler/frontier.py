"""Scrapy's scheduler, kept in Postgres: hands out leased URLs of one outlet, and opens and closes the crawl's run.

Nothing that is to be fetched is only in memory: a lease that this process does not live to use goes back to the
frontier when the outlet's next run starts. Two crawls of one outlet never run at once: each holds the outlet's
advisory lock on its one connection, so the lock dies with the process.
"""

import asyncio
import contextlib
import logging
import os
from collections import deque
from typing import Self

import psycopg
from psycopg import Connection
from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.utils.defer import deferred_from_coro
from twisted.internet.defer import Deferred

from crawler.spiders.base import OutletSpider
from crawler.writer import DatabaseLost, Writer
from pipelines.model import FetchOutcome, Role, Source
from storage import frontier, outlets, runs
from storage.crawls import Fetch, Stored
from storage.errors import StaleLease, StorageError
from storage.frontier import Lease
from storage.jobs import OUTLET_LOCK
from storage.runs import Run

BATCH = 16
#: Longer than any fetch: its timeout, five redirects and the gaps between them.
EXPIRY_S = 600.0
#: A crawl waits for URLs that come due within this time (a first retry), and leaves later ones to the next run.
PATIENCE_S = 15.0
#: URLs of hosts without a robots.txt that a run puts off in a row before it looks for no more.
MAX_POSTPONED = 200

#: URLs that fail one after the other, without one success between them, after which a crawl leaves the site alone.
MAX_TROUBLE = 20

#: Scrapy's reasons for closing -> the run's state and detail. Any other reason is a failure.
ENDINGS = {
    "finished": ("done", ""),
    "shutdown": ("interrupted", "stopped by a signal"),
    "closespider_timeout": ("interrupted", "stopped at its deadline"),
    "memusage_exceeded": ("failed", "the crawl needed more memory than it may have"),
    "trouble": ("failed", "too many URLs in a row could not be had: the site refuses us, or is down"),
}
_logger = logging.getLogger(__name__)


class CrawlRefused(Exception):
    """This crawl may not start; the text says why."""


class Frontier(BaseScheduler):
    """The crawl's view of the table `frontier`, and its run."""

    writer: Writer
    run: Run

    def __init__(self, crawler: Crawler) -> None:
        assert isinstance(crawler.spider, OutletSpider)
        self.crawler = crawler
        self.spider = crawler.spider
        self.source = crawler.spider.source
        self.refusal = ""
        self._ready: deque[Lease] = deque()
        self._redirected: deque[Request] = deque()
        self._articles: set[int] = set()
        self._refill_task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        #: Fetches stored so far: a refill that began before the last of them proves nothing.
        self._stored = 0
        #: Captures that a bug kept from being read.
        self.unread = 0
        self._dry = False
        self._opened = False
        self._closing = False
        self._work: set[asyncio.Task[None]] = set()
        self._trouble: set[int] = set()
        self._postponed = 0
        self._postponed_in_a_row = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl; a refusal in `open` ends the crawl once the spider is open."""
        built = cls(crawler)
        crawler.signals.connect(built._spider_opened, signal=signals.spider_opened)
        return built

    @property
    def is_open(self) -> bool:
        """Whether the run has started."""
        return not self.refusal

    def open(self, spider: Spider) -> Deferred[None]:
        """Take the outlet, start the run, and put its seeds on the frontier."""
        return deferred_from_coro(self._open())

    async def _open(self) -> None:
        try:
            self.writer = await Writer.open(_database_url(), self._lost)
            self.run = await self.writer.call(_start_run, self.source, self.spider.run_id)
            given_back = await self.writer.call(frontier.reclaim, outlet_id=self.run.outlet_id, run=self.run)
            if given_back:
                _logger.info("%d URLs that an earlier crawl left unfinished are pending again", given_back)
            await self.writer.call(frontier.requeue_due, outlet_id=self.run.outlet_id)
            seeds = self.spider.seeds(self.run.since, self.run.until)
            await self.writer.call(frontier.seed, outlet_id=self.run.outlet_id, links=seeds, run=self.run)
            self._opened = True
        except (CrawlRefused, StorageError, DatabaseLost) as error:
            self.refusal = str(error)
        except psycopg.Error as error:  # no tables, or no right to use them
            self.refusal = f"the database cannot be used: {str(error).splitlines()[0]}; see `huiliu db migrate`"

    def _spider_opened(self) -> None:
        if self.refusal:
            _logger.error("no crawl of %s: %s", self.source.name, self.refusal)
            raise CloseSpider("refused")

    def enqueue_request(self, request: Request) -> bool:
        """Take a redirect's next hop back; the lease of its first hop covers it."""
        self._redirected.append(request)
        return True

    def next_request(self) -> Request | None:
        """Hand out a URL, or None while more are being leased."""
        if self._redirected:
            return self._redirected.popleft()
        if len(self._ready) <= BATCH // 4:
            self._refill()
        while self._ready:
            held = self._ready.popleft()
            try:
                return self.spider.to_request(held)
            except ValueError as error:  # a URL that Scrapy cannot ask
                self._refuse(held, str(error))
        return None

    def has_pending_requests(self) -> bool:
        """Whether the crawl has more to do, now or within PATIENCE_S."""
        if self._closing or self.refusal:
            return False
        return bool(self._redirected or self._ready or self._refill_task or self._timer or self._work or not self._dry)

    def wait_for(self, work: "asyncio.Task[None]") -> None:
        """Keep the crawl open until a task that asks for nothing is done."""
        self._work.add(work)
        work.add_done_callback(self._done)

    def _done(self, work: "asyncio.Task[None]") -> None:
        self._work.discard(work)
        self._wake()

    def learn(self, fetch: Fetch, stored: Stored) -> None:
        """Note that a fetch was stored: it may have led to new URLs, or show that the site is in trouble."""
        self._stored += 1
        self._dry = False
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if fetch.postpone_s is not None:
            self._postponed += 1
            self._postponed_in_a_row += 1
        elif stored.outcome not in frontier.WILL_RETRY:
            self._trouble.clear()
            self._postponed_in_a_row = 0
        elif fetch.lease is not None:
            self._trouble.add(fetch.lease.id)
        if len(self._trouble) >= MAX_TROUBLE:
            self._end("trouble")
        self._wake()

    def close(self, reason: str) -> Deferred[None]:
        """Give the remaining leases back and close the run."""
        return deferred_from_coro(self._close(reason))

    async def _close(self, reason: str) -> None:
        self._closing = True
        if self._timer is not None:
            self._timer.cancel()
        if self._refill_task is not None:
            await asyncio.gather(self._refill_task, return_exceptions=True)
        if not hasattr(self, "writer"):
            return
        try:
            if self.is_open and self.writer.lost is None:
                await self._finish(reason)
        except (StorageError, DatabaseLost) as error:
            _logger.error("the run of %s could not be closed: %s", self.source.name, error)
        finally:
            await self.writer.close()

    async def _finish(self, reason: str) -> None:
        state, detail = ENDINGS.get(reason, ("failed", reason))
        counts = await self.writer.call(runs.counts, self.run.id)
        if self._postponed:
            down = f"{self._postponed} URLs wait for hosts whose robots.txt is unreachable"
            detail = f"{detail}; {down}" if detail else down
            state = "failed" if state == "done" and not counts.keys() & {"stored", "unchanged", "returned"} else state
        if self.unread and state == "done":
            state = "failed"
            detail = (
                f"{self.unread} captures could not be read, a bug of ours: the log has it, and later runs try again"
            )
        await self.writer.call(frontier.release, run=self.run)
        await self.writer.call(runs.finish, self.run, state=state, detail=detail)
        self.spider.exit_status = 0 if state == "done" else 1
        tally = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items())) or "nothing was due"
        _logger.info("crawl of %s %s%s: %s", self.source.name, state, f" ({detail})" if detail else "", tally)

    def _refill(self) -> None:
        """Lease more URLs in the background, unless that is under way or nothing new can be there."""
        if self._postponed_in_a_row >= MAX_POSTPONED:
            self._dry = True
        if self._refill_task or self._timer or self._dry or self._closing or self.refusal:
            return
        self._refill_task = asyncio.get_running_loop().create_task(self._lease())

    async def _lease(self) -> None:
        stored = self._stored
        try:
            leases, due_in_s = await self.writer.call(_lease_or_wait, run=self.run, articles_left=self._articles_left())
        except DatabaseLost:
            return
        finally:
            self._refill_task = None
            self._wake()
        self._ready.extend(leases)
        self._articles.update(held.id for held in leases if held.role == Role.ARTICLE)
        if leases or stored != self._stored:
            return
        if due_in_s is None or due_in_s > PATIENCE_S:
            self._dry = True
        else:
            self._timer = asyncio.get_running_loop().call_later(max(due_in_s, 0.1), self._look_again)

    def _look_again(self) -> None:
        self._timer = None
        self._wake()

    def _articles_left(self) -> int | None:
        limit = self.run.article_limit
        return None if limit is None else max(limit - len(self._articles), 0)

    def _refuse(self, held: Lease, why: str) -> None:
        fetch = self.spider.to_fetch(held, run=self.run, outcome=FetchOutcome.REFUSED_URL, detail=why)
        self.wait_for(asyncio.get_running_loop().create_task(self._store_refused(fetch)))

    async def _store_refused(self, fetch: Fetch) -> None:
        with contextlib.suppress(DatabaseLost, StaleLease):
            self.learn(fetch, await self.writer.store(fetch))

    def _lost(self, error: DatabaseLost) -> None:
        """End the crawl: without its database it can keep nothing."""
        if self._opened:
            _logger.error("the crawl of %s ends: %s", self.source.name, error)
            self._end("database_lost")

    def _end(self, reason: str) -> None:
        if not self._closing:
            self._closing = True
            self._ending = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason=reason))

    def _wake(self) -> None:
        """Make the engine ask for requests now; by itself it looks every five seconds. Scrapy has no public call."""
        slot = self.crawler.engine._slot
        if slot is not None and slot.closing is None:
            slot.nextcall.schedule()


def _database_url() -> str:
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        raise CrawlRefused("DATABASE_URL is not set; `huiliu crawl` sets it for the crawls that it starts")
    return url


def _start_run(conn: Connection, source: Source, run_id: int) -> Run:
    """Take the outlet for as long as the connection lives, then its run."""
    outlet_id = outlets.register(conn, source)
    row = conn.execute("select pg_try_advisory_lock(%s, %s)", [OUTLET_LOCK, outlet_id]).fetchone()
    if row is None or not row[0]:
        raise CrawlRefused(f"another crawl of {source.name} is running")
    run = runs.start(conn, run_id)
    if run.outlet_id != outlet_id:
        raise CrawlRefused(f"run {run_id} is not one of {source.name}")
    return run


def _lease_or_wait(conn: Connection, *, run: Run, articles_left: int | None) -> tuple[list[Lease], float | None]:
    """Return leases, or in how many seconds there may be some."""
    outlet_id = run.outlet_id
    leases = frontier.lease(
        conn, outlet_id=outlet_id, run=run, count=BATCH, expiry_s=EXPIRY_S, articles_left=articles_left
    )
    if leases:
        return leases, None
    return [], frontier.next_due_in_s(conn, outlet_id=outlet_id, articles=articles_left != 0)
