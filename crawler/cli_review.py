"""`huiliu review` on the command line; it imports what it needs when it is called."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from crawler.cli_options import MOST


def review(
    article: Annotated[
        str | None, typer.Argument(metavar="[ARTICLE]", help="Number or URL; without it, the articles worth a look.")
    ] = None,
    undo: Annotated[list[str] | None, typer.Option(metavar="N,N", help="These marks are wrong.")] = None,
    confirm: Annotated[list[str] | None, typer.Option(metavar="N,N", help="These are right.")] = None,
    clear: Annotated[list[str] | None, typer.Option(metavar="N,N", help="Forget what was decided on these.")] = None,
    cut: Annotated[
        list[str] | None,
        typer.Option(metavar="P[:SPAN]", help="Cut paragraph P, or of it a text or START-END; `title:TEXT`."),
    ] = None,
    kind: Annotated[
        Literal["off_topic", "promo", "injected"] | None,
        typer.Option(help="Of a cut; else off_topic for a paragraph, injected for a span."),
    ] = None,
    note: Annotated[str, typer.Option(help="Why.")] = "",
    by: Annotated[str, typer.Option(help="Who decides; else your login's name.")] = "",
    document: Annotated[
        int | None, typer.Option(help="Decide only if this is the document that readers still see.")
    ] = None,
    text: Annotated[bool, typer.Option("--text", help="Show the whole text, its paragraphs numbered.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="List repairs and plain labels too.")] = False,
    outlet: Annotated[str | None, typer.Option(help="Without an article: only this outlet's.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="Without an article: at most so many.")] = 20,
    export: Annotated[bool, typer.Option("--export", help="All decisions as labelled articles, JSON lines.")] = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File for --export; else stdout.")] = None,
) -> None:
    """See what was cut from an article, and decide about it. Decisions outlive reruns and new versions."""
    from crawler.commands import review as commands
    from crawler.review import Word
    from pipelines.model import MarkKind

    word = Word(
        undo=_numbers(undo),
        confirm=_numbers(confirm),
        clear=_numbers(clear),
        cut=cut or (),
        kind=MarkKind(kind) if kind else None,
        note=note,
        by=by.strip() or commands.person(),
    )
    if export or output:
        if article or not export:
            raise typer.BadParameter("--export writes all decisions, of every article; -o names its file")
        raise typer.Exit(commands.export_labels(output))
    if article is None:
        if word.decides or text:
            raise typer.BadParameter("say which ARTICLE: its number or its URL")
        raise typer.Exit(commands.list_doubts(outlet=outlet, limit=limit))
    if word.decides:
        raise typer.Exit(commands.decide_now(article, word, document_id=document))
    raise typer.Exit(commands.show_review(article, text=text, everything=everything))


def _numbers(words: list[str] | None) -> list[int]:
    """Read numbers that are given one a word, or several in one, parted by commas."""
    numbers = [number.strip() for word in words or () for number in word.split(",")]
    if wrong := [number for number in numbers if not number.isdecimal()]:
        raise typer.BadParameter(f"{wrong[0]!r} is no number of the list; write them like 3 or 3,5")
    return [int(number) for number in numbers]
