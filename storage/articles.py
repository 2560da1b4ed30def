"""Table `article`: one row an article of an outlet, by its key, under however many addresses it was captured."""

import hashlib
from contextlib import suppress
from datetime import datetime

from psycopg import Connection
from psycopg.errors import UniqueViolation

from pipelines.urls import url_digest
from storage.database import pg_text


def place(conn: Connection, *, outlet_id: int, key: str, url: str, seen_at: datetime) -> int:
    """Return the article of a key, its row locked. It bears the URL and the time of the earliest of its captures."""
    given = {
        "outlet": outlet_id,
        "key": key_digest(key),
        "digest": url_digest(url),
        "url": pg_text(url),
        "seen": seen_at,
    }
    _adopt(conn, given)
    row = conn.execute(
        """
        insert into article as known (outlet_id, key_digest, url_digest, url, first_seen_at)
        values (%(outlet)s, %(key)s, %(digest)s, %(url)s, %(seen)s)
        on conflict (outlet_id, key_digest) do update
            set first_seen_at = least(known.first_seen_at, excluded.first_seen_at),
                url = case when excluded.first_seen_at < known.first_seen_at then excluded.url else known.url end,
                url_digest = case when excluded.first_seen_at < known.first_seen_at then excluded.url_digest
                    else known.url_digest end
        returning id
        """,
        given,
    ).fetchone()
    assert row is not None
    return int(row[0])


def _adopt(conn: Connection, given: dict[str, object]) -> None:
    """Give the key to the article of before there were keys that has this URL, unless another has the key by now."""
    old = conn.execute(
        "select id from article where outlet_id = %(outlet)s and url_digest = %(digest)s and key_digest is null", given
    ).fetchone()
    if old is None:
        return
    with suppress(UniqueViolation), conn.transaction():
        conn.execute("update article set key_digest = %s where id = %s", [given["key"], old[0]])


def key_digest(key: str) -> bytes:
    """sha256 of an article's key (`pipelines.identity`), which is as long as a URL."""
    return hashlib.sha256(key.encode()).digest()


def of_url(conn: Connection, *, outlet: str, url: str, key: str) -> list[int]:
    """Return the articles that readers see with this key, or read at this canonical URL.

    Of one outlet or (outlet "") of any.
    """
    rows = conn.execute(
        """
        select c.of_article_id from article a join outlet o on o.id = a.outlet_id
        join current_document c on c.of_article_id = a.id
        where a.key_digest = %(key)s and (%(outlet)s = '' or o.name = %(outlet)s)
        union
        select d.article_id from capture c join outlet o on o.id = c.outlet_id
        join visible_document d on d.capture_id = c.id
        where c.url_digest = %(digest)s and (%(outlet)s = '' or o.name = %(outlet)s)
        order by 1
        """,
        {"key": key_digest(key), "digest": url_digest(url), "outlet": outlet},
    )
    return [int(row[0]) for row in rows]
