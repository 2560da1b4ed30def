"""Crawl jobs in procrastinate's tables (schema `queue`): what its own API does not do, or not in one transaction.

A job is run by one worker at a time. A worker that dies leaves its job `doing` for ever; a worker that freezes and
thaws believes it still has it. Job id, worker id and number of attempts together say whose a job is.
"""

from dataclasses import dataclass

import psycopg
from psycopg import Connection

from storage import runs

#: First half of the key of the advisory lock that a crawl holds on its outlet; the second is the outlet's id.
OUTLET_LOCK = 0x4855494C
#: How often a job is tried. A crawl that takes its worker's machine down with it must stop somewhere.
MAX_ATTEMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Whose a job is: another worker, or another try of the same worker, is somebody else."""

    job_id: int
    worker_id: int | None
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaped:
    """What became of a job whose worker died."""

    job_id: int
    run_id: int
    #: "" when the job is tried again, else why it is not.
    given_up: str


def use_queue(conn: Connection) -> None:
    """Let procrastinate's functions find their tables, until this transaction ends. Ours stay in reach."""
    conn.execute("set local search_path to queue, public")


def owns(conn: Connection, claim: Claim) -> bool:
    """Say whether a job is still this claim's."""
    row = conn.execute(
        """
        select 1 from queue.procrastinate_jobs
        where id = %s and status = 'doing' and worker_id = %s and attempts = %s
        """,
        [claim.job_id, claim.worker_id, claim.attempts],
    ).fetchone()
    return row is not None


def another_waits(conn: Connection, job_id: int) -> bool:
    """Say whether a later job of the same outlet is waiting: then this one cannot go back into the queue."""
    row = conn.execute(
        """
        select 1 from queue.procrastinate_jobs job join queue.procrastinate_jobs other using (queueing_lock)
        where job.id = %s and other.id <> job.id and other.status = 'todo'
        """,
        [job_id],
    ).fetchone()
    return row is not None


def queue_again(conn: Connection, run_id: int) -> int:
    """Add a run that asks for what an earlier one asked for; it belongs to no slot, because the slot had its run."""
    row = conn.execute(
        """
        insert into run (outlet_id, since, until, article_limit)
        select outlet_id, since, until, article_limit from run where id = %s returning id
        """,
        [run_id],
    ).fetchone()
    assert row is not None
    return int(row[0])


def reap(conn: Connection, *, stalled_s: float) -> list[Reaped]:
    """Put the jobs of dead workers back into the queue; any number of reapers may do this at once.

    Where a later job of the outlet waits already, the queue refuses the dead one (its queueing lock), which would hold
    the outlet's lock for ever: the run ends, and the later one goes on from the same frontier.
    """
    use_queue(conn)
    rows = conn.execute(
        """
        select job.id, (job.args ->> 'run_id')::bigint, job.attempts
        from procrastinate_jobs job left join procrastinate_workers worker on worker.id = job.worker_id
        where job.status = 'doing' and job.task_name = 'crawl'
            and (worker.id is null or worker.last_heartbeat < now() - make_interval(secs => %s))
        order by job.id for update of job skip locked
        """,
        [stalled_s],
    ).fetchall()
    return [_requeue(conn, job_id=row[0], run_id=row[1], attempts=row[2]) for row in rows]


def _requeue(conn: Connection, *, job_id: int, run_id: int, attempts: int) -> Reaped:
    if attempts + 1 >= MAX_ATTEMPTS:
        return _give_up(conn, job_id, run_id, "failed", f"its worker died, as in {attempts} tries before")
    try:
        with conn.transaction():
            conn.execute("select procrastinate_retry_job_v2(%s, now(), null, null, null)", [job_id])
    except psycopg.errors.UniqueViolation:
        return _give_up(conn, job_id, run_id, "interrupted", "its worker died; the outlet's next run goes on")
    return Reaped(job_id=job_id, run_id=run_id, given_up="")


def _give_up(conn: Connection, job_id: int, run_id: int, state: str, detail: str) -> Reaped:
    conn.execute("select procrastinate_finish_job_v1(%s, 'failed', false)", [job_id])
    runs.end(conn, run_id, state=state, detail=detail)
    return Reaped(job_id=job_id, run_id=run_id, given_up=detail)


def end_orphans(conn: Connection) -> list[int]:
    """Close runs whose job is over and which nobody will run or close any more; returns their ids."""
    rows = conn.execute(
        """
        update run set state = 'failed', detail = 'its job ended and left it open', finished_at = clock_timestamp()
        where state in ('queued', 'running')
            and exists (
                select 1 from queue.procrastinate_jobs
                where task_name = 'crawl' and args ->> 'run_id' = run.id::text)
            and not exists (
                select 1 from queue.procrastinate_jobs
                where task_name = 'crawl' and args ->> 'run_id' = run.id::text and status in ('todo', 'doing'))
        returning id
        """
    )
    return [row[0] for row in rows]


def cut_off(conn: Connection, *, run_id: int) -> int:
    """End the database session of the crawl that had this run before, if it lives on; returns how many were ended.

    A crawl on a machine that froze, or that lost the network, holds its outlet's lock until its connection is noticed
    to be dead: minutes. A later crawl that somebody started by hand is left alone.
    """
    row = conn.execute(
        """
        select count(pg_terminate_backend(pid, 5000)) from unnest(%(pids)s::integer[]) as pid
        where exists (
            select 1 from run where id = %(run)s and state = 'running' and not exists (
                select 1 from run later
                where later.outlet_id = run.outlet_id and later.state = 'running' and later.started_at > run.started_at
            )
        )
        """,
        {"pids": crawling(conn, run_id=run_id), "run": run_id},
    ).fetchone()
    assert row is not None
    return int(row[0])


def crawling(conn: Connection, *, run_id: int) -> list[int]:
    """Return the database sessions that crawl this run's outlet now, whoever started them: one, or none."""
    rows = conn.execute(
        """
        select lock.pid
        from run join pg_locks lock on lock.locktype = 'advisory' and lock.objsubid = 2 and lock.granted
            and lock.database = (select oid from pg_database where datname = current_database())
            and lock.classid = %(lock)s::bigint::oid and lock.objid = run.outlet_id::oid
        where run.id = %(run)s
        """,
        {"lock": OUTLET_LOCK, "run": run_id},
    )
    return [row[0] for row in rows]


def remove_ended(conn: Connection, *, older_than_s: float) -> int:
    """Remove jobs that ended long ago; their runs stay."""
    use_queue(conn)
    done = conn.execute(
        """
        delete from queue.procrastinate_jobs job
        where status in ('succeeded', 'failed', 'cancelled', 'aborted') and task_name = 'crawl' and (
            select max(at) from queue.procrastinate_events event where event.job_id = job.id
        ) < now() - make_interval(secs => %s)
        """,
        [older_than_s],
    )
    return done.rowcount
