"""docs/schema.md is for people who never see the migrations: every view, column and comment in it is the real one."""

from typing import Any

from psycopg import Connection

from storage.migrate import ROOT


def test_every_column_of_the_views_is_in_the_docs_as_it_is(conn: Connection[Any]) -> None:
    rows = conn.execute(
        """
        select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum)
        from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'archive'::regnamespace and c.relkind = 'v' and a.attnum > 0
        """
    ).fetchall()
    docs = (ROOT / "docs" / "schema.md").read_text(encoding="utf-8")
    by_view = {part.split("\n", 1)[0]: part for part in docs.split("## archive.")[1:]}
    missing = [row for row in rows if f"| `{row[1]}` | {row[2]} | {row[3]} |" not in by_view.get(row[0], "")]
    assert not missing
    assert len(by_view) == len({row[0] for row in rows})
