"""Table `leader`: which scheduler may enqueue. One at a time, and one that froze writes nothing when it thaws.

Leadership is an advisory lock of one connection. Postgres ends a session that says nothing for SILENCE, so a frozen
leader loses its lock within seconds (a plain lock is kept for ever), and everything it enqueues goes through that very
connection. The epoch is checked besides, in each such transaction.

The lock belongs to a session: a pooler between us and Postgres that shares sessions (pgbouncer's transaction mode)
breaks it.
"""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from storage.errors import StorageError

#: The letters of "leader" in ASCII.
LOCK = 0x6C6561_646572
#: A session that is silent for longer than this is ended by Postgres. The leader pings each second.
SILENCE = "3s"


class Deposed(StorageError):
    """Another scheduler has become the leader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One leadership, from its taking to the end of its connection."""

    epoch: int
    taken_at: datetime


def campaign(conn: Connection, name: str) -> Term | None:
    """Become the leader on this connection, until it ends; None while another one is."""
    conn.execute(
        "select set_config('idle_session_timeout', %(silence)s, false),"
        " set_config('idle_in_transaction_session_timeout', %(silence)s, false)",
        {"silence": SILENCE},
    )
    row = conn.execute("select pg_try_advisory_lock(%s)", [LOCK]).fetchone()
    if row is None or not row[0]:
        return None
    taken = conn.execute(
        """
        update leader set epoch = epoch + 1, name = %s, taken_at = clock_timestamp() returning epoch, taken_at
        """,
        [name],
    ).fetchone()
    assert taken is not None
    return Term(epoch=taken[0], taken_at=taken[1])


def check_epoch(conn: Connection, epoch: int) -> None:
    """Deposed unless this epoch is still the current one; nobody changes it before this transaction ends."""
    row = conn.execute("select epoch, name from leader for share").fetchone()
    assert row is not None
    if row[0] != epoch:
        raise Deposed(f"{row[1] or 'another scheduler'} leads now, in epoch {row[0]}; ours was {epoch}")


def clock(conn: Connection) -> datetime:
    """Return the database's time: the one clock that all schedulers share."""
    row = conn.execute("select clock_timestamp()").fetchone()
    assert row is not None
    now: datetime = row[0]
    return now
