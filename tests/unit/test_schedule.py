"""When an outlet is due: slots of a crontab line, and what becomes of those that were missed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.service.schedule import Decision, decide, plan, read_schedule, slots

SHANGHAI = "Asia/Shanghai"
#: 08:00 of a Monday in Shanghai.
MORNING = datetime(2026, 3, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GRACE_S = 24 * 3600.0


def local(found: list[datetime]) -> list[str]:
    return [one.astimezone(ZoneInfo(SHANGHAI)).strftime("%a %H:%M") for one in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0 6 * * *", ["Tue 06:00"]),
        ("30 8,20 * * *", ["Mon 08:30", "Mon 20:30"]),
        ("0 */8 * * *", ["Mon 16:00", "Tue 00:00", "Tue 08:00"]),
    ],
)
def test_slots_are_counted_in_the_outlets_time_zone(line: str, expected: list[str]) -> None:
    assert local(slots(line, SHANGHAI, MORNING, MORNING + DAY)) == expected


def test_slot_of_the_beginning_is_settled_and_that_of_the_end_is_due() -> None:
    assert slots("0 8 * * *", SHANGHAI, MORNING, MORNING + DAY) == [MORNING + DAY]


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [
        ("1", "Mon"),
        ("0", "Sun"),
        ("7", "Sun"),
        ("1-5", "Mon Tue Wed Thu Fri"),
        ("6-7", "Sat Sun"),
        ("*/3", "Wed Sat Sun"),
        ("1,4", "Mon Thu"),
        ("mon-wed", "Mon Tue Wed"),
        ("*", "Mon Tue Wed Thu Fri Sat Sun"),
    ],
)
def test_days_of_the_week_are_those_of_cron(weekday: str, expected: str) -> None:
    found = slots(f"0 12 * * {weekday}", SHANGHAI, MORNING, MORNING + 7 * DAY)
    assert " ".join(one.split()[0] for one in local(found)) == expected


@pytest.mark.parametrize("line", ["0 6 * *", "61 * * * *", "0 6 * * 5-1", "0 6 * * 8", "0 6 * * */0", "at six"])
def test_wrong_lines_are_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_schedule(line, UTC)


def test_day_that_never_comes_costs_nothing() -> None:
    assert slots("0 0 31 2 *", SHANGHAI, MORNING, MORNING + 400 * DAY) == []


@pytest.mark.parametrize(
    ("line", "midnight", "expected"),
    [
        ("30 2 * * *", datetime(2026, 10, 25, tzinfo=UTC), ["00:30"]),
        ("30 * * * *", datetime(2026, 10, 25, tzinfo=UTC), ["00:30", "01:30", "02:30"]),
        ("30 2 * * *", datetime(2026, 3, 29, tzinfo=UTC), ["01:30"]),
    ],
    ids=["the hour comes twice, the daily slot once", "an hourly slot comes in both", "the hour is left out"],
)
def test_summer_time(line: str, midnight: datetime, expected: list[str]) -> None:
    found = slots(line, "Europe/Berlin", midnight, midnight + timedelta(hours=3))
    assert [one.strftime("%H:%M") for one in found] == expected


@settings(deadline=None, max_examples=60)
@given(
    line=st.sampled_from(["*/5 * * * *", "7 * * * *", "30 2 * * *", "0 3,15 * * 1-5", "0 0 1 * *"]),
    timezone=st.sampled_from([SHANGHAI, "Europe/Berlin", "America/St_Johns", "UTC"]),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)),
    first=st.integers(0, 2 * 24 * 3600),
    second=st.integers(0, 2 * 24 * 3600),
)
def test_however_time_is_cut_each_slot_comes_once(
    line: str, timezone: str, start: datetime, first: int, second: int
) -> None:
    begin = start.replace(tzinfo=UTC)
    middle = begin + timedelta(seconds=first)
    end = middle + timedelta(seconds=second)
    whole = slots(line, timezone, begin, end, 10**6)
    assert slots(line, timezone, begin, middle, 10**6) + slots(line, timezone, middle, end, 10**6) == whole
    assert whole == sorted(set(whole))
    assert all(begin < one <= end and one.second == one.microsecond == 0 for one in whole)


def test_clock_set_back_makes_nothing_due() -> None:
    assert slots("*/5 * * * *", SHANGHAI, MORNING, MORNING - timedelta(hours=1)) == []


def test_latest_slot_is_caught_up_and_earlier_ones_were_missed() -> None:
    due = [MORNING, MORNING + DAY, MORNING + 2 * DAY]
    now = MORNING + 2 * DAY + timedelta(hours=5)
    assert decide(due, now, GRACE_S) == Decision(run=due[2], missed=(due[0], due[1]))


def test_slot_older_than_its_grace_is_missed() -> None:
    assert decide([MORNING], MORNING + DAY, GRACE_S) == Decision(run=None, missed=(MORNING,))
    assert decide([MORNING], MORNING + DAY - timedelta(seconds=1), GRACE_S) == Decision(run=MORNING)


def test_nothing_due_is_nothing_decided() -> None:
    assert decide([], MORNING) == Decision(run=None)


def test_long_absence_is_recorded_in_parts() -> None:
    now = MORNING + timedelta(minutes=5 * 12)
    first = plan("*/5 * * * *", SHANGHAI, MORNING, now, limit=10)
    assert (first.run, len(first.missed)) == (None, 10)
    rest = plan("*/5 * * * *", SHANGHAI, first.missed[-1], now, limit=10)
    assert (rest.run, len(rest.missed)) == (now, 1)
