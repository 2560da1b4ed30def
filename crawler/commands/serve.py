"""`huiliu serve` and `huiliu worker`."""

import asyncio

from crawler.archive import open_archive
from crawler.commands.console import errors


def serve_now() -> int:
    """Schedule and work until a signal comes."""
    from crawler.service.serve import serve

    archive = open_archive()
    errors.print("Huiliu serves; Ctrl-C stops it, and what is under way is finished by the next start.")
    return asyncio.run(serve(archive.url, home=archive.home))


def work_now() -> int:
    """Work until a signal comes."""
    from crawler.service.serve import work

    archive = open_archive()
    errors.print("This worker takes crawls that some `huiliu serve` schedules; Ctrl-C stops it.")
    return asyncio.run(work(archive.url, home=archive.home))
