"""The marks that a person should look at first: what the judge cut without being sure, and what it only suspects."""

from dataclasses import dataclass

from psycopg import Connection

#: Text that is lost for good: whoever looks at it can decide nothing.
UNREADABLE = ("lost_characters", "wrong_charset", "private_use")


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """An article's most doubtful mark that nobody has decided about."""

    article_id: int
    outlet: str
    kind: str
    rule: str
    score: int
    text: str


def doubtful(conn: Connection, *, outlet: str | None, limit: int) -> list[Doubt]:
    """Return so many articles, the most doubtful first: cuts of a low score, suspects of a high one."""
    found: dict[int, Doubt] = {}
    with conn.cursor(name="doubtful") as cur:
        cur.itersize = 200
        cur.execute(
            """
            select d.article_id, o.name, m.kind, m.rule, m.score,
                substr(case m.field when 'title' then d.title else p.raw end, m.start_offset + 1,
                    m.end_offset - m.start_offset)
            from mark m
            join document d on d.id = m.document_id
            join article a on a.id = d.article_id
            join outlet o on o.id = a.outlet_id
            left join paragraph p on p.document_id = m.document_id and p.ordinal = m.paragraph
            where m.kind in ('boilerplate', 'off_topic', 'promo', 'injected', 'echo', 'suspect')
                and m.rule <> all(%(unreadable)s) and (%(outlet)s::text is null or o.name = %(outlet)s)
                and not exists (select from reviewed_mark r where r.document_id = m.document_id
                    and r.ordinal = m.ordinal and r.decision_id is not null)
                and exists (select from current_document v where v.of_article_id = d.article_id and v.id = d.id)
            order by (case m.kind when 'suspect' then 1000 - m.score else m.score end), m.document_id, m.ordinal
            """,
            {"unreadable": list(UNREADABLE), "outlet": outlet},
        )
        for article_id, name, kind, rule, score, text in cur:
            doubt = Doubt(article_id=article_id, outlet=name, kind=kind, rule=rule, score=score, text=text or "")
            found.setdefault(article_id, doubt)
            if len(found) == limit:
                break
    return list(found.values())
