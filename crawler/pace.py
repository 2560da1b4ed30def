"""How fast a host is asked (promise P13).

Scrapy counts its delay from the moment a request is sent off, so that a slow connection can shorten the gap that the
server sees. Here the gap is counted from the end of the response before it. A server that says it is overloaded doubles
the gap, and is left alone for the time it asks for; a robots.txt may ask for a longer gap; nothing shortens it.
"""

import logging
from time import monotonic
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

#: No host is left waiting longer than this between two requests; a longer wish counts as this.
MAX_DELAY_S = 60.0
#: The gap that an overloaded host is given at the least.
LEAST_SLOWED_S = 0.1
_OVERLOADED = frozenset({429, 503})
_logger = logging.getLogger(__name__)


class Pace:
    """Scrapy extension that keeps the gap between two requests to one host."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listen to the downloader."""
        pace = cls(crawler)
        crawler.signals.connect(pace.response_downloaded, signal=signals.response_downloaded)
        return pace

    def response_downloaded(self, response: Response, request: Request) -> None:
        """Start the gap anew; make it longer when the server is overloaded."""
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is None:
            return
        if response.status in _OVERLOADED:
            slow_down(self.crawler, request.meta["download_slot"], max(slot.delay * 2, LEAST_SLOWED_S))
            pause_s = min(_seconds(response.headers.get("Retry-After")), MAX_DELAY_S)
            slot.lastseen = max(slot.lastseen, monotonic() + max(pause_s - slot.delay, 0.0))
        else:
            slot.lastseen = max(slot.lastseen, monotonic())


def slow_down(crawler: Crawler, host: str, delay_s: float) -> None:
    """Lengthen a host's gap for the rest of the crawl, up to MAX_DELAY_S."""
    downloader: Any = crawler.engine.downloader
    delay_s = min(delay_s, MAX_DELAY_S)
    slot = downloader.slots.get(host)
    now_s = slot.delay if slot else crawler.settings.getfloat("DOWNLOAD_DELAY")
    if delay_s <= now_s:
        return
    if slot:
        slot.delay = delay_s
    downloader.per_slot_settings[host] = {"delay": delay_s, "jitter": 0}
    _logger.info("%s is asked once in %.1f s from now on", host, delay_s)


def _seconds(retry_after: bytes | None) -> float:
    """Read a Retry-After of the plain kind; a date, or nonsense, counts as none."""
    text = (retry_after or b"").decode("latin-1").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0.0
