"""The loopback site of the crawl's own tests, and a home of the test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.crawl.loopback import HOST, SOURCE, Site


@pytest.fixture
def site() -> Iterator[Site]:
    """A site without pages."""
    with Site().serving() as serving:
        yield serving


@pytest.fixture
def env(tmp_path: Path, site: Site) -> dict[str, str]:
    """What a command needs to know of the site and of its outlet, `jiangwan`; no database yet."""
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "jiangwan.toml").write_text(SOURCE, "utf-8")
    return {
        "HUILIU_HOME": str(tmp_path / "home"),
        "HUILIU_SOURCES": str(sources),
        "HUILIU_HOST_MAP": f"{HOST}=127.0.0.1:{site.port}",
    }
