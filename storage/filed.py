"""Tables `text` and `shingle`: every text that readers see or saw, and the hashes that it is found by."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A text as it is filed."""

    id: int
    #: sha256 of its bare form, lines joined.
    text_digest: bytes
    #: Of its bare form.
    characters: int
    #: The matcher that worked out its relations; None: nobody did.
    matcher: int | None


def find(conn: Connection, lines_digest: bytes) -> Filed | None:
    """Return the text of that digest, and keep others from abandoning it meanwhile."""
    row = conn.execute(
        "select id, text_digest, characters, matcher from text where lines_digest = %s for no key update",
        [lines_digest],
    ).fetchone()
    return _filed(row) if row else None


def load(conn: Connection, text_id: int) -> Filed:
    """Return a text."""
    row = conn.execute("select id, text_digest, characters, matcher from text where id = %s", [text_id]).fetchone()
    assert row is not None
    return _filed(row)


def _filed(row: tuple[Any, ...]) -> Filed:
    return Filed(id=row[0], text_digest=row[1], characters=row[2], matcher=row[3])


def insert(conn: Connection, *, lines_digest: bytes, text_digest: bytes, characters: int) -> None:
    """File a text, unless another worker has just done so."""
    conn.execute(
        """
        insert into text (lines_digest, text_digest, characters) values (%s, %s, %s)
        on conflict (lines_digest) do nothing
        """,
        [lines_digest, text_digest, characters],
    )


def add_shingles(conn: Connection, text_id: int, hashes: Sequence[int]) -> None:
    """Have a text found by these hashes."""
    conn.execute(
        "insert into shingle (hash, text_id) select hash, %s from unnest(%s::integer[]) as hash on conflict do nothing",
        [text_id, list(hashes)],
    )


def set_matcher(conn: Connection, text_id: int, matcher: int) -> None:
    """Write down who worked out a text's relations."""
    conn.execute("update text set matcher = %s where id = %s", [matcher, text_id])


def candidates(
    conn: Connection,
    *,
    text_id: int,
    text_digest: bytes,
    hashes: Sequence[int],
    least_shared: int,
    most_sharing: int,
    limit: int,
) -> list[int]:
    """Return the texts that share most of these hashes with a text, after those that differ from it in lines only.

    Of each hash only its earliest texts count, so that no phrase of the trade makes a lookup long.
    """
    rows = conn.execute(
        """
        select found.text_id from (
            select sharing.text_id, count(*) as shared
            from unnest(%(hashes)s::integer[]) as asked (hash)
            cross join lateral (
                select s.text_id from shingle s where s.hash = asked.hash order by s.text_id limit %(most)s
            ) sharing
            group by sharing.text_id having count(*) >= %(least)s
            union all
            (select id, 2147483647 from text where text_digest = %(digest)s order by id limit %(most)s)
        ) found
        where found.text_id <> %(text)s
        group by found.text_id order by max(found.shared) desc, found.text_id limit %(limit)s
        """,
        {
            "hashes": list(hashes),
            "most": most_sharing,
            "least": least_shared,
            "digest": text_digest,
            "text": text_id,
            "limit": limit,
        },
    )
    return [int(row[0]) for row in rows]


def words(conn: Connection, text_ids: Sequence[int]) -> dict[int, str]:
    """Return what texts say, as a document that has each says it; those that no document has are left out."""
    rows = conn.execute(
        """
        select wanted.id, coalesce(r.clean_text, d.clean_text)
        from unnest(%s::integer[]) as wanted (id)
        cross join lateral (select document_id from document_text where text_id = wanted.id limit 1) one
        join document d on d.id = one.document_id
        left join reviewed r on r.document_id = d.id
        """,
        [list(text_ids)],
    )
    return {int(id_): str(text) for id_, text in rows}
