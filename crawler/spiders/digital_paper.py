"""Digital papers (数字报): one issue a day, its pages, the articles on each page."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.config import DATE_CODE
from crawler.spiders.base import OutletSpider


class DigitalPaper(OutletSpider):
    """Starts at the front page of every issue asked for; any past day can be back-filled."""

    name = "digital_paper"

    def seed_urls(self, since: date | None, until: date | None) -> Iterator[str]:
        """Yield each start URL once a day of `since`..`until` (today, unless they say otherwise)."""
        today = datetime.now(ZoneInfo(self.source.timezone)).date()
        days = list(issue_days(since, until, today))
        for url in self.source.crawl.start_urls:
            yield from (dated(url, day) for day in days) if DATE_CODE.search(url) else (url,)


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
