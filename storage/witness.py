"""Tables `snapshot`, `witness`: what recurred across unrelated articles when the archive was looked through."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection

from pipelines.model import Witness
from storage.database import pg_text
from storage.errors import UnknownSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A snapshot of this archive."""

    number: int
    taken_at: datetime
    #: How much was looked through.
    articles: int
    outlets: int
    #: How many phrases and paragraphs are cut, and how many only labelled.
    cuts: int
    suspects: int


def store(conn: Connection, found: Sequence[Witness], *, articles: int, outlets: int) -> int:
    """Return the number of a snapshot that says this, adding it when it is new."""
    digest = _digest(found)
    conn.execute("lock table snapshot in share row exclusive mode")
    row = conn.execute("select id from snapshot where digest = %s", [digest]).fetchone()
    if row is not None:
        return int(row[0])
    row = conn.execute(
        "insert into snapshot (digest, articles, outlets) values (%s, %s, %s) returning id",
        [digest, articles, outlets],
    ).fetchone()
    assert row is not None
    with conn.cursor() as cur:
        cur.executemany(
            """
            insert into witness (snapshot_id, ordinal, shape, key, raw, kind, rule, score, articles, outlets, copies,
                first_seen_at, last_seen_at, article_ids)
            values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            """,
            [_row(row[0], ordinal, one) for ordinal, one in enumerate(found)],
        )
    return int(row[0])


def _row(snapshot: int, ordinal: int, one: Witness) -> tuple[Any, ...]:
    said = (one.shape, pg_text(one.key), pg_text(one.raw), one.kind, one.rule, one.score)
    seen = (one.first_seen_at, one.last_seen_at, list(one.article_ids))
    return (snapshot, ordinal, *said, one.articles, one.outlets, one.copies, *seen)


def _digest(found: Sequence[Witness]) -> bytes:
    """The sha256 of all that a snapshot says, its evidence included."""
    digest = hashlib.sha256()
    for one in found:
        said = (one.shape, one.key, one.raw, one.kind, one.rule, one.score, one.articles, one.outlets, one.copies)
        times = (at.astimezone(UTC).isoformat() for at in (one.first_seen_at, one.last_seen_at))
        digest.update(json.dumps([*said, *times, one.article_ids]).encode() + b"\n")
    return digest.digest()


def verdicts(conn: Connection, number: int) -> bytes:
    """Return what a snapshot says to the judge: the file `witness.json` of a model, the same bytes each time."""
    if conn.execute("select 1 from snapshot where id = %s", [number]).fetchone() is None:
        raise UnknownSnapshot(f"there is no snapshot {number}: `huiliu model list` shows those that there are")
    rows = conn.execute(
        'select shape, key, kind, rule, score from witness where snapshot_id = %s order by shape, key collate "C"',
        [number],
    ).fetchall()
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def known(conn: Connection) -> list[Known]:
    """Return every snapshot of this archive, oldest first."""
    rows = conn.execute(
        """
        select s.id, s.taken_at, s.articles, s.outlets, count(w.*) filter (where w.kind <> 'suspect'),
            count(w.*) filter (where w.kind = 'suspect')
        from snapshot s left join witness w on w.snapshot_id = s.id group by s.id order by s.id
        """
    ).fetchall()
    return [
        Known(number=number, taken_at=taken_at, articles=articles, outlets=outlets, cuts=cuts, suspects=suspects)
        for number, taken_at, articles, outlets, cuts, suspects in rows
    ]
