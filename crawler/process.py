"""The one road: load a capture with its parts, call the pure pipeline, store what it says.

A fresh page comes here from the Scrapy item pipeline, an old one from a rerun. There is no second path.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from psycopg import Connection

from crawler.reading_pool import Article, Unreadable, WorkerPool
from pipelines.model import Capture, Document, Source
from storage import captures, documents

T = TypeVar("T")


class Database(Protocol):
    """Where a crawl does its database work: one thread, one connection, one transaction a call."""

    async def call(self, function: Callable[..., T], /, *args: object, **kwargs: object) -> T: ...


def store_reading(
    conn: Connection,
    *,
    outlet_id: int,
    version_id: int,
    capture: Capture,
    reading: Document | Unreadable,
) -> bool:
    """Store what one version read in one capture; False where that is stored already."""
    assert capture.id is not None
    if isinstance(reading, Unreadable):
        return documents.store_failure(
            conn, capture_id=capture.id, version_id=version_id, outcome=reading.outcome, detail=reading.detail
        )
    return documents.store_document(
        conn,
        outlet_id=outlet_id,
        capture_id=capture.id,
        version_id=version_id,
        seen_at=capture.fetched_at,
        document=reading,
    )


class Reader:
    """Reads the captures of one crawl as they come in. The version is that of what the pool reads with."""

    def __init__(
        self,
        *,
        source: Source,
        outlet_id: int,
        version_id: int,
        database: Database,
        pool: WorkerPool[Article, Document],
    ) -> None:
        self._source = source
        self._outlet_id = outlet_id
        self._version_id = version_id
        self._database = database
        self._pool = pool

    async def read(self, capture_id: int) -> None:
        """Read one article capture, with its parts, and store the outcome."""
        found: Sequence[Capture] = await self._database.call(captures.article_with_parts, capture_id)
        article = (tuple(found), self._source)
        scheduled = self._pool.schedule(article)
        reading = await asyncio.to_thread(self._pool.settle, scheduled, article)
        await self._database.call(
            store_reading,
            outlet_id=self._outlet_id,
            version_id=self._version_id,
            capture=found[0],
            reading=reading,
        )

    async def unread(self) -> list[int]:
        """Return the captures that an earlier crawl stored and did not come to read."""
        return await self._database.call(_unread, outlet_id=self._outlet_id)

    async def close(self) -> None:
        """End the workers once they have read what they were given."""
        await asyncio.to_thread(self._pool.close)


def _unread(conn: Connection, *, outlet_id: int) -> list[int]:
    return list(captures.unread(conn, outlet_id=outlet_id, version_id=None))
