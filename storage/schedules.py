"""Table `schedule`: from when on an outlet's crontab line holds. Earlier slots never were, so nobody missed them."""

from collections.abc import Mapping
from datetime import datetime

from psycopg import Connection


def replace(conn: Connection, lines: Mapping[int, str], now: datetime) -> dict[int, datetime]:
    """Make these the schedules (outlet id -> crontab line); returns since when each holds.

    A line that stays keeps its beginning, a new or changed one begins now, and an outlet that is not named has none.
    """
    conn.execute("delete from schedule where outlet_id <> all(%s)", [list(lines)])
    conn.cursor().executemany(
        """
        insert into schedule as known (outlet_id, line, since) values (%s, %s, %s)
        on conflict (outlet_id) do update set line = excluded.line, since = excluded.since
            where known.line <> excluded.line
        """,
        [(outlet_id, line, now) for outlet_id, line in sorted(lines.items())],
    )
    return dict(conn.execute("select outlet_id, since from schedule").fetchall())
