"""`huiliu serve` and `huiliu worker`."""

import asyncio
from functools import partial

from crawler.archive import open_archive
from crawler.commands.console import errors
from crawler.config import chosen_sources


def serve_now(only: tuple[str, ...] = ()) -> int:
    """Schedule and work until a signal comes; `only` names outlets and regions, nothing means all."""
    from crawler.service.serve import serve

    count = sum(bool(source.crawl.schedule) for source in chosen_sources(only).values())
    archive = open_archive()
    errors.print(
        f"Huiliu serves {count} outlets; Ctrl-C stops it, and what is under way is finished by the next start."
    )
    return asyncio.run(serve(archive.url, home=archive.home, registry=partial(chosen_sources, only)))


def work_now() -> int:
    """Work until a signal comes."""
    from crawler.service.serve import work

    archive = open_archive()
    errors.print("This worker takes crawls that some `huiliu serve` schedules; Ctrl-C stops it.")
    return asyncio.run(work(archive.url, home=archive.home))
