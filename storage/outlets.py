"""Table `outlet`: the newspapers and sites that the archive holds."""

from psycopg import Connection

from pipelines.model import Source
from storage.errors import UnknownOutlet


def register(conn: Connection, source: Source) -> int:
    """Return the outlet's id; a new outlet is added, a changed title or region is taken over."""
    row = conn.execute(
        """
        insert into outlet as known (name, title, region) values (%(name)s, %(title)s, %(region)s)
        on conflict (name) do update set title = excluded.title, region = excluded.region
            where (known.title, known.region) is distinct from (excluded.title, excluded.region)
        returning id
        """,
        {"name": source.name, "title": source.title, "region": source.region},
    ).fetchone()
    return int(row[0]) if row else outlet_id(conn, source.name)


def outlet_id(conn: Connection, name: str) -> int:
    """Return the id of an outlet that the archive knows; UnknownOutlet says how one gets in."""
    row = conn.execute("select id from outlet where name = %s", [name]).fetchone()
    if row is None:
        raise UnknownOutlet(f"the archive holds nothing of outlet {name!r} yet: crawl it first")
    return int(row[0])


def names(conn: Connection) -> list[str]:
    """Return every outlet's name, in order."""
    return [row[0] for row in conn.execute("select name from outlet order by name")]
