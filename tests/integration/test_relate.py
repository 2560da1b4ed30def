"""Copies in the archive: what is found, in which direction, in whatever order articles come, and after decisions."""

from datetime import timedelta
from typing import Any

import pytest
from psycopg import Connection

from crawler import relate, review
from crawler.relate import relate_documents, relate_left
from pipelines import match, sketch
from pipelines.match import Prepared, Relation
from pipelines.model import MarkKind
from storage import document_texts, versions
from storage.clusters import divided
from tests.integration.factories import NOON, Shelf, make_mark
from tests.integration.related import relations_digest
from tests.integration.stories import FLOOD, METRO, SHORT, Story, roundup, spun

Row = tuple[Any, ...]


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


@pytest.fixture
def farm(conn: Connection[Any]) -> Shelf:
    return Shelf(conn, "kuaibao")


def put(shelf: Shelf, path: str, lines: Story, hours: float | None = 0, **fields: Any) -> None:
    """Store an article, published some hours after noon (None: it does not say when), and what follows from it."""
    at = None if hours is None else NOON + timedelta(hours=hours)
    shelf.article(path, path, list(lines), **({"published_at": at} | fields))
    assert relate_left(shelf.conn) == []


def rows(conn: Connection[Any], statement: str, *values: Any) -> list[Row]:
    return conn.execute(statement.encode(), values).fetchall()


def copies(conn: Connection[Any]) -> list[Row]:
    """(path, path of its copy, kind) of every pair."""
    return rows(
        conn,
        """
        select right(a.url, 2), right(b.url, 2), c.kind from archive.copy c
        join archive.article a using (article_id) join archive.article b on b.article_id = c.copy_article_id
        order by 1, 2
        """,
    )


def clusters(conn: Connection[Any]) -> list[str]:
    """The paths of each cluster, in its order."""
    found = rows(
        conn,
        """
        select string_agg(right(a.url, 2), ' ' order by c.place) from archive.cluster c
        join archive.article a using (article_id) group by c.cluster_id order by 1
        """,
    )
    return [row[0] for row in found]


# -- what is found


@pytest.mark.parametrize(
    ("copy", "kind"),
    [
        (METRO, "same"),
        ([line.replace("，", "， ") for line in METRO], "same"),
        (["".join(METRO)], "same"),
        ([*METRO[:2], *METRO[3:]], "near"),
        (roundup(METRO), "contains"),
        (spun(METRO), "spun"),
    ],
    ids=["bytes", "spaces", "lines", "near", "contains", "spun"],
)
def test_a_copy_is_found_whichever_comes_first(
    conn: Connection[Any], shelf: Shelf, farm: Shelf, copy: Story, kind: str
) -> None:
    put(shelf, "/a", METRO)
    put(farm, "/b", copy, 3)
    put(farm, "/x", FLOOD, 3)
    assert copies(conn) == [("/a", "/b", kind)]
    first = relations_digest(conn)
    conn.rollback()
    farm.conn.execute("truncate relation, shingle, document_text, text cascade")
    conn.execute("insert into document_text (document_id) select id from document order by id desc")
    assert relate_left(conn) == []
    assert copies(conn) == [("/a", "/b", kind)]
    assert relations_digest(conn) == first


def test_what_everybody_prints_is_nobodys_copy(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", SHORT)
    put(farm, "/b", SHORT)
    assert (copies(conn), clusters(conn)) == ([], [])


def test_an_article_without_words_is_nobodys_copy(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", ["——"])
    put(farm, "/b", [])
    assert copies(conn) == []


def test_two_captures_of_one_article_are_no_copies(conn: Connection[Any], shelf: Shelf) -> None:
    put(shelf, "/a", METRO)
    put(shelf, "/a", METRO[:-1])
    assert (copies(conn), clusters(conn)) == ([], [])


def test_the_evidence_names_paragraphs_and_not_lines(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    """Paragraphs that are cut whole have no line in the clean text; those of white space have none either."""
    cut = (make_mark(0, 0, 4, MarkKind.BOILERPLATE), make_mark(2, 1, 3, MarkKind.BOILERPLATE))
    put(shelf, "/a", ["责任编辑", METRO[0], "　广告", *METRO[1:]], marks=cut)
    put(farm, "/b", roundup(METRO[:2], METRO[2:]), 1)
    found = rows(conn, "select paragraph, copy_paragraph from archive.copy_paragraph order by 1")
    assert found == [(1, 1), (3, 2), (4, 3), (5, 4), (6, 5), (7, 6)]
    [[holder]] = rows(
        conn, "select right(url, 2) from archive.copy join archive.article a on a.article_id = holder_article_id"
    )
    assert holder == "/b"


def test_equal_texts_are_evidence_line_by_line(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", METRO)
    put(farm, "/b", ["  ", *METRO], 1)
    found = rows(conn, "select paragraph, copy_paragraph from archive.copy_paragraph order by 1")
    assert found == [(at, at + 1) for at in range(len(METRO))]


# -- who had it first


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [
        ({"hours": 0}, {"hours": 2}, "/a /b"),
        ({"hours": 2}, {"hours": 0}, "/b /a"),
        ({"hours": None}, {"hours": -5}, "/b /a"),
        ({"hours": None}, {"hours": None}, "/a /b"),
        ({"hours": 900}, {"hours": 800}, "/a /b"),
        ({"hours": 900}, {"hours": -1}, "/b /a"),
    ],
    ids=["published", "seen_later", "undated", "both_undated", "both_ahead_of_time", "one_ahead_of_time"],
)
def test_who_had_it_first(
    conn: Connection[Any], shelf: Shelf, farm: Shelf, first: dict[str, Any], second: dict[str, Any], order: str
) -> None:
    """/a is captured at 13 o'clock, /b at 14: a page cannot have been published after it was seen."""
    put(shelf, "/a", METRO, **first)
    farm.capture("/early", "so that the farm's article is seen an hour later")
    put(farm, "/b", METRO, **second)
    assert clusters(conn) == [order]
    assert [f"{a} {b}" for a, b, _ in copies(conn)] == [order]
    [[source]] = rows(
        conn, "select right(a.url, 2) from archive.cluster join archive.article a using (article_id) where is_source"
    )
    assert order.startswith(source)


@pytest.mark.parametrize(
    ("origins", "order", "credited"),
    [
        (("清水网", "清水网"), "/a /b", True),
        (("快报", "快报"), "/b /a", True),
        (("据KB新闻客户端", ""), "/b /a", True),
        (("", ""), "/a /b", False),
        (("清水网", "快报"), "/a /b", False),
    ],
)
def test_a_tie_goes_to_whom_the_other_credits(
    conn: Connection[Any], origins: tuple[str, str], order: str, credited: bool
) -> None:
    shelf, farm = Shelf(conn), Shelf(conn, "kuaibao")
    conn.execute("update outlet set title = '快报', names = '{快报,kb新闻}' where name = 'kuaibao'")
    put(shelf, "/a", METRO, origin=origins[0])
    put(farm, "/b", METRO, origin=origins[1])
    assert [f"{a} {b}" for a, b, _ in copies(conn)] == [order]
    assert clusters(conn) == [order]
    assert rows(conn, "select is_credited from archive.copy") == [(credited,)]


def test_the_delay_is_told(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", METRO, -3)
    put(farm, "/b", METRO, 0.5)
    assert rows(conn, "select delay from archive.copy") == [(timedelta(hours=3.5),)]
    assert rows(conn, "select after_source from archive.cluster order by place") == [
        (timedelta(0),),
        (timedelta(hours=3.5),),
    ]


# -- clusters


def test_a_cluster_of_three_has_one_source(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(farm, "/c", spun(METRO), -1)
    put(farm, "/b", METRO[:-1], -4)
    put(shelf, "/a", METRO, -5)
    assert clusters(conn) == ["/a /b /c"]
    assert {row[:2] for row in copies(conn)} == {("/a", "/b"), ("/a", "/c"), ("/b", "/c")}
    [[first]] = rows(conn, "select article_id from archive.article where right(url, 2) = '/a'")
    assert rows(conn, "select distinct articles, source_article_id from archive.cluster") == [(3, first)]


def test_a_late_bridge_joins_two_clusters(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    """Each printed most of one story and a line of their own; they share too little until the whole is found."""
    first, second = [*METRO[:4], FLOOD[0]], [*METRO[2:], FLOOD[3]]
    put(shelf, "/a", first, -9)
    put(farm, "/b", first, -8)
    put(shelf, "/c", second, -7)
    put(farm, "/d", second, -6)
    assert clusters(conn) == ["/a /b", "/c /d"]
    smallest = rows(conn, "select min(cluster_id) from text")
    put(farm, "/e", METRO, -5)
    assert {kind for *_, kind in copies(conn)} == {"same", "near"}
    assert clusters(conn) == ["/a /b /c /d /e"]
    assert rows(conn, "select distinct cluster_id from text") == smallest


def test_a_roundup_glues_nothing(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", METRO)
    put(shelf, "/b", FLOOD)
    put(farm, "/r", roundup(METRO, FLOOD), 9)
    assert copies(conn) == [("/a", "/r", "contains"), ("/b", "/r", "contains")]
    assert clusters(conn) == []


# -- what changes afterwards


def decide(conn: Connection[Any], path: str, **said: Any) -> None:
    """Decide on an article as `huiliu review` does."""
    [[article]] = rows(conn, "select article_id from archive.article where right(url, 2) = %s", path)
    review.decide(conn, article, review.Word(by="lin", **said))
    assert relate_documents(conn, document_texts.pending_of_article(conn, article)) == []


def test_relations_follow_decisions(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    """A cut takes the copied text out of an article, and undone brings it back; what came meanwhile is found too."""
    put(shelf, "/a", [*FLOOD, *METRO], -9)
    put(farm, "/b", METRO, -8)
    assert copies(conn) == [("/a", "/b", "contains")]
    decide(conn, "/a", cut=[str(at) for at in range(len(FLOOD), len(FLOOD) + len(METRO))])
    assert copies(conn) == []
    put(farm, "/c", spun(METRO), -7)
    put(farm, "/d", FLOOD, -6)
    assert copies(conn) == [("/a", "/d", "same"), ("/b", "/c", "spun")]
    decide(conn, "/a", clear=range(1, len(METRO) + 1))
    assert [row for row in copies(conn) if row[0] == "/a"] == [
        ("/a", "/b", "contains"),
        ("/a", "/c", "spun"),
        ("/a", "/d", "contains"),
    ]


def test_a_text_that_is_nobodys_now_holds_no_cluster_together(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", [*METRO[:4], FLOOD[0]], -9)
    put(shelf, "/c", [*METRO[2:], FLOOD[3]], -7)
    put(farm, "/e", METRO, -5)
    assert clusters(conn) == ["/a /c /e"]
    decide(conn, "/e", cut=["0", "1", "2", "3", "4"])
    assert clusters(conn) == []
    assert rows(conn, "select count(*) from text where cluster_id <> id") == [(0,)]
    decide(conn, "/e", clear=range(1, 6))
    assert clusters(conn) == ["/a /c /e"]


def test_promote_switches_copies_at_once(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    """Relations are of texts, so both versions have theirs; which ones are shown is one row."""
    put(shelf, "/a", FLOOD, -9)
    put(farm, "/b", METRO, -8)
    [[capture]] = rows(conn, "select capture_id from archive.article where right(url, 2) = '/a'")
    newer = shelf.version("2+b")
    shelf.read(capture, "a", METRO, version_id=newer, published_at=NOON - timedelta(hours=9))
    assert relate_left(conn) == []
    assert copies(conn) == []
    before = relations_digest(conn)
    versions.promote(conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert (copies(conn), clusters(conn)) == ([("/a", "/b", "same")], ["/a /b"])
    assert relations_digest(conn) == before


def test_nothing_is_written_twice(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", METRO)
    put(farm, "/b", spun(METRO), 1)
    before = rows(conn, "select xmin::text, * from relation")
    newer = shelf.version("2+b")
    for [capture] in rows(conn, "select id from capture where url like '%%/a' order by id"):
        shelf.read(capture, "a", METRO, version_id=newer)
    assert relate_left(conn) == []
    assert len(before) == 1
    assert rows(conn, "select xmin::text, * from relation") == before
    assert rows(conn, "select count(*) from text") == [(2,)]


def test_an_older_matchers_relations_are_worked_out_anew(
    conn: Connection[Any], shelf: Shelf, farm: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no longer holds goes, and its cluster with it; what is new comes."""
    put(shelf, "/a", METRO, -9)
    put(farm, "/b", spun(METRO), -8)
    put(farm, "/c", METRO[:-1], -7)
    assert clusters(conn) == ["/a /b /c"]

    def stricter(a: Prepared, b: Prepared) -> Relation | None:
        found = match.relate(a, b)
        return None if found and found.kind == "spun" else found

    monkeypatch.setattr(relate, "MATCHER", match.MATCHER + 1)
    monkeypatch.setattr(relate, "relate", stricter)
    assert relate_left(conn) == []
    assert (copies(conn), clusters(conn)) == ([("/a", "/c", "near")], ["/a /c"])
    conn.execute("update text set cluster_id = null where id = 1")
    assert divided(conn) == ["texts 1 and 3 are copies in different clusters"]
    assert (
        rows(conn, "select distinct matcher from text union all select distinct matcher from relation")
        == [(match.MATCHER + 1,)] * 2
    )
    monkeypatch.undo()
    assert relate_left(conn) == []
    assert clusters(conn) == ["/a /b /c"]


def test_no_step_reads_a_whole_table(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    """What the planner scans even where it is told to look things up, it scans in a large archive."""
    put(shelf, "/a", METRO, -9)
    put(farm, "/b", spun(METRO), -8)
    put(shelf, "/c", roundup(METRO), -7)
    farm.article("/d", "d", METRO[:-1])
    conn.commit()
    [[document_id]] = rows(conn, "select document_id from document_text where text_id is null")
    scans = "select relname, seq_scan from pg_stat_xact_user_tables where relname <> 'outlet' order by 1"
    conn.execute("set local enable_seqscan = off")
    before = rows(conn, scans)
    relate.file_text(conn, document_id)
    relate.relate_text(conn, document_id)
    assert rows(conn, scans) == before
    conn.commit()
    assert len(copies(conn)) == 6


def test_documents_of_before_an_upgrade_are_worked_off(conn: Connection[Any], shelf: Shelf, farm: Shelf) -> None:
    """As migration 0008 leaves them."""
    shelf.article("/a", "a", list(METRO))
    farm.article("/b", "b", list(METRO))
    totals: list[int] = []
    done: list[int] = []
    assert copies(conn) == []
    assert relate_left(conn, begin=totals.append, advance=done.append) == []
    assert (totals, sum(done)) == ([2], 2)
    assert copies(conn) == [("/a", "/b", "same")]
    assert relate_left(conn, begin=totals.append) == []
    assert totals == [2, 0]


def test_a_bug_stops_one_document_and_is_told(
    conn: Connection[Any], shelf: Shelf, farm: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.article("/a", "a", list(METRO))
    shelf.article("/b", "b", list(FLOOD))
    farm.article("/c", "c", list(METRO))

    def broken(bare: str) -> tuple[int, ...]:
        if "渡口" in bare:
            raise ZeroDivisionError("a bug of our own")
        return sketch.asked(bare)

    with monkeypatch.context() as patched:
        patched.setattr(relate, "asked", broken)
        assert relate_left(conn) == [(2, "ZeroDivisionError: a bug of our own")]
    assert copies(conn) == [("/a", "/c", "same")]
    assert document_texts.pending(conn) == [2]
    assert relate_left(conn) == []
    assert document_texts.pending(conn) == []
