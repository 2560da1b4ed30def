"""The marks that a person should look at first: what the judge cut without being sure, and what it only suspects."""

from collections.abc import Iterator
from dataclasses import dataclass

from psycopg import Connection

#: Text that is lost for good: whoever looks at it can decide nothing.
UNREADABLE = ("lost_characters", "wrong_charset", "private_use")
#: Marks looked at in one statement.
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An article's most doubtful mark that nobody has decided about."""

    article_id: int
    kind: str
    rule: str
    score: int
    text: str


def doubtful(conn: Connection, *, outlet: str | None, limit: int) -> list[Doubt]:
    """Return so many articles, the most doubtful first: cuts of a low score, suspects of a high one."""
    found: dict[int, Doubt] = {}
    for doubt in _doubts(conn, outlet):
        found.setdefault(doubt.article_id, doubt)
        if len(found) == limit:
            break
    return list(found.values())


def _doubts(conn: Connection, outlet: str | None) -> Iterator[Doubt]:
    """Walk down the index of doubt; few of its marks are in documents that readers no longer see."""
    after = (-1, 0, 0)
    while True:
        rows = conn.execute(
            """
            with next as materialized (
                select document_id, ordinal, field, paragraph, start_offset, end_offset, kind, rule, score,
                    case kind when 'suspect' then 1000 - score else score end as doubt
                from mark
                where kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo', 'suspect')
                    and (case kind when 'suspect' then 1000 - score else score end, document_id, ordinal)
                        > (%(doubt)s, %(document)s, %(ordinal)s)
                order by case kind when 'suspect' then 1000 - score else score end, document_id, ordinal
                limit %(batch)s
            )
            select m.doubt, m.document_id, m.ordinal, m.rule <> all(%(unreadable)s) and r.decision_id is null
                    and (%(outlet)s::text is null or o.name = %(outlet)s)
                    and exists (select from current_document v where v.of_article_id = a.id and v.id = d.id),
                d.article_id, m.kind, m.rule, m.score, substr(case m.field when 'title' then d.title else p.raw end,
                    m.start_offset + 1, m.end_offset - m.start_offset)
            from next m
            join document d on d.id = m.document_id
            join article a on a.id = d.article_id
            join outlet o on o.id = a.outlet_id
            left join reviewed_mark r on r.document_id = m.document_id and r.ordinal = m.ordinal
            left join paragraph p on p.document_id = m.document_id and p.ordinal = m.paragraph
            order by m.doubt, m.document_id, m.ordinal
            """,
            {
                "doubt": after[0],
                "document": after[1],
                "ordinal": after[2],
                "batch": BATCH,
                "unreadable": list(UNREADABLE),
                "outlet": outlet,
            },
        ).fetchall()
        for *_, is_open, article_id, kind, rule, score, text in rows:
            if is_open:
                yield Doubt(article_id=article_id, kind=kind, rule=rule, score=score, text=text or "")
        if len(rows) < BATCH:
            return
        after = rows[-1][:3]
