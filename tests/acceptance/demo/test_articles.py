"""`make run`, twice, on an empty folder: the articles that a reader then finds by SQL, and what is none."""

import pytest

from demo.articles import read_outlet
from demo.site import hosts
from demo.truth import FARM, OUTLETS, article_url
from tests.acceptance.demo.facts import AFTER, ARTICLES, HONEST
from tests.acceptance.demo_runs import Demo, lines_of, squeezed

pytestmark = pytest.mark.timeout(600)

#: How a fault ends: the stage at which it is seen, and its outcome there.
FAULT_OUTCOMES = {
    "soft_404": ("read", "soft_404"),
    "block_page": ("read", "block_page"),
    "captcha": ("read", "captcha"),
    "redirect_loop": ("fetch", "refused_redirects"),
    "private_address": ("fetch", "refused_egress"),
    "offsite": ("fetch", "refused_offsite"),
    "disallowed": ("fetch", "refused_robots"),
    "gone": ("fetch", "gone"),
    "busy_once": ("fetch", "blocked"),
    "slow": ("fetch", "stored"),
}
LAYOUTS = {
    "lanjiang": "family:s_hex",
    "yunhe": "family:founder_paper",
    "binhai": "family:founder_paper",
    "dongshan": "layout:2024",
    "huaxia": "family:people",
    "kuaibao": "family:dede",
}
GBK = {"yunhe", "huaxia", "kuaibao"}


def test_articles_held_are_those_of_the_site(demo: Demo) -> None:
    rows = demo.archive.rows("select url, outlet from archive.article")
    assert {row["url"]: row["outlet"] for row in rows} == {url: fact.outlet for url, fact in ARTICLES.items()}


def test_titles_are_right(demo: Demo) -> None:
    rows = demo.archive.rows("select url, title from archive.article where outlet <> %s", FARM)
    assert {row["url"]: row["title"] for row in rows} == {url: fact.title for url, fact in HONEST.items()}


@pytest.mark.parametrize("outlet", OUTLETS)
def test_text_is_the_genuine_paragraphs_in_order(demo: Demo, outlet: str) -> None:
    """No paragraph lost, doubled, moved or added; 引题 and 副题 may stand with the text."""
    for fact in (fact for fact in HONEST.values() if fact.outlet == outlet):
        lines = lines_of(demo.article(fact.url))
        asides = set(map(squeezed, fact.subtitles))
        assert [line for line in lines if line not in asides] == list(map(squeezed, fact.paragraphs)), fact.url


def test_times_are_those_printed(demo: Demo) -> None:
    rows = demo.archive.rows("select url, published_at from archive.article")
    assert {row["url"]: row["published_at"] for row in rows} == {url: f.published_at for url, f in ARTICLES.items()}


def test_times_as_printed_are_one_line(demo: Demo) -> None:
    rows = demo.archive.rows("select outlet, published_text from archive.article")
    assert [row for row in rows if "\n" in row["published_text"] or not row["published_text"]] == []


@pytest.mark.parametrize("name", OUTLETS)
def test_bylines_name_the_authors(demo: Demo, name: str) -> None:
    outlet = read_outlet(name, 2)
    for article in outlet.articles:
        byline = demo.article(article_url(outlet, article))["byline"]
        assert not article.author or byline, article.key
        assert all(author in article.author for author in byline.split("、")) or not article.author, article.key


def test_each_outlet_is_read_by_its_family(demo: Demo) -> None:
    rows = demo.archive.rows("select distinct outlet, layout, charset from archive.article")
    assert sorted((row["outlet"], row["layout"], row["charset"]) for row in rows) == sorted(
        (outlet, layout, "gb18030" if outlet in GBK else "utf-8") for outlet, layout in LAYOUTS.items()
    )


def test_parts_are_joined_to_their_article(demo: Demo) -> None:
    """Further pages and JSON twins are captures of their own; their text stands in the article."""
    parts = {row["url"] for row in demo.archive.rows("select url from archive.capture where role = 'part'")}
    two_pages = [
        article_url(read_outlet(outlet, 2), article)
        for outlet in OUTLETS
        for article in read_outlet(outlet, 2).articles
        if article.first_page
    ]
    assert len(two_pages) >= 2
    for url in two_pages:
        assert parts & {url.replace(".html", "_1.html"), url.replace(".html", "-2.html")}, url
        assert squeezed(ARTICLES[url].paragraphs[-1]) in lines_of(demo.article(url))
    twins = {url.replace(".html", ".json") for url, fact in ARTICLES.items() if fact.outlet == "lanjiang"}
    assert twins <= parts


def ids(url: str) -> str:
    return f"{AFTER[url].outlet}:{AFTER[url].fault or AFTER[url].title[:10]}"


@pytest.mark.parametrize("url", [url for url, fact in AFTER.items() if fact.fault], ids=ids)
def test_fault_ends_in_its_outcome(demo: Demo, url: str) -> None:
    fact = AFTER[url]
    rows = demo.archive.rows("select stage, outcome from archive.outcome where url = %s order by at", url)
    assert FAULT_OUTCOMES[fact.fault] in [(row["stage"], row["outcome"]) for row in rows]
    held = demo.archive.rows("select 1 from archive.article where url = %s", url)
    assert len(held) == bool(fact.paragraphs)


def test_pages_that_are_no_article_are_captures(demo: Demo) -> None:
    for url, fact in AFTER.items():
        if fact.fault in ("soft_404", "block_page", "captcha"):
            assert len(demo.archive.rows("select 1 from archive.capture where url = %s", url)) == 1, fact.fault


def test_robots_are_kept_and_nobody_else_is_asked(demo: Demo) -> None:
    """Measured at the server: no disallowed page, no redirect followed out of the outlet."""
    for run in (demo.first, demo.second):
        assert run.asked
        assert {address.partition("/")[0] for address in run.asked} <= set(hosts())
        disallowed = {url.removeprefix("http://") for url, fact in AFTER.items() if fact.fault == "disallowed"}
        assert not disallowed & set(run.asked)
    rows = demo.archive.rows("select distinct split_part(final_url, '/', 3) as host from archive.capture")
    assert {row["host"] for row in rows} == set(hosts())
