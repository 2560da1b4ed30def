"""The current texts of the archive, for learning from them: what is clean, what recurs, a sample to judge again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL

from pipelines.model import BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What an article says now."""

    article_id: int
    outlet: str
    #: When it was published, as the page says; else when it was first captured.
    at: datetime
    #: Raw, as extracted.
    title: str
    #: (kind, raw) of every paragraph.
    paragraphs: tuple[tuple[BlockKind, str], ...]
    #: Paragraphs that are the page's frame by some mark, or whose marks a person has undone.
    frame: frozenset[int]
    clean_title: str
    clean_text: str
    spun_score: int


_TEXT = SQL("""
    select d.of_article_id, o.name, coalesce(d.published_at, d.first_seen_at), d.title, d.clean_title, d.clean_text,
        d.spun_score,
        (select array_agg(p.kind order by p.ordinal) from paragraph p where p.document_id = d.id),
        (select array_agg(p.raw order by p.ordinal) from paragraph p where p.document_id = d.id),
        (select array_agg(distinct m.paragraph) from decided_mark m
            where m.document_id = d.id and m.paragraph is not null
                and (m.kind in ('boilerplate', 'echo', 'caption', 'credit') or m.verdict = 'undone'))
    from current_document d join outlet o on o.id = d.outlet_id
""")

#: No cut beside boilerplate, no reworded text: what the judge has no doubts about.
_CLEAN = SQL("""
    where d.spun_score < 500 and d.language like 'zh%%' and length(d.clean_text) >= %(least)s
        and not exists (
            select from decided_mark m where m.document_id = d.id and m.verdict is distinct from 'undone'
                and m.kind in ('off_topic', 'promo', 'injected', 'echo', 'replaced_name'))
""")
_NEWEST = SQL(" order by coalesce(d.published_at, d.first_seen_at) desc, d.of_article_id desc limit %(limit)s")
#: The same articles whenever it is asked, of all outlets and times.
_ANY = SQL(" order by md5(d.of_article_id::text), d.of_article_id limit %(limit)s")
_THESE = SQL(" where d.of_article_id = any(%(ids)s) order by d.of_article_id")


def count(conn: Connection) -> int:
    """Return how many articles have a text."""
    row = conn.execute("select count(*) from article a where exists (select from document where article_id = a.id)")
    found = row.fetchone()
    return int(found[0]) if found else 0


def clean(conn: Connection, *, limit: int, least: int) -> Iterator[Text]:
    """Yield the newest articles that are judged clean and have at least so many characters."""
    return _read(conn, _TEXT + _CLEAN + _NEWEST, {"limit": limit, "least": least})


def newest(conn: Connection, *, limit: int) -> Iterator[Text]:
    """Yield the newest articles."""
    return _read(conn, _TEXT + _NEWEST, {"limit": limit})


def sample(conn: Connection, *, limit: int) -> Iterator[Text]:
    """Yield articles of every outlet and time, the same ones each time."""
    return _read(conn, _TEXT + _ANY, {"limit": limit})


def these(conn: Connection, ids: Sequence[int]) -> Iterator[Text]:
    """Yield the articles of these numbers."""
    return _read(conn, _TEXT + _THESE, {"ids": list(ids)})


def _read(conn: Connection, query: Any, values: dict[str, Any]) -> Iterator[Text]:
    with conn.cursor(name="texts") as cur:
        cur.itersize = 200
        cur.execute(query, values)
        for row in cur:
            yield _text(row)


def _text(row: tuple[Any, ...]) -> Text:
    article_id, outlet, at, title, clean_title, clean_text, spun_score, kinds, raws, frame = row
    return Text(
        article_id=article_id,
        outlet=outlet,
        at=at,
        title=title,
        paragraphs=tuple(zip(map(BlockKind, kinds or ()), raws or (), strict=True)),
        frame=frozenset(frame or ()),
        clean_title=clean_title,
        clean_text=clean_text,
        spun_score=spun_score,
    )
