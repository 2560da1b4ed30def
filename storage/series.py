"""Table `series_link`: which documents of one outlet are parts of one series."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from pipelines.outlet_names import OWN, OWN_SERIES
from pipelines.series import SPAN, Part, read_reporters


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A document that may be a part of the same series, and how the two name each other."""

    document_id: int
    part: Part
    #: The document asked about names this one's title; this one names its; one of them says 本系列 of it.
    cites: bool
    cited: bool
    announced: bool


def load(conn: Connection, document_id: int) -> Part | None:
    """Return a document as a part; None where it has no title to be told by."""
    row = conn.execute(
        """
        select h.title, d.column_name, d.section, d.byline, h.dated_at
        from headline h join document d on d.id = h.document_id where h.document_id = %s
        """,
        [document_id],
    ).fetchone()
    return _part(*row) if row else None


def _part(title: str, column: str, section: str, byline: str, at: Any) -> Part:
    return Part(title=title, columns=frozenset((column, section)) - {""}, reporters=read_reporters(byline), dated_at=at)


def neighbours(conn: Connection, document_id: int, handles: Iterable[str]) -> list[Neighbour]:
    """Return documents of the same outlet and time that cite it, that it cites, or whose title holds a handle."""
    rows = conn.execute(
        """
        with mine as (
            select * from headline where document_id = %(document)s
        ), cites as (
            select c.title, c.outlet from document_citation c where c.document_id = %(document)s
            union all
            select l.title, c.outlet from document_citation c join likeness l on l.cited = c.title
            where c.document_id = %(document)s and c.outlet = any(%(own)s)
        ), named as (
            select title, false as in_other_words from mine
            union all
            select l.cited, true from mine join likeness l on l.title = mine.title
        ), cited as (
            select c.document_id, c.cited_outlet as outlet from named
            join citation c on md5(c.cited_title) = md5(named.title) and c.cited_title = named.title
                and (not named.in_other_words or c.cited_outlet = any(%(own)s))
            where not exists (select from reviewed r where r.document_id = c.document_id)
            union all
            select c.document_id, c.outlet from named
            join reviewed r on r.citations @> array[named.title]
            cross join lateral (select * from document_citation d where d.document_id = r.document_id offset 0) c
            where c.title = named.title and (not named.in_other_words or c.outlet = any(%(own)s))
        ), near as (
            select h.* from cites join headline h on h.title = cites.title
            union
            select h.* from cited join headline h on h.document_id = cited.document_id
            union
            select h.* from mine join headline h on h.outlet_id = mine.outlet_id
                and h.dated_at between mine.dated_at - %(span)s and mine.dated_at + %(span)s
            where exists (select from unnest(%(handles)s::text[]) handle where strpos(h.title, handle) > 0)
        )
        select near.document_id, near.title, d.column_name, d.section, d.byline, near.dated_at,
            exists (select from cites where cites.title = near.title),
            exists (select from cited where cited.document_id = near.document_id),
            exists (select from cites where cites.title = near.title and cites.outlet = %(series)s)
                or exists (select from cited where cited.document_id = near.document_id and cited.outlet = %(series)s)
        from near
        join mine on mine.outlet_id = near.outlet_id and mine.article_id <> near.article_id
            and near.dated_at between mine.dated_at - %(span)s and mine.dated_at + %(span)s
        join document d on d.id = near.document_id
        """,
        {
            "document": document_id,
            "handles": list(handles),
            "span": SPAN,
            "own": [OWN, OWN_SERIES],
            "series": OWN_SERIES,
        },
    )
    return [
        Neighbour(document_id=row[0], part=_part(*row[1:6]), cites=row[6], cited=row[7], announced=row[8])
        for row in rows
    ]


def store_links(conn: Connection, document_id: int, reasons: dict[int, str]) -> None:
    """Write with which documents one is in a series, and why; what stood there before goes."""
    conn.execute("delete from series_link where %s in (a, b)", [document_id])
    conn.cursor().executemany(
        """
        insert into series_link (a, b, reason) values (%s, %s, %s)
        on conflict (a, b) do update set reason = excluded.reason
        """,
        [(*sorted((document_id, other)), reason) for other, reason in sorted(reasons.items())],
    )
