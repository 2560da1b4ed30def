"""Table `fetch_attempt`: how every single fetch ended (promise P8)."""

from datetime import datetime

from psycopg import Connection

from pipelines.model import FetchOutcome, Role
from pipelines.urls import url_digest
from storage.database import pg_text


def record(
    conn: Connection,
    *,
    run_id: int | None,
    outlet_id: int,
    frontier_id: int | None,
    url: str,
    role: Role,
    fetched_at: datetime,
    outcome: FetchOutcome,
    status: int | None,
    capture_id: int | None,
    duration_ms: int | None,
    detail: str = "",
) -> None:
    """Add one row; nothing is ever taken from this table."""
    conn.execute(
        """
        insert into fetch_attempt (run_id, outlet_id, frontier_id, url_digest, url, role, fetched_at, outcome, status,
            capture_id, duration_ms, detail)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            run_id,
            outlet_id,
            frontier_id,
            url_digest(url),
            pg_text(url),
            role,
            fetched_at,
            outcome,
            status,
            capture_id,
            duration_ms,
            pg_text(detail)[:1000],
        ],
    )
