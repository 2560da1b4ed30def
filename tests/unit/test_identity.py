"""One article, one key: never two for one, never one for two."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.config import find_source
from pipelines.extract.anywhere import GENERIC_SOURCE
from pipelines.identity import article_key, capture_key
from pipelines.model import CrawlPolicy, Shape, Source
from pipelines.urls import canonical_url
from tests.integration.factories import make_capture

CASES = json.loads((Path(__file__).parents[1] / "cases" / "identity.json").read_text(encoding="utf-8"))
SAMPLE = Source(
    name="sample",
    title="样例日报",
    region="sample",
    hosts=("a.example", "m.a.example", "www.a.example"),
    article_url=(r"/\d+\.html$",),
    identity=(("news", (r"//m\.a\.example/detail/(\d+)$", r"/n/(\d+)\.html$")), ("video", (r"/v/(\d+)\.html$",))),
    crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=()),
)


def key(url: str, source: Source = SAMPLE) -> str:
    return article_key(canonical_url(url, source), source)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_case(case: dict[str, Any]) -> None:
    source = find_source(case["source"]) if case["source"] else GENERIC_SOURCE
    first, *more = [key(url, source) for url in case["one"]]
    assert more == [first] * len(more)
    assert first not in [key(url, source) for url in case["others"]]


def test_an_outlets_own_numbers() -> None:
    assert key("https://m.a.example/detail/123") == key("http://www.a.example/n/123.html") == "news 123"
    assert key("http://www.a.example/v/123.html") == "video 123"
    assert key("http://www.a.example/n/x123.html") == "a.example/n/x123.html"


def test_an_empty_group_names_nothing() -> None:
    optional = Source(
        name="s", title="s", region="s", hosts=(), identity=(("id", (r"/p/(\d*)$",)),), crawl=SAMPLE.crawl
    )
    assert key("http://a.example/p/", optional) == "a.example/p"
    assert key("http://a.example/p/7", optional) == "id 7"


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        ("http://www.a.example/n/9.html", "news 9"),
        ("http://www.a.example/x/9.html?spm=1", "a.example/x/9.html"),
        ("http://www.a.example/", "news 5"),  # the front page, for what is no more
        ("http://elsewhere.example/n/9.html", "news 5"),
        ("about:blank", "news 5"),
    ],
)
def test_redirects_count_where_they_lead_to_an_article(final: str, expected: str) -> None:
    capture = make_capture(url="http://m.a.example/detail/5", final_url=final)
    assert capture_key(capture, SAMPLE) == expected


HOSTS = st.sampled_from(["a.example", "www.a.example", "m.a.example", "www.m.a.example", "m.example", "a.example:81"])
PATHS = st.sampled_from(
    ["", "/", "/{}", "/{}/", "/{}.html", "/n/{}.html", "/v/{}.html", "/detail/{}", "/{}/index.html", "/{}_2.html",
     "/2026/03/02/{}.html", "/t20260302_{}.shtml", "/d?id={}", "/index.html?id={}", "/d?id={}&page=2",
     "/d?page=2&id={}"]
)  # fmt: skip


@given(HOSTS, PATHS, st.integers(0, 10**18))
def test_the_key_of_a_key_is_the_key(host: str, path: str, number: int) -> None:
    once = key(f"http://{host}{path.format(number)}", GENERIC_SOURCE)
    assert key(f"https://{once}", GENERIC_SOURCE) == once


@given(
    st.sampled_from([SAMPLE, GENERIC_SOURCE]),
    HOSTS,
    PATHS.filter(lambda path: "{}" in path),
    st.integers(0, 10**18),
    st.integers(0, 10**18),
)
def test_two_numbers_never_meet(source: Source, host: str, path: str, one: int, other: int) -> None:
    keys = {key(f"http://{host}{path.format(number)}", source) for number in (one, other)}
    assert len(keys) == len({one, other})


@given(PATHS, st.integers(0, 10**18), st.sampled_from(["http", "https"]), st.sampled_from(["", "www."]))
def test_scheme_and_www_never_part(path: str, number: int, scheme: str, label: str) -> None:
    place = path.format(number)
    assert key(f"{scheme}://{label}a.example{place}", GENERIC_SOURCE) == key(f"http://a.example{place}", GENERIC_SOURCE)
