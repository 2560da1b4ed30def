"""The frontier: discovered = done + refused + gone + pending, whatever happens (P2), and fencing."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from pipelines.model import FetchOutcome, Link, Role
from storage import frontier, outlets, runs
from storage.errors import RunOver, StaleLease
from storage.frontier import Lease
from storage.runs import Run
from tests.integration.factories import HOST, make_run, make_source


class Frontier:
    """One outlet's frontier and the run that works on it."""

    def __init__(self, conn: Connection[Any]) -> None:
        self.conn = conn
        self.outlet_id = outlets.register(conn, make_source())
        self.run = make_run(conn, self.outlet_id)

    def discover(self, paths: Sequence[str], role: Role = Role.ARTICLE, depth: int = 0, max_depth: int = 3) -> int:
        links = [Link(url=f"http://{HOST}/{path}", role=role) for path in paths]
        return frontier.discover(
            self.conn,
            outlet_id=self.outlet_id,
            run=self.run,
            links=links,
            depth=depth,
            max_depth=max_depth,
            allowed=lambda url: HOST in url,
        )

    def lease(self, count: int = 10, articles_left: int | None = None, run: Run | None = None) -> list[Lease]:
        return frontier.lease(
            self.conn,
            outlet_id=self.outlet_id,
            run=run or self.run,
            count=count,
            expiry_s=60,
            articles_left=articles_left,
        )

    def complete(self, held: Lease, outcome: FetchOutcome, **fields: Any) -> None:
        frontier.complete(self.conn, held, outcome=outcome, **fields)

    def row(self, path: str) -> tuple[Any, ...]:
        row = self.conn.execute(
            "select state, reason, attempts, checks from frontier where url = %s", [f"http://{HOST}/{path}"]
        ).fetchone()
        assert row is not None
        return tuple(row)

    def make_due(self) -> None:
        self.conn.execute("update frontier set due_at = now() where due_at < 'infinity'")


@pytest.fixture
def edge(conn: Connection[Any]) -> Frontier:
    return Frontier(conn)


def test_urls_are_discovered_once_and_lists_again_each_run(edge: Frontier) -> None:
    assert edge.discover(["a", "b", "a"]) == 2
    assert edge.discover(["a", "c"]) == 1
    assert edge.discover(["list"], role=Role.LIST) == 1
    for held in edge.lease():
        edge.complete(held, FetchOutcome.STORED)
    assert edge.discover(["a", "list"]) == 0
    assert edge.discover(["list"], role=Role.LIST) == 0
    edge.run = make_run(edge.conn, edge.outlet_id)
    assert edge.discover(["a"]) == 0
    assert edge.discover(["list"], role=Role.LIST) == 1
    assert edge.discover(["deep"], role=Role.LIST, depth=3) == 0


def test_lists_are_leased_before_articles_and_the_limit_is_for_articles(edge: Frontier) -> None:
    edge.discover(["a", "b", "c"])
    edge.discover(["list"], role=Role.LIST)
    assert [held.url.rsplit("/", 1)[1] for held in edge.lease(articles_left=2)] == ["list", "a", "b"]
    assert edge.lease(articles_left=0) == []
    assert [held.url.rsplit("/", 1)[1] for held in edge.lease()] == ["c"]


def test_a_foreign_link_is_a_refused_row(edge: Frontier) -> None:
    links = [Link(url="http://elsewhere.example/x", role=Role.ARTICLE)]
    frontier.discover(
        edge.conn, outlet_id=edge.outlet_id, run=edge.run, links=links, depth=0, max_depth=3, allowed=lambda url: False
    )
    assert frontier.equation(edge.conn) == {"discovered": 1, "done": 0, "refused": 1, "gone": 0, "pending": 0}
    assert edge.lease() == []


def test_failures_are_tried_again_with_patience_and_then_refused(edge: Frontier) -> None:
    edge.discover(["a"])
    for attempt in range(1, len(frontier.BACKOFF_S) + 1):
        [held] = edge.lease()
        assert held.attempts == attempt
        edge.complete(held, FetchOutcome.FAILED_TIMEOUT)
        assert edge.row("a")[0] == "pending"
        due = frontier.next_due_in_s(edge.conn, outlet_id=edge.outlet_id)
        assert due is not None
        assert due > 0
        edge.make_due()
    [held] = edge.lease()
    edge.complete(held, FetchOutcome.FAILED_TIMEOUT)
    assert edge.row("a")[:2] == ("refused", "failed_timeout")
    assert edge.discover(["a"]) == 0
    edge.run = make_run(edge.conn, edge.outlet_id)
    assert edge.discover(["a"]) == 1, "a later run that is led there again tries again"


def test_an_article_is_looked_at_again_as_often_as_its_source_says(edge: Frontier) -> None:
    edge.discover(["a"])
    for _ in range(2):
        [held] = edge.lease()
        edge.complete(held, FetchOutcome.UNCHANGED, recheck_hours=(1,), etag='"x"')
        assert edge.row("a")[0] == "done"
        assert frontier.requeue_due(edge.conn, outlet_id=edge.outlet_id) == 0
        edge.make_due()
        frontier.requeue_due(edge.conn, outlet_id=edge.outlet_id)
    assert edge.row("a") == ("done", "", 0, 2)
    assert held.etag == '"x"'


def test_a_later_run_fences_the_earlier_one_out(edge: Frontier) -> None:
    edge.discover(["a", "b"])
    old = edge.lease(count=1)[0]
    edge.conn.commit()
    newer = runs.start(edge.conn, edge.run.id)
    assert frontier.reclaim(edge.conn, outlet_id=edge.outlet_id, run=newer) == 1
    assert edge.conn.execute("select outcome, run_id from fetch_attempt").fetchall() == [("lost", edge.run.id)]
    with pytest.raises(StaleLease), edge.conn.transaction():
        edge.complete(old, FetchOutcome.STORED)
    with pytest.raises(RunOver), edge.conn.transaction():
        runs.finish(edge.conn, edge.run, state="done")
    assert {held.token for held in edge.lease(run=newer)} == {newer.token}
    with pytest.raises(StaleLease), edge.conn.transaction():
        edge.complete(old, FetchOutcome.STORED)


def test_released_leases_cost_no_try(edge: Frontier) -> None:
    edge.discover(["a"])
    edge.lease()
    assert frontier.release(edge.conn, run=edge.run) == 1
    assert edge.row("a") == ("pending", "", 0, 0)


def test_a_slot_has_one_run(edge: Frontier) -> None:
    slot = edge.run.started_at
    first = runs.queue(edge.conn, outlet_id=edge.outlet_id, scheduled_at=slot)
    assert first is not None
    assert runs.queue(edge.conn, outlet_id=edge.outlet_id, scheduled_at=slot) is None
    assert not runs.record_missed(edge.conn, outlet_id=edge.outlet_id, scheduled_at=slot)
    assert runs.last_scheduled(edge.conn, edge.outlet_id) == slot
    assert runs.end(edge.conn, first, state="failed", detail="gone")
    assert not runs.end(edge.conn, first, state="done", detail="")


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("discover"), st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=4)),
        st.tuples(st.just("lease"), st.integers(1, 4)),
        st.tuples(st.just("complete"), st.sampled_from(list(FetchOutcome))),
        st.tuples(st.just("crash"), st.none()),
        st.tuples(st.just("wait"), st.none()),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_equation_holds_after_any_history(conn: Connection[Any], steps: list[tuple[str, Any]]) -> None:
    conn.rollback()
    edge, held, found = Frontier(conn), list[Lease](), set[str]()
    for step, value in steps:
        if step == "discover":
            edge.discover(value)
            found |= set(value)
        elif step == "lease":
            held += edge.lease(count=value)
        elif step == "complete" and held:
            edge.complete(held.pop(), value, recheck_hours=(1,))
        elif step == "crash":
            edge.run, held = make_run(conn, edge.outlet_id), []
            frontier.reclaim(conn, outlet_id=edge.outlet_id, run=edge.run)
        elif step == "wait":
            edge.make_due()
        sides = frontier.equation(conn, edge.outlet_id)
        assert sides["discovered"] == len(found)
        assert sides["discovered"] == sum(count for side, count in sides.items() if side != "discovered")
    conn.rollback()
