"""What changed from one revision to the next, and what is gone (archive.revision_paragraph, archive.gone)."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from pipelines.model import MarkKind, ReadOutcome
from pipelines.paragraph_key import paragraph_key
from storage import documents
from tests.integration.factories import NOON, Shelf, make_mark

A = "清水市今年新开三条公交线路，方便沿江居民出行。"
B = "市交通局说，下一步将延长夜班车的时间。"
C = "新线路途经体育馆、图书馆和两所中学，全程二十一站。"
D = "票价与原有线路相同，换乘一小时内免费。"
E = "沿江居民说，以前要走两里路才有车坐。"


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


def changes(shelf: Shelf, *revisions: list[str], titles: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """What the archive says of an article that showed one text after the other."""
    for number, lines in enumerate(revisions):
        title = titles[number] if titles else "清水新开公交"
        assert shelf.read(shelf.capture("/a", f"bytes {number}"), title, lines)
    return rows(
        shelf.conn,
        b"""select revision, change, previous_paragraph, paragraph from archive.revision_paragraph
        order by revision, coalesce(paragraph, previous_paragraph), change""",
    )


def rows(conn: Connection[Any], statement: bytes, *values: Any) -> list[tuple[Any, ...]]:
    return conn.execute(statement, values).fetchall()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([A, B], [A, C, B], [(2, "added", None, 1)]),
        ([A, B, C], [A, C], [(2, "removed", 1, None)]),
        ([A, B], [A.replace("三", "四"), B], [(2, "changed", 0, 0)]),
        ([A, B], [A, E], [(2, "changed", 1, 1)]),  # one for one in the same place
        ([A, B, C], [C, A, B], [(2, "moved", 2, 0)]),
        ([A, B, C, D], [A, C.replace("两", "三"), E, D],
            [(2, "changed", 2, 1), (2, "removed", 1, None), (2, "added", None, 2)]),
        ([A, B], [A, E, B.replace("延长", "缩短")], [(2, "added", None, 1), (2, "changed", 1, 2)]),
        ([A, B, C, D], [A + B, C, E], [(2, "changed", 0, 0), (2, "merged", 1, 0), (2, "changed", 3, 2)]),
        ([A + B, C, D], [A, B, C, E], [(2, "changed", 0, 0), (2, "split", 0, 1), (2, "changed", 2, 3)]),
        ([A, B, A, C], [A, B, C], [(2, "removed", 2, None)]),
        ([A, B], [A, B, A], [(2, "added", None, 2)]),
        ([A, A, A], [A], [(2, "removed", 1, None), (2, "removed", 2, None)]),
        ([A, B], [B], [(2, "removed", 0, None)]),
        ([A], [], [(2, "removed", 0, None)]),
        ([], [A], [(2, "added", None, 0)]),
        ([A, "——", B], [A, B, "。", C], [(2, "added", None, 3)]),  # lines without a word count for nothing
    ],
)  # fmt: skip
def test_paragraphs(shelf: Shelf, before: list[str], after: list[str], expected: list[tuple[Any, ...]]) -> None:
    def place(row: tuple[Any, ...]) -> tuple[int, str]:
        return (row[2] if row[3] is None else row[3]), row[1]

    assert sorted(changes(shelf, before, after), key=place) == sorted(expected, key=place)


def test_white_space_width_script_and_punctuation_are_no_change(shelf: Shelf) -> None:
    assert changes(shelf, [A, B], [f"　{A.replace('，', ',')}", "市交通局說:下一步將延長夜班車的時間"]) == []
    assert rows(shelf.conn, b"select revision from archive.revision") == [(1,)]


def test_a_border_between_paragraphs_is_no_change(shelf: Shelf) -> None:
    assert changes(shelf, [A, B], [A + B]) == []


def test_a_title_alone_is_a_revision(shelf: Shelf) -> None:
    titles = ("清水新开公交", "清水新开公交!", "清水新开三条公交")
    assert changes(shelf, [A, B], [A, B], [A, B], titles=titles) == [(2, "title", None, None)]
    assert rows(shelf.conn, b"select previous_text, text from archive.revision_paragraph") == [titles[1:]]


def test_three_revisions_and_a_return_to_the_first(conn: Connection[Any], shelf: Shelf) -> None:
    first = shelf.capture("/a", "one")
    shelf.read(first, "题", [A, B])
    shelf.article("/a", "题", [A, B, C])
    shelf.article("/a", "题", [A.replace("三", "四"), B, C])
    assert shelf.capture("/a", "one") == first  # the page went back
    found = rows(
        conn, b"select revision, change, text, previous_text, outlet from archive.revision_paragraph order by 1, 2, 3"
    )
    assert found == [
        (2, "added", C, None, "qingshui"),
        (3, "changed", A.replace("三", "四"), A, "qingshui"),
        (4, "changed", A, A.replace("三", "四"), "qingshui"),
        (4, "removed", None, C, "qingshui"),
    ]
    assert rows(conn, b"select revision, length_change is null from archive.revision order by 1") == [
        (1, True), (2, False), (3, False), (4, False),
    ]  # fmt: skip
    [(last, text)] = rows(conn, b"select captured_at, text from archive.revision where revision = 4")
    assert last == NOON + timedelta(hours=4)
    assert rows(conn, b"select text from archive.article") == [(text,)]


def test_what_the_judge_cuts_is_no_change(shelf: Shelf) -> None:
    for number, tail in enumerate(("责任编辑：某甲", "编辑：某乙　阅读 3021")):
        cut = make_mark(1, 0, len(tail), MarkKind.BOILERPLATE)
        shelf.read(shelf.capture("/a", f"bytes {number}"), "题", [A, tail], marks=(cut,))
    assert rows(shelf.conn, b"select revision from archive.revision") == [(1,)]


def test_documents_of_before_there_were_keys_are_compared_by_their_words(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题", [A, B])
    conn.execute("update document set title_key = null, paragraph_keys = null")
    shelf.article("/a", "题", [A, f" {B}", C])
    found = rows(conn, b"select change, text from archive.revision_paragraph")
    assert found == [("added", C)]


def test_an_outlet_and_a_time_are_asked_for_alone(conn: Connection[Any], shelf: Shelf) -> None:
    other = Shelf(conn, "lanshan")
    for one in (shelf, other):
        changes(one, [A], [A, B], [A, B, C])
    asked = b"select count(*) from archive.revision_paragraph where outlet = %s and captured_at >= %s"
    assert rows(conn, asked, "lanshan", NOON + timedelta(hours=3)) == [(1,)]


WORDS = st.lists(st.sampled_from([A, B, C, D, E, A + B, "——"]), max_size=9)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(before=WORDS, after=WORDS, keyed=st.booleans())
def test_every_paragraph_is_accounted_for_once(
    conn: Connection[Any], before: list[str], after: list[str], keyed: bool
) -> None:
    keys = [[paragraph_key(line) for line in lines] if keyed else None for lines in (before, after)]
    found = rows(
        conn,
        b"""select change, previous_paragraph, paragraph
        from archive.paragraph_changes(%s, %s::bigint[], %s, %s::bigint[])""",
        before, keys[0], after, keys[1],
    )  # fmt: skip
    gone = [old for change, old, _ in found if change in ("removed", "changed", "moved", "merged")]
    come = [new for change, _, new in found if change in ("added", "changed", "moved", "split")]
    assert len(set(gone)) == len(gone)
    assert len(set(come)) == len(come)
    said = [
        set() if keyed is False else {n for n, line in enumerate(lines) if line == "——"} for lines in (before, after)
    ]
    kept = [line for n, line in enumerate(before) if n not in gone and n not in said[0]]
    assert kept == [line for n, line in enumerate(after) if n not in come and n not in said[1]]
    assert all(before[old] == after[new] for change, old, new in found if change == "moved")
    assert len(kept) == longest_common(*[[line for n, line in enumerate(lines) if n not in mute]
                                         for lines, mute in zip((before, after), said, strict=True)])  # fmt: skip


def longest_common(one: list[str], other: list[str]) -> int:
    lengths = [0] * (len(other) + 1)
    for line in one:
        row = [0]
        for place, word in enumerate(other):
            row.append(lengths[place] + 1 if line == word else max(row[-1], lengths[place + 1]))
        lengths = row
    return lengths[-1]


def look(shelf: Shelf, path: str, hour: int, status: int = 404, outcome: str = "gone") -> None:
    """A fetch that brought no capture."""
    shelf.conn.execute(
        """
        insert into fetch_attempt (run_id, outlet_id, url_digest, url, role, fetched_at, outcome, status)
        select %s, outlet_id, url_digest, url, 'article', %s, %s, %s from capture where url like %s limit 1
        """,
        [shelf.run.id, NOON + timedelta(hours=hour), outcome, status, f"%{path}"],
    )


def notice(shelf: Shelf, path: str, body: str) -> int:
    """A page in the article's place that says that it is no more."""
    capture_id = shelf.capture(path, body)
    documents.store_failure(
        shelf.conn, capture_id=capture_id, version_id=shelf.version_id, outcome=ReadOutcome.SOFT_404, detail=""
    )
    return capture_id


GONE = b"select gone_at, gone_how from archive.article"


@pytest.mark.parametrize("status", [404, 410])
def test_a_deleted_article_is_gone_from_the_first_look_that_missed_it(
    conn: Connection[Any], shelf: Shelf, status: int
) -> None:
    shelf.article("/a", "题", [A])
    assert rows(conn, GONE) == [(None, None)]
    for hour in (5, 9):
        look(shelf, "/a", hour, status)
    assert rows(conn, GONE) == [(NOON + timedelta(hours=5), str(status))]
    assert rows(conn, b"select title, gone_how, last_seen_at from archive.gone") == [
        ("题", str(status), NOON + timedelta(hours=1))
    ]


def test_a_notice_is_gone_and_a_page_that_comes_back_is_not(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题", [A])
    notice(shelf, "/a", "已删除")
    assert rows(conn, GONE) == [(NOON + timedelta(hours=2), "notice")]
    assert rows(conn, b"select text from archive.article") == [(A,)]
    shelf.capture("/a", "题" + A)  # the bytes of before
    assert rows(conn, GONE) == [(None, None)]
    assert rows(conn, b"select * from archive.gone") == []
    look(shelf, "/a", 7)
    assert rows(conn, GONE) == [(NOON + timedelta(hours=7), "404")]


def test_a_look_that_failed_says_nothing(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题", [A])
    look(shelf, "/a", 3, 403, "blocked")
    look(shelf, "/a", 4, 500, "failed_http")
    assert rows(conn, GONE) == [(None, None)]


def test_an_article_of_two_addresses_is_gone_when_both_are(conn: Connection[Any], shelf: Shelf) -> None:
    for path in ("/a", "/m/a"):
        shelf.article(path, "题", [A], key="one")
    look(shelf, "qingshui.example/a", 5)
    assert rows(conn, GONE) == [(None, None)]
    look(shelf, "/m/a", 6, 410)
    assert rows(conn, GONE) == [(NOON + timedelta(hours=6), "410")]


def test_an_address_that_never_showed_an_article_is_not_gone(conn: Connection[Any], shelf: Shelf) -> None:
    notice(shelf, "/a", "已删除")
    assert rows(conn, b"select * from archive.gone") == []
