"""Table `part`: the further pages and JSON twins that an article capture waits for."""

from collections.abc import Sequence

from psycopg import Connection

from pipelines.model import Link
from pipelines.urls import url_digest


def expect(conn: Connection, *, outlet_id: int, article_capture_id: int, links: Sequence[Link]) -> None:
    """Note the parts that a freshly stored article names."""
    conn.cursor().executemany(
        """
        insert into part (article_capture_id, ordinal, outlet_id, url_digest) values (%s, %s, %s, %s)
        on conflict (article_capture_id, ordinal) do nothing
        """,
        [(article_capture_id, link.ordinal, outlet_id, url_digest(link.url)) for link in links],
    )


def settle_known(conn: Connection, *, article_capture_id: int) -> None:
    """Settle parts whose URL was fetched before their article named them, and will not be fetched again in this run."""
    conn.execute(
        """
        update part set settled = true, capture_id = (
            select f.capture_id from fetch_attempt f
            where f.outlet_id = part.outlet_id and f.url_digest = part.url_digest and f.capture_id is not null
            order by f.fetched_at desc, f.id desc limit 1)
        from frontier fr
        where part.article_capture_id = %s and not part.settled and fr.outlet_id = part.outlet_id
            and fr.url_digest = part.url_digest and fr.state in ('done', 'gone', 'refused')
        """,
        [article_capture_id],
    )


def settle(conn: Connection, *, outlet_id: int, url: str, capture_id: int | None) -> list[int]:
    """Give every article that waits for this URL its capture (None: there is none to be had).

    Returns the article captures that wait for nothing more.
    """
    rows = conn.execute(
        """
        update part set capture_id = %s, settled = true
        where outlet_id = %s and url_digest = %s and not settled returning article_capture_id
        """,
        [capture_id, outlet_id, url_digest(url)],
    ).fetchall()
    waiting = sorted({int(row[0]) for row in rows})
    return [one for one in waiting if is_complete(conn, one)]


def is_complete(conn: Connection, article_capture_id: int) -> bool:
    """Say whether an article capture has all its parts."""
    row = conn.execute(
        "select exists (select 1 from part where article_capture_id = %s and not settled)", [article_capture_id]
    ).fetchone()
    return row is not None and not row[0]
