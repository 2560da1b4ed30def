"""Table `outlet`: the newspapers and sites that the archive holds."""

from psycopg import Connection

from pipelines.model import Source
from pipelines.outlet_names import known_as
from storage.errors import UnknownOutlet


def register(conn: Connection, source: Source) -> int:
    """Return the outlet's id; a new outlet is added, what has changed about it is taken over."""
    row = conn.execute(
        """
        insert into outlet as known (name, title, region, names)
        values (%(name)s, %(title)s, %(region)s, %(names)s)
        on conflict (name) do update set title = excluded.title, region = excluded.region, names = excluded.names
            where (known.title, known.region, known.names)
                is distinct from (excluded.title, excluded.region, excluded.names)
        returning id
        """,
        {
            "name": source.name,
            "title": source.title,
            "region": source.region,
            "names": list(known_as(source.title, source.aliases)),
        },
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
