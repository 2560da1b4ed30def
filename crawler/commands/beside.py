"""A text beside a label, broken into lines where a terminal ends."""

from rich.text import Text

from crawler.commands.console import console
from crawler.commands.wrap import wrap


def print_beside(label: Text | str, text: Text, *, margin: int) -> None:
    """Print a text, its label in the margin of the first line; only a terminal's lines are broken."""
    head = Text(label) if isinstance(label, str) else label
    width = console.width - margin if console.is_terminal else None
    for number, line in enumerate(wrap(text, width)):
        words = head.plain if number == 0 else ""
        console.print(Text.assemble((words.ljust(margin), head.style), line), soft_wrap=True)
