"""The archive as readers see it: views, search, versions (P5), the login that may read and nothing else."""

from typing import Any

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection
from psycopg.conninfo import make_conninfo

from crawler.relate import relate_left
from pipelines.fold import fold
from pipelines.fold_table import FROM
from pipelines.model import BlockKind, DateQuality, MarkKind, Paragraph
from storage import outlets, versions
from storage.digest import digest
from storage.errors import UnknownOutlet
from storage.search import search
from storage.verify import CHECKS
from tests.integration.factories import Shelf, make_mark

LINES = ["清水市今年新开三条公交线路，方便沿江居民出行。", "市交通局说，下一步将延长夜班车的时间。", "责任编辑：某甲"]


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


def rows(conn: Connection[Any], statement: bytes, *values: Any) -> list[tuple[Any, ...]]:
    return conn.execute(statement, values).fetchall()


def test_an_article_shows_what_its_marks_leave(conn: Connection[Any], shelf: Shelf) -> None:
    marks = (make_mark(0, 3, 5), make_mark(2, 0, 7, MarkKind.BOILERPLATE))
    shelf.article("/a", "清水新开公交", LINES, marks=marks)
    [(text, cuts)] = rows(conn, b"select text, cuts from archive.article")
    assert text == "清水市新开三条公交线路，方便沿江居民出行。\n" + LINES[1]
    assert cuts == 2
    assert rows(conn, b"select raw, kind, is_cut from archive.mark order by paragraph") == [
        ("今年", "injected", True),
        ("责任编辑：某甲", "boilerplate", True),
    ]
    assert [row[0] for row in rows(conn, b"select raw from archive.paragraph order by paragraph")] == LINES
    assert rows(conn, b"select is_cut from archive.paragraph order by paragraph") == [(False,), (False,), (True,)]
    assert [fault for _, check in CHECKS for fault in check(conn) if "paragraph" in fault or "mark" in fault] == []


FIELDS: dict[str, Any] = {
    "kicker": "沿江新线",
    "subtitle": "——夜班车延至零点",
    "column": "城事",
    "section": "第02版：要闻",
    "editor": "某甲、某乙",
    "date_quality": DateQuality.MINUTE,
    "found_by": (("title", "agreed"), ("editor", "labelled")),
    "language": "zh-Hans",
}


def test_an_article_shows_every_field_and_the_rule_behind_it(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "清水新开公交", LINES, **FIELDS)
    found = rows(
        conn,
        b"""select kicker, subtitle, column_name, section, editor, date_quality, language, found_by
        from archive.article""",
    )
    found_by = {"title": "agreed", "editor": "labelled"}
    assert found == [
        ("沿江新线", "——夜班车延至零点", "城事", "第02版：要闻", "某甲、某乙", "minute", "zh-Hans", found_by)
    ]


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_that_reads_otherwise_is_another_document(conn: Connection[Any], shelf: Shelf, name: str) -> None:
    """P4: the digest that reruns are compared by covers every field."""
    capture = shelf.capture("/a", "one")
    with conn.transaction(force_rollback=True):
        shelf.read(capture, "题", LINES)
        without = digest(conn)
    shelf.read(capture, "题", LINES, **{name: FIELDS[name]})
    assert digest(conn) != without


def test_a_caption_names_its_picture(conn: Connection[Any], shelf: Shelf) -> None:
    picture = "http://news.qingshui.example/a/1.jpg"
    paragraphs = (
        Paragraph(index=0, raw=LINES[0]),
        Paragraph(index=1, raw="新公交驶过江堤。", kind=BlockKind.CAPTION, image=picture),
    )
    shelf.article("/a", "清水新开公交", LINES, paragraphs=paragraphs)
    found = rows(conn, b"select kind, image from archive.paragraph order by paragraph")
    assert found == [("text", None), ("caption", picture)]


def test_a_mark_outside_its_text_is_found(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题", LINES)
    document = rows(conn, b"select id from document")[0][0]
    conn.execute("insert into mark values (%s, 9, 'body', 0, 0, 999, 'suspect', 'r', 1, null)", [document])
    faults = [fault for _, check in CHECKS for fault in check(conn)]
    assert any("mark 9 lies outside its text" in fault for fault in faults)


def test_revisions_are_texts_that_differ_from_the_one_before(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题目", [*LINES[:2]])
    only_width = shelf.capture("/a", "same text, other bytes")
    shelf.read(only_width, "题目", [LINES[0].replace("，", ","), LINES[1]])
    shelf.article("/a", "题目", [LINES[0].replace("三", "四"), LINES[1]])
    shelf.article("/a", "新题目", [LINES[0].replace("三", "四"), LINES[1]])
    found = rows(conn, b"select revision, title, length_change from archive.revision order by revision")
    assert found == [(1, "题目", None), (2, "题目", 0), (3, "新题目", 0)]
    [(title, captured)] = rows(conn, b"select title, captures from archive.article")
    assert (title, captured) == ("新题目", 4)


def test_a_page_that_went_back_shows_its_earlier_text(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.read(shelf.capture("/a", "one"), "甲", LINES)
    shelf.read(shelf.capture("/a", "two"), "乙", LINES)
    shelf.capture("/a", "one")
    assert rows(conn, b"select title from archive.article") == [("甲",)]


def test_readers_see_the_promoted_version_and_fresh_news(conn: Connection[Any], shelf: Shelf) -> None:
    old = shelf.capture("/a", "one")
    shelf.read(old, "旧版读法", LINES)
    newer = shelf.version("2+b")
    shelf.read(old, "新版读法", LINES, version_id=newer)
    fresh = shelf.capture("/b", "two")
    shelf.read(fresh, "刚到的新闻", [LINES[1]], version_id=newer)
    titles = b"select title from archive.article order by url"
    assert rows(conn, titles) == [("旧版读法",), ("刚到的新闻",)]
    assert versions.newest(conn, shelf.outlet_id) == newer
    assert versions.missing(conn, outlet_id=shelf.outlet_id, version_id=newer) == 0
    assert versions.promote(conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert not versions.promote(conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert rows(conn, titles) == [("新版读法",), ("刚到的新闻",)]


def test_the_same_version_writes_nothing_twice(conn: Connection[Any], shelf: Shelf) -> None:
    capture = shelf.capture("/a", "one")
    assert shelf.read(capture, "题", LINES)
    before = digest(conn)
    assert not shelf.read(capture, "另一个题", LINES)
    assert digest(conn) == before
    assert shelf.read(capture, "另一个题", LINES, version_id=shelf.version("2+b"))
    assert digest(conn) != before


def test_a_citation_meets_the_article_of_that_title(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "清水为什么能修成地铁", ["《清水为什么能修成地铁》和《没有存档的文章》。"])
    shelf.article("/b", "续篇", ["见《清水为什么能修成地铁》。"])
    assert relate_left(conn) == []
    found = rows(
        conn,
        b"""select left(a.title, 2), cited_title, cited_article_id is not null from archive.citation
        join archive.article a using (article_id) order by a.url, ordinal""",
    )
    assert found == [
        ("清水", "清水为什么能修成地铁", False),
        ("清水", "没有存档的文章", False),
        ("续篇", "清水为什么能修成地铁", True),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("公交线路", True),
        ("公交", True),
        ("車", True),
        ("夜班車", True),
        ("ＢＲＴ", True),
        ("brt", True),
        ("公交 线路", False),
        ("100%", True),
        ("1__%", False),
        ("线路，方便", True),
        ("公交线络", False),
        ("题目一", True),
    ],
)
def test_search_folds_width_script_and_case(conn: Connection[Any], shelf: Shelf, query: str, found: bool) -> None:
    shelf.article("/a", "题目一：BRT满意率100%", LINES)
    assert bool(search(conn, query)) is found


def test_search_looks_only_at_what_readers_see(conn: Connection[Any], shelf: Shelf) -> None:
    capture = shelf.capture("/a", "one")
    shelf.read(capture, "旧", ["这里写着热力图三个字"])
    shelf.read(capture, "新", ["这里写着别的几个字"], version_id=shelf.version("2+b"))
    assert [hit.title for hit in search(conn, "热力图")] == ["旧"]
    assert search(conn, "别的") == []
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="at least one character"):
        search(conn, " ")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text("江南江北的公交線路线图ＡaB%_1，。 \n", max_size=30),
    query=st.text("江南江北的公交線路线图ＡaB%_1，。", min_size=1, max_size=4),
)
def test_search_is_exact_against_like_on_folded_text(conn: Connection[Any], text: str, query: str) -> None:
    conn.rollback()
    Shelf(conn).article("/a", "题", [text])
    [(folded,)] = rows(conn, b"select folded from document")
    assert bool(search(conn, query)) is (fold(query) in folded)
    conn.rollback()


def test_search_uses_its_index(conn: Connection[Any], shelf: Shelf) -> None:
    conn.execute("set enable_seqscan = off")
    plan = rows(conn, b"explain select 1 from document d where grams(d.folded) @> grams(%s)", "公交线路")
    assert any("document_grams" in row[0] for row in plan)


def test_folding_is_the_same_in_sql_and_python(conn: Connection[Any]) -> None:
    [(folded,)] = rows(conn, b"select archive.fold(%s)", FROM)
    assert folded == fold(FROM)


def test_highlight_marks_every_place_in_the_text_as_published(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "题", ["夜班車和夜班车"])
    [(text,)] = rows(conn, "select archive.highlight(article_id, '夜班车') from archive.article".encode())
    assert text == "【夜班車】和【夜班车】"


def test_every_view_and_column_is_explained(conn: Connection[Any]) -> None:
    unexplained = rows(
        conn,
        b"""select c.relname, a.attname from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relnamespace = 'archive'::regnamespace and c.relkind = 'v' and a.attnum > 0
            and col_description(c.oid, a.attnum) is null""",
    )
    assert unexplained == []


@pytest.fixture
def reader(conn: Connection[Any], database: str, shelf: Shelf) -> Any:
    """A connection as archive_reader."""
    shelf.article("/a", "清水新开公交", LINES)
    conn.execute("select grant_reader()")
    conn.execute("alter role archive_reader password 'read only'")
    conn.commit()
    with psycopg.connect(make_conninfo(database, user="archive_reader", password="read only")) as connection:
        yield connection


@pytest.mark.parametrize(
    "statement",
    [
        b"select * from archive.article",
        b"select * from archive.paragraph",
        b"select * from archive.mark",
        b"select * from archive.decision",
        b"select * from archive.revision",
        b"select * from archive.copy",
        b"select * from archive.citation",
        b"select * from archive.series",
        b"select * from archive.capture",
        b"select * from archive.run",
        b"select * from archive.outcome",
        b"select * from archive.outlet_health",
        "select * from archive.search('公交')".encode(),
        "select archive.highlight(1, '公交')".encode(),
    ],
)
def test_the_reader_reads(reader: Connection[Any], statement: bytes) -> None:
    reader.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        b"select * from public.document",
        b"select * from public.payload",
        b"select * from public.decision",
        b"delete from public.decision",
        b"create temporary table t (x integer)",
        b"create table archive.t (x integer)",
        b"create table public.t (x integer)",
        b"delete from public.capture",
        b"select lo_creat(-1)",
        b"select * from queue.procrastinate_jobs",
        b"select public.grant_reader()",
        b"select public.grams('x')",
        b"select pg_read_file('PG_VERSION')",
        b"copy archive.article to program 'cat'",
        b"select nextval('public.fencing_token')",
    ],
)
def test_the_reader_does_nothing_else(reader: Connection[Any], statement: bytes) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reader.execute(statement)


def test_outlets_are_found_by_name(conn: Connection[Any], shelf: Shelf) -> None:
    assert outlets.names(conn) == ["qingshui"]
    assert outlets.outlet_id(conn, "qingshui") == shelf.outlet_id
    with pytest.raises(UnknownOutlet, match="crawl it first"):
        outlets.outlet_id(conn, "nowhere")
