"""An archive of captures that nobody has read: article pages of some demo outlets, stored as a crawl stores them."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit

import psycopg

from crawler.commands.demo import demo_sources
from demo.site import respond, truth
from pipelines.model import Capture, Role, Source
from storage import outlets, runs
from storage.crawls import Fetch, store_fetch
from storage.database import connect

NOON = datetime(2026, 3, 10, 4, tzinfo=UTC)
OUTLETS = ("binhai", "dongshan", "huaxia", "lanjiang")


#: What becomes of a page's bytes on the way into the archive, by its URL.
Edit = Callable[[str, bytes], bytes]


def fill(database: str, names: Sequence[str] = OUTLETS, edit: Edit = lambda url, body: body) -> None:
    """Store the article pages of some demo outlets as a crawl would, unread."""
    with connect(database) as conn:
        for source in demo_sources():
            if source.name in names:
                _fill_outlet(conn, source, edit)


def _fill_outlet(conn: psycopg.Connection, source: Source, edit: Edit) -> None:
    outlet_id = outlets.register(conn, source)
    run_id = runs.queue(conn, outlet_id=outlet_id)
    assert run_id is not None
    run = runs.start(conn, run_id)
    for url in sorted(url for url, fact in truth(1).items() if fact.outlet == source.name):
        parts = urlsplit(url)
        response = respond(parts.netloc, parts.path, 1)
        if response.status == 200:
            capture = _capture(source, url, edit(url, response.body), response.content_type)
            fetch = Fetch(
                run=run, lease=None, url=url, role=Role.ARTICLE, fetched_at=NOON, outcome=None, capture=capture
            )
            store_fetch(conn, fetch)
    runs.finish(conn, run, state="done")


def _capture(source: Source, url: str, body: bytes, content_type: str) -> Capture:
    return Capture(
        outlet=source.name,
        url=url,
        final_url=url,
        fetched_at=NOON,
        status=200,
        headers=(("Content-Type", content_type),),
        body=body,
        digest=hashlib.sha256(body).digest(),
        role=Role.ARTICLE,
    )
