import string
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import database as under_test
from storage.database import connect, conninfo, database_url, pg_text, redact
from storage.embedded import Cluster
from storage.errors import DatabaseUnavailable

PASSWORD = "p4per-Tiger"
ANY_TEXT = st.text(st.characters(exclude_categories=()))


def with_parts(url: str, **parts: str) -> str:
    """The URL's server as keywords, some replaced."""
    return psycopg.conninfo.make_conninfo(url, **parts)


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        (f"postgresql://li:{PASSWORD}@127.0.0.1:1/huiliu", "nothing listens"),
        (f"postgresql://li:{PASSWORD}@nowhere.invalid/huiliu", "host name is unknown"),
        (f"postgresql://li:p@{PASSWORD}@nowhere.invalid/huiliu", "host name is unknown"),
        (f"postgresql+psycopg://li:{PASSWORD}@127.0.0.1:1/huiliu", "nothing listens"),
        (f"host=127.0.0.1 port=1 user=li password={PASSWORD}", "nothing listens"),
        (f"host=127.0.0.1 port=1 user=li password='{PASSWORD} x'", "nothing listens"),
        (f"postgresql://li:{PASSWORD}@127.0.0.1:port/huiliu", "not a URL like"),
        (f"postgresql://li:pa/{PASSWORD}@127.0.0.1/huiliu", "%2F for a /"),
        (f"postgresql://li:{PASSWORD}%@127.0.0.1/huiliu", "must look like"),
        (f"postgresql://127.0.0.1:1/huiliu?user=li&password={PASSWORD}", "nothing listens"),
        (f"mysql://li:{PASSWORD}@127.0.0.1/huiliu", "must look like"),
        (f"li {PASSWORD}", "must look like"),
        (f"postgresql:///huiliu?host=/nowhere&user=li&password={PASSWORD}", "no server listens on that socket"),
    ],
)
def test_an_unusable_url_is_explained_without_its_password(url: str, advice: str) -> None:
    with pytest.raises(DatabaseUnavailable) as caught:
        connect(url)
    assert advice in str(caught.value)
    assert PASSWORD not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_wrong_password_is_explained(server: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="the user or password is wrong") as caught:
        connect(with_parts(server, password=PASSWORD))
    assert PASSWORD not in str(caught.value)


def test_a_missing_database_is_explained(server: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="that database does not exist: create it"):
        connect(with_parts(server, dbname="nowhere"))


def test_a_server_that_may_forget_is_refused(server: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="synchronous_commit is off"):
        connect(with_parts(server, options="-c synchronous_commit=off"))


def test_an_old_server_is_refused(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(under_test, "OLDEST_SERVER", 990000)
    with pytest.raises(DatabaseUnavailable, match=r"is Postgres \d\d; Huiliu needs"):
        connect(server)


def test_a_database_that_cannot_hold_chinese_is_refused(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc")
        try:
            with pytest.raises(DatabaseUnavailable, match="encoded in LATIN1"):
                connect(with_parts(server, dbname="latin"))
        finally:
            admin.execute("DROP DATABASE latin WITH (FORCE)")


def test_a_connection_says_who_it_is_and_waits_for_its_caller_to_commit(conn: psycopg.Connection[Any]) -> None:
    assert conn.execute("SELECT current_setting('application_name')").fetchone() == ("huiliu",)
    assert conn.info.transaction_status == psycopg.pq.TransactionStatus.INTRANS


def test_autocommit_is_kept(database: str) -> None:
    with connect(database, autocommit=True) as conn:
        conn.execute("SELECT 1")
        assert conn.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


def test_what_the_url_says_beats_our_defaults() -> None:
    found = psycopg.conninfo.conninfo_to_dict(conninfo("postgresql://h/d?connect_timeout=2&application_name=mine"))
    assert (found["connect_timeout"], found["application_name"], found["keepalives_idle"]) == ("2", "mine", "30")


def test_the_environment_names_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", " postgresql://db.example/huiliu\n")
    assert database_url(tmp_path) == "postgresql://db.example/huiliu"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", [None, "", " "])
def test_without_it_the_embedded_cluster_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str | None
) -> None:
    if value is not None:
        monkeypatch.setenv("DATABASE_URL", value)
    monkeypatch.setattr(Cluster, "start", lambda self: f"started in {self.folder.name}")
    assert database_url(tmp_path) == "started in postgres"


@given(ANY_TEXT)
def test_pg_text_keeps_every_offset(value: str) -> None:
    held = pg_text(value)
    assert len(held) == len(value)
    assert "\0" not in held
    held.encode()  # no lone surrogate is left
    assert pg_text(held) == held
    assert all(before == after or after == "\ufffd" for before, after in zip(value, held, strict=True))


def test_pg_text_is_what_postgres_gives_back(conn: psycopg.Connection[Any]) -> None:
    every = "".join(
        map(chr, [*range(0x500), *range(0xD7F0, 0xE010), *range(0xFDD0, 0xFDF0), 0xFFFE, 0x1F600, 0x10FFFF])
    )
    held = pg_text(every)
    assert conn.execute("SELECT %s::text, length(%s)", [held, held]).fetchone() == (held, len(every))


@given(st.text(string.printable, min_size=1))
def test_redact_hides_any_password_written_in_full(password: str) -> None:
    assert redact(f"postgresql://li:{password}@db.example/huiliu") == "postgresql://li:***@db.example/huiliu"
