"""What was measured, as Markdown."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.environments import PEERS
from bench.runners import Run

#: Whose speed all others are told in.
MEASURE = PEERS[0].label
NONE = "–"
FIGURES = ("f1", "precision", "recall", "title", "date", "author")
#: The field of a prediction that a figure is about.
FIELDS = {"title": "title", "date": "date", "author": "author"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Some of the pages of a run: their places in it, and the bytes that each has."""

    name: str
    lang: str
    members: Sequence[int]
    sizes: Sequence[int]

    @property
    def title(self) -> str:
        """Say what it is, how much of it there is, and of what size."""
        kilobytes = sorted(size / 1000 for size in self.sizes)
        spread = f"{kilobytes[0]:.0f} to {kilobytes[-1]:.0f} kB, median {statistics.median(kilobytes):.0f} kB"
        return f"{len(self.members)} {self.name}, {spread}"


def quality_table(group: Group, runs: Sequence[Run], folder: Path) -> str:
    """Return how well and how fast each read a group; `folder` has the gold and its score.py."""
    rows = [
        (run.label, *figures(run, scores(run, folder)[group.lang], group), *speed(run, runs, group)) for run in runs
    ]
    heads = ("", "body F1", *FIGURES[1:], "unread", "pages a CPU s", "× trafilatura (range)")
    return f"**{group.title}**\n\n{markdown(heads, rows)}"


def speed_table(group: Group, runs: Sequence[Run]) -> str:
    """Return how fast each read a group."""
    heads = ("", "unread", "pages a CPU s", "× trafilatura (range)")
    rows = [(run.label, unread(run, group), *speed(run, runs, group)) for run in runs]
    return f"**{group.title}**\n\n{markdown(heads, rows)}"


def scores(run: Run, folder: Path) -> dict[str, dict[str, float | None]]:
    """Return what the data's own score.py says of each language."""
    with tempfile.TemporaryDirectory() as place:
        given, told = Path(place, "predictions.jsonl"), Path(place, "scores.json")
        given.write_text("".join(json.dumps(one) + "\n" for one in run.predictions), "utf-8")
        command = [sys.executable, str(folder / "score.py"), str(given), "--json", str(told)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found: dict[str, dict[str, float | None]] = json.loads(told.read_text("utf-8"))
        return found


def figures(run: Run, told: dict[str, float | None], group: Group) -> list[str]:
    """Return a run's scores; a dash for what the gold of these pages does not have, or the extractor never gives."""
    given = {name for one in run.predictions for name, value in one.items() if value}
    values = [told[name] if FIELDS.get(name, "body") in given else None for name in FIGURES]
    return [*(NONE if value is None else f"{value:.3f}" for value in values), unread(run, group)]


def unread(run: Run, group: Group) -> str:
    """Return on how many pages it raised, gave up or was cut off; they count as wrong."""
    return str(sum("error" in run.predictions[n] for n in group.members))


def speed(run: Run, runs: Sequence[Run], group: Group) -> tuple[str, str]:
    """Return pages a second of CPU, and how that relates to the measure: the median of the rounds' ratios."""
    seconds = totals(run, group)
    rate = f"{len(group.members) / statistics.median(seconds):.1f}"
    measure = next((one for one in runs if one.label == MEASURE), None)
    if measure is None:
        return rate, NONE
    ratios = sorted(theirs / ours for ours, theirs in zip(seconds, totals(measure, group), strict=True))
    return rate, f"{statistics.median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})"


def totals(run: Run, group: Group) -> list[float]:
    """Return the seconds that each round spent on a group."""
    return [sum(seconds[n] for n in group.members) for seconds in run.rounds]


def markdown(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    """Return a table.

    >>> print(markdown(("", "F1"), [("a", ".9")]))
    |  | F1 |
    |---|---|
    | a | .9 |
    """
    lines = [f"| {' | '.join(cells)} |" for cells in (heads, *rows)]
    return "\n".join([lines[0], "|---" * len(heads) + "|", *lines[1:]])
