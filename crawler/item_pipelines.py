"""What happens to a fetch after the spider: it is stored, then what became readable is read."""

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from scrapy.spiders import Spider
from twisted.python.failure import Failure

from crawler.config import source_digest
from crawler.fitted import in_use
from crawler.process import Reader
from crawler.reading_pool import reading_pool
from crawler.version import pipeline_version
from crawler.writer import DatabaseLost
from storage import versions
from storage.crawls import Fetch, Stored
from storage.errors import StaleLease

if TYPE_CHECKING:
    from crawler.frontier import Frontier

_logger = logging.getLogger(__name__)


class StoreCapture:
    """Stores each fetch; the capture is committed before anything reads it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    async def process_item(self, item: Fetch) -> Stored:
        """Commit the fetch, and tell the frontier that there may be new URLs."""
        frontier: Frontier = self.crawler.engine.scheduler  # type: ignore[assignment]
        try:
            stored = await frontier.writer.store(item)
        except StaleLease as error:
            raise DropItem(str(error), log_level="WARNING") from None
        except DatabaseLost as error:
            raise DropItem(f"{item.url} is fetched again by a later run: {error}", log_level="DEBUG") from None
        frontier.learn(item, stored)
        return stored


class ReadCapture:
    """Reads each article capture that became complete, in worker processes."""

    reader: Reader | None = None

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it for a crawl."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Start the reader with the version of this pipeline and this source."""
        frontier: Frontier = self.crawler.engine.scheduler  # type: ignore[assignment]
        if not frontier.is_open:
            return
        outlet_id = frontier.run.outlet_id
        pool = reading_pool(1, await frontier.writer.call(in_use))
        version_id = await frontier.writer.call(
            versions.ensure,
            outlet_id=outlet_id,
            pipeline_version=pipeline_version(pool.fitted),
            source_digest=source_digest(frontier.source),
        )
        self.reader = Reader(
            source=frontier.source, outlet_id=outlet_id, version_id=version_id, database=frontier.writer, pool=pool
        )
        self.backlog = asyncio.create_task(self._read_backlog(self.reader))
        frontier.wait_for(self.backlog)

    async def process_item(self, item: Stored) -> Stored:
        """Read what the fetch made readable; Scrapy fetches no more while too many bytes wait here."""
        for capture_id in item.readable:
            await self._read(capture_id)
        return item

    async def close_spider(self) -> None:
        """End the workers; Scrapy has waited for the pages that they were reading."""
        if self.reader is not None:
            self.backlog.cancel()
            await self.reader.close()

    async def _read(self, capture_id: int) -> None:
        assert self.reader is not None
        try:
            await self.reader.read(capture_id)
        except DatabaseLost:
            _logger.debug("capture %d is read by a later run", capture_id)
        except Exception:
            self._note_unread()
            raise

    async def _read_backlog(self, reader: Reader) -> None:
        """Work out and read what earlier crawls stored and did not come to."""
        try:
            unrelated, unread = await reader.unrelated(), await reader.unread()
        except DatabaseLost:
            return
        for document_id in unrelated:
            await self._relate(reader, document_id)
        for capture_id in unread:
            try:
                await self._read(capture_id)
            except Exception:
                _logger.exception("capture %d, which an earlier crawl left unread, could not be read", capture_id)

    async def _relate(self, reader: Reader, document_id: int) -> None:
        """Work out what follows from a document that was left pending."""
        try:
            await reader.relate(document_id)
        except DatabaseLost:
            _logger.debug("document %d is left to a later run", document_id)
        except Exception:  # any outlet's: this run did nothing wrong
            _logger.exception("document %d, which was left pending, could not be worked out", document_id)

    def _note_unread(self) -> None:
        """Count a capture that a bug of ours kept from being read: its run is not well, and it waits for the next."""
        frontier: Frontier = self.crawler.engine.scheduler  # type: ignore[assignment]
        frontier.unread += 1


class Log(LogFormatter):
    """Scrapy's log lines, without the bodies of pages in them."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> LogFormatterResult:
        """Say nothing new: the fetch is in the ledger."""
        return {"level": logging.DEBUG, "msg": "stored: %(outcome)s", "args": {"outcome": item.outcome}}

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Say why a fetch was not stored."""
        level = logging.getLevelName(getattr(exception, "log_level", None) or "WARNING")
        return {"level": level, "msg": "not stored: %(why)s", "args": {"why": str(exception)}}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult:
        """Name the page that could not be stored or read."""
        url = getattr(item, "url", "a page")
        return {"level": logging.ERROR, "msg": "storing or reading %(url)s failed", "args": {"url": url}}
