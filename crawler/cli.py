"""The command line: words in, exit status out. 0 done, 1 something failed (said on stderr), 2 wrong use.

Every command imports what it needs when it is called, so that help answers at once.
"""

import logging
import os
import signal
import sys
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crawler.cli_model import model_app
from crawler.cli_review import review


class _Stopped(Exception):
    """Ctrl-C or SIGTERM."""


class _ReaderGone(Exception):
    """Whoever read our output went away (`| head`)."""


class _Commands(TyperGroup):
    """All commands. Typer would end these two by itself, one without a word and the other as a failure."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise _Stopped from None
        except BrokenPipeError:
            raise _ReaderGone from None


app = typer.Typer(
    cls=_Commands,
    help="Huiliu (汇流): an archive of Chinese regional media. Crawls on a schedule, cuts what does not belong, keeps "
    "every capture, answers in SQL.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
source_app = typer.Typer(
    help="The outlets: list them, show one, try a page on one, draft a new one.", no_args_is_help=True
)
db_app = typer.Typer(help="The database: start, stop, migrate and verify it.", no_args_is_help=True)
app.add_typer(source_app, name="source")
app.add_typer(db_app, name="db")
app.add_typer(model_app, name="model")


def _day(text: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write it like 2026-03-02") from None


def _check_days(since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise typer.BadParameter(f"--until {until} is before --since {since}")


Since = Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="First day, like 2026-03-02.")]
Until = Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="Last day, included.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="JSON lines on stdin, JSON lines on stdout.")]


@app.command()
def demo() -> None:
    """Show the whole of Huiliu on a news site of our own on loopback: crawl, clean, store, query."""
    from crawler.commands.demo import run_demo

    raise typer.Exit(run_demo())


@app.command()
def crawl(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Names of outlets; see `source list`.")],
    since: Since = None,
    until: Until = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Fetch at most so many articles an outlet.")] = None,
) -> None:
    """Crawl outlets now. A digital paper walks its past issues with --since and --until."""
    from crawler.commands.crawl import crawl_now

    _check_days(since, until)
    raise typer.Exit(crawl_now(sources, since=since, until=until, limit=limit))


@app.command()
def serve(
    only: Annotated[
        list[str] | None, typer.Argument(metavar="[OUTLET|REGION]...", help="These alone; all where none is named.")
    ] = None,
) -> None:
    """Crawl outlets on their schedules, until stopped: scheduler and worker in one process."""
    from crawler.commands.serve import serve_now

    raise typer.Exit(serve_now(tuple(only or ())))


@app.command()
def worker() -> None:
    """Add capacity: do the crawls that some `serve` schedules, from this or any other machine."""
    from crawler.commands.serve import work_now

    raise typer.Exit(work_now())


@app.command()
def rerun(
    source: Annotated[list[str] | None, typer.Option(help="Only this outlet; may be given again.")] = None,
    since: Since = None,
    until: Until = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only captures that gave no document before.")] = False,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Pages read at a time; 0 is a core each.")
    ] = os.cpu_count() or 1,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change; write nothing.")] = False,
) -> None:
    """Read stored captures again with the pipeline as it is now. Readers see the result after `promote`."""
    from crawler.commands.rerun import rerun_now

    _check_days(since, until)
    raise typer.Exit(rerun_now(source or [], since=since, until=until, failed=failed, workers=workers, dry_run=dry_run))


@app.command()
def promote(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="[SOURCE...]", help="Outlets; all when left out.")
    ] = None,
) -> None:
    """Switch readers over to the newest version that read each outlet."""
    from crawler.commands.rerun import promote_now

    raise typer.Exit(promote_now(sources or []))


app.command()(review)


@app.command()
def search(
    text: Annotated[str, typer.Argument(help="A phrase; width, script and case are folded.")],
    since: Since = None,
    until: Until = None,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many articles.")] = 20,
) -> None:
    """Find articles whose current text holds a phrase."""
    from crawler.commands.look import search_archive

    _check_days(since, until)
    raise typer.Exit(search_archive(text, since=since, until=until, outlet=outlet, limit=limit))


@app.command()
def sql(query: Annotated[str | None, typer.Argument(help="One statement; without it psql opens.")] = None) -> None:
    """Read the archive with psql, as the login that may only read the schema `archive`."""
    from crawler.commands.look import open_psql

    raise typer.Exit(open_psql(query))


@app.command()
def status() -> None:
    """Show freshness and outcomes, one line an outlet."""
    from crawler.commands.look import show_status

    raise typer.Exit(show_status())


@app.command()
def extract(jsonl: Jsonl = False) -> None:
    """Read pages: {"id","url","path"} a line in, title, body, date, author and more a line out. Needs no database."""
    from crawler.commands.jsonl import extract_lines

    _require_jsonl(jsonl)
    raise typer.Exit(extract_lines())


@app.command()
def judge(jsonl: Jsonl = False) -> None:
    """Judge articles: {"id","title","paragraphs"} a line in, cuts and the spun score a line out. Needs no database."""
    from crawler.commands.jsonl import judge_lines

    _require_jsonl(jsonl)
    raise typer.Exit(judge_lines())


@app.command()
def match(jsonl: Jsonl = False) -> None:
    """Relate articles: {"id","title","text"} a line in, a related pair a line out. Needs no database."""
    from crawler.commands.jsonl import match_lines

    _require_jsonl(jsonl)
    raise typer.Exit(match_lines())


def _require_jsonl(asked: bool) -> None:
    if not asked:
        raise typer.BadParameter("say --jsonl: this command reads JSON lines on stdin and writes them to stdout")


@source_app.command("list")
def source_list() -> None:
    """List the outlets that source files describe."""
    from crawler.commands.source import list_sources

    raise typer.Exit(list_sources())


@source_app.command("show")
def source_show(name: Annotated[str, typer.Argument(help="Name of an outlet.")]) -> None:
    """Show what one source file says."""
    from crawler.commands.source import show_source

    raise typer.Exit(show_source(name))


@source_app.command("check")
def source_check(
    page: Annotated[
        str, typer.Argument(metavar="URL-or-FILE", help="A page of the archive, a file, or a source's .toml.")
    ],
    source: Annotated[str | None, typer.Option(help="Read it as this outlet's; else the URL's host tells.")] = None,
    url: Annotated[str, typer.Option(help="For a file: the URL that it came from.")] = "",
) -> None:
    """Say how a page reads: its fields, the rules behind them, its text with [-cuts-] and {old→new} repairs.

    Of a .toml, say whether it is sound.
    """
    from crawler.commands.check import check_source

    raise typer.Exit(check_source(page, source_name=source, url=url))


@source_app.command("new")
def source_new(
    page: Annotated[str, typer.Argument(metavar="URL-or-FILE", help="An article: of the archive, or a saved page.")],
    url: Annotated[str, typer.Option(help="For a file: the URL that it came from, unless the page says it.")] = "",
    name: Annotated[str, typer.Option(help="The source's name; else its host's.")] = "",
    title: Annotated[str, typer.Option(help="The outlet's title; else what the page calls its site.")] = "",
    region: Annotated[str, typer.Option(help="Its province.")] = "unknown",
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="NAME.toml to write; else the draft goes to stdout.")
    ] = None,
) -> None:
    """Draft a source file from one article: host, CMS family, address pattern, selectors. Fetches nothing."""
    from crawler.commands.draft import new_source
    from crawler.draft import Names

    name = name or (output.stem if output else "")
    raise typer.Exit(new_source(page, url=url, names=Names(name=name, title=title, region=region), output=output))


@db_app.command("start")
def db_start() -> None:
    """Start the embedded Postgres and migrate it."""
    from crawler.commands.db import start_database

    raise typer.Exit(start_database())


@db_app.command("stop")
def db_stop() -> None:
    """Stop the embedded Postgres."""
    from crawler.commands.db import stop_database

    raise typer.Exit(stop_database())


@db_app.command("url")
def db_url(
    reader: Annotated[
        bool, typer.Option("--reader", help="The login that may only read the schema `archive`.")
    ] = False,
) -> None:
    """Print the URL of the database, with its password."""
    from crawler.commands.db import print_url

    raise typer.Exit(print_url(reader=reader))


@db_app.command("migrate")
def db_migrate() -> None:
    """Bring the database to the newest revision of this code."""
    from crawler.commands.db import migrate_database

    raise typer.Exit(migrate_database())


@db_app.command("verify")
def db_verify() -> None:
    """Check the archive's promises: bytes, frontier, captures, paragraphs."""
    from crawler.commands.db import verify_database

    raise typer.Exit(verify_database())


@db_app.command("schema", hidden=True)
def db_schema(path: Annotated[Path, typer.Argument(help="File to write.")]) -> None:
    """Write the schema as the migrations make it (`make schema`)."""
    from crawler.commands.db import write_schema

    raise typer.Exit(write_schema(path))


def main() -> None:
    """Run one command; every foreseen failure is one clear line on stderr."""
    signal.signal(signal.SIGTERM, _interrupt)
    # A signal in the middle of a statement leaves a connection that psycopg cannot roll back, and warns of: the server
    # does that once it is closed, and what is said of the signal is enough.
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    try:
        app(standalone_mode=True)
    except _Stopped:
        _fail("stopped", 1)
    except _ReaderGone:
        # Nothing is wrong, and Python's own flush at the end must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        _explain(error)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Take SIGTERM as Ctrl-C, also where a shell's `&` has made us deaf to that."""
    on_ctrl_c = signal.getsignal(signal.SIGINT)
    if callable(on_ctrl_c):
        on_ctrl_c(number, frame)
    else:
        raise KeyboardInterrupt


def _explain(error: Exception) -> None:
    """Say what is known of a failure; a bug keeps its traceback."""
    import psycopg

    from crawler.config import ConfigError, UnknownSource
    from storage.database import explain_loss
    from storage.errors import StorageError, UnknownOutlet

    if isinstance(error, UnknownSource | UnknownOutlet):
        _fail(str(error), 2)
    if isinstance(error, StorageError | ConfigError):
        _fail(str(error), 1)
    if isinstance(error, psycopg.OperationalError):
        _fail(f"{explain_loss(error)}; nothing half done was kept", 1)
    if isinstance(error, OSError) and error.errno == 28:
        _fail(f"the disk is full: free some space and call this again ({error.filename or 'writing'})", 1)
    raise error


def _fail(text: str, status: int) -> None:
    sys.stderr.write(f"huiliu: {text}\n")
    sys.exit(status)
