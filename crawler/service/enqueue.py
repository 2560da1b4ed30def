"""From what is due to a run and its job, in one transaction, once for each slot (promises P6, P7)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from crawler.service import jobs
from crawler.service.log import open_log
from crawler.service.schedule import GRACE_S, plan
from pipelines.model import Source
from storage import leader, outlets, runs, schedules
from storage.leader import Term

Connection = psycopg.Connection[Any]

WAITS = "the run of an earlier slot was still waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """A slot that became a run."""

    outlet: str
    run_id: int
    scheduled_at: datetime


class Timetable:
    """The scheduled outlets, and what one leader knows of them."""

    def __init__(self, *, clock: Callable[[Connection], datetime] = leader.clock, grace_s: float = GRACE_S) -> None:
        self._clock = clock
        self._grace_s = grace_s
        #: Set by whoever reads the source files; taken over by the next tick, which runs in a thread of its own.
        self._offered: tuple[Source, ...] = ()
        self._sources: tuple[Source, ...] = ()
        #: Outlet ids by name and since when each one's line holds, once both are written down.
        self._ids: dict[str, int] = {}
        self._since: dict[int, datetime] = {}
        self._epoch = 0
        self._log = open_log()

    def replace(self, sources: Iterable[Source]) -> None:
        """Take a new set of sources; those without a schedule are nobody's business here."""
        self._offered = tuple(source for source in sources if source.crawl.schedule)

    def tick(self, conn: Connection, term: Term) -> list[Queued]:
        """Enqueue what is due now. One transaction an outlet: a fault of one leaves the others alone."""
        now = self._clock(conn)
        offered = self._offered
        if self._epoch != term.epoch or self._sources != offered:
            self._write_down(conn, term, offered, now)
        queued: list[Queued] = []
        for source in self._sources:
            try:
                with conn.transaction():
                    leader.check_epoch(conn, term.epoch)
                    found = self._enqueue(conn, source, now)
            except (psycopg.OperationalError, leader.Deposed):
                raise
            except Exception:
                self._log.exception("outlet_not_scheduled", outlet=source.name)
                continue
            queued += [found] if found else []
        return queued

    def _write_down(self, conn: Connection, term: Term, sources: tuple[Source, ...], now: datetime) -> None:
        with conn.transaction():
            leader.check_epoch(conn, term.epoch)
            ids = {source.name: outlets.register(conn, source) for source in sources}
            since = schedules.replace(conn, {ids[one.name]: one.crawl.schedule for one in sources}, now)
        self._sources, self._ids, self._since, self._epoch = sources, ids, since, term.epoch

    def _enqueue(self, conn: Connection, source: Source, now: datetime) -> Queued | None:
        outlet_id = self._ids[source.name]
        last = runs.last_scheduled(conn, outlet_id)
        after = max(last, self._since[outlet_id]) if last else self._since[outlet_id]
        decision = plan(source.crawl.schedule, source.timezone, after, now, grace_s=self._grace_s)
        missed = [at for at in decision.missed if runs.record_missed(conn, outlet_id=outlet_id, scheduled_at=at)]
        if missed:
            self._log.warning("missed", outlet=source.name, slots=len(missed), first=missed[0], last=missed[-1])
        return None if decision.run is None else self._queue(conn, source, outlet_id, decision.run)

    def _queue(self, conn: Connection, source: Source, outlet_id: int, at: datetime) -> Queued | None:
        run_id = runs.queue(conn, outlet_id=outlet_id, scheduled_at=at)
        if run_id is None:
            return None
        if not jobs.defer_crawl(conn, run_id=run_id, outlet=source.name):
            runs.end(conn, run_id, state="missed", detail=WAITS)
            self._log.warning("missed", outlet=source.name, run_id=run_id, why=WAITS)
            return None
        self._log.info("queued", outlet=source.name, run_id=run_id, scheduled_at=at)
        return Queued(outlet=source.name, run_id=run_id, scheduled_at=at)
