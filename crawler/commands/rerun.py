"""`huiliu rerun` and `huiliu promote`."""

from datetime import date

from psycopg import Connection
from rich.table import Table

from crawler.archive import connection
from crawler.commands.console import console, errors, progress
from crawler.config import sources
from crawler.reading_pool import reading_pool
from crawler.rerun import Selection, Tally, rerun
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
    """Reread outlet after outlet; what is done when it is stopped stays done."""
    with connection() as conn:
        chosen = _choose(conn, names)
        if not chosen:
            console.print("The archive is empty: `huiliu demo` or `huiliu crawl SOURCE` fills it.")
            return 0
        pool = reading_pool(workers)
        tallies: dict[str, Tally] = {}
        finished = False
        try:
            with progress() as bar:
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
    return 1 if any(tally.bugs for tally in tallies.values()) else 0


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
    """Promote the newest version of each outlet that has read every capture that the promoted one read."""
    status = 0
    with connection() as conn:
        for name in names or outlets.names(conn):
            status = max(status, _promote(conn, name))
        conn.commit()
    return status


def _promote(conn: Connection, name: str) -> int:
    outlet = outlets.outlet_id(conn, name)
    newest = versions.newest(conn, outlet)
    if newest is None:
        console.print(f"{name}: nothing has been read yet, nothing to promote")
        return 0
    if missing := versions.missing(conn, outlet_id=outlet, version_id=newest):
        errors.print(
            f"huiliu: {name}: version {versions.name(conn, newest)} has not read {missing} captures that readers see "
            f"now; finish it with `huiliu rerun --source {name}`, then promote"
        )
        return 1
    switched = versions.promote(conn, outlet_id=outlet, version_id=newest)
    console.print(f"{name}: readers {'now' if switched else 'already'} see {versions.name(conn, newest)}")
    return 0
