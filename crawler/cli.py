"""The command line: words in, exit status out. 0 done, 1 something failed (said on stderr), 2 wrong use.

Every command imports what it needs when it is called, so that help answers at once.
"""

import logging
import os
import signal
import sys
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from crawler.cli_db import db_app
from crawler.cli_model import model_app
from crawler.cli_options import MOST, Jsonl, Since, Until, check_days, require_jsonl
from crawler.cli_review import review
from crawler.cli_source import source_app


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
app.add_typer(source_app, name="source")
app.add_typer(db_app, name="db")
app.add_typer(model_app, name="model")


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
    limit: Annotated[
        int | None, typer.Option(min=1, max=MOST, help="Fetch at most so many articles an outlet.")
    ] = None,
) -> None:
    """Crawl outlets now. A digital paper walks its past issues with --since and --until."""
    from crawler.commands.crawl import crawl_now

    check_days(since, until)
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

    check_days(since, until)
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
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="At most so many articles.")] = 20,
) -> None:
    """Find articles whose current text holds a phrase."""
    from crawler.commands.look import search_archive

    check_days(since, until)
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

    require_jsonl(jsonl)
    raise typer.Exit(extract_lines())


@app.command()
def judge(jsonl: Jsonl = False) -> None:
    """Judge articles: {"id","title","paragraphs"} a line in, cuts and the spun score a line out. Needs no database."""
    from crawler.commands.jsonl import judge_lines

    require_jsonl(jsonl)
    raise typer.Exit(judge_lines())


@app.command()
def match(jsonl: Jsonl = False) -> None:
    """Relate articles: {"id","title","text"} a line in, a related pair a line out. Needs no database."""
    from crawler.commands.jsonl import match_lines

    require_jsonl(jsonl)
    raise typer.Exit(match_lines())


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
