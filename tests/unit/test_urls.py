"""One article, one URL."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.model import CrawlPolicy, Shape, Source
from pipelines.urls import MAX_LENGTH, canonical_url, url_digest

CASES = json.loads((Path(__file__).parents[1] / "cases" / "urls.json").read_text(encoding="utf-8"))
SOURCE = Source(
    name="sample",
    title="样例日报",
    region="sample",
    hosts=("a.example",),
    drop_params=("track",),
    crawl=CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=()),
)


def marked(case: dict[str, Any]) -> Any:
    return pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * (case["expect"] == "fail"))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    if case["expected"] is None:
        with pytest.raises(ValueError, match=r"URL|http"):
            canonical_url(case["original"], SOURCE)
    else:
        assert canonical_url(case["original"], SOURCE) == case["expected"]


PIECES = st.sampled_from(
    [
        "http://",
        "HTTPS://",
        "a.example",
        "南京.example",
        ":80",
        "/",
        "//",
        "..",
        ".",
        "新闻",
        "%e6",
        "%2F",
        "%",
        "?",
        "&",
        "=",
        "#x",
        "utm_a=1",
        "id=1",
        "track=2",
        " ",
        "\\",
        "@",
        "[",
        "]",
        "\x00",
        "\ud800",
        "+",
        "a",
        ";",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60).map(lambda text: "http://a.example/" + text))
def test_idempotent_and_never_anything_but_value_error(url: str) -> None:
    try:
        once = canonical_url(url, SOURCE)
    except ValueError:
        return
    assert once.isascii()
    assert len(once) <= MAX_LENGTH
    assert canonical_url(once, SOURCE) == once


def test_digest_is_the_sha256_of_the_canonical_url() -> None:
    assert len(url_digest("http://a.example/")) == 32
    assert url_digest("http://a.example/") != url_digest("http://a.example/1")
