"""All database work of one crawl: one thread, one connection, many fetches a commit.

A commit costs a disk flush, so fetches that end at about the same time share one; each stands in a savepoint of its own
and fails alone. When the connection is lost the crawl is over: what was not committed never happened, and the leases of
this run go back to the frontier when the next run starts.
"""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Concatenate, ParamSpec, Self, TypeVar

import psycopg
from psycopg import Connection

from storage.crawls import Fetch, Stored, store_fetch
from storage.database import connect, explain_loss

#: A fetch waits this long for others to share its commit, unless so many have come together before.
GATHER_S = 0.02
BATCH = 32
#: Another crawl may insert the same two payloads in the other order; the loser of that deadlock tries again.
TRIES = 3

T = TypeVar("T")
P = ParamSpec("P")
_Waiting = tuple[Fetch, "asyncio.Future[Stored]"]


class DatabaseLost(Exception):
    """The connection to the database is gone."""


class Writer:
    """Runs storage functions in a thread that owns the crawl's connection."""

    def __init__(self, on_lost: Callable[[DatabaseLost], None]) -> None:
        self._on_lost = on_lost
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._waiting: list[_Waiting] = []
        self._timer: asyncio.TimerHandle | None = None
        self._commits: set[asyncio.Task[None]] = set()
        self._conn: Connection | None = None
        #: Why the connection is of no use any more.
        self.lost: DatabaseLost | None = None

    @classmethod
    async def open(cls, url: str, on_lost: Callable[[DatabaseLost], None]) -> Self:
        """Connect; DatabaseUnavailable says what is wrong with the URL or the server."""
        writer = cls(on_lost)
        try:
            writer._conn = await writer._in_thread(partial(connect, url, autocommit=True))
        except BaseException:
            writer._thread.shutdown()
            raise
        return writer

    async def call(self, function: Callable[Concatenate[Connection, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one storage function in a transaction of its own."""
        return await self._in_thread(partial(self._transaction, partial(_apply, function, args, kwargs)))

    async def store(self, fetch: Fetch) -> Stored:
        """Store one fetch; back when it is committed."""
        future: asyncio.Future[Stored] = asyncio.get_running_loop().create_future()
        self._waiting.append((fetch, future))
        if len(self._waiting) >= BATCH:
            self._flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER_S, self._flush)
        return await future

    async def close(self) -> None:
        """Commit what waits, then disconnect, which also gives back the outlet's lock."""
        self._flush()
        await asyncio.gather(*self._commits, return_exceptions=True)
        if self._conn is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._conn.close)
        self._thread.shutdown()

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._waiting = self._waiting, []
        if batch:
            task = asyncio.get_running_loop().create_task(self._commit(batch))
            self._commits.add(task)
            task.add_done_callback(self._commits.discard)

    async def _commit(self, batch: Sequence[_Waiting]) -> None:
        # In the order of the payloads, so that two crawls that share some wait in line instead of in a circle.
        batch = sorted(batch, key=lambda one: one[0].capture.digest if one[0].capture else b"")
        fetches = [fetch for fetch, _ in batch]
        try:
            results = await self._in_thread(partial(self._transaction, partial(_store_all, fetches)))
        except Exception as error:
            results = [error] * len(batch)
        for (_, future), result in zip(batch, results, strict=True):
            if future.done():
                continue
            if isinstance(result, Stored):
                future.set_result(result)
            else:
                future.set_exception(result)

    def _transaction(self, function: Callable[[Connection], T]) -> T:
        assert self._conn is not None
        for attempt in range(1, TRIES + 1):
            try:
                with self._conn.transaction():
                    return function(self._conn)
            except psycopg.errors.DeadlockDetected:
                if attempt == TRIES:
                    raise
        raise AssertionError("unreachable")

    async def _in_thread(self, function: Callable[[], T]) -> T:
        if self.lost is not None:
            raise self.lost
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, function)
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            first = self.lost is None
            self.lost = self.lost or DatabaseLost(explain_loss(error))
            if first:
                self._on_lost(self.lost)
            raise self.lost from error


def _apply(function: Callable[..., T], args: Sequence[object], kwargs: dict[str, object], conn: Connection) -> T:
    return function(conn, *args, **kwargs)


def _store_all(fetches: Sequence[Fetch], conn: Connection) -> list[Stored | Exception]:
    """Store fetches one by one; what is wrong with one of them stays with it."""
    results: list[Stored | Exception] = []
    for fetch in fetches:
        try:
            results.append(store_fetch(conn, fetch))
        except (psycopg.OperationalError, psycopg.InterfaceError):
            raise
        except Exception as error:
            results.append(error)
    return results
