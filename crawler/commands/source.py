"""`huiliu source`: list, show, check."""

import gzip
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from rich.table import Table
from rich.text import Text

from crawler.archive import connection
from crawler.commands.console import console, errors
from crawler.config import ConfigError, find_source, load_source, sources
from crawler.reading_pool import Unreadable, reading_pool
from pipelines.clean import clean_paragraph
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import CUTS, Capture, Document, Role, Source
from pipelines.urls import canonical_url
from storage import captures

#: Columns of a terminal that has room for family and hosts.
WIDE = 140


def list_sources() -> int:
    """Print every source, one a line; on a narrow terminal what `source show` says as well is left out."""
    wide = console.width >= WIDE
    table = Table(box=None)
    for column in ("name", "title", "region", "shape", "schedule", *(("family", "hosts") if wide else ())):
        table.add_column(column, no_wrap=True)
    for source in sources().values():
        cells = (source.name, source.title, source.region, source.crawl.shape, source.crawl.schedule or "never")
        table.add_row(*cells, *((source.family or "generic", _some(source.hosts)) if wide else ()))
    console.print(table)
    return 0


def _some(hosts: tuple[str, ...]) -> str:
    """Name the first host and how many more there are.

    >>> _some(("www.jiangwan.example", "news.jiangwan.example"))
    'www.jiangwan.example and 1 more'
    """
    return hosts[0] if len(hosts) == 1 else f"{hosts[0]} and {len(hosts) - 1} more"


def show_source(name: str) -> int:
    """Print what one source says, defaults filled in."""
    source = find_source(name)
    policy = source.crawl
    rows = {
        "title": source.title,
        "region": source.region,
        "hosts": ", ".join(source.hosts),
        "family": source.family or "generic",
        "layouts": ", ".join(layout.name for layout in source.layouts) or "none of its own",
        "articles": ", ".join(source.article_url) or "whatever its feed lists",
        "JSON twin": " → ".join(source.json_twin) or "none",
        "time zone": source.timezone,
        "shape": policy.shape,
        "seeds": "\n".join(policy.start_urls),
        "follows": ", ".join(policy.follow) or "no further lists",
        "schedule": policy.schedule or "never; crawl it by hand",
        "pace": f"{policy.concurrency} at a time, {policy.delay_s:g} s apart, at most {policy.deadline_s} s a crawl",
        "looks again": ", ".join(f"after {hours} h" for hours in policy.recheck_hours) or "never",
    }
    table = Table(box=None, show_header=False)
    for key, value in rows.items():
        table.add_row(Text(key, style="bold"), Text(value))
    console.print(table)
    return 0


def check_source(page: str, *, source_name: str | None, url: str) -> int:
    """Say which layout reads a page and what it yields; for a .toml, whether it is sound."""
    if page.endswith(".toml"):
        source = load_source(Path(page))
        console.print(f"{page}: sound. {source.title}: {source.crawl.shape}, {len(source.crawl.start_urls)} seeds")
        return 0
    source = find_source(source_name) if source_name else _source_of(url or page)
    found = _from_archive(page, source) if urlsplit(page).scheme in ("http", "https") else (_from_file(page, url),)
    pool = reading_pool(1)
    try:
        article = (found, source)
        reading = pool.settle(pool.schedule(article), article)
    finally:
        pool.close()
    if isinstance(reading, Unreadable):
        errors.print(f"huiliu: not read as an article: {reading.outcome}: {reading.detail}", markup=False)
        return 1
    _print(reading, source)
    return 0


def _source_of(url: str) -> Source:
    """Return the source that names the URL's host; a page of no known outlet is read generically."""
    host = urlsplit(url).netloc
    return next((one for one in sources().values() if host and host in one.hosts), GENERIC_SOURCE)


def _from_archive(url: str, source: Source) -> tuple[Capture, ...]:
    """Return the newest capture of a URL with its parts. Nothing is fetched here: crawls do that, by robots.txt."""
    try:
        wanted = canonical_url(url, source)
    except ValueError as error:
        raise ConfigError(f"{url}: {error}") from None
    with connection() as conn:
        capture_id = captures.latest_of_url(conn, outlet=source.name, url=wanted)
        if capture_id is not None:
            console.print(f"[dim]from the archive, capture {capture_id}[/]")
            return captures.article_with_parts(conn, capture_id)
    name = source.name or "NAME"
    raise ConfigError(
        f"{url}: the archive holds no article capture of it; `huiliu crawl {name} --limit 5` fetches the outlet's "
        "newest articles, or save the page and check the file with --url"
    )


def _from_file(path: str, url: str) -> Capture:
    try:
        body = Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    body = gzip.decompress(body) if path.endswith(".gz") else body
    return Capture(
        outlet="",
        url=url,
        final_url=url,
        fetched_at=datetime.now(UTC),
        status=200,
        headers=(),
        body=body,
        digest=hashlib.sha256(body).digest(),
        role=Role.ARTICLE,
    )


def _print(document: Document, source: Source) -> None:
    table = Table(box=None, show_header=False)
    rows = {
        "source": source.name or "none: read generically",
        "layout": document.layout,
        "charset": document.charset,
        "title": document.clean_title,
        "byline": document.byline,
        "origin": document.origin,
        "published": f"{document.published_at or 'no believable time'} ({document.published_text or 'none printed'})",
        "spun score": f"{document.spun_score / 1000:.2f}",
        "outside": f"{document.outside_chars} characters of the page are outside the article",
    }
    for key, value in rows.items():
        table.add_row(Text(key, style="bold"), Text(value))
    console.print(table)
    for paragraph in document.paragraphs:
        kept = clean_paragraph(paragraph, document.marks)
        why = sorted({m.rule for m in document.marks if m.paragraph == paragraph.index and m.kind in CUTS})
        sign = " " if kept == paragraph.raw else "~" if kept.strip() else "-"
        note = f"   [{', '.join(why)}]" if why else ""
        style = "red" if sign == "-" else "yellow" if sign == "~" else ""
        console.print(f"{sign} {paragraph.kind:7} {paragraph.raw[:100]}{note}", markup=False, style=style)
