"""The terminal that commands write to: tables and colours for people, plain text where it is not a terminal."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

#: Columns where nobody says how wide the page is (a pipe, a file): no cell is cut off.
PIPE_WIDTH = 200


def _console(*, stderr: bool) -> Console:
    found = Console(stderr=stderr, highlight=False)
    return found if found.is_terminal else Console(stderr=stderr, highlight=False, width=PIPE_WIDTH)


console = _console(stderr=False)
errors = _console(stderr=True)


def progress() -> Progress:
    """Return a progress bar with a line a task; it is drawn on stderr, for people only."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
    )
