"""Options that several commands have: days, limits, JSON lines."""

from datetime import date, datetime
from typing import Annotated

import typer

#: What Postgres's `integer` holds; nobody wants more of anything.
MOST = 2**31 - 1
#: Before any archive's first day. A day before it is a slip (0206 for 2026) that would have a paper walked for ages.
FIRST_YEAR = 1900


def _day(text: str) -> date:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day; write it like 2026-03-02") from None
    if day.year < FIRST_YEAR:
        raise typer.BadParameter(f"{text!r} is before {FIRST_YEAR}; is the year right?")
    return day


Since = Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="First day, like 2026-03-02.")]
Until = Annotated[date | None, typer.Option(parser=_day, metavar="DAY", help="Last day, included.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="JSON lines on stdin, JSON lines on stdout.")]


def check_days(since: date | None, until: date | None) -> None:
    """Refuse days that hold none."""
    if since and until and until < since:
        raise typer.BadParameter(f"--until {until} is before --since {since}")


def require_jsonl(asked: bool) -> None:
    """Have whoever types such a command at a terminal know what it waits for."""
    if not asked:
        raise typer.BadParameter("say --jsonl: this command reads JSON lines on stdin and writes them to stdout")
