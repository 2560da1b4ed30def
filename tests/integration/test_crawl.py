"""Whole crawls: a subprocess as the service starts it, over real HTTP, into a real database."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.loopback import HOST, Answer, Crawls, Site


@pytest.fixture
def site() -> Iterator[Site]:
    with Site().serving() as serving:
        yield serving


@pytest.fixture
def crawls(database: str, tmp_path: Path, site: Site) -> Crawls:
    return Crawls(database, tmp_path, site)


def balanced(equation: dict[str, int]) -> bool:
    return equation["discovered"] == sum(equation[side] for side in ("done", "refused", "gone", "pending"))


def test_crawl_stores_each_page_once(crawls: Crawls, site: Site) -> None:
    paths = site.add_articles(12)
    status, said = crawls.crawl()
    assert status == 0, said
    assert set(crawls.outcomes().values()) == {"stored", "gone"}
    assert sorted(site.paths()) == sorted(["/robots.txt", "/", *paths])
    assert crawls.equation() == {"discovered": 13, "done": 13, "refused": 0, "gone": 0, "pending": 0}
    [run] = crawls.rows("select state, detail from run")
    assert run == {"state": "done", "detail": ""}


def test_capture_is_what_the_server_sent(crawls: Crawls, site: Site) -> None:
    [path] = site.add_articles(1, headers={"ETag": '"1"', "X-Gate": "å"})
    assert crawls.crawl()[0] == 0
    [capture] = crawls.rows("select * from capture where role = 'article'")
    assert capture["url"] == capture["final_url"] == f"http://{HOST}{path}"
    assert ["X-Gate", "å"] in capture["headers"]
    assert ["Etag", '"1"'] in capture["headers"] or ["ETag", '"1"'] in capture["headers"]
