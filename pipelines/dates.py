"""Times as pages print them, to aware datetimes. Nothing is guessed: an impossible day is no day.

Chinese pages never write their zone; other parsers turn 2023-02-30 into 2023-02-01 and lose the hour
(reliability.md S7, extraction.md), so this is our own. Relative forms count from the time of the fetch.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from pipelines.date_forms import (
    AFTERNOON,
    AGO,
    AGO_SECONDS,
    CLOCK_BEFORE,
    COMPACT,
    DAY_FIRST,
    DAYS_BACK,
    DIGITS,
    EPOCH,
    FIXED,
    HANZI_DATE,
    HINT,
    HOUR,
    JUST_NOW,
    MAIL,
    MINUTES,
    MONTH_DAY,
    MONTH_FIRST,
    MONTH_STARTS,
    NAMED_DAY,
    NO_YEAR,
    NUMERIC,
    PRINTED_BY_JAVA,
    WIDTHS,
    ZONES,
)
from pipelines.model import DateQuality

#: Nothing was on the Chinese web before.
EARLIEST = datetime(1994, 1, 1, tzinfo=UTC)
#: A fetch from this year on is a page without a known fetch: nothing can be counted from it.
UNKNOWN_YEAR = 2100
#: How much of a text is looked at.
MAX_CHARS = 400


@dataclass(frozen=True, slots=True)
class Printed:
    """What a text says of a time: the time, aware, with the offset that the text prints if it prints one."""

    at: datetime | None
    quality: DateQuality
    #: Whether the text prints no year, and the year is that of the fetch or the one before.
    without_year: bool = False


def read_date(text: str, timezone: str, fetched_at: datetime) -> datetime | None:
    """The time that `text` prints, in the outlet's `timezone`; None where there is none to believe.

    >>> fetched = datetime(2026, 11, 22, tzinfo=UTC)
    >>> read_date("2019年06月15日08:18  来源", "Asia/Shanghai", fetched).isoformat()
    '2019-06-15T08:18:00+08:00'
    >>> read_date("2023-02-30", "Asia/Shanghai", fetched)
    """
    found = printed_date(text, timezone, fetched_at).at
    return found.astimezone(zone(timezone)) if found else None


def printed_date(text: str, timezone: str, fetched_at: datetime) -> Printed:
    """The time that `text` prints and how well; IMPOSSIBLE and FUTURE tell why there is none.

    >>> printed_date("2023-02-30", "Asia/Shanghai", datetime(2026, 11, 22, tzinfo=UTC)).quality.value
    'impossible'
    """
    if not HINT.search(text):
        return NOTHING
    text, local = _narrow(text[:MAX_CHARS]), zone(timezone)
    for read in READERS if fetched_at.year < UNKNOWN_YEAR else ABSOLUTE_READERS:
        found = read(text, local, fetched_at)
        if found is not None:
            believed = _believed(found, text, fetched_at, relative=read is _read_relative)
            return replace(believed, without_year=True) if read is _read_without_year else believed
    impossible = NUMERIC.search(text) or HANZI_DATE.search(text)
    return Printed(None, DateQuality.IMPOSSIBLE) if impossible else NOTHING


def _believed(found: datetime, text: str, fetched_at: datetime, *, relative: bool) -> Printed:
    """The time with its quality; midnight is what a day without an hour is stored as."""
    if found > fetched_at + timedelta(days=1):
        return Printed(None, DateQuality.FUTURE)
    if found < EARLIEST:
        return NOTHING
    if relative:
        return Printed(found, DateQuality.RELATIVE)
    timed = (found.hour, found.minute) != (0, 0) and has_clock(text)
    return Printed(found, DateQuality.MINUTE if timed else DateQuality.DAY)


def has_clock(text: str) -> bool:
    """Whether the text prints a time of day."""
    narrow = _narrow(text[:MAX_CHARS])
    return bool(HOUR.search(narrow) or EPOCH.fullmatch(narrow))


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """China keeps one offset since 1992; other zones are looked up."""
    return timezone(timedelta(hours=FIXED[name])) if name in FIXED else ZoneInfo(name)


def _narrow(text: str) -> str:
    """Full-width digits and colons as ASCII; entity-like spaces as spaces."""
    return text if text.isascii() else text.translate(WIDTHS)


def _read_epoch(text: str, local: tzinfo, fetched_at: datetime) -> datetime | None:
    match = EPOCH.fullmatch(text)
    if not match:
        return None
    seconds = int(match[1][:10])
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(local)


def _read_fields(pattern: re.Pattern[str]) -> Callable[[str, tzinfo, datetime], datetime | None]:
    """A reader of a pattern with named fields: the first match that is a real day."""

    def read(text: str, local: tzinfo, fetched_at: datetime) -> datetime | None:
        found = (_build(_with_clock(match, text), local) for match in pattern.finditer(text))
        return next((moment for moment in found if moment), None)

    return read


def _with_clock(match: re.Match[str], text: str) -> dict[str, str | None]:
    """The fields of a match; a text that begins with the hour prints it before the day."""
    fields = match.groupdict()
    before = CLOCK_BEFORE.fullmatch(text, 0, match.start()) if fields["hour"] is None and match.start() else None
    return fields | before.groupdict() if before else fields


def _build(fields: dict[str, str | None], local: tzinfo, year: int = 0) -> datetime | None:
    """A datetime from matched fields; None if the calendar has no such day."""
    name = fields.get("name")
    month = MONTH_STARTS.index(name[:3].lower()) // 3 + 1 if name else int(fields["month"] or 0)
    hour, minute, second = (int(fields.get(key) or 0) for key in ("hour", "minute", "second"))
    half = (fields.get("half") or fields.get("after") or "").lower()
    if half[:1] in AFTERNOON or (half == "中午" and hour < 3):
        hour += 12 if (5 if half[0] in "夜深" else 0) <= hour < 12 else 0
    elif (half[:1] == "a" or half == "凌晨") and hour == 12:
        hour = 0
    offset = _offset(fields.get("zone"), local)
    try:
        return datetime(
            int(fields.get("year") or year), month, int(fields["day"] or 0), hour, minute, second, tzinfo=offset
        )
    except ValueError:
        return None


def _offset(printed: str | None, local: tzinfo) -> tzinfo:
    """The zone a time prints: an offset, or an abbreviation (CST is China's on the pages this reads)."""
    if not printed:
        return local
    name = printed.upper()
    signed = re.search(r"([+-])(\d{2}):?(\d{2})", name)
    if signed:
        minutes = int(signed[2]) * 60 + int(signed[3])
        return timezone(timedelta(minutes=min(minutes, 14 * 60) * (1 if signed[1] == "+" else -1)))
    if name in ZONES:
        return timezone(timedelta(hours=ZONES[name]))
    return UTC


def _read_mail(text: str, local: tzinfo, fetched_at: datetime) -> datetime | None:
    """RFC 2822, as feeds print it."""
    if not MAIL.match(text) or not MINUTES.search(text):
        return None
    try:
        found = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=local)


def _read_hanzi(text: str, local: tzinfo, fetched_at: datetime) -> datetime | None:
    """二〇二四年三月五日, as papers print it."""
    match = HANZI_DATE.search(text)
    if not match:
        return None
    year = int("".join(str(DIGITS[char]) for char in match[1]))
    try:
        return datetime(year, _hanzi_number(match[2]), _hanzi_number(match[3]), tzinfo=local)
    except ValueError:
        return None


def _hanzi_number(text: str) -> int:
    """
    >>> [_hanzi_number(t) for t in ("五", "十", "十二", "二十", "三十一")]
    [5, 10, 12, 20, 31]
    """
    tens, ten, ones = text.rpartition("十")
    return (DIGITS.get(tens, 1) if tens else 1) * 10 * bool(ten) + DIGITS.get(ones, 0)


def _read_relative(text: str, local: tzinfo, fetched_at: datetime) -> datetime | None:
    """3小时前, 昨天 18:20, 刚刚: from the time of the fetch."""
    now = fetched_at.astimezone(local)
    if JUST_NOW.fullmatch(text):
        return now.replace(microsecond=0)
    ago = AGO.search(text)
    if ago:
        return _ago(ago[1], ago[2], now)
    named = NAMED_DAY.search(text)
    if not named or len(text.strip()) > 20:
        return None
    day = now - timedelta(days=DAYS_BACK[named[1]])
    hour, minute = int(named[2] or 0), int(named[3] or 0)
    if hour > 23 or minute > 59:
        return None
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _ago(count: str, unit: str, now: datetime) -> datetime:
    days = {"月": 30, "年": 365}.get(unit)
    seconds = days * 86400 if days else AGO_SECONDS[unit[0]]
    span = seconds // 2 if count == "半" else seconds * int(count)
    moment = now - timedelta(seconds=span)
    if seconds >= 86400:
        return moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return moment.replace(microsecond=0)


def _read_without_year(text: str, local: tzinfo, fetched_at: datetime) -> datetime | None:
    """06-24 10:20, 6月24日: the latest such day not after the fetch."""
    match = NO_YEAR.search(text) or (MONTH_DAY.search(text) if len(text.strip()) <= 20 else None)
    if not match:
        return None
    now = fetched_at.astimezone(local)
    for year in (now.year, now.year - 1):
        found = _build(match.groupdict(), local, year)
        if found and found <= fetched_at + timedelta(days=1):
            return found
    return None


NOTHING = Printed(None, DateQuality.NONE)
ABSOLUTE_READERS: tuple[Callable[[str, tzinfo, datetime], datetime | None], ...] = (
    _read_epoch,
    _read_mail,
    _read_fields(PRINTED_BY_JAVA),
    _read_fields(NUMERIC),
    _read_fields(MONTH_FIRST),
    _read_fields(DAY_FIRST),
    _read_hanzi,
    _read_fields(COMPACT),
)
READERS = (*ABSOLUTE_READERS, _read_relative, _read_without_year)
