"""`huiliu source ...` on the command line; each command imports what it needs when it is called."""

from pathlib import Path
from typing import Annotated

import typer

source_app = typer.Typer(
    help="The outlets: list them, show one, try a page on one, draft a new one.", no_args_is_help=True
)


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
