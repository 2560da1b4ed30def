"""When an outlet is due: arithmetic on its crontab line, without a clock and without a database.

What is due is never remembered in a process: it follows from the line and from the latest slot in the run ledger.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

#: A slot that was missed is caught up while it is younger than this. Of frequent slots the latest always is; a daily
#: paper is worth fetching until the next one is out.
GRACE_S = 24 * 3600.0
#: Slots looked at in one go. A longer absence is recorded in several.
LIMIT = 500

_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NUMBERS = re.compile(r"(?:(\*)|(\d)(?:-(\d))?)(?:/(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to do about slots that have come."""

    run: datetime | None
    missed: tuple[datetime, ...] = ()


def read_schedule(line: str, timezone: tzinfo, until: datetime | None = None) -> CronTrigger:
    """Read a crontab line; ValueError says what is wrong with it.

    Days of the week are crontab's: 0 and 7 are Sunday. APScheduler's own reading takes 0 for Monday (its issue 286).
    Where both a day of the month and a day of the week are given, both must hold.

    >>> str(read_schedule("0 6 * * 1-5", UTC).fields[4])
    'mon,tue,wed,thu,fri'
    """
    fields = line.split()
    if len(fields) != 5:
        raise ValueError(f"a crontab line has five fields, this one has {len(fields)}")
    minute, hour, day, month, weekday = fields
    days = ",".join(_name_days(part) for part in weekday.split(","))
    return CronTrigger(
        minute=minute, hour=hour, day=day, month=month, day_of_week=days, timezone=timezone, end_date=until
    )


def _name_days(part: str) -> str:
    """Write numbered days of the week by their names, which nobody counts differently."""
    found = _DAY_NUMBERS.fullmatch(part)
    if found is None or part == "*":
        return part
    star, first, last, step = found.groups()
    start = 0 if star else int(first)
    end = 6 if star else int(last) if last else 6 if step else start
    if start > end or end > 7 or step == "0":
        raise ValueError(f"{part!r}: days of the week are 0 to 7, in rising order")
    return ",".join(dict.fromkeys(_DAYS[start : end + 1 : int(step or 1)]))


def slots(line: str, timezone: str, after: datetime, until: datetime, limit: int = LIMIT) -> list[datetime]:
    """Return the slots of a schedule in (after, until], earliest first, in UTC, at most `limit` of them.

    In the hour that the end of summer time repeats, a slot at a given hour comes once, as with cron.
    """
    if until <= after:
        return []
    zone = ZoneInfo(timezone)
    trigger = read_schedule(line, zone, until)
    every_hour = "*" in line.split()[1]
    found: list[datetime] = []
    next_at = trigger.get_next_fire_time(None, _just_after(after, zone))
    while next_at is not None and len(found) < limit:
        if every_hour or not next_at.fold:
            found.append(next_at.astimezone(UTC))
        next_at = trigger.get_next_fire_time(None, _just_after(next_at, zone))
    return found


def _just_after(moment: datetime, zone: tzinfo) -> datetime:
    """Slots are whole minutes. The sum is made in UTC: Python forgets which of two repeated hours a local sum is in."""
    return (moment.astimezone(UTC) + timedelta(microseconds=1)).astimezone(zone)


def decide(due: Sequence[datetime], now: datetime, grace_s: float = GRACE_S) -> Decision:
    """Run the latest slot if it is young enough; all the others were missed (promise P7)."""
    if not due:
        return Decision(run=None)
    *earlier, latest = sorted(due)
    if (now - latest).total_seconds() < grace_s:
        return Decision(run=latest, missed=tuple(earlier))
    return Decision(run=None, missed=(*earlier, latest))


def plan(
    line: str, timezone: str, after: datetime, now: datetime, *, grace_s: float = GRACE_S, limit: int = LIMIT
) -> Decision:
    """Decide about all that has come since the latest slot that is settled. After a very long absence: a part of it."""
    due = slots(line, timezone, after, now, limit + 1)
    if len(due) > limit:
        return Decision(run=None, missed=tuple(due[:limit]))
    return decide(due, now, grace_s)
