"""Tables `headline`, `mention`, `likeness`: what an article is cited by, and what its citations may mean.

Which article a citation means is asked when it is read (view `archive.citation`), so that it is right whatever order
articles came in. Here stands what that needs and SQL cannot work out: names of outlets and titles in other words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg import Connection

from pipelines.citations import MIN_LENGTH
from pipelines.series import part_number

#: Longer titles are never cited whole.
MAX_LENGTH = 120
#: How far apart a citation and the article that it means in other words may be dated; the view says the same.
NEAR = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """A document as one that cites and is cited."""

    document_id: int
    outlet_id: int
    #: Its outlet's names, as keys.
    outlet_names: tuple[str, ...]
    #: Folded.
    title: str
    #: When it says it was published, or else when it was fetched.
    dated_at: datetime
    #: (title, outlet) in order, as `pipelines.citations.cite` found them in the text that readers see.
    citations: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """An outlet's name that a citation carries, as a key."""

    ordinal: int
    name: str
    own: bool
    title: str


def load(conn: Connection, document_id: int) -> Citing:
    """Return what a document cites and is cited by, after what people decided."""
    row = conn.execute(
        """
        select a.outlet_id, o.names, split_part(coalesce(r.folded, d.folded), E'\\n', 1),
            coalesce(d.published_at, c.fetched_at)
        from document d
        join article a on a.id = d.article_id
        join outlet o on o.id = a.outlet_id
        join capture c on c.id = d.capture_id
        left join reviewed r on r.document_id = d.id
        where d.id = %s
        """,
        [document_id],
    ).fetchone()
    assert row is not None
    cited = conn.execute(
        "select title, outlet from document_citation where document_id = %s order by ordinal", [document_id]
    )
    return Citing(
        document_id=document_id,
        outlet_id=row[0],
        outlet_names=tuple(row[1]),
        title=row[2],
        dated_at=row[3],
        citations=tuple(cited.fetchall()),
    )


def file_headline(conn: Connection, citing: Citing) -> None:
    """Have a document found by its title, in place of any title it had before people decided about it."""
    conn.execute("delete from headline where document_id = %s", [citing.document_id])
    if MIN_LENGTH <= len(citing.title) <= MAX_LENGTH:
        conn.execute(
            """
            insert into headline (document_id, article_id, outlet_id, title, part, dated_at)
            select id, article_id, %s, %s, %s, %s from document where id = %s
            """,
            [citing.outlet_id, citing.title, part_number(citing.title), citing.dated_at, citing.document_id],
        )


def file_mentions(conn: Connection, citing: Citing, mentions: Iterable[Mention]) -> None:
    """Have a document found by the outlets that it names."""
    conn.execute("delete from mention where document_id = %s", [citing.document_id])
    conn.cursor().executemany(
        "insert into mention (document_id, ordinal, name, own, title, dated_at) values (%s, %s, %s, %s, %s, %s)",
        [(citing.document_id, one.ordinal, one.name, one.own, one.title, citing.dated_at) for one in mentions],
    )


def titles_of(conn: Connection, names: Iterable[str], dated_at: datetime) -> list[str]:
    """Return the titles that outlets of these names gave their articles about that time."""
    rows = conn.execute(
        """
        select distinct h.title from outlet o join headline h on h.outlet_id = o.id
        where o.names && %s::text[] and h.dated_at between %s and %s
        """,
        [list(names), dated_at - NEAR, dated_at + NEAR],
    )
    return [row[0] for row in rows]


def titles_asked_of(conn: Connection, names: Iterable[str], dated_at: datetime) -> list[str]:
    """Return the titles that texts of about that time cite as an outlet's, by any of its names."""
    rows = conn.execute(
        "select distinct title from mention where name = any(%s) and dated_at between %s and %s",
        [list(names), dated_at - NEAR, dated_at + NEAR],
    )
    return [row[0] for row in rows]


def titles_in_copies(conn: Connection, document_id: int) -> list[str]:
    """Return the titles that copies of a document cite. `offset 0`: a copy's citations, not all there are."""
    rows = conn.execute(
        """
        select distinct c.title
        from document_text mine
        cross join lateral (
            select b as id from relation where a = mine.text_id union all select a from relation where b = mine.text_id
        ) other
        join document_text its on its.text_id = other.id
        cross join lateral (select title from document_citation d where d.document_id = its.document_id offset 0) c
        where mine.document_id = %s
        """,
        [document_id],
    )
    return [row[0] for row in rows]


def keep_likeness(conn: Connection, alike: Iterable[tuple[str, str, int]]) -> None:
    """Write down titles that say the same in other words: (as cited, headline, score)."""
    conn.cursor().executemany(
        """
        insert into likeness as known (cited, title, score) values (%s, %s, %s)
        on conflict (cited, title) do update set score = excluded.score where known.score <> excluded.score
        """,
        sorted(alike),
    )
