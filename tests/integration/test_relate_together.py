"""Several workers relate documents at once: none misses another's, none waits in a circle, and a kill costs nothing."""

import random
import threading
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest
from psycopg import Connection

from crawler.relate import file_text, relate_documents, relate_left, relate_text
from storage import clusters, document_texts
from storage.database import connect
from tests.integration.factories import Shelf
from tests.integration.related import relations_digest
from tests.integration.stories import METRO, Story, spun

STEPS = {"F": file_text, "R": relate_text}
#: Every order of two workers' two steps.
ORDERS = sorted(set(permutations(("F1", "R1", "F2", "R2"))))
ORDERS = [order for order in ORDERS if all(order.index(f"F{n}") < order.index(f"R{n}") for n in (1, 2))]


@pytest.fixture
def pair(conn: Connection[Any]) -> tuple[int, int]:
    """Two documents, stored, of which nothing is worked out: an original and its reworded copy."""
    Shelf(conn).article("/a", "a", list(METRO))
    Shelf(conn, "kuaibao").article("/b", "b", list(spun(METRO)))
    conn.commit()
    first, second = document_texts.pending(conn)
    conn.commit()
    return first, second


@pytest.fixture
def workers(database: str) -> Iterator[tuple[Connection[Any], Connection[Any]]]:
    """Two connections that commit for themselves."""
    with connect(database, autocommit=True) as first, connect(database, autocommit=True) as second:
        yield first, second


def found(conn: Connection[Any]) -> list[tuple[Any, ...]]:
    return conn.execute("select kind, article_id, copy_article_id from archive.copy").fetchall()


@pytest.mark.parametrize("order", ORDERS, ids=" ".join)
def test_two_halves_of_a_pair_meet_in_any_order(
    workers: tuple[Connection[Any], Connection[Any]], pair: tuple[int, int], order: tuple[str, ...]
) -> None:
    for step, worker in order:
        at = int(worker) - 1
        with workers[at].transaction():
            STEPS[step](workers[at], pair[at])
    assert found(workers[0]) == [("spun", 1, 2)]


@pytest.mark.parametrize("slower", [0, 1])
def test_what_is_not_committed_is_found_by_whoever_commits_last(
    workers: tuple[Connection[Any], Connection[Any]], pair: tuple[int, int], slower: int
) -> None:
    """One looks before the other's text is there to be seen; then the other must look after the first one's is."""
    slow, fast = workers[slower], workers[1 - slower]
    with slow.transaction():
        file_text(slow, pair[slower])
        assert relate_documents(fast, [pair[1 - slower]]) == []
        assert found(fast) == []
    assert relate_documents(slow, [pair[slower]]) == []
    assert found(fast) == [("spun", 1, 2)]


def test_both_find_each_other_at_once(database: str, pair: tuple[int, int]) -> None:
    """Both have filed, both look, both write the same relation and join the same cluster."""
    barrier = threading.Barrier(2)

    def work(document_id: int) -> None:
        with connect(database, autocommit=True) as conn:
            with conn.transaction():
                file_text(conn, document_id)
            barrier.wait()
            with conn.transaction():
                relate_text(conn, document_id)

    together([threading.Thread(target=work, args=(one,)) for one in pair])
    with connect(database) as conn:
        assert found(conn) == [("spun", 1, 2)]
        assert conn.execute("select array_agg(distinct cluster_id) from text").fetchall() == [([1],)]
        assert document_texts.pending(conn) == []


def test_a_document_that_another_worker_holds_is_left_to_it(
    workers: tuple[Connection[Any], Connection[Any]], pair: tuple[int, int]
) -> None:
    first, second = workers
    with first.transaction():
        file_text(first, pair[0])
        assert relate_documents(second, pair) == []
        assert document_texts.pending(second) == [pair[0]]
    assert relate_left(second) == []
    assert found(second) == [("spun", 1, 2)]


@pytest.mark.parametrize("steps", ["", "F"], ids=["before", "between"])
def test_a_kill_leaves_the_document_to_the_next(
    database: str, conn: Connection[Any], pair: tuple[int, int], steps: str
) -> None:
    """The server ends a killed worker's transaction; what the worker had committed stays."""
    with connect(database) as killed:
        for step in steps:
            STEPS[step](killed, pair[0])
            killed.commit()
        (relate_text if steps else file_text)(killed, pair[0])
        killed.rollback()
    assert document_texts.pending(conn) == list(pair)
    assert relate_left(conn) == []
    assert found(conn) == [("spun", 1, 2)]


def test_four_crawls_of_copies_at_once(database: str, conn: Connection[Any]) -> None:
    """Fifty articles each, most of them copies: no deadlock, and the relations that one worker finds alone."""
    barrier = threading.Barrier(4)
    bugs: list[tuple[int, str]] = []

    def crawl(number: int) -> None:
        chance = random.Random(number)
        with connect(database) as mine:
            barrier.wait()
            shelf = Shelf(mine, f"outlet{number}")
            mine.commit()
            for at in range(50):
                story = chance.choice(STORIES)
                shelf.article(f"/{at}", str(at), list(chance.choice(variants(story))))
                mine.commit()
                bugs.extend(relate_documents(mine, document_texts.pending(mine)[-3:]))

    together([threading.Thread(target=crawl, args=(number,)) for number in range(4)])
    bugs.extend(relate_left(conn))
    assert bugs == []
    together_digest = relations_digest(conn)
    assert together_digest[0] > 50
    assert clusters.divided(conn) == []
    clustered = "select count(distinct cluster_id), count(*) from archive.cluster"
    before = conn.execute(clustered.encode()).fetchall()
    conn.execute("truncate relation, shingle, document_text, text cascade")
    conn.execute("insert into document_text (document_id) select id from document")
    assert relate_left(conn) == []
    assert relations_digest(conn) == together_digest
    assert conn.execute(clustered.encode()).fetchall() == before


def together(threads: list[threading.Thread]) -> None:
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def invented(number: int) -> Story:
    """Eight lines of characters drawn by lot: nothing in common with any other."""
    chance = random.Random(1000 + number)
    return ["".join(map(chr, chance.choices(range(0x4E00, 0x9F00), k=40))) + "。" for _ in range(8)]


def variants(story: Story) -> list[Story]:
    """A story whole, a line shorter in three ways, and in a longer one."""
    cut = [[line for place, line in enumerate(story) if place != at] for at in (0, 3, 7)]
    return [story, *cut, [*story, *METRO]]


STORIES = [invented(number) for number in range(10)]
