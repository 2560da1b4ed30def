"""Who copies whom in the demo, who names whom, and what is one series."""

from collections import Counter

import pytest

from demo.truth import FARM
from tests.acceptance.demo.facts import AFTER, COPIES, HONEST
from tests.acceptance.demo_runs import Demo, lines_of, squeezed

pytestmark = pytest.mark.timeout(600)


def test_every_copy_is_found_and_nothing_else(demo: Demo) -> None:
    rows = demo.archive.rows(
        """
        select a.url, b.url as copy, c.kind from archive.copy c join archive.article a using (article_id)
        join archive.article b on b.article_id = c.copy_article_id
        """
    )
    kinds = {(row["url"], row["copy"]): row["kind"] for row in rows}
    assert kinds.keys() == {(fact.copy_of, url) for url, fact in COPIES.items() if fact.copy_of}
    for url, fact in COPIES.items():
        # A copy without the subtitles of its original is another text, and so is one with words of the farm's left in.
        if fact.relation == "same" and not AFTER[fact.copy_of].subtitles:
            whole = lines_of(demo.article(url)) == list(map(squeezed, fact.paragraphs))
            assert kinds[fact.copy_of, url] == ("same" if whole else "near"), url
    spun = [kinds[fact.copy_of, url] for url, fact in COPIES.items() if fact.relation == "spun"]
    assert spun.count("spun") >= len(spun) - 1, "one is hardly reworded"
    assert set(kinds.values()) == {"same", "near", "spun"}


def test_series_names_its_parts(demo: Demo) -> None:
    rows = demo.archive.rows(
        """
        select a.title, t.title as cited from archive.citation c join archive.article a using (article_id)
        join archive.article t on t.article_id = c.cited_article_id where a.outlet = 'lanjiang' and t.outlet = a.outlet
        """
    )
    series = {fact.title for fact in HONEST.values() if fact.outlet == "lanjiang" and "五匹马" in fact.title}
    assert len(series) == 3
    within = {(row["title"], row["cited"]) for row in rows if row["title"] in series}
    assert within == {(one, other) for one in series for other in series if one != other}


def test_the_series_comes_out_as_one_in_order(demo: Demo) -> None:
    rows = demo.archive.rows("select outlet, title, part, parts from archive.series order by part")
    parts = [fact for fact in HONEST.values() if fact.outlet == "lanjiang" and "五匹马" in fact.title]
    titles = [fact.title for fact in sorted(parts, key=lambda fact: fact.published_at)]
    assert [tuple(row.values()) for row in rows] == [
        ("lanjiang", title, place, 3) for place, title in enumerate(titles, start=1)
    ]


def test_who_names_the_series_means_its_parts(demo: Demo) -> None:
    """A national site names the outlet and the three titles, and a farm both in its own words."""
    rows = demo.archive.rows(
        """
        select a.outlet, c.cited_title, c.cited_outlet, c.how, t.outlet as of, t.title as cited
        from archive.citation c join archive.article a using (article_id)
        join archive.article t on t.article_id = c.cited_article_id
        where a.outlet <> 'lanjiang' order by a.outlet, c.ordinal
        """
    )
    assert all(row["of"] == "lanjiang" and "五匹马" in row["cited"] for row in rows)
    named = [row for row in rows if row["cited_outlet"] == "澜江日报、澜江新闻"]
    assert Counter(row["outlet"] for row in named) == {"huaxia": 3, FARM: 3}
    assert {row["how"] for row in rows if "莫得" in row["cited_title"]} == {"similar"}
    assert {row["how"] for row in rows if "莫得" not in row["cited_title"]} == {"exact"}
