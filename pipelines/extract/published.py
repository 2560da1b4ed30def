"""When an article was published: what the page prints, with the hour where any place prints it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pipelines.dates import Printed, has_clock, printed_date, zone
from pipelines.extract.blocks import collapse
from pipelines.extract.metas import Metas, ld_text
from pipelines.extract.view import Calls, View, rule_of, short_text
from pipelines.model import DateQuality

META_NAMES = (
    "article:published_time", "og:article:published_time", "og:published_time", "pubdate", "publishdate",
    "publish_date", "publishtime", "publication_date", "datepublished", "parsely-pub-date", "sailthru.date",
    "article.published", "published_time", "published_at", "dc.date.issued", "dcterms.created", "dc.date",
    "dcterms.date",
    "cxenseparse:recs:publishtime", "weibo:article:create_at", "apub:time", "bt:pubdate", "rnews:datepublished",
    "article_date_original", "og:release_date", "date", "displaydate", "firstpublishedtime",
    "shareaholic:article_published_time",
)  # fmt: skip
#: When nothing tells the first publication.
UPDATED_NAMES = (
    "dateupdate",
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmodified",
    "last-modified",
)
#: What elements that hold the time are called (`View.called`), the surest first.
CALLS = Calls(
    40,
    r"#(?:pubtime_baidu|pub_time|pubtime |publish_time |p_publishtime |docreltime |pubdate |post-date )",
    r"@datepublished ",
    r"^<time>",
    r"publish|pub-?_?time|pub-?_?date",
    r"(?<!<)time|date",
    r" [^#]*(?:info|source|meta|msg|sub|about|from)",
)
#: Every label holds one of these: a word is found much faster than a pattern.
LABELS = ("时间", "日期", "发布于", "发表于", "時間", "發佈", "published", "posted", "updated")
#: What it may begin with is said first: a place in a text is passed over faster than by trying all words there.
LABEL = re.compile(
    r"(?=[发更时日發時pu])(?:发布时间|发表时间|发布日期|发布于|发表于|更新时间|时间|日期|發布時間|發布日期|時間|發佈|published|posted|updated)"
    r"\s*(?:on|at)?\s*[:：]?\s*([^\n]{6,40})",
    re.I,
)
FULL_DATE = re.compile(r"(?:19|20)\d\d\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}")
URL_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=\D|$)|"
    r"(?<!\d)((?:19|20)\d\d)[/_-](\d{1,2})[/_-](\d{1,2})(?=\D)"
)
#: S-HEX and 荔枝 ids begin with the Unix time of the article.
URL_EPOCH = re.compile(
    r"/s([0-9a-f]{8})[0-9a-f]{16}\.|/detail/(1[0-9]{9})[0-9]{5,6}\.|/a/\d{8}/(1[0-9]{9})(?:\d{3})?\."
)
MAX_TEXT = 200
#: Characters of a page's text in which a label or a full date is looked for.
MAX_PAGE_TEXT = 40_000
#: A text that one of these rules found says no day at all when it says an impossible one.
REFUSED = (DateQuality.IMPOSSIBLE, DateQuality.FUTURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """The text that prints the time, the time, how well it tells it, and the rule that found it."""

    text: str = ""
    at: datetime | None = None
    quality: DateQuality = DateQuality.NONE
    rule: str = ""


def find_published(
    view: View | None, url: str, timezone: str, fetched_at: datetime, printed: tuple[str, str] = ("", "")
) -> Published:
    """When the article was published. `printed` is (rule, text) of what a layout or family read.

    The first place that gives a real day decides the day; the hour may come from another place that names the same
    day. A place that gives an impossible day, or one after the fetch, ends the search: what follows it on a page are
    the dates of other articles.
    """
    first: Published | None = None
    for rule, text, quality in _places(view, url, printed):
        found = _dated(printed_date(text, timezone, fetched_at), url, fetched_at)
        if first is None and found.quality in REFUSED:
            return Published(text=text, quality=found.quality, rule=rule)
        if found.at is None:
            continue
        shown = Published(text=text, at=found.at, quality=quality or found.quality, rule=rule)
        if found.quality in (DateQuality.MINUTE, DateQuality.RELATIVE):
            if first is None or _day(found.at, timezone) == _day(first.at, timezone):
                return shown
        elif first is None:
            first = shown
    return first or Published()


def _dated(found: Printed, url: str, fetched_at: datetime) -> Printed:
    """A time printed without its year: the year is the address's, where that holds the same day (06-24 10:20)."""
    if found.at is None or not found.without_year:
        return found
    for text in _in_url(url):
        day = printed_date(text, "", fetched_at).at
        if day is not None and (day.month, day.day) == (found.at.month, found.at.day):
            return replace(found, at=found.at.replace(year=day.year))
    return found


def _day(moment: datetime | None, timezone: str) -> date | None:
    return moment.astimezone(zone(timezone)).date() if moment else None


def _places(view: View | None, url: str, printed: tuple[str, str]) -> Iterator[tuple[str, str, DateQuality | None]]:
    """(rule, text, the quality that the place itself decides): layouts, metas, what is shown, the URL, changes."""
    if printed[1]:
        yield *printed, None
    if view is not None:
        yield from ((rule, text, None) for rule, text in _stated(view.metas))
        yield from ((rule, text, None) for rule, text in _shown(view))
    yield from (("url", text, DateQuality.ADDRESS) for text in _in_url(url))
    if view is not None:
        yield from (("meta modified", text, DateQuality.UPDATED) for text in view.metas.all(*UPDATED_NAMES))


def _stated(metas: Metas) -> Iterator[tuple[str, str]]:
    """Metas and JSON-LD."""
    yield from (("json-ld", text) for text in (ld_text(item, "datePublished") for item in metas.articles) if text)
    yield from ((f"meta {name}", metas.values[name][0]) for name in META_NAMES if name in metas.values)
    yield from (("json-ld", text) for text in (ld_text(item, "dateCreated") for item in metas.articles) if text)


def _shown(view: View) -> Iterator[tuple[str, str]]:
    """What the page shows: known ids, classes, labels, then the first full date in its text."""
    for node in view.called(CALLS):
        rule = rule_of(node)
        stamp = node.get("datetime") or node.get("content") or ""
        yield from ((rule, text) for text in (stamp[:MAX_TEXT], short_text(node, MAX_TEXT)) if text)
    text = "\n".join(collapse(piece) for piece in _head(view.texts) if not piece.isspace())
    lowered = text.lower()
    if any(word in lowered for word in LABELS):
        yield from (("label", match[1]) for match in LABEL.finditer(text))
    full = FULL_DATE.search(text)
    if full:
        yield "first date", _to_clock(text[full.start() : full.start() + 40].split("\n"))


def _head(texts: Sequence[str]) -> Iterator[str]:
    """The texts at the page's beginning."""
    size = 0
    for text in texts:
        yield text
        size += len(text)
        if size > MAX_PAGE_TEXT:
            return


def _to_clock(lines: Sequence[str]) -> str:
    """The line that begins with a date, and those after it up to one with a time of day; without one, the first alone.

    >>> _to_clock(["2026年03月03日", "第01版：要闻"]), _to_clock(["2026-03-03", "08:15", "责编"])
    ('2026年03月03日', '2026-03-03 08:15')
    """
    timed = next((place for place, line in enumerate(lines) if has_clock(line)), 0)
    return " ".join(lines[: timed + 1]).strip()


def _in_url(url: str) -> Iterator[str]:
    epoch = URL_EPOCH.search(url)
    if epoch:
        yield str(int(epoch[1], 16)) if epoch[1] else epoch[2] or epoch[3]
    for match in URL_DATE.finditer(url):
        year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
        yield f"{year}-{month}-{day}"
