"""Decisions in the archive: what readers see after them, through new versions, promotes, edits and each other."""

import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from crawler.relate import relate_left
from pipelines.decisions import Decision, Place, Verdict, anchor_at
from pipelines.model import MarkField, MarkKind
from storage import decisions, reviews, versions
from storage.database import connect
from storage.digest import digest
from storage.search import search
from storage.verify import CHECKS
from tests.integration.factories import Shelf, make_mark

LINES = [
    "江湾今日放晴，市民上堤散步。",
    "有人为此开起了豪麦棋牌茶馆，渡口也恢复了班船。",
    "水位比昨天低，堤上看船的人多了。",
]
KEYWORD = make_mark(1, 7, 11)
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


@pytest.fixture
def article(conn: Connection[Any], shelf: Shelf) -> int:
    """An article whose judge cut a name out."""
    shelf.article("/a", "江湾放晴", LINES, marks=(KEYWORD,))
    return only(conn, "select article_id from archive.article")


def only(conn: Connection[Any], question: str, *values: Any) -> Any:
    [[value]] = conn.execute(question.encode(), values).fetchall()
    return value


def decide(
    conn: Connection[Any],
    article: int,
    verdict: Verdict,
    span: tuple[int, int, int] = (1, 7, 11),
    kind: MarkKind = MarkKind.INJECTED,
) -> None:
    """Decide on a span of what readers see."""
    assert reviews.lock(conn, article)
    document = reviews.current(conn, article)
    assert document is not None
    place = Place(field=MarkField.BODY, paragraph=span[0], start=span[1], end=span[2])
    anchor = anchor_at(reviews.load(conn, document), place)
    one = Decision(anchor=anchor, verdict=verdict, kind=kind, by="lin", at=NOON)
    decisions.add(conn, article_id=article, decisions=[one])
    reviews.refresh(conn, article)


def text(conn: Connection[Any]) -> Sequence[str]:
    return str(only(conn, "select text from archive.article")).split("\n")


def faults(conn: Connection[Any]) -> list[str]:
    return [fault for name, check in CHECKS for fault in check(conn) if name.startswith(("raw", "readers"))]


def test_an_undone_cut_is_back_for_readers_and_the_document_is_as_it_was(
    conn: Connection[Any], shelf: Shelf, article: int
) -> None:
    before = digest(conn)
    assert search(conn, "豪麦") == []
    decide(conn, article, Verdict.UNDONE)
    assert text(conn) == LINES
    assert [hit.article_id for hit in search(conn, "豪麥棋牌")] == [article]
    assert "豪麦棋牌" in search(conn, "茶馆")[0].excerpt
    assert only(conn, "select archive.highlight(article_id, '豪麦') from archive.article").count("【豪麦】") == 1
    assert only(conn, "select cuts from archive.article") == 0
    assert conn.execute("select kind, rule, is_cut, verdict from archive.mark").fetchall() == [
        ("injected", "test_rule", False, "undone")
    ]
    assert only(conn, "select text from archive.paragraph where paragraph = 1") == LINES[1]
    assert only(conn, "select text from archive.revision") == "\n".join(LINES)
    assert digest(conn) == before
    assert faults(conn) == []


def test_a_persons_cut_is_out_for_readers(conn: Connection[Any], shelf: Shelf, article: int) -> None:
    decide(conn, article, Verdict.CUT, (2, 0, len(LINES[2])), MarkKind.OFF_TOPIC)
    assert text(conn) == [LINES[0], LINES[1][:7] + LINES[1][11:]]
    assert search(conn, "水位比昨天") == []
    assert only(conn, "select cuts from archive.article") == 2
    assert only(conn, "select is_cut from archive.paragraph where paragraph = 2")
    assert conn.execute("select rule, score, raw, verdict from archive.mark where paragraph = 2").fetchall() == [
        ("review", 1000, LINES[2], "cut")
    ]


def test_a_decision_outlives_versions_and_promotes(conn: Connection[Any], shelf: Shelf, article: int) -> None:
    """The new version numbers paragraphs otherwise, and cuts more."""
    decide(conn, article, Verdict.UNDONE)
    newer = shelf.version("2+b")
    capture = only(conn, "select id from capture")
    whole = make_mark(2, 0, len(LINES[1]), MarkKind.OFF_TOPIC)
    assert shelf.read(capture, "江湾放晴", ["引子。", *LINES], version_id=newer, marks=(whole,))
    assert text(conn) == LINES
    versions.promote(conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert text(conn) == ["引子。", *LINES]
    assert [hit.article_id for hit in search(conn, "豪麦棋牌")] == [article]
    assert faults(conn) == []


def test_a_decision_holds_for_the_articles_next_captures(conn: Connection[Any], shelf: Shelf, article: int) -> None:
    decide(conn, article, Verdict.UNDONE)
    edited = [LINES[0], "上午更正：" + LINES[1]]
    shelf.article("/a", "江湾放晴", edited, marks=(make_mark(1, 12, 16),))
    assert text(conn) == edited
    texts = conn.execute("select text from archive.revision order by revision").fetchall()
    assert texts == [("\n".join(LINES),), ("\n".join(edited),)]


def test_a_decision_whose_text_is_gone_is_kept_and_said(conn: Connection[Any], shelf: Shelf, article: int) -> None:
    decide(conn, article, Verdict.UNDONE)
    shelf.article("/a", "江湾放晴", [LINES[0]])
    assert conn.execute("select holds, found from archive.decision").fetchall() == [(True, "missing")]
    shelf.article("/a", "江湾放晴", [*LINES, LINES[1]])
    assert conn.execute("select holds, found, paragraph from archive.decision").fetchall() == [
        (True, "ambiguous", None)
    ]
    shelf.article("/a", "江湾放晴", ["又改了。", *LINES])
    found = conn.execute("select found, paragraph, start_offset, end_offset from archive.decision").fetchall()
    assert found == [("found", 2, 7, 11)]


def test_the_last_decision_on_a_span_holds_and_all_are_kept(conn: Connection[Any], shelf: Shelf, article: int) -> None:
    for verdict in (Verdict.UNDONE, Verdict.CONFIRMED, Verdict.CLEARED):
        decide(conn, article, verdict)
    assert text(conn)[1] == LINES[1][:7] + LINES[1][11:]
    assert conn.execute("select verdict, decided_by, holds from archive.decision order by 1").fetchall() == [
        ("cleared", "lin", False),
        ("confirmed", "lin", False),
        ("undone", "lin", False),
    ]
    assert only(conn, "select count(*) from reviewed") == 0
    assert only(conn, "select verdict from archive.mark") is None
    assert faults(conn) == []


@pytest.mark.parametrize(
    "statement", [b"update decision set note = 'x'", b"delete from decision", b"truncate decision cascade"]
)
def test_history_is_kept(conn: Connection[Any], shelf: Shelf, article: int, statement: bytes) -> None:
    decide(conn, article, Verdict.UNDONE)
    with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="never changed or removed"):
        conn.execute(statement)


def test_citations_follow_decisions(conn: Connection[Any], shelf: Shelf) -> None:
    lines = [*LINES, "详见《江湾为什么放晴》一文。"]
    shelf.article("/a", "江湾放晴", lines, marks=(KEYWORD, make_mark(3, 0, len(lines[3]), MarkKind.PROMO)))
    shelf.article("/b", "江湾放晴", lines)
    shelf.article("/c", "江湾为什么放晴", ["原因有三。"])
    assert relate_left(conn) == []
    first = only(conn, "select article_id from archive.article where url like '%%/a'")
    cited = "select count(*) from archive.citation where cited_article_id is not null"
    assert only(conn, cited) == 1
    decide(conn, first, Verdict.UNDONE, (3, 0, len(lines[3])), MarkKind.PROMO)
    assert only(conn, cited) == 2


def test_a_reviewed_title_is_the_one_that_citations_meet(conn: Connection[Any], shelf: Shelf) -> None:
    shelf.article("/a", "豪麦棋牌 江湾为什么放晴", LINES)
    shelf.article("/b", "续", ["《江湾为什么放晴》"])
    article = only(conn, "select article_id from archive.article where url like '%%/a'")
    document = reviews.current(conn, article)
    assert document is not None
    place = Place(field=MarkField.TITLE, paragraph=None, start=0, end=5)
    anchor = anchor_at(reviews.load(conn, document), place)
    one = Decision(anchor=anchor, verdict=Verdict.CUT, kind=MarkKind.INJECTED, by="lin", at=NOON)
    decisions.add(conn, article_id=article, decisions=[one])
    reviews.refresh(conn, article)
    assert relate_left(conn) == []
    assert only(conn, "select title from archive.article where article_id = %s", article) == "江湾为什么放晴"
    assert only(conn, "select cited_article_id from archive.citation") == article


def test_verify_says_when_readers_see_anything_else(conn: Connection[Any], shelf: Shelf, article: int) -> None:
    decide(conn, article, Verdict.UNDONE)
    conn.execute("update reviewed set clean_text = 'x'")
    assert faults(conn) == [f"article {article}: document 1 does not read as was decided"]
    conn.execute("delete from reviewed")
    assert len(faults(conn)) == 1
    reviews.refresh(conn, article)
    assert faults(conn) == []


# -- at the same time


def test_two_reviewers_at_once_wait_for_each_other(
    conn: Connection[Any], database: str, shelf: Shelf, article: int
) -> None:
    """Without the lock each would lay its own decision alone, and the later commit would lose the other's."""
    conn.commit()
    spans = ((0, 0, 2), (0, 2, 4), (0, 4, 6), (2, 0, 2), (2, 2, 4), (2, 4, 6))
    barrier = threading.Barrier(len(spans))

    def review(span: tuple[int, int, int]) -> None:
        with connect(database) as mine:
            barrier.wait()
            decide(mine, article, Verdict.CUT, span)

    threads = [threading.Thread(target=review, args=(span,)) for span in spans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert only(conn, "select count(*) from archive.mark where verdict = 'cut' and is_cut") == len(spans)
    assert faults(conn) == []


@pytest.mark.parametrize("reviewer_first", [True, False])
def test_a_review_during_a_rerun_reaches_the_new_document(
    conn: Connection[Any], database: str, shelf: Shelf, article: int, reviewer_first: bool
) -> None:
    """Each waits for the other's transaction: whoever comes second sees what the first one wrote."""
    newer, capture = shelf.version("2+b"), only(conn, "select id from capture")
    conn.commit()

    def store(mine: Connection[Any]) -> None:
        again = Shelf.__new__(Shelf)
        again.conn, again.outlet_id = mine, shelf.outlet_id
        again.read(capture, "江湾放晴", LINES, version_id=newer, marks=(KEYWORD,))

    def review(mine: Connection[Any]) -> None:
        decide(mine, article, Verdict.UNDONE)

    first, second = (review, store) if reviewer_first else (store, review)

    def run_second() -> None:
        with connect(database) as mine:
            second(mine)

    with connect(database) as mine:
        first(mine)
        other = threading.Thread(target=run_second)
        other.start()
        other.join(0.3)
        assert other.is_alive()
        mine.commit()
        other.join()
    assert only(conn, "select count(*) from reviewed where clean_text = %s", "\n".join(LINES)) == 2
    versions.promote(conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert text(conn) == LINES
    assert faults(conn) == []
