"""The one road: load a capture with its parts, call the pure pipeline, store what it says and what follows from that.

A fresh page comes here from the Scrapy item pipeline, an old one from a rerun. There is no second path.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from psycopg import Connection

from crawler.reading_pool import Article, Unreadable, WorkerPool
from crawler.relate import file_text, relate_text
from pipelines.model import Capture, Document, Source
from storage import captures, document_texts, documents

T = TypeVar("T")

#: Documents that a crawl works off of those that others left pending; a rerun works off all, as after an upgrade.
MOST_LEFT = 200


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
) -> int | None:
    """Store what one version read in one capture; returns the new document, if that gave one.

    What follows from it stays to be worked out, by `crawler.relate`, once the caller has committed.
    """
    assert capture.id is not None
    if isinstance(reading, Unreadable):
        documents.store_failure(
            conn, capture_id=capture.id, version_id=version_id, outcome=reading.outcome, detail=reading.detail
        )
        return None
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
        """Read one article capture, with its parts; store the outcome and what follows from it."""
        found: Sequence[Capture] = await self._database.call(captures.article_with_parts, capture_id)
        article = (tuple(found), self._source)
        scheduled = self._pool.schedule(article)
        reading = await asyncio.to_thread(self._pool.settle, scheduled, article)
        document_id = await self._database.call(
            store_reading,
            outlet_id=self._outlet_id,
            version_id=self._version_id,
            capture=found[0],
            reading=reading,
        )
        if document_id is not None:
            await self.relate(document_id)

    async def relate(self, document_id: int) -> None:
        """Work out what follows from a document, in two transactions."""
        await self._database.call(file_text, document_id)
        await self._database.call(relate_text, document_id)

    async def unrelated(self) -> list[int]:
        """Return documents that others stored and did not come to work out, the first of them."""
        return await self._database.call(document_texts.pending, limit=MOST_LEFT)

    async def unread(self) -> list[int]:
        """Return the captures that an earlier crawl stored and did not come to read."""
        return await self._database.call(_unread, outlet_id=self._outlet_id)

    async def close(self) -> None:
        """End the workers once they have read what they were given."""
        await asyncio.to_thread(self._pool.close)


def _unread(conn: Connection, *, outlet_id: int) -> list[int]:
    return list(captures.unread(conn, outlet_id=outlet_id, version_id=None))
