"""robots.txt (RFC 9309), asked for once a run and host, archived like any other fetch, and kept.

4xx: there is none, all is allowed. 5xx, a timeout, a refused connection: the host is left alone for the rest of this
run and its URLs wait for the next one. Scrapy's own middleware crawls on in that case.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.captures import latency_ms, to_capture
from crawler.outcomes import RobotsRefused, RobotsUnreachable, failure_outcome, status_outcome
from crawler.pace import slow_down
from pipelines.model import FetchOutcome, Role
from storage.crawls import Fetch

if TYPE_CHECKING:
    from crawler.frontier import Frontier

#: The name that robots.txt files may address us by.
AGENT = "huiliu"
#: A parser need read no more than this (RFC 9309, 2.5).
MAX_BYTES = 500 * 1024
TIMEOUT_S = 20.0
_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a host's robots.txt says; `rules` is None where there is none, `down` why the host may not be asked."""

    rules: Protego | None = None
    down: RobotsUnreachable | None = None


class Robots:
    """Downloader middleware that asks a host's robots.txt before the host's first page."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._policies: dict[str, asyncio.Task[Policy]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let through what the host allows."""
        if request.meta.get("robots"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._policies:
            self._policies[origin] = asyncio.create_task(self._ask(origin))
        policy = await asyncio.shield(self._policies[origin])
        if policy.down is not None:
            raise RobotsUnreachable(str(policy.down), policy.down.outcome)
        if policy.rules is not None and not policy.rules.can_fetch(request.url, AGENT):
            raise RobotsRefused(f"{origin}/robots.txt disallows it")

    async def _ask(self, origin: str) -> Policy:
        request = Request(
            f"{origin}/robots.txt", callback=NO_CALLBACK, meta={"robots": True, "download_timeout": TIMEOUT_S}
        )
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:
            outcome = failure_outcome(error)
            if outcome is None:
                _logger.exception("asking %s failed in a way that nobody foresaw", request.url)
            outcome = outcome or FetchOutcome.FAILED_CONNECTION
            await self._store(request.url, outcome, detail=f"{type(error).__name__}: {error}")
            return self._without(origin, outcome, str(error))
        outcome_or_none = status_outcome(response.status, conditional=False)
        await self._store(request.url, outcome_or_none, response=response)
        if outcome_or_none is None:
            return self._with(origin, response)
        if response.status >= 500 or response.status == 429:
            return self._without(origin, outcome_or_none, f"status {response.status}")
        return Policy()

    def _with(self, origin: str, response: Response) -> Policy:
        rules = Protego.parse(response.body[:MAX_BYTES].decode("utf-8-sig", "replace"))
        delay_s = rules.crawl_delay(AGENT)
        if delay_s:
            slow_down(self.crawler, urlsplit(origin).hostname or "", float(delay_s))
        return Policy(rules=rules)

    def _without(self, origin: str, outcome: FetchOutcome, why: str) -> Policy:
        """Judge a robots.txt that could not be had: a refusal of ours is no word of the host's."""
        if outcome.value.startswith("refused_") and outcome != FetchOutcome.REFUSED_TOO_LARGE:
            return Policy()
        _logger.warning("%s is left alone in this run: its robots.txt is unreachable (%s)", origin, why)
        return Policy(down=RobotsUnreachable(why or outcome.value, outcome))

    async def _store(
        self, url: str, outcome: FetchOutcome | None, *, response: Response | None = None, detail: str = ""
    ) -> None:
        frontier: Frontier = self.crawler.engine.scheduler  # type: ignore[assignment]
        capture = None
        if response is not None and outcome is None:
            capture = to_capture(response, outlet=frontier.source.name, url=url, role=Role.ROBOTS)
        await frontier.writer.store(
            Fetch(
                run=frontier.run,
                lease=None,
                url=url,
                role=Role.ROBOTS,
                fetched_at=capture.fetched_at if capture else datetime.now(UTC),
                outcome=outcome,
                status=response.status if response else None,
                capture=capture,
                duration_ms=latency_ms(response) if response else None,
                detail=detail,
            )
        )
