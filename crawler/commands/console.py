"""The terminal that commands write to: tables and colours for people, plain text where it is not a terminal."""

import os
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

#: Columns where nobody says how wide the page is (a pipe, a file): no cell is cut off.
PIPE_WIDTH = 200


class Terminal(Console):
    """Standard output or standard error. Only the terminal itself wraps a line of text."""

    def __init__(self, *, stderr: bool = False) -> None:
        super().__init__(stderr=stderr, highlight=False)
        if not self.is_terminal:
            self.width = PIPE_WIDTH

    def print(self, *objects: Any, **options: Any) -> None:
        """Print; text is one line as long as it is, tables and panels fit the page."""
        options.setdefault("soft_wrap", all(isinstance(one, str) for one in objects))
        super().print(*objects, **options)

    def on_broken_pipe(self) -> None:
        """Leave quietly: the reader of our output has what it wanted (`| head`)."""
        os.dup2(os.open(os.devnull, os.O_WRONLY), self.file.fileno())
        raise SystemExit(0)


console = Terminal()
errors = Terminal(stderr=True)


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
