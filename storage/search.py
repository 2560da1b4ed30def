"""Chinese full text search, through the same SQL function that readers call."""

from dataclasses import dataclass
from datetime import date, datetime

from psycopg import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article whose current text holds the phrase."""

    article_id: int
    outlet: str
    published_at: datetime | None
    title: str
    excerpt: str
    url: str


def search(
    conn: Connection,
    query: str,
    *,
    since: date | None = None,
    until: date | None = None,
    outlet: str | None = None,
    limit: int = 20,
) -> list[Hit]:
    """Return the newest articles that hold the phrase, width, script and case folded."""
    rows = conn.execute(
        "select * from archive.search(%s, %s::timestamptz, %s::timestamptz, %s) limit %s",
        [query, since, until, outlet, limit],
    )
    return [Hit(article_id=r[0], outlet=r[1], published_at=r[2], title=r[3], excerpt=r[4], url=r[5]) for r in rows]
