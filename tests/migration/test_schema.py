"""storage/schema.sql is what newcomers read; the migrations are what runs."""

import psycopg
import pytest

from storage.database import connect
from storage.migrate import ROOT, dump_schema, normalise_dump


def dump_own(url: str) -> str:
    """Another server's version prints the same schema in other words."""
    with connect(url) as conn:
        if conn.info.server_version // 10000 != 18:
            pytest.skip("schema.sql is written by Postgres 18")
    return dump_schema(url)


def test_schema_sql_is_what_the_migrations_make(database: str) -> None:
    made = dump_own(database)
    assert made == (ROOT / "storage" / "schema.sql").read_text(encoding="utf-8"), (
        "run `make schema` and commit storage/schema.sql"
    )


def test_a_dump_gives_the_same_bytes_and_leaves_the_queue_out(database: str) -> None:
    dump = dump_own(database)
    assert dump == dump_own(database)
    assert "procrastinate" not in dump
    assert "alembic" not in dump.split("\n", 1)[1]
    assert database.split("/")[-1].split("?")[0] not in dump


def test_schema_sql_alone_makes_the_same_schema(database: str, empty_database: str) -> None:
    dump = dump_own(database)
    with psycopg.connect(empty_database, autocommit=True) as conn:
        conn.execute("SET check_function_bodies = off")
        conn.execute(dump.encode())
    assert dump_own(empty_database) == dump


def test_only_pg_dumps_own_words_are_left_out() -> None:
    dump = """--
-- PostgreSQL database dump
--

\\restrict huiliu

-- Dumped from database version 18.4
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);

--
-- Name: f(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.f() RETURNS text LANGUAGE sql
    AS $$
-- 江苏: as is   \u0020
    SELECT 'SET x = 1;'
$$;

\\unrestrict huiliu
"""
    assert normalise_dump(dump) == (
        "\nCREATE FUNCTION public.f() RETURNS text LANGUAGE sql\n"
        "    AS $$\n-- 江苏: as is\n    SELECT 'SET x = 1;'\n$$;\n"
    )
