"""`huiliu model`: fit, look for campaigns, compare, choose."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING

from rich.progress import TaskID
from rich.table import Table
from rich.text import Text

from crawler.archive import connection
from crawler.commands.console import console, errors, progress
from crawler.commands.look import when
from crawler.commands.wrap import harmless, wrap
from crawler.fitted import Fitted, basis, in_use, load
from crawler.version import pipeline_version
from pipelines.model import MarkKind, Witness
from storage import models, texts, witness
from storage.models import Choice

if TYPE_CHECKING:
    from crawler.compare import Difference, Side
    from crawler.learn import Advance, Begin

#: Lines of a list that are shown; SQL shows the rest.
SHOWN = 12
#: Cells of a raw text in a line, and of the margin before it.
EXCERPT, MARGIN = 120, 4


def list_models() -> int:
    """Print every model and snapshot, and mark what is in use."""
    with connection() as conn:
        fitted, taken, chosen = models.known(conn), witness.known(conn), models.choice(conn)
        used = in_use(conn)
    table = _table("Models", "number", "fitted", "articles", "outlets", "checked", "harmed", "")
    table.add_row("0", "shipped", "", "", "", "", _use(used.model == 0))
    for one in fitted:
        state = _use(used.model == one.number) if one.basis == basis() else "of another release: fit anew"
        fit = one.fit
        table.add_row(
            str(one.number),
            when(one.fitted_at),
            *map(_count, (fit.articles, fit.outlets, fit.checked, fit.harmed)),
            state,
        )
    console.print(table)
    if not fitted:
        console.print("No model was fitted on this archive yet: `huiliu model fit`.")
    console.print()
    table = _table("Snapshots", "number", "taken", "articles", "outlets", "cut", "suspect", "")
    for snapshot in taken:
        counts = map(_count, (snapshot.articles, snapshot.outlets, snapshot.cuts, snapshot.suspects))
        table.add_row(str(snapshot.number), when(snapshot.taken_at), *counts, _use(chosen.snapshot == snapshot.number))
    console.print(table if taken else "No snapshot of this archive was taken yet: `huiliu model witness`.")
    console.print(f"\nPages are read with version {pipeline_version(used)}.")
    return 0


def fit_now() -> int:
    """Fit a model and say how to go on."""
    from crawler.learn import fit_model

    with connection() as conn, _steps() as (begin, advance):
        number, fit, limits = fit_model(conn, begin=begin, advance=advance)
        conn.commit()
    console.print(
        f"Model {number}: fitted on {fit.articles:,} clean articles of {fit.outlets} outlets; limits "
        f"{limits.off_topic} (off-topic) and {limits.injected} (injected), at which {fit.harmed} of {fit.checked:,} "
        "other clean articles lose anything."
    )
    console.print(f"Not in use yet. See what it changes: `huiliu model compare {number}`")
    console.print(f"Have pages read with it: `huiliu model use {number}`")
    return 0


def witness_now(*, limit: int) -> int:
    """Take a snapshot, show what it says and what it would change."""
    from crawler.compare import compare
    from crawler.learn import take_snapshot

    with connection() as conn, _steps() as (begin, advance):
        taken = take_snapshot(conn, limit=limit, begin=begin, advance=advance)
        conn.commit()
        now = in_use(conn)
        ids = sorted({number for one in taken.found for number in one.article_ids})
        begin("judging them with it", len(ids))
        then = load(conn, Choice(model=now.model, snapshot=taken.number))
        found = compare(texts.these(conn, ids), now, then, advance)
    console.print(f"Snapshot {taken.number}: {taken.articles:,} articles of {taken.outlets} outlets looked through.")
    if not taken.found:
        console.print("Nothing recurs in them where it does not belong, and no copy adds anything of that kind.")
        return 0
    _print_witnesses(taken.found)
    if now.snapshot == taken.number:
        console.print("\nPages are read with it already: the archive says what it said before.")
        return 0
    changed = sum(bool(one.added) for one in found.differences)
    console.print(f"\n{changed:,} of the {_many(found.articles, 'article')} shown would lose text that they keep now.")
    console.print(f"Not in use yet. See each cut: `huiliu model compare --witness {taken.number}`")
    console.print(f"Have pages read with it: `huiliu model use --witness {taken.number}`")
    return 0


def compare_now(number: int | None, snapshot: int | None, *, limit: int) -> int:
    """Judge a sample with the model in use and with another."""
    from crawler.compare import compare

    with connection() as conn, _steps() as (begin, advance):
        now = in_use(conn)
        then = load(conn, _choice(Choice(model=now.model, snapshot=now.snapshot), number, snapshot))
        held = texts.count(conn)
        begin("judging", min(limit, held))
        found = compare(texts.sample(conn, limit=limit), now, then, advance)
    if not found.articles:
        console.print("The archive is empty: `huiliu demo` or `huiliu crawl SOURCE` fills it.")
        return 0
    console.print(f"{found.articles:,} of {held:,} articles, judged with {_name(now)} and with {_name(then)}")
    _print_sides(found.now, found.then)
    _print_differences(found.differences)
    return 0


def use_now(number: int | None, snapshot: int | None) -> int:
    """Choose what pages are read with from now on."""
    with connection() as conn:
        wanted = _choice(models.choice(conn), number, snapshot)
        if wanted.model and models.basis(conn, wanted.model) != basis():
            errors.print(
                f"huiliu: model {wanted.model} was fitted for another release of Huiliu, whose rules read its numbers "
                "otherwise: `huiliu model fit` fits anew"
            )
            return 1
        chosen = load(conn, wanted)
        changed = models.choose(conn, wanted)
        conn.commit()
    console.print(f"Pages are {'from now on' if changed else 'already'} read with {_name(chosen)}:")
    console.print(f"version {pipeline_version(chosen)}.")
    if changed:
        console.print("Crawls and reruns under way end with what they began with. Documents stay as they are:")
        console.print("`huiliu rerun` reads old captures with it, `huiliu promote` then switches readers over.")
    return 0


def _choice(now: Choice, number: int | None, snapshot: int | None) -> Choice:
    return Choice(
        model=now.model if number is None else number, snapshot=now.snapshot if snapshot is None else snapshot
    )


def _name(fitted: Fitted) -> str:
    """A model and a snapshot in words."""
    model = f"model {fitted.model}" if fitted.model else "the shipped model"
    return f"{model} and snapshot {fitted.snapshot}" if fitted.snapshot else model


def _print_witnesses(found: Sequence[Witness]) -> None:
    """Print a witness a line, cuts first, what stands in most articles before the rest."""
    for kind, group in groupby(sorted(found, key=_rank), key=lambda one: one.kind):
        some = list(group)
        what = "labelled suspect, too little proof to cut" if kind == MarkKind.SUSPECT else f"cut as {kind}"
        console.print(f"\n{len(some)} {what}")
        for one in some[:SHOWN]:
            _print_excerpt(Text(f"{_evidence(one)}  ", style="dim"), one.raw)
        if len(some) > SHOWN:
            console.print(f"     and {len(some) - SHOWN} more: archive.witness holds all")


def _evidence(one: Witness) -> str:
    """How often it was seen."""
    said = f"{_many(one.articles, 'article')}, {_many(one.outlets, 'outlet')}"
    return f"{said}, added to {_many(one.copies, 'copy')}" if one.copies else said


def _many(count: int, noun: str) -> str:
    """A number of things.

    >>> _many(1, "article"), _many(3, "copy")
    ('1 article', '3 copies')
    """
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def _rank(one: Witness) -> tuple[bool, str, int, str]:
    return one.kind == MarkKind.SUSPECT, one.kind, -one.articles, one.key


def _print_sides(now: "Side", then: "Side") -> None:
    table = _table("", "", "now", "then")
    rows = [("articles that lose text", now.articles, then.articles), ("read as spun", now.spun, then.spun)]
    rows += [(f"cuts: {kind}", now.kinds[kind], then.kinds[kind]) for kind in sorted({*now.kinds, *then.kinds})]
    for name, mine, others in (*rows, ("characters cut", now.characters, then.characters)):
        table.add_row(name, f"{mine:,}", f"{others:,}", style="" if mine == others else "bold")
    console.print(table)


def _print_differences(found: "Sequence[Difference]") -> None:
    """Print, article by article, what only one of the two cuts."""
    if not found:
        console.print("They cut the same text from each of these articles.")
        return
    console.print(f"\nThey differ on {len(found):,}. - is cut now and would stay, + stays now and would be cut")
    for one in found[:SHOWN]:
        console.print(f"\n{one.outlet} · {harmless(one.title)} · article {one.article_id}", markup=False)
        for sign, colour, cuts in (("-", "green", one.spared), ("+", "red", one.added)):
            for cut in cuts:
                place = "title" if cut.paragraph is None else f"paragraph {cut.paragraph}"
                _print_excerpt(Text(f"{sign} {place}, {cut.kind}: {cut.rule}  ", style=colour), cut.raw)
    if len(found) > SHOWN:
        console.print(f"\nand {len(found) - SHOWN:,} more")


def _print_excerpt(head: Text, raw: str) -> None:
    """Print a page's text after a head, on a terminal in lines of its width."""
    raw = harmless(raw)
    text = Text.assemble(head, raw if len(raw) <= EXCERPT else f"{raw[: EXCERPT - 21]} … {raw[-20:]}")
    for number, line in enumerate(wrap(text, console.width - 2 * MARGIN if console.is_terminal else None)):
        console.print(Text(" " * (MARGIN if number else MARGIN // 2)).append_text(line), soft_wrap=True)


def _table(title: str, *columns: str) -> Table:
    """A table whose numbers stand to the right."""
    table = Table(title=title or None, title_justify="left", box=None, padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="left" if column in ("", "fitted", "taken") else "right", no_wrap=True)
    return table


def _count(number: int) -> str:
    return f"{number:,}"


def _use(used: bool) -> str:
    return "in use" if used else ""


@contextmanager
def _steps() -> "Iterator[tuple[Begin, Advance]]":
    """Show what is being done: a line a step."""
    with progress() as bar:
        tasks: list[TaskID] = []

        def begin(what: str, total: int | None) -> None:
            tasks.append(bar.add_task(what, total=total))

        yield begin, lambda done: bar.advance(tasks[-1], done)
