"""The page that a command is asked about: one of the archive, or a file. Nothing is fetched here."""

import gzip
import hashlib
import zlib
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive import connection
from crawler.config import ConfigError, sources
from crawler.fitted import Fitted, in_use
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.model import Capture, Role, Source
from pipelines.urls import canonical_url
from storage import captures


def is_url(page: str) -> bool:
    """Whether a word of the command line names a page of the archive."""
    return urlsplit(page).scheme in ("http", "https")


def source_of(url: str) -> Source:
    """Return the source that names the URL's host; a page of no known outlet is read generically."""
    host = urlsplit(url).netloc
    return next((one for one in sources().values() if host and host in one.hosts), GENERIC_SOURCE)


def from_archive(url: str, source: Source) -> tuple[tuple[Capture, ...], Fitted]:
    """Return the newest capture of a URL with its parts, and what the archive reads with. Only crawls fetch, by
    robots.txt and the source's pace."""
    try:
        wanted = canonical_url(url, source)
    except ValueError as error:
        raise ConfigError(f"{url}: {error}") from None
    with connection() as conn:
        capture_id = captures.latest_of_url(conn, outlet=source.name, url=wanted)
        if capture_id is not None:
            return captures.article_with_parts(conn, capture_id), in_use(conn)
    name = source.name or "NAME"
    raise ConfigError(
        f"{url}: the archive holds no article capture of it; `huiliu crawl {name} --limit 5` fetches the outlet's "
        "newest articles, or save the page and give the file with --url"
    )


def from_file(path: str, url: str) -> Capture:
    """Return a saved page as a capture of now."""
    try:
        body = Path(path).read_bytes()
        body = gzip.decompress(body) if path.endswith(".gz") else body
    except (OSError, EOFError, zlib.error) as error:
        raise ConfigError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None
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
