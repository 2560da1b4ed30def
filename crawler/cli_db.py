"""`huiliu db ...` on the command line; each command imports what it needs when it is called."""

from pathlib import Path
from typing import Annotated

import typer

db_app = typer.Typer(help="The database: start, stop, migrate and verify it.", no_args_is_help=True)


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
