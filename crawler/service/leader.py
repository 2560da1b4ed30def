"""Being the one scheduler that enqueues, or waiting to become it.

All that a leader does to the database goes through one connection in one thread: when the connection is gone, so are
the leadership and whatever was under way.
"""

import asyncio
import os
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any, TypeVar

import psycopg

from crawler.service.log import open_log
from storage import leader
from storage.database import connect
from storage.errors import StorageError
from storage.leader import Term

T = TypeVar("T")
Connection = psycopg.Connection[Any]

#: A leader pings, and a follower asks for the lock, this often. Postgres ends a session after three times as long.
BEAT_S = 1.0


class Leadership:
    """One scheduler's candidacy."""

    def __init__(self, url: str) -> None:
        self.term: Term | None = None
        self._url = url
        self._name = f"{socket.gethostname()} pid {os.getpid()}"
        self._conn: Connection | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="leader")
        self._log = open_log()
        self._complaint = ""

    async def run(self) -> None:
        """Ping or campaign until cancelled."""
        try:
            while True:
                await self._in_thread(self._beat)
                await asyncio.sleep(BEAT_S)
        finally:
            await asyncio.shield(self._in_thread(self._step_down))
            self._thread.shutdown(wait=False)

    async def perform(self, work: Callable[[Connection, Term], T]) -> T | None:
        """Do something as the leader; None where we are not, or cease to be before it is done."""
        return None if self.term is None else await self._in_thread(self._perform, work)

    async def _in_thread(self, function: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    def _beat(self) -> None:
        try:
            if self._conn is None:
                self._conn = connect(self._url, autocommit=True)
            if self.term is not None:
                self._conn.execute("select 1")
            elif term := leader.campaign(self._conn, self._name):
                self.term = term
                self._log.info("leading", epoch=term.epoch)
            self._complaint = ""
        except (psycopg.Error, StorageError) as error:
            self._lose(error)

    def _perform(self, work: Callable[[Connection, Term], T]) -> T | None:
        if self.term is None or self._conn is None:
            return None
        try:
            return work(self._conn, self.term)
        except (psycopg.OperationalError, leader.Deposed) as error:
            self._lose(error)
            return None

    def _lose(self, error: Exception) -> None:
        """Start afresh; say so once, not each second of an outage."""
        if self.term is not None:
            self._log.warning("leadership_lost", epoch=self.term.epoch, why=str(error))
        elif str(error) != self._complaint:
            self._log.warning("no_database", why=str(error))
        self._complaint = str(error)
        self._step_down()

    def _step_down(self) -> None:
        self.term = None
        if self._conn is not None:
            with suppress(psycopg.Error):
                self._conn.close()
            self._conn = None
