"""Reading the archive from the terminal: `search`, `sql`, `status`."""

import os
import signal
import subprocess
from datetime import date, datetime
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table

from crawler.archive import connection, open_archive
from crawler.commands.console import console, errors
from storage.binaries import clean_environment, find_binary

#: Outlets print their times in this zone, and so do we.
ZONE = ZoneInfo("Asia/Shanghai")

#: Columns of a terminal that has room for every count.
WIDE = 100
COUNTS = ("24h", "failed", "pending", "refused", "gone", "unread")
SETTLED = ("refused", "gone")


def search_archive(text: str, *, since: date | None, until: date | None, outlet: str | None, limit: int) -> int:
    """Print the newest articles that hold a phrase."""
    from storage.outlets import outlet_id
    from storage.search import search

    if not text.strip():
        errors.print("huiliu: search needs at least one character")
        return 2
    with connection() as conn:
        if outlet is not None:
            outlet_id(conn, outlet)
        hits = search(conn, text, since=since, until=until, outlet=outlet, limit=limit)
    for hit in hits:
        console.print(
            f"[bold]{_safe(hit.title)}[/]  [dim]{hit.outlet} · {when(hit.published_at)} · {hit.article_id}[/]"
        )
        console.print(f"  {hit.excerpt}", markup=False)
        console.print(f"  {hit.url}", markup=False, style="dim")
    if not hits:
        console.print(f"No article holds “{_safe(text)}”. Width, script and case do not matter; spaces do.")
    elif len(hits) == limit:
        console.print(f"The newest {limit}; --limit shows more.")
    return 0


def open_psql(query: str | None) -> int:
    """Run psql on the archive; its exit status is ours."""
    archive = open_archive()
    url = archive.cluster.reader_url() if archive.is_embedded else archive.url
    options = ["-c search_path=archive,pg_catalog", "-c statement_timeout=60s", "-c timezone=Asia/Shanghai"]
    if not archive.is_embedded:
        # The owner's own login, laid down to the reader's rights for this session: a courtesy, not a wall.
        options.append("-c role=archive_reader")
    environment = clean_environment() | {"PGOPTIONS": " ".join(options), "PGAPPNAME": "huiliu sql"}
    environment |= {name: os.environ[name] for name in ("TERM", "HOME", "PAGER", "LESS") if name in os.environ}
    # The URL goes by the environment: a command line is shown to every user of the machine.
    command = [str(find_binary("psql")), "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
    if query is not None:
        command += ["--command", query]
    command += ["--dbname", _without_password(url, environment)]
    # Ctrl-C is psql's: it ends a statement, not the session. SIGTERM ends both.
    signal.signal(signal.SIGINT, lambda number, frame: None)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    done = subprocess.run(command, env=environment, check=False)
    return 0 if done.returncode in (0, -signal.SIGPIPE) else 1  # the reader of its output may leave (`| head`)


def _without_password(url: str, environment: dict[str, str]) -> str:
    """Move the password of a URL into PGPASSWORD."""
    from psycopg.conninfo import make_conninfo

    from storage.database import conninfo

    if password := _conninfo_dict(url).get("password"):
        environment["PGPASSWORD"] = str(password)
    return make_conninfo(conninfo(url), password=None, application_name=None)


def _conninfo_dict(url: str) -> dict[str, object]:
    from psycopg.conninfo import conninfo_to_dict

    from storage.database import conninfo

    return dict(conninfo_to_dict(conninfo(url)))


def show_status() -> int:
    """Print one line an outlet that has been crawled, and the outcomes of the last day."""
    with connection() as conn:
        rows = conn.execute(
            """
            select outlet, articles, last_new_article_at, last_run_state, last_run_finished_at,
                fetches_24h, failures_24h, pending, refused, gone, unread
            from archive.outlet_health order by last_new_article_at desc nulls last, outlet
            """
        ).fetchall()
        outcomes = conn.execute(
            """
            select outlet, stage, outcome, count(*) from archive.outcome
            where at > now() - interval '24 hours' and outcome not in ('stored', 'unchanged', 'returned', 'read')
            group by 1, 2, 3 order by 1, 2, 4 desc, 3
            """
        ).fetchall()
    crawled = [row for row in rows if any(row[1:])]
    if not crawled:
        console.print("The archive is empty: `huiliu demo` or `huiliu crawl SOURCE` fills it.")
    else:
        _print_health(crawled)
    if len(crawled) < len(rows):
        console.print(f"{len(rows) - len(crawled)} outlets are known and have not been crawled yet.")
    if outcomes:
        _print_outcomes(outcomes)
    return 0


def _print_health(rows: list[tuple[Any, ...]]) -> None:
    """Print the table; on a narrow terminal without the URLs that are settled for good. No number is cut off."""
    counted = COUNTS if console.width >= WIDE else tuple(name for name in COUNTS if name not in SETTLED)
    table = Table(box=None, padding=(0, 1, 0, 0))
    table.add_column("outlet", no_wrap=True)
    table.add_column("articles", justify="right", no_wrap=True)
    table.add_column("last new", no_wrap=True)
    table.add_column("last run")
    for name in counted:
        table.add_column(name, justify="right", no_wrap=True)
    for outlet, articles, new_at, state, finished_at, *counts in rows:
        run = f"{state} {when(finished_at)[5:]}" if finished_at else state or "never"
        numbers = dict(zip(COUNTS, map(str, counts), strict=True))
        table.add_row(outlet, str(articles), when(new_at)[5:] or "-", run, *(numbers[name] for name in counted))
    console.print(table)


def _print_outcomes(outcomes: list[tuple[str, str, str, int]]) -> None:
    """Print a line an outlet and stage, the most frequent outcome first."""
    console.print("\nWhat brought no article in the last 24 hours")
    for (outlet, stage), group in groupby(outcomes, key=lambda row: row[:2]):
        counts = ", ".join(f"{outcome} {count}" for _, _, outcome, count in group)
        console.print(f"  {outlet:12} {stage:6} {counts}", markup=False)


def when(at: datetime | None) -> str:
    return at.astimezone(ZONE).strftime("%Y-%m-%d %H:%M") if at else "-"


def _safe(text: str) -> str:
    from rich.markup import escape

    return escape(text)
