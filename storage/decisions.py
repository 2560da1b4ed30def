"""Table `decision`: what people said of marks. Rows are inserted and read, never changed, never removed."""

from collections.abc import Sequence
from typing import Any

from psycopg import Connection

from pipelines.decisions import Anchor, Decision, Verdict
from pipelines.model import MarkField, MarkKind
from storage.database import pg_text


def add(conn: Connection, *, article_id: int, decisions: Sequence[Decision]) -> None:
    """Write decisions down, in their order."""
    conn.cursor().executemany(
        """
        insert into decision (article_id, key, field, before, span, after, verdict, kind, replacement, note,
            decided_by, decided_at)
        values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [
            (
                article_id,
                one.key,
                one.anchor.field,
                one.anchor.before,
                one.anchor.span,
                one.anchor.after,
                one.verdict,
                one.kind,
                one.replacement,
                pg_text(one.note),
                pg_text(one.by),
                one.at,
            )
            for one in decisions
        ],
    )


def holding(conn: Connection, article_id: int) -> list[Decision]:
    """Return the decisions on an article that are in force, in the order in which they were made."""
    rows = conn.execute(
        """
        select id, field, before, span, after, verdict, kind, replacement, note, decided_by, decided_at from (
            select distinct on (key) * from decision where article_id = %s order by key, id desc
        ) last_words
        where verdict <> 'cleared' order by id
        """,
        [article_id],
    )
    return [_decision(row) for row in rows]


def decided_articles(conn: Connection) -> list[int]:
    """Return the articles that anybody ever decided anything about, in order."""
    return [int(row[0]) for row in conn.execute("select distinct article_id from decision order by 1")]


def _decision(row: Sequence[Any]) -> Decision:
    id_, field, before, span, after, verdict, kind, replacement, note, by, at = row
    return Decision(
        id=id_,
        anchor=Anchor(field=MarkField(field), before=before, span=span, after=after),
        verdict=Verdict(verdict),
        kind=MarkKind(kind),
        replacement=replacement,
        note=note,
        by=by,
        at=at,
    )
