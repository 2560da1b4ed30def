"""What the spiders of all shapes share. A spider asks for nothing by itself: every request comes from the frontier.

It knows its outlet's seeds, and turns each response, and each failure, into exactly one `Fetch` (promise P8).
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.captures import latency_ms, to_capture
from crawler.config import find_source
from crawler.outcomes import RobotsUnreachable, failure_outcome, status_outcome
from crawler.writer import DatabaseLost
from pipelines.identity import capture_key
from pipelines.links import find_links
from pipelines.model import Capture, FetchOutcome, Link, Role, Source
from pipelines.urls import canonical_url
from storage.crawls import Fetch
from storage.frontier import Lease
from storage.runs import Run

#: How long the URLs of a host wait whose robots.txt cannot be had.
POSTPONE_S = 900.0


class OutletSpider(Spider):
    """Crawls one outlet in one run: `scrapy crawl SHAPE -a source=NAME -a run=ID`."""

    #: What the seeds are.
    seed_role: ClassVar[Role] = Role.LIST

    def __init__(self, *, source: str, run: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.source: Source = find_source(source)
        self.run_id = int(run)
        #: Of the process; the frontier makes it 0 when the run is done.
        self.exit_status = 1

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build the spider, and take the pace from its source."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        policy = spider.source.crawl
        pace = {
            "DOWNLOAD_DELAY": policy.delay_s,
            "CONCURRENT_REQUESTS": policy.concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": policy.concurrency,
            "CLOSESPIDER_TIMEOUT": policy.deadline_s,
        }
        crawler.settings.setdict(pace, priority="spider")
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Ask for nothing."""
        return
        yield  # makes it the generator that Scrapy wants

    def seeds(self, since: date | None, until: date | None) -> list[Link]:
        """Return where a run begins."""
        return [Link(url=canonical_url(url, self.source), role=self.seed_role) for url in self.seed_urls(since, until)]

    def seed_urls(self, since: date | None, until: date | None) -> Iterator[str]:
        """Yield the start URLs; most shapes list what is new, whatever days were asked for."""
        yield from self.source.crawl.start_urls

    def to_request(self, held: Lease) -> Request:
        """Return the request for a leased URL; one that was fetched before is asked for only if it changed."""
        headers = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified}
        return Request(
            held.url,
            headers={name: value for name, value in headers.items() if value},
            callback=self.parse,
            errback=self.fail,
            meta={"lease": held},
            dont_filter=True,
        )

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Fetch]:
        """Turn a response, whatever its status, into its fetch."""
        held: Lease = response.meta["lease"]
        outcome = status_outcome(response.status, conditional=bool(held.etag or held.last_modified))
        capture = None
        links: tuple[Link, ...] = ()
        key = ""
        if outcome is None or outcome is FetchOutcome.BLOCKED:
            capture = to_capture(response, outlet=self.source.name, url=held.url, role=held.role)
        if outcome is None and capture is not None:
            links = await asyncio.to_thread(self._find_links, capture)
            key = capture_key(capture, self.source) if held.role is Role.ARTICLE else ""
        yield self.to_fetch(
            held,
            run=self._run(),
            outcome=outcome,
            status=response.status,
            capture=capture,
            key=key,
            links=links,
            duration_ms=latency_ms(response),
        )

    def fail(self, failure: Failure) -> Iterator[Fetch]:
        """Turn a failure into its fetch."""
        error = failure.value
        assert error is not None
        if isinstance(error, DatabaseLost):
            return  # nothing can be kept: the lease goes back when the next run starts
        held: Lease = failure.request.meta["lease"]  # type: ignore[attr-defined]
        outcome = failure_outcome(error)
        if outcome is None:
            self.logger.error("fetching %s failed in a way that nobody foresaw", held.url, exc_info=error)
        yield self.to_fetch(
            held,
            run=self._run(),
            outcome=outcome or FetchOutcome.FAILED_CONNECTION,
            detail=f"{type(error).__name__}: {error}",
            postpone_s=POSTPONE_S if isinstance(error, RobotsUnreachable) else None,
        )

    def to_fetch(self, held: Lease, *, run: Run, outcome: FetchOutcome | None, **fields: Any) -> Fetch:
        """Return the fetch of a lease, with what the source decides about it."""
        capture: Capture | None = fields.get("capture")
        return Fetch(
            run=run,
            lease=held,
            url=held.url,
            role=held.role,
            fetched_at=capture.fetched_at if capture else datetime.now(UTC),
            outcome=outcome,
            hosts=self.source.hosts,
            max_depth=self.source.crawl.max_depth,
            recheck_hours=self.source.crawl.recheck_hours,
            **fields,
        )

    def _find_links(self, capture: Capture) -> tuple[Link, ...]:
        """Find links; a fault in that must not cost us the bytes."""
        try:
            return find_links(
                capture.body, capture.header("Content-Type"), capture.final_url, self.source, capture.role
            )
        except Exception:
            self.logger.exception("no links were found in %s: this is a bug", capture.url)
            return ()

    def _run(self) -> Run:
        run: Run = self.crawler.engine.scheduler.run  # type: ignore[union-attr]
        return run
