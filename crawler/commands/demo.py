"""`huiliu demo`: the whole of Huiliu on a news site of our own, over real HTTP on loopback."""

import asyncio
import os
import time
from pathlib import Path

import psycopg

from crawler.archive import Archive, open_archive
from crawler.commands.console import console
from crawler.commands.crawl import Crawled, complain, crawl_all
from crawler.commands.report import print_before_after, print_fetches, print_next, print_queries
from crawler.config import load_source
from pipelines.model import Source
from storage.database import connect, redact


def run_demo() -> int:
    """Crawl the demo outlets, see their silent edits on a second crawl, and show the archive."""
    began = time.monotonic()
    archive = open_archive()
    where = "embedded Postgres" if archive.is_embedded else "DATABASE_URL"
    console.print(f"[bold]Huiliu 汇流[/]  {where} at {redact(archive.url)}")
    chosen = demo_sources()
    with connect(archive.url) as conn:
        before = _size(conn)
        seen = _was_crawled(conn, chosen)
    crawls = asyncio.run(_crawl(archive, chosen, seen_before=seen))
    with connect(archive.url) as conn:
        after = _size(conn)
        print_fetches(conn, [one.run_id for one in crawls])
        print_before_after(conn)
        print_queries(conn)
    added = {name: after[name] - before[name] for name in after}
    if not any(added.values()):
        console.print(
            f"\n[green]Nothing was added twice[/]: the archive holds {after['captures']} captures and "
            f"{after['documents']} documents, as before this run."
        )
    else:
        console.print(
            f"\n[green]Added[/] {added['captures']} captures, {added['articles']} articles, {added['documents']} "
            f"documents in {time.monotonic() - began:.0f} s. Run it again: nothing is stored twice."
        )
    print_next()
    return complain(crawls)


def demo_sources() -> list[Source]:
    """Return the demo outlets, the content farm last: what it copies is there by then."""
    import demo

    found = [load_source(path) for path in sorted((Path(demo.__file__).parent / "sources").glob("*.toml"))]
    return sorted(found, key=lambda source: source.family == "dede")


async def _crawl(archive: Archive, chosen: list[Source], *, seen_before: bool) -> list[Crawled]:
    """Crawl the site as it is; the first time, once more after its outlets have edited and added articles."""
    from demo.server import serve

    async with serve(stage=2 if seen_before else 1) as site:
        os.environ["HUILIU_HOST_MAP"] = site.host_map
        console.print(f"{len(chosen)} outlets are served on 127.0.0.1:{site.port}; crawling them with Scrapy …")
        crawls = await crawl_all(archive, chosen)
        if not seen_before:
            site.stage = 2
            console.print("The outlets edited some articles without a word and added others; crawling once more …")
            crawls += await crawl_all(archive, chosen)
    return crawls


def _was_crawled(conn: psycopg.Connection, chosen: list[Source]) -> bool:
    row = conn.execute(
        "select count(*) from archive.run where state = 'done' and outlet = any(%s)", [[one.name for one in chosen]]
    ).fetchone()
    return row is not None and row[0] > len(chosen)


def _size(conn: psycopg.Connection) -> dict[str, int]:
    row = conn.execute(
        "select (select count(*) from capture), (select count(*) from article), (select count(*) from document)"
    ).fetchone()
    assert row is not None
    return dict(zip(("captures", "articles", "documents"), row, strict=True))
