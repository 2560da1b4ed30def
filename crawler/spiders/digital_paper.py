"""Digital papers (数字报): one issue a day, its pages, the articles on each page."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.config import DATE_CODE
from crawler.spiders.base import OutletSpider
from pipelines.model import Capture, Link

_DIGITS = {"%Y": r"\d{4}", "%m": r"\d{2}", "%d": r"\d{2}", "%-m": r"\d{1,2}", "%-d": r"\d{1,2}"}


class DigitalPaper(OutletSpider):
    """Starts at the front page of every issue asked for; any past day can be back-filled."""

    name = "digital_paper"

    def seed_urls(self, since: date | None, until: date | None) -> Iterator[str]:
        """Yield each start URL once a day of `since`..`until` (today, unless they say otherwise).

        Start URLs without a day lead to whatever issues there are: they are left out where days are asked for.
        """
        days = list(self._days(since, until))
        for url in self.source.crawl.start_urls:
            if DATE_CODE.search(url):
                yield from (dated(url, day) for day in days)
            elif not (since or until) or not self._dated_starts():
                yield url

    def _find_links(self, capture: Capture) -> tuple[Link, ...]:
        """Leave out other issues than those asked for: each page of an issue leads to the day before and after."""
        links = super()._find_links(capture)
        run = self._run()
        if not (run.since or run.until):
            return links
        wanted = {None, *self._days(run.since, run.until)}
        starts = self._dated_starts()
        return tuple(link for link in links if issue_day(link.url, starts) in wanted)

    def _days(self, since: date | None, until: date | None) -> Iterator[date]:
        return issue_days(since, until, datetime.now(ZoneInfo(self.source.timezone)).date())

    def _dated_starts(self) -> list[str]:
        return [url for url in self.source.crawl.start_urls if DATE_CODE.search(url)]


def issue_days(since: date | None, until: date | None, today: date) -> Iterator[date]:
    """Yield the days of a back-fill, newest first; a bound left open is the other one, or today.

    >>> [str(day) for day in issue_days(date(2026, 8, 30), None, date(2026, 9, 1))]
    ['2026-09-01', '2026-08-31', '2026-08-30']
    """
    last = min(until or today, today) if since else until or today
    first = since or last
    day = last
    while day >= first:
        yield day
        day -= timedelta(days=1)


def dated(url: str, day: date) -> str:
    """Fill a day in; only %Y, %m and %d (and %-m, %-d) are codes, so that escapes such as %E6 stay as they are.

    >>> dated("https://szb.example/pc/layout/%Y%m/%d/node_1.html", date(2026, 9, 3))
    'https://szb.example/pc/layout/202609/03/node_1.html'
    """
    codes = {"%Y": f"{day:%Y}", "%m": f"{day:%m}", "%d": f"{day:%d}", "%-m": str(day.month), "%-d": str(day.day)}
    return DATE_CODE.sub(lambda code: codes.get(code[0], code[0]), url)


def issue_day(url: str, starts: list[str]) -> date | None:
    """Return the day of the issue that a URL belongs to, as the dated start URLs show where it stands; None: of none.

    >>> str(issue_day("https://szb.example/pc/202609/03/content_7.html", ["https://szb.example/pc/%Y%m/%d/node_1.html"]))
    '2026-09-03'
    """
    for start in starts:
        found = re.match(_day_pattern(start), url)
        try:
            if found:
                return date(*(int(found[code]) for code in "Ymd"))
        except (ValueError, IndexError):
            continue
    return None


def _day_pattern(start: str) -> str:
    """Return a start URL, up to its last date code, as a regular expression with the groups Y, m and d."""
    pattern, at, seen = "", 0, set()
    for code in DATE_CODE.finditer(start):
        name = code[0][-1]
        pattern += re.escape(start[at : code.start()])
        pattern += f"(?P={name})" if name in seen else f"(?P<{name}>{_DIGITS[code[0]]})"
        seen.add(name)
        at = code.end()
    return pattern
