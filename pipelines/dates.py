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

from pipelines.model import DateQuality

#: Nothing was on the Chinese web before.
EARLIEST = datetime(1994, 1, 1, tzinfo=UTC)
#: A fetch from this year on is a page without a known fetch: nothing can be counted from it.
UNKNOWN_YEAR = 2100
#: How much of a text is looked at.
MAX_CHARS = 400

MONTH_STARTS = "janfebmaraprmayjunjulaugsepoctnovdec"
MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
#: Before the date instead of behind it, at the text's beginning: 08:05 2026-11-03.
CLOCK_BEFORE = re.compile(r"\D{0,12}(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?[\s,，]+")
#: As Java prints it: Tue Nov 03 08:05:00 CST 2026.
PRINTED_BY_JAVA = re.compile(
    rf"\b(?P<name>{MONTH_NAMES})\s+(?P<day>\d{{1,2}})\s+(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d):(?P<second>[0-5]\d)"
    r"\s+(?P<zone>UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST)\s+(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
DIGITS = {char: index for index, char in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "O": 0}

CLOCK = (
    r"(?:[\sT,，　|·]*(?:[时時][间間]\s*:\s*)?"
    r"(?P<half>上午|下午|晚上?|晚[间間]|傍晚|深?夜|凌晨|早上?|早晨|清晨|中午|am|pm)?[\s]*"
    r"(?P<hour>[01]?\d|2[0-3])(?:\s*[::時时点]\s*(?P<minute>[0-5]\d|\d(?=分))分?(?:\s*[::]\s*(?P<second>[0-5]\d)秒?"
    r"(?:[.,:](?P<fraction>\d{1,9}))?)?|\s*[時时点]整?)"
    r"\s*(?P<after>[ap]\.?m\.?)?\s*(?P<zone>Z\b|UTC|GMT|EST|EDT|CST|CDT|MST|MDT|PST|PDT|BST|"
    r"(?:GMT|UTC)?[+-]\d{2}:?\d{2}\b)?)?"
)
NUMERIC = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:年\s*|(?P<sep>[-/.‐‑–])\s*|(?=\d\d/\d\d(?:\D|\d\d:)))(?P<month>\d{1,2})"
    r"\s*(?:月\s*|[-/.‐‑–]\s*)(?P<day>\d{1,2})(?!\d(?!\d?:))\s*[日号]?\s*"
    r"(?:[(]?(?:星期|周|週|[礼禮]拜)[一二三四五六日天][)]?|[(][一二三四五六日天][)])?" + CLOCK,
    re.I,
)
COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?P<second>[0-5]\d)?)?(?!\d)"
)
DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?(?P<name>{MONTH_NAMES})\.?,?[\s-]+(?P<year>(?:19|20)\d\d)"
    rf"(?:\s*(?:at|[-–—|,·])\s*|\b){CLOCK}",
    re.I,
)
MONTH_FIRST = re.compile(
    rf"\b(?P<name>{MONTH_NAMES})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)"
    rf"(?:\s*(?:at|[-–—|,·])\s*|\b){CLOCK}",
    re.I,
)
HANZI_DATE = re.compile(
    r"([一二][〇零○O一二三四五六七八九]{3})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]"
)
NO_YEAR = re.compile(
    r"(?<![\d年.-])(?P<month>0?[1-9]|1[0-2])(?:月|[-/])(?P<day>\d{1,2})(?:日\s*|\s+)" + CLOCK[:-1].rstrip("?"), re.I
)
MONTH_DAY = re.compile(r"(?<![\d年.-])(?P<month>0?[1-9]|1[0-2])月(?P<day>\d{1,2})日")
AGO = re.compile(r"(\d{1,3}|半)\s*个?(秒|分钟|分鐘|小时|小時|天|日|周|星期|月|年)(?:之)?前")
DAYS_BACK = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
#: Not inside a sentence: 最后一个龙门口昨日封闭 is a headline, no time.
NAMED_DAY = re.compile(
    r"(?:(?<![一-鿿])|(?<=于))(今天|今日|昨天|昨日|前天)(?:\s*(\d{1,2})[::时](\d{2})|(?=发|更新|来源)|(?![一-鿿]))"
)
#: A text without any of these prints no time.
HINT = re.compile(r"\d|[一二三四五六七八九十]月|刚刚|剛剛|just now|半|[今昨前][天日]", re.I)
HOUR = re.compile(r"\d\s*[::時时点]\s*\d\d|\d\s*[ap]\.?m\b|\d点|\d[时時]\d", re.I)
MAIL = re.compile(r"\s*[A-Za-z]{3},\s")
MINUTES = re.compile(r"\d:\d\d")
EPOCH = re.compile(r"\s*(\d{10}|\d{13})\s*")
JUST_NOW = re.compile(r"\s*(?:刚刚|剛剛|just now)\s*", re.I)

#: How what stands before an hour of the afternoon begins: pm, 下午, 晚, 傍晚, 夜, 深夜.
AFTERNOON = frozenset("p下晚傍夜深")
AGO_SECONDS = {"秒": 1, "分": 60, "小": 3600, "天": 86400, "日": 86400, "周": 604800, "星": 604800}
ZONES = {"EST": -5, "EDT": -4, "CST": 8, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "BST": 1}
FIXED = {"": 8, "Asia/Shanghai": 8, "Asia/Taipei": 8, "Asia/Hong_Kong": 8, "Asia/Macau": 8, "UTC": 0}


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


WIDTHS = {0xFF10 + n: 0x30 + n for n in range(10)} | {
    0xFF1A: 0x3A,
    0xFF0D: 0x2D,
    0xFF0F: 0x2F,
    0xFF08: 0x28,
    0xFF09: 0x29,
    0xFF5C: 0x7C,
    0xA0: 0x20,
    0x3000: 0x20,
    0x2002: 0x20,
    0x2003: 0x20,
}


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
