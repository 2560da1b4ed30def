"""Captures: bytes never change, nothing is stored twice (P1, P3)."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from pipelines.model import FetchOutcome, Link, Role
from storage import captures, outlets, parts, verify
from storage.errors import UnknownCapture
from tests.integration.factories import HOST, NOON, Shelf, make_capture, make_source


def test_a_capture_comes_back_as_it_was(conn: Connection[Any]) -> None:
    outlet_id = outlets.register(conn, make_source())
    capture = make_capture(headers=(("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Odd", "\xe9\x00")))
    capture_id, outcome = captures.insert(conn, outlet_id=outlet_id, capture=capture)
    [found] = captures.article_with_parts(conn, capture_id)
    assert outcome == FetchOutcome.STORED
    assert (found.body, found.digest, found.fetched_at) == (capture.body, capture.digest, NOON)
    assert found.headers == (("Set-Cookie", "a=1"), ("set-cookie", "b=2"), ("X-Odd", "\xe9\ufffd"))
    with pytest.raises(UnknownCapture, match="no capture 999"):
        captures.article_with_parts(conn, 999)


def test_the_same_bytes_are_stored_once_and_older_bytes_are_recognised(conn: Connection[Any]) -> None:
    shelf = Shelf(conn)
    first = shelf.capture("/a", "one")
    assert shelf.capture("/a", "one") == first
    assert shelf.capture("/a", "two") != first
    assert shelf.capture("/a", "one") == first
    outcomes = [row[0] for row in conn.execute("select outcome from fetch_attempt order by id")]
    assert outcomes == ["stored", "unchanged", "stored", "returned"]
    assert shelf.capture("/b", "one") != first
    assert conn.execute("select count(*) from payload").fetchone() == (2,)


@pytest.mark.parametrize(
    "statement",
    [
        "update capture set status = 500",
        "delete from capture",
        "truncate capture cascade",
        "delete from payload",
        "update payload set digest = sha256('x')",
    ],
)
def test_the_database_itself_refuses_to_rewrite_captures(conn: Connection[Any], statement: bytes) -> None:
    Shelf(conn).capture("/a", "one")
    with pytest.raises(psycopg.IntegrityError, match="never rewritten"), conn.transaction():
        conn.execute(statement)


def test_a_flipped_bit_is_found(conn: Connection[Any]) -> None:
    Shelf(conn).capture("/a", "江南" * 500)
    assert verify.payload_bytes(conn) == []
    conn.execute("update payload set body = set_byte(body, 9, get_byte(body, 9) # 1)")
    [fault] = verify.payload_bytes(conn)
    assert "differ" in fault or "decompress" in fault


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=3000) | st.text(max_size=500).map(lambda text: text.encode("utf-8", "surrogatepass") * 9)
)
def test_any_bytes_survive(conn: Connection[Any], body: bytes) -> None:
    capture = make_capture(body=body)
    capture_id, _ = captures.insert(conn, outlet_id=outlets.register(conn, make_source()), capture=capture)
    assert captures.article_with_parts(conn, capture_id)[0].body == body


def test_an_article_waits_for_its_parts_and_comes_with_them(conn: Connection[Any]) -> None:
    shelf = Shelf(conn)
    article = shelf.capture("/a.html", "page one")
    links = [
        Link(url=f"http://{HOST}/{path}", role=Role.PART, ordinal=ordinal)
        for ordinal, path in ((1, "a.json"), (2, "a_2.html"), (3, "a_3.html"))
    ]
    parts.expect(conn, outlet_id=shelf.outlet_id, article_capture_id=article, links=links)
    unread = {"outlet_id": shelf.outlet_id, "version_id": shelf.version_id}
    third = shelf.capture("/a_3.html", "page three")
    assert parts.settle(conn, outlet_id=shelf.outlet_id, url=links[2].url, capture_id=third) == []
    assert article not in captures.unread(conn, **unread)
    second = shelf.capture("/a_2.html", "page two")
    assert parts.settle(conn, outlet_id=shelf.outlet_id, url=links[1].url, capture_id=second) == []
    assert parts.settle(conn, outlet_id=shelf.outlet_id, url=links[0].url, capture_id=None) == [article]
    assert [one.body for one in captures.article_with_parts(conn, article)] == [b"page one", b"page two", b"page three"]
    assert article in captures.unread(conn, **unread)


def test_unread_goes_by_version_day_and_failure(conn: Connection[Any]) -> None:
    shelf = Shelf(conn)
    good, bad = shelf.article("/a", "题", ["正文" * 20]), shelf.capture("/b", "wall")
    conn.execute("insert into reading values (%s, %s, 'block_page')", [bad, shelf.version_id])
    newer = shelf.version("2+b")

    def unread(version_id: int | None, **wanted: Any) -> list[int]:
        found = list(captures.unread(conn, outlet_id=shelf.outlet_id, version_id=version_id, batch=1, **wanted))
        counted = captures.count_unread(conn, outlet_id=shelf.outlet_id, version_id=version_id, **wanted)
        assert counted == len(found)
        return found

    assert unread(shelf.version_id) == []
    assert unread(None) == []
    assert unread(newer) == [good, bad]
    assert unread(newer, failed=True) == [bad]
    assert unread(newer, until=(NOON - timedelta(days=1)).date()) == []
    assert unread(newer, since=NOON.date()) == [good, bad]
    conn.execute("update reading set outcome = 'timeout' where capture_id = %s", [bad])
    assert unread(shelf.version_id, failed=True) == [bad]
    assert unread(shelf.version_id) == []
