"""Checks of the promises over a whole archive. Each returns sentences that say what is wrong; none is good news."""

from collections.abc import Callable

from psycopg import Connection

from storage import clusters, frontier, payloads, reviews

Check = Callable[[Connection], list[str]]


def payload_bytes(conn: Connection) -> list[str]:
    """P3: the bytes of every payload are those that its digest names."""
    return [f"payload {digest}: {what}" for digest, what in payloads.damaged(conn)]


def frontier_equation(conn: Connection) -> list[str]:
    """P2: discovered = done + refused + gone + pending."""
    sides = frontier.equation(conn)
    total = sum(count for name, count in sides.items() if name != "discovered")
    return (
        [] if total == sides["discovered"] else [f"frontier: {sides['discovered']} discovered, {total} accounted for"]
    )


def finished_urls_have_fetches(conn: Connection) -> list[str]:
    """P2, P8: a URL that is done or gone was fetched, and its last fetch says so."""
    rows = conn.execute(
        """
        select fr.url, fr.state from frontier fr
        where fr.state in ('done', 'gone') and not exists (
            select 1 from fetch_attempt f where f.frontier_id = fr.id
                and f.outcome in ('stored', 'unchanged', 'returned', 'gone'))
        """
    )
    return [f"frontier: {url} is {state}, and no fetch says so" for url, state in rows]


def no_capture_twice(conn: Connection) -> list[str]:
    """P1: each capture was stored by exactly one fetch."""
    rows = conn.execute(
        """
        select c.id, c.url, count(f.id) from capture c
        left join fetch_attempt f on f.capture_id = c.id and f.outcome in ('stored', 'blocked')
        group by c.id having count(f.id) filter (where f.outcome = 'stored') > 1 or count(f.id) = 0
        """
    )
    return [f"capture {id_} ({url}) was stored by {count} fetches" for id_, url, count in rows]


def paragraphs_add_up(conn: Connection) -> list[str]:
    """P15: marks lie inside the raw text that they count in, and the clean text is made of the paragraphs."""
    outside = conn.execute(
        """
        select m.document_id, m.ordinal from mark m
        join document d on d.id = m.document_id
        left join paragraph p on p.document_id = m.document_id and p.ordinal = m.paragraph
        where m.field <> 'document'
            and m.end_offset > coalesce(length(case m.field when 'title' then d.title else p.raw end), -1)
        """
    )
    found = [f"document {document}: mark {ordinal} lies outside its text" for document, ordinal in outside]
    rows = conn.execute(
        r"""
        select d.id from document d
        where d.clean_text <> coalesce((
            select string_agg(btrim(coalesce(p.clean, p.raw), E' \t　'), E'\n' order by p.ordinal)
            from paragraph p where p.document_id = d.id and btrim(coalesce(p.clean, p.raw), E' \t　') <> ''), '')
        """
    )
    return found + [f"document {row[0]}: its clean text is not what its paragraphs leave" for row in rows]


#: In the order in which `huiliu db verify` runs them.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("captured bytes equal their digests", payload_bytes),
    ("discovered = done + refused + gone + pending", frontier_equation),
    ("every finished URL has its fetch", finished_urls_have_fetches),
    ("no capture was stored twice", no_capture_twice),
    ("raw paragraphs = kept + cut", paragraphs_add_up),
    ("readers see what people decided", reviews.stale),
    ("copies are in one cluster", clusters.divided),
)
