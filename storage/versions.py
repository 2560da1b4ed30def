"""Table `version`: which code, tables and source file read a capture; and which version readers see."""

from psycopg import Connection


def ensure(conn: Connection, *, outlet_id: int, pipeline_version: str, source_digest: str) -> int:
    """Return the id of a version of an outlet, adding it when it is new. The first one is promoted at once."""
    key = {"outlet": outlet_id, "pipeline": pipeline_version, "source": source_digest}
    find = """
        select id from version
        where outlet_id = %(outlet)s and pipeline_version = %(pipeline)s and source_digest = %(source)s
    """
    row = conn.execute(find, key).fetchone()
    if row is None:
        conn.execute(
            """
            insert into version (outlet_id, pipeline_version, source_digest)
            values (%(outlet)s, %(pipeline)s, %(source)s) on conflict do nothing
            """,
            key,
        )
        row = conn.execute(find, key).fetchone()
        assert row is not None
        conn.execute(
            "update outlet set promoted_version_id = %s where id = %s and promoted_version_id is null",
            [row[0], outlet_id],
        )
    return int(row[0])


def reading(conn: Connection, *, outlet_id: int, pipeline_version: str, source_digest: str) -> int | None:
    """Return the outlet's version of that name, if it has read anything."""
    row = conn.execute(
        """
        select id from version where outlet_id = %s and pipeline_version = %s and source_digest = %s
            and exists (select 1 from reading where version_id = version.id)
        """,
        [outlet_id, pipeline_version, source_digest],
    ).fetchone()
    return row[0] if row else None


def newest(conn: Connection, outlet_id: int) -> int | None:
    """Return the outlet's newest version that has read anything."""
    row = conn.execute(
        """
        select max(version.id) from version where outlet_id = %s
            and exists (select 1 from reading where version_id = version.id)
        """,
        [outlet_id],
    ).fetchone()
    return row[0] if row else None


def missing(conn: Connection, *, outlet_id: int, version_id: int) -> int:
    """Return how many captures the promoted version has read and this one has not."""
    row = conn.execute(
        """
        select count(*) from reading r join outlet o on o.promoted_version_id = r.version_id
        where o.id = %(outlet)s and not exists (
            select 1 from reading other where other.capture_id = r.capture_id and other.version_id = %(version)s)
        """,
        {"outlet": outlet_id, "version": version_id},
    ).fetchone()
    assert row is not None
    return int(row[0])


def promote(conn: Connection, *, outlet_id: int, version_id: int) -> bool:
    """Switch an outlet's readers to a version: one row, so that nobody sees a mix (P5). False: they see it already."""
    done = conn.execute(
        """
        update outlet set promoted_version_id = %(version)s
        where id = %(outlet)s and promoted_version_id is distinct from %(version)s
        """,
        {"outlet": outlet_id, "version": version_id},
    )
    return done.rowcount == 1


def name(conn: Connection, version_id: int) -> str:
    """Return a version in words: pipeline version and source digest."""
    row = conn.execute("select pipeline_version, source_digest from version where id = %s", [version_id]).fetchone()
    return f"{row[0]}/{row[1]}" if row else "none"
