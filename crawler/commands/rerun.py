"""`huiliu rerun` and `huiliu promote`."""

from datetime import date

from psycopg import Connection
from rich.progress import Progress
from rich.table import Table

from crawler.archive import connection
from crawler.commands.console import console, errors, progress
from crawler.config import source_digest, sources
from crawler.fitted import in_use
from crawler.reading_pool import reading_pool
from crawler.relate import relate_left
from crawler.rerun import Selection, Tally, rerun
from crawler.version import pipeline_version
from pipelines.model import Source
from storage import outlets, versions

#: Each change of a capture's reading, as the report heads it.
COUNTS = {
    "new": "new",
    "changed_text": "text differs",
    "changed_fields": "fields differ",
    "changed_marks": "marks differ",
    "same": "same",
    "lost": "lost",
    "none": "no article",
}


def rerun_now(
    names: list[str], *, since: date | None, until: date | None, failed: bool, workers: int, dry_run: bool
) -> int:
    """Work off what was left pending, then reread outlet after outlet; what is done when it is stopped stays done."""
    with connection() as conn:
        chosen = _choose(conn, names)
        if not chosen:
            console.print("The archive is empty: `huiliu demo` or `huiliu crawl SOURCE` fills it.")
            return 0
        pool = reading_pool(workers, in_use(conn))
        tallies: dict[str, Tally] = {}
        left: list[tuple[int, str]] = []
        finished = False
        try:
            with progress() as bar:
                if not dry_run:
                    left = _work_off(conn, bar)
                for source in chosen:
                    task = bar.add_task(source.name, total=None)
                    tallies[source.name] = rerun(
                        conn,
                        source,
                        selection=Selection(since=since, until=until, failed=failed),
                        pool=pool,
                        workers=workers,
                        dry_run=dry_run,
                        begin=lambda total, task=task: bar.update(task, total=total),  # type: ignore[misc]
                        advance=lambda done, task=task: bar.advance(task, done),  # type: ignore[misc]
                    )
            finished = True
        except KeyboardInterrupt:
            # The batch in hand is left to be rolled back: the connection may be in the middle of anything.
            errors.print("huiliu: stopped; what was stored is kept, and the same command goes on from there")
            return 1
        finally:
            pool.close(wait=finished)
    _report(tallies, dry_run=dry_run)
    unrelated = [*left, *(bug for tally in tallies.values() for bug in tally.unrelated)]
    for document_id, what in unrelated:
        errors.print(f"huiliu: document {document_id} stays without copies and citations: {what}", markup=False)
    return 1 if unrelated or any(tally.bugs for tally in tallies.values()) else 0


def _work_off(conn: Connection, bar: Progress) -> list[tuple[int, str]]:
    """Work out what follows from documents that were left pending, after an upgrade all that there are."""
    task = bar.add_task("copies, citations", total=None, visible=False)

    def begin(total: int) -> None:
        bar.update(task, total=total, visible=total > 0)
        if total:
            console.print(f"Working out copies and citations of {total} documents that were left pending.")

    return relate_left(conn, begin=begin, advance=lambda done: bar.advance(task, done))


def _choose(conn: Connection, names: list[str]) -> list[Source]:
    """Return the sources of the outlets asked for, of all that the archive holds when none is named."""
    known = sources()
    for name in names:
        outlets.outlet_id(conn, name)
    chosen = []
    for name in names or outlets.names(conn):
        if name in known:
            chosen.append(known[name])
        else:
            errors.print(f"huiliu: outlet {name} has no source file any more: its captures are left as they are")
    return chosen


def _report(tallies: dict[str, Tally], *, dry_run: bool) -> None:
    table = Table(title="What would change" if dry_run else "Read again", title_justify="left", box=None)
    for column in ("outlet", "captures", *COUNTS.values()):
        table.add_column(column, justify="left" if column == "outlet" else "right")
    for name, tally in tallies.items():
        table.add_row(name, str(tally.pending), *(str(tally.changes[change]) for change in COUNTS))
    console.print(table)
    for tally in tallies.values():
        for url, what in tally.examples[:5]:
            console.print(f"  {url}\n    {what}", markup=False)
        for url, what in tally.bugs:
            errors.print(f"huiliu: {url} stays unread: {what}", markup=False)
    read = sum(tally.pending for tally in tallies.values())
    if not read:
        console.print("Nothing to do: this version has read every capture asked for.")
    elif dry_run:
        console.print("Nothing was written. Without --dry-run the new version stands beside the old one.")
    else:
        console.print("Readers still see the promoted version: `huiliu promote` switches them over.")


def promote_now(names: list[str]) -> int:
    """Promote today's version of each outlet, if it has read every capture that the promoted one read.

    It need not be the newest: `huiliu model use 0` goes back to a version that has read everything already.
    """
    status = 0
    with connection() as conn:
        now = pipeline_version(in_use(conn))
        for name in names or outlets.names(conn):
            status = max(status, _promote(conn, name, now))
        conn.commit()
    return status


def _promote(conn: Connection, name: str, pipeline_now: str) -> int:
    outlet = outlets.outlet_id(conn, name)
    version = _version(conn, name, outlet, pipeline_now)
    if version is None:
        console.print(f"{name}: nothing has been read yet, nothing to promote")
        return 0
    if missing := versions.missing(conn, outlet_id=outlet, version_id=version):
        errors.print(
            f"huiliu: {name}: version {versions.name(conn, version)} has not read {missing} captures that readers see "
            f"now; finish it with `huiliu rerun --source {name}`, then promote"
        )
        return 1
    switched = versions.promote(conn, outlet_id=outlet, version_id=version)
    console.print(f"{name}: readers {'now' if switched else 'already'} see {versions.name(conn, version)}")
    return 0


def _version(conn: Connection, name: str, outlet: int, pipeline_now: str) -> int | None:
    """The version to promote: today's, or the newest where today's has read nothing yet."""
    source = sources().get(name)
    if source is not None:
        today = versions.reading(
            conn, outlet_id=outlet, pipeline_version=pipeline_now, source_digest=source_digest(source)
        )
        if today is not None:
            return today
    return versions.newest(conn, outlet)
