"""Table `frontier`: every URL ever discovered and what became of it (promise P2).

A URL is pending, leased (which counts as pending), done, refused with a reason, or gone. A lease carries the fencing
token of its run: once another run has taken the URL, the old holder can write nothing for it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from psycopg import Connection

from pipelines.model import FetchOutcome, Link, Role
from pipelines.urls import url_digest
from storage import runs
from storage.articles import key_digest
from storage.errors import StaleLease
from storage.runs import Run

#: Seconds until the next try of a fetch that failed, by attempts made; after the last the URL is refused.
BACKOFF_S = (2, 8, 900, 7200)

_STORED = {FetchOutcome.STORED, FetchOutcome.UNCHANGED, FetchOutcome.RETURNED}
#: Outcomes after which a URL is tried again, as long as it has tries left.
WILL_RETRY = {
    FetchOutcome.BLOCKED,
    FetchOutcome.FAILED_TIMEOUT,
    FetchOutcome.FAILED_DNS,
    FetchOutcome.FAILED_CONNECTION,
    FetchOutcome.FAILED_HTTP,
    FetchOutcome.FAILED_BODY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A URL that this run may fetch until the lease expires."""

    id: int
    url: str
    role: Role
    depth: int
    token: int
    #: Tries since the last success, this one included.
    attempts: int
    #: Fetches that succeeded before this one.
    checks: int
    etag: str | None
    last_modified: str | None


def seed(conn: Connection, *, outlet_id: int, links: Sequence[Link], run: Run) -> int:
    """Put a run's seeds on the frontier; one that an earlier run closed is pending again. Returns how many are due."""
    return _insert(conn, outlet_id=outlet_id, links=links, depth=0, run=run, reopen=tuple(Role))


def discover(
    conn: Connection,
    *,
    outlet_id: int,
    run: Run,
    links: Sequence[Link],
    depth: int,
    max_depth: int,
    allowed: Callable[[str], bool],
) -> int:
    """Put what a page links to on the frontier; returns how many URLs became pending.

    Articles are added once, and tried again where they were given up for a failure that may have passed; lists and
    feeds, and the parts of an article that was just stored, are fetched again once a run. Lists deeper than `max_depth`
    are left alone: their links were never promised. A link to a host that is not the source's becomes a refused row, so
    that it is counted and seen.
    """
    near = [link for link in links if link.role not in (Role.LIST, Role.FEED) or depth < max_depth]
    own = [link for link in near if allowed(link.url)]
    foreign = [link.url for link in near if not allowed(link.url)]
    if foreign:
        conn.cursor().executemany(
            """
            insert into frontier (outlet_id, url_digest, url, role, state, reason, depth, finished_at)
            values (%s, %s, %s, 'article', 'refused', 'refused_offsite', %s, now())
            on conflict (outlet_id, url_digest) do nothing
            """,
            [(outlet_id, url_digest(url), url, depth + 1) for url in foreign],
        )
    reopen = (Role.LIST, Role.FEED, Role.PART)
    return _insert(conn, outlet_id=outlet_id, links=own, depth=depth + 1, run=run, reopen=reopen)


def _insert(
    conn: Connection, *, outlet_id: int, links: Sequence[Link], depth: int, run: Run, reopen: tuple[Role, ...]
) -> int:
    """Insert links in the order of their digests, so that two writers never wait for each other in a circle.

    An article that was fetched, or will be, under another address is left alone; one that its site says is gone is
    looked for again where a list still names it a day later.
    """
    rows = sorted({url_digest(link.url): link for link in links}.items())
    with conn.cursor() as cur:
        cur.executemany(
            """
            insert into frontier as known (outlet_id, url_digest, url, role, depth, key_digest)
            select %(outlet)s, %(digest)s, %(url)s, %(role)s, %(depth)s, %(key)s
            where %(key)s::bytea is null or not exists (
                select from frontier twin where twin.outlet_id = %(outlet)s and twin.key_digest = %(key)s
                    and twin.url_digest <> %(digest)s and twin.state in ('pending', 'leased', 'done'))
            on conflict (outlet_id, url_digest) do update
                set state = 'pending', reason = '', due_at = now(), attempts = 0, role = excluded.role,
                    key_digest = coalesce(known.key_digest, excluded.key_digest)
                where known.finished_at < %(started)s
                    and ((%(reopen)s and known.state in ('done', 'gone', 'refused'))
                        or (known.state = 'refused' and known.reason = any(%(passing)s))
                        or (known.state = 'gone' and known.finished_at < %(started)s - interval '1 day'))
            """,
            [
                {
                    "outlet": outlet_id,
                    "digest": digest,
                    "url": link.url,
                    "role": link.role,
                    "depth": depth,
                    "key": key_digest(link.key) if link.key else None,
                    "reopen": link.role in reopen,
                    "passing": [outcome.value for outcome in WILL_RETRY],
                    "started": run.started_at,
                }
                for digest, link in rows
            ],
        )
        return max(cur.rowcount, 0)


def requeue_due(conn: Connection, *, outlet_id: int) -> int:
    """Make pending again what was fetched and whose next look has come due."""
    done = conn.execute(
        """
        update frontier set state = 'pending', attempts = 0
        where outlet_id = %s and state = 'done' and due_at <= now()
        """,
        [outlet_id],
    )
    return done.rowcount


def reclaim(conn: Connection, *, outlet_id: int, run: Run) -> int:
    """Take back the leases of runs that died, and close those runs. The caller holds the outlet's lock, so no other run
    is alive.

    Each such fetch ends in the outcome `lost` (promise P8). It is no try of the URL: what ended the process says
    nothing about the page, and a crawl holds many leases that it never came to ask for.
    """
    runs.end_dead(conn, run)
    done = conn.execute(
        """
        with lost as (
            update frontier set state = 'pending', lease_token = null, lease_expires_at = null, due_at = now(),
                attempts = greatest(attempts - 1, 0)
            where outlet_id = %(outlet)s and state = 'leased' and lease_token <> %(token)s
            returning id, lease_run_id, outlet_id, url_digest, url, role
        )
        insert into fetch_attempt (run_id, frontier_id, outlet_id, url_digest, url, role, fetched_at, outcome, detail)
        select lease_run_id, id, outlet_id, url_digest, url, role, now(), 'lost', 'its process ended first' from lost
        """,
        {"outlet": outlet_id, "token": run.token},
    )
    return done.rowcount


def lease(
    conn: Connection, *, outlet_id: int, run: Run, count: int, expiry_s: float, articles_left: int | None
) -> list[Lease]:
    """Lease up to `count` due URLs: seeds and lists first, then parts, then articles in the order of discovery."""
    rows = conn.execute(
        """
        with chosen as (
            select id, row_number() over (partition by role = 'article' order by depth, id) as place, role
            from (
                select id, role, depth from frontier
                where outlet_id = %(outlet)s and state = 'pending' and due_at <= clock_timestamp()
                order by role = 'article', depth, id limit %(count)s for update skip locked
            ) as due
        )
        update frontier set state = 'leased', lease_token = %(token)s, lease_run_id = %(run)s,
            lease_expires_at = clock_timestamp() + make_interval(secs => %(expiry)s), attempts = attempts + 1
        from chosen
        where frontier.id = chosen.id
            and (chosen.role <> 'article' or %(left)s::integer is null or chosen.place <= %(left)s)
        returning frontier.id, url, frontier.role, depth, attempts, checks, etag, last_modified
        """,
        {
            "outlet": outlet_id,
            "token": run.token,
            "run": run.id,
            "expiry": expiry_s,
            "count": count,
            "left": articles_left,
        },
    ).fetchall()
    keys = ("id", "url", "role", "depth", "attempts", "checks", "etag", "last_modified")
    leases = [Lease(token=run.token, **(dict(zip(keys, row, strict=True)) | {"role": Role(row[2])})) for row in rows]
    return sorted(leases, key=lambda one: (one.role == Role.ARTICLE, one.depth, one.id))


def next_due_in_s(conn: Connection, *, outlet_id: int, articles: bool = True) -> float | None:
    """Return in how many seconds the earliest pending URL is due (0 or less: now); None when nothing is pending."""
    row = conn.execute(
        """
        select extract(epoch from min(due_at) - clock_timestamp()) from frontier
        where outlet_id = %s and state = 'pending' and (%s or role <> 'article')
        """,
        [outlet_id, articles],
    ).fetchone()
    return None if row is None or row[0] is None else float(row[0])


def complete(
    conn: Connection,
    held: Lease,
    *,
    outcome: FetchOutcome,
    recheck_hours: Sequence[int] = (),
    etag: str | None = None,
    last_modified: str | None = None,
    key: str = "",
) -> None:
    """Close a leased URL by the outcome of its fetch; StaleLease when the lease is no longer ours.

    `key` is the article's that was found there, "" where none was: redirects may have led to another than was expected.
    """
    state, reason, wait_s = _next_state(held, outcome, recheck_hours)
    done = conn.execute(
        """
        update frontier set state = %(state)s, reason = %(reason)s, lease_token = null, lease_expires_at = null,
            due_at = case when %(wait)s::float is null then 'infinity'
                          else clock_timestamp() + make_interval(secs => %(wait)s) end,
            attempts = case when %(state)s = 'pending' then attempts else 0 end,
            checks = checks + %(stored)s::integer, finished_at = clock_timestamp(),
            key_digest = coalesce(%(key)s, key_digest),
            etag = case when %(stored)s then coalesce(%(etag)s, etag) else etag end,
            last_modified = case when %(stored)s then coalesce(%(modified)s, last_modified) else last_modified end
        where id = %(id)s and state = 'leased' and lease_token = %(token)s
        """,
        {
            "id": held.id,
            "token": held.token,
            "state": state,
            "reason": reason,
            "wait": wait_s,
            "stored": outcome in _STORED,
            "etag": etag,
            "modified": last_modified,
            "key": key_digest(key) if key else None,
        },
    )
    if not done.rowcount:
        raise StaleLease(f"the lease of {held.url} was taken over by a later run")


def postpone(conn: Connection, held: Lease, *, wait_s: float) -> None:
    """Give a leased URL back without a try counted: its host may not be asked now (robots.txt unreachable)."""
    done = conn.execute(
        """
        update frontier set state = 'pending', lease_token = null, lease_expires_at = null, attempts = attempts - 1,
            due_at = clock_timestamp() + make_interval(secs => %s)
        where id = %s and state = 'leased' and lease_token = %s
        """,
        [wait_s, held.id, held.token],
    )
    if not done.rowcount:
        raise StaleLease(f"the lease of {held.url} was taken over by a later run")


def _next_state(held: Lease, outcome: FetchOutcome, recheck_hours: Sequence[int]) -> tuple[str, str, float | None]:
    """Return (state, reason, seconds until due or None for never)."""
    if outcome in _STORED:
        again = held.role == Role.ARTICLE and held.checks < len(recheck_hours)
        return "done", "", recheck_hours[held.checks] * 3600 if again else None
    if outcome == FetchOutcome.GONE:
        return "gone", "", None
    if outcome in WILL_RETRY and tries_left(held):
        return "pending", "", BACKOFF_S[held.attempts - 1]
    return "refused", outcome.value, None


def tries_left(held: Lease) -> bool:
    """Say whether a URL is tried again after a failure."""
    return held.attempts <= len(BACKOFF_S)


def release(conn: Connection, *, run: Run) -> int:
    """Give back every lease of a run that ends before it could fetch them."""
    done = conn.execute(
        """
        update frontier set state = 'pending', lease_token = null, lease_expires_at = null, attempts = attempts - 1
        where outlet_id = %s and state = 'leased' and lease_token = %s
        """,
        [run.outlet_id, run.token],
    )
    return done.rowcount


def equation(conn: Connection, outlet_id: int | None = None) -> dict[str, int]:
    """Return the two sides of P2: discovered = done + refused + gone + pending (leased counts as pending)."""
    row = conn.execute(
        """
        select count(*), count(*) filter (where state = 'done'), count(*) filter (where state = 'refused'),
            count(*) filter (where state = 'gone'), count(*) filter (where state in ('pending', 'leased'))
        from frontier where %(outlet)s::integer is null or outlet_id = %(outlet)s
        """,
        {"outlet": outlet_id},
    ).fetchone()
    assert row is not None
    return dict(zip(("discovered", "done", "refused", "gone", "pending"), map(int, row), strict=True))


def pending_of_run(conn: Connection, run_id: int) -> int:
    """Return how many URLs of a run's outlet are due or under way."""
    row = conn.execute(
        """
        select count(*) from frontier join run on run.outlet_id = frontier.outlet_id
        where run.id = %s and (frontier.state = 'leased' or (frontier.state = 'pending' and frontier.due_at <= now()))
        """,
        [run_id],
    ).fetchone()
    return int(row[0]) if row else 0
