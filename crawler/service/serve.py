"""The service: a scheduler that enqueues, a worker that crawls, a reaper; in one process, or the worker alone."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MAX_INSTANCES, JobEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from crawler.config import ConfigError, sources
from crawler.crawl import GRACE_S, scrapy_command
from crawler.service.enqueue import Timetable
from crawler.service.intervals import INTERVALS, Intervals
from crawler.service.jobs import Command, Crawls
from crawler.service.leader import Leadership
from crawler.service.log import open_log, show_warnings
from crawler.service.reaper import Reaper
from crawler.service.worker import work_forever
from pipelines.model import Source
from storage.database import connect
from storage.migrate import check_schema

#: Crawls mostly wait: for their source's delay, and a hung one for its deadline. A crawl takes about 150 MB.
CONCURRENCY = 8

#: A stop takes as long as its slowest crawl, and a little for telling the database.
STOP_LIMIT_S = GRACE_S + 4

Registry = Callable[[], Mapping[str, Source]]


async def serve(
    url: str,
    *,
    home: Path,
    worker: bool = True,
    scheduler: bool = True,
    concurrency: int = CONCURRENCY,
    intervals: Intervals = INTERVALS,
    command: Command = scrapy_command,
    registry: Registry = sources,
) -> int:
    """Schedule and crawl until SIGTERM or SIGINT; returns the exit status.

    Any number of these may run on one database: one leads and schedules, all of them crawl.
    """
    show_warnings()
    await asyncio.to_thread(_check, url)
    parts: list[Coroutine[Any, Any, None]] = []
    if scheduler:
        parts.append(_schedule(url, registry, intervals))
    if worker:
        log = home / "log"
        parts.append(Reaper(url=url, log=log, intervals=intervals).run())
        crawls = Crawls(url=url, log=log, command=command)
        parts.append(work_forever(crawls, concurrency=concurrency, intervals=intervals))
    return await _run_until_signal(parts)


async def work(url: str, *, home: Path, concurrency: int = CONCURRENCY, intervals: Intervals = INTERVALS) -> int:
    """Crawl what some other process schedules, until SIGTERM or SIGINT."""
    return await serve(url, home=home, scheduler=False, concurrency=concurrency, intervals=intervals)


def _check(url: str) -> None:
    with connect(url) as conn:
        check_schema(conn)


async def _run_until_signal(parts: list[Coroutine[Any, Any, None]]) -> int:
    """Run the parts side by side; 0 after a signal, and whatever ended a part raised again."""
    log = open_log()
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    stopping = asyncio.create_task(stop.wait())
    tasks = [asyncio.create_task(part) for part in parts]
    log.info("serving")
    try:
        await asyncio.wait([stopping, *tasks], return_when=asyncio.FIRST_COMPLETED)
        log.info("stopping")
    finally:
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(name)  # a second signal ends the process at once
        stopping.cancel()
        await _end(tasks)
    for task in tasks:
        if not task.cancelled() and (error := task.exception()):
            raise error
    log.info("stopped")
    return 0


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    """Cancel all; those that wait for a database that is away are not waited for long."""
    for _ in range(2):
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=STOP_LIMIT_S)


async def _schedule(url: str, registry: Registry, intervals: Intervals) -> None:
    """Keep time. APScheduler only counts seconds: what is due follows from the sources and the ledger."""
    timetable = Timetable()
    timetable.replace((await asyncio.to_thread(registry)).values())
    leadership = Leadership(url)
    clock = AsyncIOScheduler(
        timezone="UTC", job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    )
    clock.add_listener(_complain, EVENT_JOB_ERROR | EVENT_JOB_MAX_INSTANCES)
    clock.add_job(partial(leadership.perform, timetable.tick), "interval", seconds=intervals.tick_s, id="tick")
    clock.add_job(partial(_reload, timetable, registry), "interval", seconds=intervals.reload_s, id="reload")
    clock.start()
    try:
        await leadership.run()
    finally:
        clock.shutdown(wait=False)


async def _reload(timetable: Timetable, registry: Registry) -> None:
    """Read the source files again; a file that is being edited keeps the old ones in force."""
    try:
        timetable.replace((await asyncio.to_thread(registry)).values())
    except ConfigError as error:
        open_log().error("sources_not_read", why=str(error))


def _complain(event: JobEvent) -> None:
    """APScheduler keeps its troubles to itself otherwise."""
    if event.code == EVENT_JOB_ERROR:
        open_log().error("timer_failed", job=event.job_id, why=repr(event.exception))
    else:
        open_log().warning("timer_skipped", job=event.job_id, why="the one before is still at work")
