"""Numbers and words of a review become decisions, or are refused with a reason and nothing written."""

from typing import Any

import pytest
from psycopg import Connection

from crawler.labels import label
from crawler.review import Review, Word, WrongReview, decide, open_review, parse_cut
from pipelines.decisions import Reading, Verdict
from pipelines.model import MarkField, MarkKind, Paragraph
from storage.errors import UnknownArticle
from storage.marks import doubtful
from tests.integration.factories import Shelf, make_mark

LINES = [
    "江湾今日放晴，市民上堤散步。",
    "有人为此开起了豪麦棋牌茶馆，渡口也恢复了班船。",
    "来店里试穿，第二件半价。",
    "（编辑：小快）",
]
MARKS = (
    make_mark(0, 0, 2, MarkKind.REPAIRED, replacement="江 湾"),
    make_mark(1, 7, 11, score=610),
    make_mark(2, 0, 12, MarkKind.PROMO, score=700),
    make_mark(3, 0, 7, MarkKind.BOILERPLATE, score=950),
)
WHOLE = Reading(title="江湾放晴", paragraphs=tuple(Paragraph(index=i, raw=line) for i, line in enumerate(LINES)))


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


@pytest.fixture
def article(conn: Connection[Any], shelf: Shelf) -> int:
    shelf.article("/a", "江湾放晴", LINES, marks=MARKS)
    row = conn.execute("select article_id from archive.article").fetchone()
    assert row is not None
    return int(row[0])


def say(conn: Connection[Any], article: int, **words: Any) -> list[tuple[Verdict, MarkKind]]:
    return [(one.verdict, one.kind) for one in decide(conn, article, Word(by="lin", **words))]


def standing(review: Review) -> list[bool]:
    return [one.stands for one in review.laid.marks]


def test_numbers_stay_while_decisions_are_made(conn: Connection[Any], article: int) -> None:
    assert say(conn, article, undo=[2, 3], confirm=[4]) == [
        (Verdict.UNDONE, MarkKind.INJECTED),
        (Verdict.UNDONE, MarkKind.PROMO),
        (Verdict.CONFIRMED, MarkKind.BOILERPLATE),
    ]
    say(conn, article, cut=["0:散步", "title:放晴"])
    review = open_review(conn, article)
    assert [(entry.number, entry.kind) for entry in review.entries()] == [
        (1, MarkKind.REPAIRED),
        (2, MarkKind.INJECTED),
        (3, MarkKind.PROMO),
        (4, MarkKind.BOILERPLATE),
        (5, MarkKind.INJECTED),
        (6, MarkKind.INJECTED),
    ]
    assert standing(review) == [True, False, False, True, True, True]
    say(conn, article, clear=[2], undo=[5])
    after = open_review(conn, article)
    assert standing(after) == [True, True, False, True, True]
    last = after.entries()[-1]
    assert (last.mark, last.number) == (None, 6)
    assert last.decision is not None
    assert last.decision.anchor.span == "散步"


def test_a_repair_is_undone_and_confirmed(conn: Connection[Any], article: int) -> None:
    say(conn, article, undo=[1])
    assert conn.execute("select text from archive.paragraph where paragraph = 0").fetchone() == (LINES[0],)
    say(conn, article, confirm=[1])
    assert conn.execute("select left(text, 3) from archive.paragraph where paragraph = 0").fetchone() == ("江 湾",)


def test_what_is_decided_already_is_not_written_again(conn: Connection[Any], article: int) -> None:
    assert say(conn, article, undo=[2])
    assert say(conn, article, undo=[2]) == []
    assert say(conn, article, cut=["0"]) == [(Verdict.CUT, MarkKind.OFF_TOPIC)]
    assert say(conn, article, confirm=[5]) == []
    assert say(conn, article, confirm=[2]) == [(Verdict.CONFIRMED, MarkKind.INJECTED)]


def test_a_decision_on_a_span_follows_the_earlier_one_though_its_surroundings_changed(
    conn: Connection[Any], shelf: Shelf, article: int
) -> None:
    say(conn, article, undo=[2])
    edited = [LINES[0], LINES[1].replace("有人为此开起了", "有人为这件事开起了"), *LINES[2:]]
    shelf.article("/a", "江湾放晴", edited, marks=(make_mark(1, 9, 13),))
    assert standing(open_review(conn, article)) == [False]
    say(conn, article, clear=[1])
    assert standing(open_review(conn, article)) == [True]
    assert conn.execute("select verdict, holds from archive.decision order by decision_id").fetchall() == [
        ("undone", False),
        ("cleared", False),
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"undo": [9]}, "they go from 1 to 4"),
        ({"undo": [2], "confirm": [2]}, "given twice"),
        ({"clear": [2]}, "nobody has decided about number 2"),
        ({"undo": [2], "cut": ["9"]}, "numbered from 0 to 3"),
        ({"undo": [2], "cut": ["title"]}, None),
    ],
)
def test_all_of_it_is_written_or_nothing(
    conn: Connection[Any], article: int, words: dict[str, Any], reason: str | None
) -> None:
    if reason is None:
        assert len(say(conn, article, **words)) == 2
        return
    with pytest.raises(WrongReview, match=reason):
        say(conn, article, **words)
    assert conn.execute("select count(*) from decision").fetchone() == (0,)


def test_numbers_of_a_document_that_readers_no_longer_see_decide_nothing(
    conn: Connection[Any], shelf: Shelf, article: int
) -> None:
    seen = open_review(conn, article).document_id
    shelf.article("/a", "江湾放晴", LINES[:3], marks=MARKS[1:3])
    with pytest.raises(WrongReview, match="look at it again"):
        decide(conn, article, Word(by="lin", undo=[1]), document_id=seen)
    with pytest.raises(UnknownArticle, match="no article 77"):
        decide(conn, 77, Word(by="lin", undo=[1]))


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("0", (MarkField.BODY, 0, 0, 14)),
        ("1:7-11", (MarkField.BODY, 1, 7, 11)),
        ("1:豪麦棋牌", (MarkField.BODY, 1, 7, 11)),
        ("3:：", (MarkField.BODY, 3, 3, 4)),
        ("title", (MarkField.TITLE, None, 0, 4)),
        ("title:放晴", (MarkField.TITLE, None, 2, 4)),
    ],
)
def test_places_in_words(words: str, place: tuple[MarkField, int | None, int, int]) -> None:
    found = parse_cut(WHOLE, words)
    assert (found.field, found.paragraph, found.start, found.end) == place


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("4", "numbered from 0 to 3"),
        ("-1", "numbered from 0 to 3"),
        ("x:1-2", "numbered from 0 to 3"),
        ("1:", "does not stand there"),
        ("1:没有", "does not stand there"),
        ("1:了", "more than once"),
        ("1:7-7", "holds no character"),
        ("1:7-99", "holds no character"),
    ],
)
def test_words_that_name_no_place(words: str, reason: str) -> None:
    with pytest.raises(WrongReview, match=reason):
        parse_cut(WHOLE, words)


def test_labels_say_what_people_decided_and_leave_the_rest_open(conn: Connection[Any], article: int) -> None:
    say(conn, article, undo=[2], confirm=[3], cut=["0:散步"])
    review = open_review(conn, article)
    assert label(review.reading, review.laid) == {
        "offtopic": [2],
        "injections": [{"paragraph": 0, "start": 11, "end": 13, "text": "散步"}],
        "kept": [{"paragraph": 1, "start": 7, "end": 11, "text": "豪麦棋牌", "kind": "injected"}],
        "boilerplate": [3],
    }


def test_the_most_doubtful_articles_come_first(conn: Connection[Any], shelf: Shelf, article: int) -> None:
    suspect, lost = make_mark(0, 0, 3, MarkKind.SUSPECT, score=800), make_mark(1, 0, 3, MarkKind.SUSPECT)
    shelf.article("/b", "乙", LINES, marks=(suspect, make_mark(1, 0, 9, rule="lost_characters", score=10)))
    shelf.article("/c", "丙", LINES, marks=(lost, make_mark(2, 0, 3, MarkKind.CREDIT, score=5)))
    found = [(one.kind, one.score, one.text) for one in doubtful(conn, outlet=None, limit=9)]
    assert found == [("suspect", 900, "有人为"), ("suspect", 800, "江湾今"), ("injected", 610, "豪麦棋牌")]
    say(conn, article, undo=[2])
    assert [one.kind for one in doubtful(conn, outlet="qingshui", limit=9)] == ["suspect", "suspect", "promo"]
    assert len(doubtful(conn, outlet=None, limit=2)) == 2
    assert doubtful(conn, outlet="nowhere", limit=9) == []
    say(conn, article, confirm=[3, 4])
    assert len(doubtful(conn, outlet=None, limit=9)) == 2
