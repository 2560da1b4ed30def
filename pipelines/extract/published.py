"""When an article was published: what the page prints, with the hour where any place prints it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain

from lxml.html import HtmlElement

from pipelines.dates import has_clock, printed_date, zone
from pipelines.extract.blocks import collapse
from pipelines.extract.metas import Metas, ld_text
from pipelines.extract.noise import SKIPPED
from pipelines.extract.reading import compiled

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
SELECTORS = (
    "[id^=pubtime_baidu], [id^=pub_time], #pubtime, #publish_time, #p_publishtime, #docreltime, #pubdate, #post-date",
    "[itemprop=datePublished]",
    "time[pubdate], time[datetime]",
    "[class*=publish], [class*=pubtime], [class*=pub-time], [class*=pub_time], [class*=pubdate], [class*=pub-date]",
    "[class*=time], [class*=date], [id*=time], [id*=date], [class*=Time], [class*=Date]",
    "[class*=info], [class*=source], [class*=meta], [class*=msg], [class*=sub], [class*=about], [class*=from]",
)
LABEL = re.compile(
    r"(?:发布时间|发表时间|发布日期|发布于|发表于|更新时间|时间|日期|發布時間|發布日期|時間|發佈|published|posted|updated)"
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


def find_date(
    tree: HtmlElement | None, metas: Metas, url: str, timezone: str, fetched_at: datetime, printed: str = ""
) -> tuple[str, datetime | None]:
    """(the text that prints it, the time). The first place that gives a real day decides the day; the hour may come
    from another place that names the same day.
    """
    texts = [printed] if printed else []
    texts += _stated(metas)
    first: tuple[str, datetime] | None = None
    for text in chain(texts, _shown(tree) if tree is not None else (), _in_url(url), metas.all(*UPDATED_NAMES)):
        found = printed_date(text, timezone, fetched_at)
        if found is None:
            continue
        if _is_timed(text, found):
            if first is None or found.astimezone(zone(timezone)).date() == first[1].astimezone(zone(timezone)).date():
                return text, found
        elif first is None:
            first = (text, found)
    return first or ("", None)


def _is_timed(text: str, found: datetime) -> bool:
    """Whether the text gives a time of day; midnight is what a day without one is stored as."""
    return has_clock(text) and (found.hour, found.minute) != (0, 0)


def _stated(metas: Metas) -> Iterator[str]:
    """Metas and JSON-LD."""
    yield from (text for text in (ld_text(item, "datePublished") for item in metas.articles) if text)
    for name in META_NAMES:
        yield from metas.values.get(name, ())[:1]
    yield from (text for text in (ld_text(item, "dateCreated") for item in metas.articles) if text)


def _shown(tree: HtmlElement) -> Iterator[str]:
    """What the page shows: known ids, classes, labels, then the first full date in its text."""
    for selector in SELECTORS:
        for node in compiled(selector)(tree)[:40]:
            stamp = node.get("datetime") or node.get("content") or ""
            if stamp:
                yield stamp[:MAX_TEXT]
            text = collapse(str(node.text_content()))
            if 0 < len(text) <= MAX_TEXT:
                yield text
    text = _page_text(tree)
    yield from (match[1] for match in LABEL.finditer(text))
    full = FULL_DATE.search(text)
    if full:
        yield _to_clock(text[full.start() : full.start() + 40].split("\n"))


def _to_clock(lines: Sequence[str]) -> str:
    """The line that begins with a date, and those after it up to one with a time of day; without one, the first alone.

    >>> _to_clock(["2026年03月03日", "第01版：要闻"]), _to_clock(["2026-03-03", "08:15", "责编"])
    ('2026年03月03日', '2026-03-03 08:15')
    """
    timed = next((place for place, line in enumerate(lines) if has_clock(line)), 0)
    return " ".join(lines[: timed + 1]).strip()


def _page_text(tree: HtmlElement, limit: int = 40_000) -> str:
    """The text of the page by lines, scripts left out."""
    pieces: list[str] = []
    size = 0
    for node in tree.iter():
        if isinstance(node.tag, str) and node.tag not in SKIPPED and node.text:
            pieces.append(node.text)
            size += len(node.text)
        if node.tail:
            pieces.append(node.tail)
            size += len(node.tail)
        if size > limit:
            break
    return "\n".join(collapse(piece) for piece in pieces if not piece.isspace())


def _in_url(url: str) -> Iterator[str]:
    epoch = URL_EPOCH.search(url)
    if epoch:
        yield str(int(epoch[1], 16)) if epoch[1] else epoch[2] or epoch[3]
    for match in URL_DATE.finditer(url):
        year, month, day = match.groups()[:3] if match[1] else match.groups()[3:]
        yield f"{year}-{month}-{day}"
