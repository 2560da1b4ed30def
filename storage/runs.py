"""Table `run`: one row for every crawl that was asked for, what became of it, and its fencing token."""

from dataclasses import dataclass
from datetime import date, datetime

from psycopg import Connection

from storage.errors import RunOver


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A crawl under way. Whoever holds an older token may write nothing more."""

    id: int
    outlet_id: int
    token: int
    since: date | None
    until: date | None
    article_limit: int | None
    scheduled_at: datetime | None
    started_at: datetime


def queue(
    conn: Connection,
    *,
    outlet_id: int,
    scheduled_at: datetime | None = None,
    since: date | None = None,
    until: date | None = None,
    article_limit: int | None = None,
) -> int | None:
    """Add a run; None where this slot (outlet, scheduled_at) has one already (promise P6)."""
    row = conn.execute(
        """
        insert into run (outlet_id, scheduled_at, since, until, article_limit)
        values (%s, %s, %s, %s, %s) on conflict (outlet_id, scheduled_at) do nothing returning id
        """,
        [outlet_id, scheduled_at, since, until, article_limit],
    ).fetchone()
    return None if row is None else int(row[0])


def record_missed(conn: Connection, *, outlet_id: int, scheduled_at: datetime) -> bool:
    """Record a slot that nobody ran and nobody will (promise P7); False where it has a run."""
    row = conn.execute(
        """
        insert into run (outlet_id, scheduled_at, state, finished_at, detail)
        values (%s, %s, 'missed', now(), 'no scheduler was running at that time')
        on conflict (outlet_id, scheduled_at) do nothing returning id
        """,
        [outlet_id, scheduled_at],
    ).fetchone()
    return row is not None


def start(conn: Connection, run_id: int) -> Run:
    """Take a queued run, or take a running one over from a process that died: a fresh token fences the old one out."""
    row = conn.execute(
        """
        update run set state = 'running', token = nextval('fencing_token'), started_at = clock_timestamp(), detail = ''
        where id = %s and state in ('queued', 'running')
        returning id, outlet_id, token, since, until, article_limit, scheduled_at, started_at
        """,
        [run_id],
    ).fetchone()
    if row is None:
        raise RunOver(f"run {run_id} is over, or there is no such run")
    keys = ("id", "outlet_id", "token", "since", "until", "article_limit", "scheduled_at", "started_at")
    return Run(**dict(zip(keys, row, strict=True)))


def finish(conn: Connection, run: Run, *, state: str, detail: str = "") -> None:
    """Close a run by its own process; RunOver when another has taken it over."""
    done = conn.execute(
        """
        update run set state = %s, detail = %s, finished_at = clock_timestamp()
        where id = %s and token = %s and state = 'running'
        """,
        [state, detail, run.id, run.token],
    )
    if not done.rowcount:
        raise RunOver(f"run {run.id} was taken over or ended by another process")


def end(conn: Connection, run_id: int, *, state: str, detail: str) -> bool:
    """Close a run from outside, by the parent that saw its process end; False when it is closed already."""
    done = conn.execute(
        """
        update run set state = %s, detail = %s, finished_at = clock_timestamp()
        where id = %s and state in ('queued', 'running')
        """,
        [state, detail, run_id],
    )
    return done.rowcount == 1


def end_dead(conn: Connection, run: Run) -> int:
    """Close the other runs of an outlet that are still called running; the caller holds the outlet's lock, so their
    processes are dead. One that belongs to a job is queued again by that job."""
    done = conn.execute(
        """
        update run set state = 'interrupted', detail = 'its process ended first', finished_at = clock_timestamp()
        where outlet_id = %s and state = 'running' and id <> %s
        """,
        [run.outlet_id, run.id],
    )
    return done.rowcount


def last_scheduled(conn: Connection, outlet_id: int) -> datetime | None:
    """Return the latest slot of this outlet that the ledger knows, run or missed."""
    row = conn.execute("select max(scheduled_at) from run where outlet_id = %s", [outlet_id]).fetchone()
    return row[0] if row else None


def counts(conn: Connection, run_id: int) -> dict[str, int]:
    """Return how many fetches of a run ended in each outcome so far."""
    rows = conn.execute("select outcome, count(*) from fetch_attempt where run_id = %s group by outcome", [run_id])
    return {outcome: int(count) for outcome, count in rows}


def state(conn: Connection, run_id: int) -> tuple[str, str]:
    """Return a run's state and detail."""
    row = conn.execute("select state, detail from run where id = %s", [run_id]).fetchone()
    if row is None:
        raise RunOver(f"there is no run {run_id}")
    return row[0], row[1]
