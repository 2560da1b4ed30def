"""A loopback news site, and crawls of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.crawl.loopback import Crawls, Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without pages."""
    with Site().serving() as serving:
        yield serving


@pytest.fixture
def crawls(database: str, tmp_path: Path, site: Site) -> Iterator[Crawls]:
    """Crawls of that site into an archive of the test's own; none of them outlives the test."""
    of_site = Crawls(database, tmp_path, site)
    yield of_site
    of_site.close()
