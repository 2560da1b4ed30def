"""Table `capture`: what was fetched, from where, when. Rows are inserted and read, never changed (promise P3)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from pipelines.model import Capture, FetchOutcome, Role
from pipelines.urls import url_digest
from storage import payloads
from storage.database import pg_text
from storage.errors import UnknownCapture

_COLUMNS = """
    capture.id, outlet.name, capture.url, final_url, fetched_at, status, headers, payload_digest, role,
    payload.body, payload.codec, payload.size
"""


def insert(conn: Connection, *, outlet_id: int, capture: Capture) -> tuple[int, FetchOutcome]:
    """Store a capture; the same bytes at the same URL are stored once.

    Returns its id and STORED (new), UNCHANGED (the URL's latest bytes) or RETURNED (those of an earlier time).
    """
    key = url_digest(capture.url)
    payloads.put(conn, digest=capture.digest, body=capture.body)
    row = conn.execute(
        """
        insert into capture (outlet_id, url_digest, payload_digest, url, final_url, fetched_at, status, headers, role)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s)
        on conflict (outlet_id, url_digest, payload_digest) do nothing returning id
        """,
        [
            outlet_id,
            key,
            capture.digest,
            pg_text(capture.url),
            pg_text(capture.final_url),
            capture.fetched_at,
            capture.status,
            Jsonb([[pg_text(name), pg_text(value)] for name, value in capture.headers]),
            capture.role,
        ],
    ).fetchone()
    if row is not None:
        return int(row[0]), FetchOutcome.STORED
    known = conn.execute(
        "select id from capture where outlet_id = %s and url_digest = %s and payload_digest = %s",
        [outlet_id, key, capture.digest],
    ).fetchone()
    assert known is not None
    latest = latest_id(conn, outlet_id=outlet_id, url=capture.url)
    return int(known[0]), FetchOutcome.UNCHANGED if latest == known[0] else FetchOutcome.RETURNED


def latest_id(conn: Connection, *, outlet_id: int, url: str) -> int | None:
    """Return the capture that this URL showed when it was last fetched with success."""
    row = conn.execute(
        """
        select capture_id from fetch_attempt where outlet_id = %s and url_digest = %s and capture_id is not null
        order by fetched_at desc, id desc limit 1
        """,
        [outlet_id, url_digest(url)],
    ).fetchone()
    return None if row is None else int(row[0])


def latest_of_url(conn: Connection, *, outlet: str, url: str) -> int | None:
    """Return the newest article capture of a URL, of one outlet or (outlet "") of any."""
    row = conn.execute(
        """
        select c.id from capture c join outlet o on o.id = c.outlet_id
        where c.url_digest = %s and c.role = 'article' and (%s = '' or o.name = %s)
        order by c.fetched_at desc, c.id desc limit 1
        """,
        [url_digest(url), outlet, outlet],
    ).fetchone()
    return None if row is None else int(row[0])


def article_with_parts(conn: Connection, capture_id: int) -> tuple[Capture, ...]:
    """Return an article's capture and those of its parts, in their order; parts that were never found are left out."""
    rows = conn.execute(
        "select capture_id from part where article_capture_id = %s and capture_id is not null order by ordinal",
        [capture_id],
    ).fetchall()
    wanted = [capture_id, *(int(row[0]) for row in rows)]
    by_id = {capture.id: capture for capture in _load(conn, wanted)}
    if capture_id not in by_id:
        raise UnknownCapture(f"the archive holds no capture {capture_id}")
    return tuple(by_id[one] for one in wanted)


def _load(conn: Connection, ids: list[int]) -> list[Capture]:
    rows = conn.execute(
        "select"
        + _COLUMNS
        + """
        from capture join outlet on outlet.id = outlet_id join payload on payload.digest = payload_digest
        where capture.id = any(%s)
        """,
        [ids],
    )
    return [_capture(row) for row in rows]


def _capture(row: tuple[Any, ...]) -> Capture:
    id_, outlet, url, final_url, fetched_at, status, headers, digest, role, stored, codec, size = row
    return Capture(
        id=id_,
        outlet=outlet,
        url=url,
        final_url=final_url,
        fetched_at=fetched_at,
        status=status,
        headers=tuple((name, value) for name, value in headers),
        body=payloads.unpack(stored, codec=codec, size=size),
        digest=digest,
        role=Role(role),
    )


_UNREAD = """
    from capture c
    where c.outlet_id = %(outlet)s and c.role = 'article' and c.status between 200 and 299 and c.id > %(after)s
        and (%(since)s::date is null or c.fetched_at >= %(since)s::date)
        and (%(until)s::date is null or c.fetched_at < %(until)s::date + 1)
        and not exists (select 1 from part p where p.article_capture_id = c.id and not p.settled)
        and not exists (
            select 1 from reading r where r.capture_id = c.id
                and (%(version)s::integer is null or r.version_id = %(version)s)
                and not (%(failed)s and r.outcome in ('timeout', 'memory', 'crashed')))
        and (not %(failed)s or exists (select 1 from reading r where r.capture_id = c.id and r.outcome <> 'read'))
"""


def unread(
    conn: Connection,
    *,
    outlet_id: int,
    version_id: int | None,
    since: date | None = None,
    until: date | None = None,
    failed: bool = False,
    after: int = 0,
    batch: int = 500,
) -> Iterator[int]:
    """Yield, by keyset, article captures that this version (None: any version) has not read yet.

    An article waits until each of its parts is settled. `failed` keeps to captures that gave no document when they were
    read, and reads again those that this very version lost to a time limit, a memory limit or a crash.
    """
    wanted = {"outlet": outlet_id, "version": version_id, "since": since, "until": until, "failed": failed}
    while True:
        rows = conn.execute(
            "select c.id" + _UNREAD + "order by c.id limit %(batch)s", wanted | {"after": after, "batch": batch}
        ).fetchall()
        for row in rows:
            yield int(row[0])
        if len(rows) < batch:
            return
        after = int(rows[-1][0])


def count_unread(
    conn: Connection,
    *,
    outlet_id: int,
    version_id: int | None,
    since: date | None = None,
    until: date | None = None,
    failed: bool = False,
) -> int:
    """Return how many captures `unread` would yield."""
    row = conn.execute(
        "select count(*)" + _UNREAD,
        {
            "outlet": outlet_id,
            "version": version_id,
            "since": since,
            "until": until,
            "failed": failed,
            "after": 0,
        },
    ).fetchone()
    assert row is not None
    return int(row[0])
