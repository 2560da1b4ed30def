"""Citations and series in the archive: whatever order articles come in, the same article is meant."""

import itertools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from psycopg import Connection

from crawler.relate import file_text, relate_left, relate_text
from pipelines.decisions import Decision, Place, Verdict, anchor_at
from pipelines.model import MarkField, MarkKind
from storage import decisions, reviews, versions
from tests.integration.factories import NOON, Shelf
from tests.integration.stories import FLOOD, METRO, spun

Row = tuple[Any, ...]
#: Before anything was fetched: a page that is dated later than it was seen proves nothing.
LONG_AGO = NOON - timedelta(days=90)


@pytest.fixture
def shelf(conn: Connection[Any]) -> Shelf:
    return Shelf(conn)


@pytest.fixture
def paper(conn: Connection[Any]) -> Shelf:
    return Shelf(conn, "dongshan", "东山日报 · 山湾客户端")


@pytest.fixture
def farm(conn: Connection[Any]) -> Shelf:
    return Shelf(conn, "kuaibao", "顺势快报网（演示）")


def put(shelf: Shelf, path: str, title: str, *lines: str, hours: float = 0, **fields: Any) -> None:
    """Store an article, published some hours after a noon long past, and what follows from it."""
    shelf.article(path, title, list(lines), published_at=LONG_AGO + timedelta(hours=hours), **fields)
    assert relate_left(shelf.conn) == []


def rows(conn: Connection[Any], statement: str, *values: Any) -> list[Row]:
    return conn.execute(statement.encode(), values).fetchall()


def links(conn: Connection[Any]) -> list[Row]:
    """(outlet and path of the citing article, cited title, outlet and path of the cited one, how).

    Asked from the other end, who cites each article, the answer is the same.
    """
    found = "select c.* from archive.article a cross join lateral archive.cited_by(a.article_id) c order by 1, 2"
    resolved = "select * from archive.citation where cited_article_id is not null order by 1, 2"
    assert rows(conn, found) == rows(conn, resolved)
    return rows(
        conn,
        """
        select a.outlet || substr(a.url, 29), c.cited_title, b.outlet || substr(b.url, 29), c.how
        from archive.citation c join archive.article a using (article_id)
        left join archive.article b on b.article_id = c.cited_article_id order by 1, c.ordinal
        """,
    )


def series(conn: Connection[Any]) -> list[str]:
    """The paths of each series, in order of its parts."""
    found = rows(
        conn,
        """
        select string_agg(substr(a.url, 29), ' ' order by s.part) from archive.series s
        join archive.article a using (article_id) group by s.series_id order by 1
        """,
    )
    return [row[0] for row in found]


ASKED = "为什么东山没有“七座桥”？"
IN_OTHER_WORDS = "为何东山莫得“七座桥”？"


def test_a_title_in_other_words_is_found_in_the_outlet_named(paper: Shelf, shelf: Shelf) -> None:
    put(paper, "/a", ASKED, *METRO)
    put(shelf, "/b", "旁观东山", f"《东山日报》旗下“山湾”客户端近日发布《{IN_OTHER_WORDS}》。", hours=3)
    assert links(shelf.conn) == [("qingshui/b", "为何东山莫得“七座桥”?", "dongshan/a", "similar")]
    [row] = rows(shelf.conn, "select cited_outlet, score from archive.citation")
    assert row[0] == "东山日报、山湾"
    assert 600 <= row[1] < 1000


def test_it_is_found_when_the_article_comes_later(paper: Shelf, shelf: Shelf) -> None:
    put(shelf, "/b", "旁观东山", f"东山日报近日刊发《{IN_OTHER_WORDS}》一文。", hours=3)
    assert links(shelf.conn) == [("qingshui/b", "为何东山莫得“七座桥”?", None, None)]
    put(paper, "/a", ASKED, *METRO)
    assert links(shelf.conn) == [("qingshui/b", "为何东山莫得“七座桥”?", "dongshan/a", "similar")]


@pytest.mark.parametrize(
    ("outlet", "hours"),
    [("西山日报", 0), ("东山日报", -24 * 40), ("东山日报", 24 * 40)],
    ids=["outlet", "before", "after"],
)
def test_other_words_are_not_looked_for_elsewhere(paper: Shelf, shelf: Shelf, outlet: str, hours: float) -> None:
    put(paper, "/a", ASKED, *METRO, hours=hours)
    put(shelf, "/b", "旁观东山", f"{outlet}近日刊发《{IN_OTHER_WORDS}》一文。")
    assert links(shelf.conn) == [("qingshui/b", "为何东山莫得“七座桥”?", None, None)]


def test_two_titles_as_much_alike_are_not_told_apart(paper: Shelf, shelf: Shelf) -> None:
    put(paper, "/a", "市长会见江湾渔业访问团", *METRO)
    put(paper, "/b", "市长会见河湾渔业访问团", *FLOOD)
    put(shelf, "/c", "旁观东山", "东山日报近日刊发《市长会见山湾渔业访问团》一文。")
    assert links(shelf.conn)[0][2:] == (None, None)
    put(paper, "/d", "市长会见山湾渔业访问团", "第三支访问团。")
    assert links(shelf.conn)[0][2:] == ("dongshan/d", "exact")


def test_of_two_outlets_with_one_title_the_one_that_is_named_is_meant(paper: Shelf, shelf: Shelf, farm: Shelf) -> None:
    put(shelf, "/a", "江湾的桥有多长", METRO[0], METRO[1], METRO[2])
    put(paper, "/b", "江湾的桥有多长", FLOOD[0], FLOOD[1], FLOOD[2], hours=5)
    put(farm, "/c", "谈桥", "据东山日报《江湾的桥有多长》一文，桥很长。", hours=9)
    put(farm, "/d", "再谈桥", "《江湾的桥有多长》说，桥很长。", hours=9)
    put(paper, "/e", "三谈桥", "本报昨日刊发的《江湾的桥有多长》引来许多读者。", hours=9)
    assert [(row[0], row[2]) for row in links(shelf.conn)] == [
        ("dongshan/e", "dongshan/b"),
        ("kuaibao/c", "dongshan/b"),
        ("kuaibao/d", "qingshui/a"),
    ]


def test_an_earlier_title_is_still_cited(paper: Shelf, shelf: Shelf) -> None:
    put(paper, "/a", "江湾的桥有多长", *METRO)
    put(paper, "/a", "江湾大桥全长一千二百米", *METRO, "更正。")
    put(shelf, "/b", "谈桥", "《江湾的桥有多长》说，桥很长。")
    assert links(shelf.conn)[0][2:] == ("dongshan/a", "exact")


def test_a_copy_is_not_meant_where_no_outlet_is_named(paper: Shelf, shelf: Shelf, farm: Shelf) -> None:
    """The farm has the title as well, and says an earlier time."""
    put(farm, "/copy", "江湾的桥有多长", *spun(METRO), hours=4)
    put(paper, "/a", "江湾的桥究竟有多长", *METRO, hours=1)
    put(shelf, "/b", "谈桥", "《江湾的桥有多长》说，桥很长。", hours=9)
    assert links(shelf.conn)[0][2:] == ("dongshan/a", "exact")


PARTS = (
    ("/1", ASKED, [*METRO, "请继续关注本系列第二篇《没有“七座桥”，东山有什么？》。"], 0),
    ("/2", "没有“七座桥”，东山有什么？", [f"《{ASKED}》刊发后，读者来信不断。", *FLOOD], 20),
)
FARMED = (
    ("/x", IN_OTHER_WORDS, [*spun(METRO), "请继续关注本系列第二篇《莫得“七座桥”，东山有什么？》。"], 30),
    ("/y", "没有“七座桥”，东山有什么？", [f"《{IN_OTHER_WORDS}》刊发后，读者来信不断。", *FLOOD], 31),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_a_series_and_its_copies_in_any_order(paper: Shelf, farm: Shelf, order: Sequence[int]) -> None:
    """A copy's citations mean the originals, in whatever words; the farm has no series of its own."""
    articles = [(paper, part) for part in PARTS] + [(farm, part) for part in FARMED]
    for at in order:
        outlet, (path, title, lines, hours) = articles[at]
        put(outlet, path, title, *lines, hours=hours)
    assert [(row[0], row[2]) for row in links(paper.conn)] == [
        ("dongshan/1", "dongshan/2"),
        ("dongshan/2", "dongshan/1"),
        ("kuaibao/x", "dongshan/2"),
        ("kuaibao/y", "dongshan/1"),
    ]
    assert series(paper.conn) == ["/1 /2"]
    before = links_stored(paper.conn)
    paper.conn.execute("update document_text set related_by = null")
    assert relate_left(paper.conn) == []
    assert links_stored(paper.conn) == before


def links_stored(conn: Connection[Any]) -> list[Row]:
    return [
        *rows(conn, "select cited, title, score from likeness order by 1, 2"),
        *rows(conn, "select a, b, reason from series_link order by 1, 2"),
        *rows(conn, "select document_id, ordinal, name, own, title, dated_at from mention order by 1, 2, 3"),
        *rows(conn, "select document_id, title, part, dated_at from headline order by 1"),
    ]


def test_two_that_are_stored_at_once_find_each_other(paper: Shelf) -> None:
    """Each worker files what its document is found by, and commits, before it looks for others."""
    for path, title, lines, _ in PARTS:
        paper.article(path, title, list(lines))
    documents = [row[0] for row in rows(paper.conn, "select id from document order by id")]
    for step in (file_text, relate_text):
        for document_id in documents:
            step(paper.conn, document_id)
    assert [(row[0], row[2]) for row in links(paper.conn)] == [
        ("dongshan/1", "dongshan/2"),
        ("dongshan/2", "dongshan/1"),
    ]
    assert series(paper.conn) == ["/1 /2"]


def test_links_follow_the_version_that_readers_see(paper: Shelf, shelf: Shelf) -> None:
    put(paper, "/a", "江湾的桥有多长", *METRO)
    capture = shelf.article("/b", "谈桥", ["桥很长。"])
    newer = shelf.version("2+b")
    shelf.read(capture, "谈桥", ["据东山日报《江湾的桥有多长》一文，桥很长。"], version_id=newer)
    assert relate_left(shelf.conn) == []
    assert links(shelf.conn) == []
    versions.promote(shelf.conn, outlet_id=shelf.outlet_id, version_id=newer)
    assert links(shelf.conn)[0][2:] == ("dongshan/a", "exact")


def test_a_person_undoes_a_cut_and_the_citation_is_there(paper: Shelf, shelf: Shelf) -> None:
    """A title in which a keyword was cut by a person is found in other words as well."""
    put(paper, "/a", f"豪麦棋牌 {ASKED}", *METRO)
    put(shelf, "/b", "旁观东山", f"东山日报近日刊发《{IN_OTHER_WORDS}》一文。")
    [(article,)] = rows(shelf.conn, "select article_id from archive.article where outlet = 'dongshan'")
    document = reviews.current(shelf.conn, article)
    assert document is not None
    place = Place(field=MarkField.TITLE, paragraph=None, start=0, end=5)
    anchor = anchor_at(reviews.load(shelf.conn, document), place)
    one = Decision(anchor=anchor, verdict=Verdict.CUT, kind=MarkKind.INJECTED, by="lin", at=NOON)
    decisions.add(shelf.conn, article_id=article, decisions=[one])
    reviews.refresh(shelf.conn, article)
    assert relate_left(shelf.conn) == []
    assert links(shelf.conn)[0][2:] == ("dongshan/a", "similar")


# -- series


def test_numbered_parts_are_a_series_in_their_order(paper: Shelf) -> None:
    for path, number, place in (("/c", "③", 0), ("/a", "①", 1), ("/b", "②", 2)):
        put(paper, path, f"{METRO[place][:12]}——江湾十年观察{number}", METRO[place], METRO[place + 3])
    assert series(paper.conn) == ["/a /b /c"]
    assert rows(paper.conn, "select part, parts from archive.series order by 1") == [(1, 3), (2, 3), (3, 3)]


def test_parts_share_column_reporter_and_a_rare_word(paper: Shelf) -> None:
    kept = {"column": "湾里人家", "byline": "东山日报记者 林晚"}
    put(paper, "/a", "“船厂大院”里的早餐铺", *METRO, **kept)
    put(paper, "/b", "最后一个离开“船厂大院”的人", *FLOOD, hours=30, **kept)
    put(paper, "/c", "“船厂大院”今天拆完", "推土机开走了。", hours=40, column="湾里人家", byline="何大川")
    assert series(paper.conn) == ["/a /b"]


DAILY = [
    ("东山今天多云转晴，最高气温12℃", "东山明天小雨，最高气温9℃"),
    ("早报｜3月1日，东山这些事值得看", "早报｜3月2日，东山这些事值得看"),
    ("沪指收涨0.5%，两市成交9812亿元", "沪指收跌0.2%，两市成交9930亿元"),
    ("每日一题(3)", "每日一题(4)"),
    ("东山菜价播报①", "东山菜价播报②"),
    ("市十届人大三次会议开幕", "市十届人大四次会议开幕"),
    ("江湾大桥第12期周报", "江湾大桥第13期周报"),
    ("防汛工作会议召开(3月1日)", "防汛工作会议召开(3月2日)"),
    ("世界上最长的桥之一", "世界上最高的桥之一"),
]


@pytest.mark.parametrize(("first", "second"), DAILY)
def test_what_appears_day_by_day_is_no_series(paper: Shelf, first: str, second: str) -> None:
    kept = {"column": "早安东山", "section": "要闻", "byline": "林晚"}
    put(paper, "/a", first, METRO[0], METRO[1], **kept)
    put(paper, "/b", second, FLOOD[0], FLOOD[1], hours=24, **kept)
    assert series(paper.conn) == []


def test_who_cites_last_weeks_news_continues_no_series(paper: Shelf) -> None:
    put(paper, "/a", "江湾的桥有多长", *METRO)
    put(paper, "/b", "江湾渔船今天起航", "据本报此前刊发的《江湾的桥有多长》，桥下可过大船。", *FLOOD, hours=24)
    assert series(paper.conn) == []


def test_a_column_that_never_ends_is_no_series(paper: Shelf) -> None:
    for day in range(1, 31):
        paper.article(f"/{day}", f"江湾人物志({day})", [f"第{day}位。"], published_at=LONG_AGO + timedelta(days=day))
    assert relate_left(paper.conn) == []
    assert rows(paper.conn, "select count(*) from series_link")[0][0] > 100
    assert series(paper.conn) == []
