"""`huiliu crawl`: crawl outlets now, with a progress bar, each in a process of its own."""

import asyncio
from dataclasses import dataclass
from datetime import date

import psycopg
from rich.progress import Progress, TaskID

from crawler.archive import Archive, open_archive
from crawler.commands.console import console, errors, progress
from crawler.config import find_source
from crawler.crawl import Ended, queue_run, run_crawl
from pipelines.model import Source
from storage import frontier, runs
from storage.database import connect

#: Outlets crawled at a time: a slow one delays no other, and this machine still has a core for reading.
AT_ONCE = 3
#: Seconds between two looks at a crawl's counts.
LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawled:
    """One crawl that ended, and the outcomes of its fetches."""

    source: Source
    run_id: int
    ended: Ended
    counts: dict[str, int]


def crawl_now(names: list[str], *, since: date | None, until: date | None, limit: int | None) -> int:
    """Crawl the outlets named; status 1 when one of the crawls did not end well."""
    chosen = [find_source(name) for name in dict.fromkeys(names)]
    archive = open_archive()
    try:
        crawled = asyncio.run(crawl_all(archive, chosen, since=since, until=until, limit=limit))
    except KeyboardInterrupt:
        errors.print("huiliu: stopped; what was fetched is kept, and the next crawl goes on from there")
        return 1
    for one in crawled:
        console.print(f"{one.source.name}: {summary(one.counts)}", markup=False)
    return complain(crawled)


def complain(crawled: list[Crawled]) -> int:
    """Say in a line which crawl did not end well, and why; returns the exit status."""
    failed = [one for one in crawled if one.ended.state != "done"]
    for one in failed:
        text = f"huiliu: {one.source.name}: {one.ended.state}: {_reason(one.ended)}"
        errors.print(text, markup=False)
    return 1 if failed else 0


def _reason(ended: Ended) -> str:
    """Return the ledger's detail; of one that quotes a log, the last complaint in it and where to read on."""
    lines = ended.detail.splitlines() or [""]
    if len(lines) == 1:
        return lines[0]
    complaints = [line.partition("ERROR: ")[2] for line in lines if "ERROR: " in line]
    return f"{(complaints or lines)[-1]}; its log is {ended.log}"


async def crawl_all(
    archive: Archive,
    chosen: list[Source],
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> list[Crawled]:
    """Run a crawl an outlet, a few at a time, and show how far each has come."""
    with connect(archive.url, autocommit=True) as conn, progress() as bar:
        run_ids = [queue_run(conn, one, since=since, until=until, article_limit=limit) for one in chosen]
        tasks = {run_id: bar.add_task(one.name, total=None) for one, run_id in zip(chosen, run_ids, strict=True)}
        watch = asyncio.create_task(_watch(conn, bar, tasks))
        gate = asyncio.Semaphore(AT_ONCE)
        try:
            crawls = [_one(archive, one, run_id, gate) for one, run_id in zip(chosen, run_ids, strict=True)]
            ended = await asyncio.gather(*crawls)
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
            for run_id in run_ids:
                # Those that waited for their turn when we were stopped; all others are closed.
                runs.end(conn, run_id, state="interrupted", detail="stopped before it began")
        return [
            Crawled(source=source, run_id=run_id, ended=end, counts=runs.counts(conn, run_id))
            for source, run_id, end in zip(chosen, run_ids, ended, strict=True)
        ]


async def _one(archive: Archive, source: Source, run_id: int, gate: asyncio.Semaphore) -> Ended:
    async with gate:
        return await run_crawl(run_id, source, url=archive.url, log=archive.home / "log")


async def _watch(conn: psycopg.Connection, bar: Progress, tasks: dict[int, TaskID]) -> None:
    """Draw, for each run, the fetches made against those that the frontier still promises."""
    while True:
        for run_id, task in tasks.items():
            done = sum(runs.counts(conn, run_id).values())
            bar.update(task, completed=done, total=(done + frontier.pending_of_run(conn, run_id)) or None)
        await asyncio.sleep(LOOK_EVERY_S)


def summary(counts: dict[str, int]) -> str:
    """Say a crawl's outcomes in one line, the good ones first."""
    order = ("stored", "unchanged", "returned", "gone")
    names = [*order, *sorted(set(counts) - set(order))]
    parts = [f"{counts[name]} {name.replace('_', ' ')}" for name in names if counts.get(name)]
    return ", ".join(parts) or "nothing was due"
