"""One article under all its addresses: keys, archives of before there were any, versions that see it otherwise."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from psycopg import Connection
from psycopg.errors import UniqueViolation

from pipelines.model import Link, Role
from storage import articles, frontier, versions
from storage.database import connect
from storage.verify import CHECKS
from tests.integration.factories import HOST, NOON, Shelf

LINES = ["清水市今年新开三条公交线路，方便沿江居民出行。", "市交通局说，下一步将延长夜班车的时间。"]
SEEN = b"select captures, url from archive.article order by url"


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


def rows(conn: Connection[Any], statement: bytes, *values: Any) -> list[tuple[Any, ...]]:
    return conn.execute(statement, values).fetchall()


def without_keys(conn: Connection[Any]) -> None:
    """Make the archive one of before there were keys."""
    conn.execute("update article set key_digest = null")


def test_captures_of_one_key_are_one_article(conn: Connection[Any], shelf: Shelf) -> None:
    first = shelf.article("/a", "题", LINES, key="one")
    second = shelf.article("/m/a", "题", [*LINES, "完"], key="one")
    other = shelf.article("/b", "题", LINES, key="two")
    assert rows(conn, SEEN) == [(2, f"http://{HOST}/a"), (1, f"http://{HOST}/b")]
    own = dict(rows(conn, b"select capture_id, article_id from archive.capture"))
    assert own[first] == own[second] != own[other]
    assert rows(
        conn, b"select revision, capture_id from archive.revision where article_id = %s order by 1", own[first]
    ) == [
        (1, first),
        (2, second),
    ]
    assert [fault for _, check in CHECKS for fault in check(conn) if "article" in fault] == []


def test_an_article_bears_the_address_at_which_it_was_first_seen(conn: Connection[Any], shelf: Shelf) -> None:
    early, late = shelf.capture("/early", "one"), shelf.capture("/late", "two")
    for capture in (late, early):
        shelf.read(capture, "题", LINES, key="one")
    [(url, first)] = rows(conn, b"select url, first_seen_at from archive.article")
    assert (url, first) == (f"http://{HOST}/early", NOON + timedelta(hours=1))


def test_two_outlets_share_no_article(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题", LINES, key="one")
    Shelf(conn, "lanshan").article("/a", "题", LINES, key="one")
    assert rows(conn, b"select outlet from archive.article order by 1") == [("lanshan",), ("qingshui",)]


def test_an_article_of_before_keys_keeps_its_number(conn: Connection[Any], shelf: Shelf) -> None:
    capture = shelf.article("/a", "题", LINES)
    without_keys(conn)
    assert shelf.read(capture, "题", LINES, shelf.version("2+b"), key="one")
    assert rows(conn, b"select distinct article_id from document") == [(1,)]
    assert rows(conn, b"select article_id, captures from archive.article") == [(1, 1)]


def test_two_articles_of_before_become_one_when_readers_are_switched(conn: Connection[Any], shelf: Shelf) -> None:
    """P5: the version that has read both as one is not seen before it is promoted."""
    captures = [shelf.article(path, "题", LINES) for path in ("/a", "/m/a")]
    without_keys(conn)
    newer = shelf.version("2+b")
    for capture in captures:
        assert shelf.read(capture, "题", LINES, newer, key="one")
    assert rows(conn, SEEN) == [(1, f"http://{HOST}/a"), (1, f"http://{HOST}/m/a")]
    versions.promote(conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert rows(conn, SEEN) == [(2, f"http://{HOST}/a")]
    assert articles.of_url(conn, outlet="", url=f"http://{HOST}/m/a", key="other") == [1]
    versions.promote(conn, outlet_id=shelf.outlet_id, version_id=shelf.version_id)
    assert rows(conn, SEEN) == [(1, f"http://{HOST}/a"), (1, f"http://{HOST}/m/a")]


def test_a_version_may_part_what_another_took_for_one(conn: Connection[Any], shelf: Shelf) -> None:
    captures = [shelf.article(path, "题", LINES, key="one") for path in ("/a", "/b")]
    newer = shelf.version("2+b")
    for capture, key in zip(captures, ("one", "two"), strict=True):
        assert shelf.read(capture, "题", LINES, newer, key=key)
    assert rows(conn, SEEN) == [(2, f"http://{HOST}/a")]
    versions.promote(conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert rows(conn, SEEN) == [(1, f"http://{HOST}/a"), (1, f"http://{HOST}/b")]


def test_an_article_is_found_by_any_address(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题", LINES, key="one")
    url = f"http://{HOST}/a"
    assert articles.of_url(conn, outlet="qingshui", url=url, key="") == [1]
    assert articles.of_url(conn, outlet="", url="https://never.example/fetched", key="one") == [1]
    assert articles.of_url(conn, outlet="lanshan", url=url, key="one") == []


def test_two_workers_that_meet_over_a_new_key_agree(conn: Connection[Any], shelf: Shelf, database: str) -> None:
    for path in ("/a", "/m/a"):
        shelf.article(path, "题", LINES)
    without_keys(conn)
    conn.commit()
    found: list[int] = []

    def place(path: str, barrier: threading.Barrier) -> None:
        with connect(database) as mine:
            barrier.wait()
            found.append(
                articles.place(mine, outlet_id=shelf.outlet_id, key="one", url=f"http://{HOST}{path}", seen_at=NOON)
            )

    barrier = threading.Barrier(2)
    workers = [threading.Thread(target=place, args=(path, barrier)) for path in ("/a", "/m/a")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(set(found)) == 1
    assert rows(conn, b"select count(*) from article where key_digest is not null") == [(1,)]


def test_a_key_stands_once_an_outlet(conn: Connection[Any], shelf: Shelf) -> None:
    for path in ("/a", "/b"):
        shelf.article(path, "题", LINES)
    with pytest.raises(UniqueViolation):
        conn.execute("update article set key_digest = sha256('x')")


def discover(shelf: Shelf, path: str, key: str) -> int:
    return frontier.discover(
        shelf.conn, outlet_id=shelf.outlet_id, run=shelf.run, depth=0, max_depth=1, allowed=lambda url: True,
        links=[Link(url=f"http://{HOST}{path}", role=Role.ARTICLE, key=key)],
    )  # fmt: skip


@pytest.mark.parametrize(("state", "due"), [("pending", 0), ("leased", 0), ("done", 0), ("gone", 1), ("refused", 1)])
def test_an_article_is_asked_for_under_another_address_only_where_the_first_failed(
    conn: Connection[Any], shelf: Shelf, state: str, due: int
) -> None:
    assert discover(shelf, "/a", "one") == 1
    conn.execute(
        """
        update frontier set state = %(state)s, reason = case when %(state)s = 'refused' then 'failed_dns' else '' end,
            lease_token = case when %(state)s = 'leased' then 1 end
        """,
        {"state": state},
    )
    assert discover(shelf, "/m/a", "one") == due
    assert discover(shelf, "/b", "two") == 1
    equation = frontier.equation(conn)
    assert equation.pop("discovered") == sum(equation.values()) == 2 + due


def test_an_article_that_was_gone_and_is_listed_again_is_looked_for_after_a_day(
    conn: Connection[Any], shelf: Shelf
) -> None:
    discover(shelf, "/a", "one")
    gone = "update frontier set state = 'gone', finished_at = now() - make_interval(hours => %s)"
    conn.execute(gone, [20])
    assert discover(shelf, "/a", "one") == 0
    conn.execute(gone, [30])
    assert discover(shelf, "/a", "one") == 1
