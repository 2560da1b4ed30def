"""`huiliu model ...` on the command line; each command imports what it needs when it is called."""

from typing import Annotated

import typer

from crawler.cli_options import MOST

model_app = typer.Typer(
    help="What pages are judged by: fit it on this archive, look for campaigns in it, compare, choose.",
    no_args_is_help=True,
)
Number = Annotated[
    str | None, typer.Argument(metavar="N", help="A model's number; 0 or `shipped` is the one that came along.")
]
Snapshot = Annotated[str | None, typer.Option("--witness", metavar="N", help="A snapshot's number; 0 is none.")]


@model_app.command("list")
def model_list() -> None:
    """List models and snapshots, and which are in use."""
    from crawler.commands.model import list_models

    raise typer.Exit(list_models())


@model_app.command("fit")
def model_fit() -> None:
    """Fit a model on the archive's own clean articles.

    It learns what ordinary text is here, which takes minutes. The rules stay as shipped; their limits go up where clean
    articles of this archive would lose text. Nothing changes until `use`.
    """
    from crawler.commands.model import fit_now

    raise typer.Exit(fit_now())


@model_app.command("witness")
def model_witness(
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="Look through the newest so many articles.")] = 5000,
) -> None:
    """Look through the archive for campaigns.

    That is what recurs in unrelated articles, and what was added to copies of originals that the archive holds. Writes
    a numbered snapshot and says what it would change. Nothing changes until `use --witness`.
    """
    from crawler.commands.model import witness_now

    raise typer.Exit(witness_now(limit=limit))


@model_app.command("compare")
def model_compare(
    number: Number = None,
    witness: Snapshot = None,
    limit: Annotated[int, typer.Option(min=1, max=MOST, help="Judge so many articles.")] = 500,
) -> None:
    """Show what another model would cut from a sample.

    The model in use and the other judge the same articles; what only one of them cuts is listed.
    """
    from crawler.commands.model import compare_now

    raise typer.Exit(compare_now(*_chosen(number, witness), limit=limit))


@model_app.command("use")
def model_use(
    number: Number = None,
    witness: Snapshot = None,
) -> None:
    """Choose what pages are read with from now on: a new version. Documents stay until `rerun` and `promote`."""
    from crawler.commands.model import use_now

    raise typer.Exit(use_now(*_chosen(number, witness)))


def _chosen(number: str | None, witness: str | None) -> tuple[int | None, int | None]:
    """The numbers of a model and a snapshot; None is whichever is in use."""
    if number is None and witness is None:
        raise typer.BadParameter("say which: a model's number, or --witness and a snapshot's; `huiliu model list`")
    return _number(number, "shipped"), _number(witness, "none")


def _number(word: str | None, nothing: str) -> int | None:
    if word is None:
        return None
    if word == nothing:
        return 0
    if not word.isdecimal() or len(word) > 9:
        raise typer.BadParameter(f"{word!r} is no number; `huiliu model list` shows them, 0 is {nothing}")
    return int(word)
