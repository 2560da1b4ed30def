"""The one transaction of a fetch: capture, payload, outcome, discovered URLs, frontier row (design, section 4)."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from pipelines.model import Capture, FetchOutcome, Link, Role
from pipelines.urls import host_allowed
from storage import captures, fetches, frontier, parts
from storage.frontier import Lease
from storage.runs import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """All that one fetch brought home."""

    run: Run
    #: None for what is not on the frontier (robots.txt).
    lease: Lease | None
    url: str
    role: Role
    #: Aware, UTC: when the answer, or its failure, was there.
    fetched_at: datetime
    #: None: `capture` is to be stored, and what the archive holds already decides between stored, unchanged, returned.
    outcome: FetchOutcome | None
    status: int | None = None
    capture: Capture | None = None
    #: What makes an article's captures one (`pipelines.identity`); "" for all else.
    key: str = ""
    links: tuple[Link, ...] = ()
    duration_ms: int | None = None
    detail: str = ""
    #: Of the outlet's source: where links may lead, how deep lists go, when an article is looked at again.
    hosts: tuple[str, ...] = ()
    max_depth: int = 0
    recheck_hours: tuple[int, ...] = ()
    #: Seconds to wait before the URL is asked for again without a try counted; None is the ordinary end.
    postpone_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What became of a fetch."""

    outcome: FetchOutcome
    capture_id: int | None
    #: Article captures that can be read now: this one, or the one whose last part this was.
    readable: tuple[int, ...]


def store_fetch(conn: Connection, fetch: Fetch) -> Stored:
    """Write a fetch whole, inside the caller's transaction; StaleLease, and nothing, when the URL is another's now."""
    with conn.transaction():
        if fetch.lease is not None:
            _close_lease(conn, fetch, fetch.lease)
        outcome, capture_id = _keep(conn, fetch)
        if fetch.lease is not None and outcome in (FetchOutcome.STORED, FetchOutcome.UNCHANGED, FetchOutcome.RETURNED):
            _discover(conn, fetch, depth=fetch.lease.depth)
        readable = _settle(conn, fetch, outcome, capture_id)
        fetches.record(
            conn,
            run_id=fetch.run.id,
            outlet_id=fetch.run.outlet_id,
            frontier_id=fetch.lease.id if fetch.lease else None,
            url=fetch.url,
            role=fetch.role,
            fetched_at=fetch.fetched_at,
            outcome=outcome,
            status=fetch.status,
            capture_id=capture_id,
            duration_ms=fetch.duration_ms,
            detail=fetch.detail,
        )
        return Stored(outcome=outcome, capture_id=capture_id, readable=readable)


def _close_lease(conn: Connection, fetch: Fetch, lease: Lease) -> None:
    if fetch.postpone_s is not None:
        return frontier.postpone(conn, lease, wait_s=fetch.postpone_s)
    headers = fetch.capture
    return frontier.complete(
        conn,
        lease,
        outcome=fetch.outcome or FetchOutcome.STORED,
        recheck_hours=fetch.recheck_hours,
        etag=headers.header("ETag") or None if headers else None,
        last_modified=headers.header("Last-Modified") or None if headers else None,
        key=fetch.key,
    )


def _keep(conn: Connection, fetch: Fetch) -> tuple[FetchOutcome, int | None]:
    """Store the capture, if there is one; a 304 points at the capture that it confirms."""
    outlet_id = fetch.run.outlet_id
    if fetch.capture is not None:
        capture_id, found = captures.insert(conn, outlet_id=outlet_id, capture=fetch.capture)
        return fetch.outcome or found, capture_id
    assert fetch.outcome is not None, "a fetch without a capture brings its outcome along"
    if fetch.outcome == FetchOutcome.UNCHANGED:
        return fetch.outcome, captures.latest_id(conn, outlet_id=outlet_id, url=fetch.url)
    return fetch.outcome, None


def _discover(conn: Connection, fetch: Fetch, *, depth: int) -> None:
    if fetch.links:
        frontier.discover(
            conn,
            outlet_id=fetch.run.outlet_id,
            run=fetch.run,
            links=fetch.links,
            depth=depth,
            max_depth=fetch.max_depth,
            allowed=lambda url: host_allowed(url, fetch.hosts),
        )


def _settle(conn: Connection, fetch: Fetch, outcome: FetchOutcome, capture_id: int | None) -> tuple[int, ...]:
    """Work out which article captures can be read now: those that waited for this URL, and this one itself."""
    readable: list[int] = []
    if outcome not in frontier.WILL_RETRY or fetch.lease is None or not frontier.tries_left(fetch.lease):
        readable += parts.settle(conn, outlet_id=fetch.run.outlet_id, url=fetch.url, capture_id=capture_id)
    if fetch.role == Role.ARTICLE and outcome == FetchOutcome.STORED and capture_id is not None:
        expected = [link for link in fetch.links if link.role == Role.PART and host_allowed(link.url, fetch.hosts)]
        parts.expect(conn, outlet_id=fetch.run.outlet_id, article_capture_id=capture_id, links=expected)
        parts.settle_known(conn, article_capture_id=capture_id)
        if parts.is_complete(conn, capture_id):
            readable.append(capture_id)
    return tuple(readable)
