"""What changed from the demo's first day to its second: edits, additions, what was taken down."""

from collections import Counter

import pytest

from demo.site import taken_down
from tests.acceptance.demo.facts import ADDED, AFTER, ARTICLES, BEFORE, COPIES, EDITED
from tests.acceptance.demo_runs import Demo, lines_of, squeezed

pytestmark = pytest.mark.timeout(600)


def test_edits_without_a_word_are_revisions(demo: Demo) -> None:
    assert len(EDITED) >= 6
    for url in EDITED:
        rows = demo.archive.rows(
            """
            select r.revision, r.title, r.text from archive.revision r join archive.article a using (article_id)
            where a.url = %s order by r.revision
            """,
            url,
        )
        assert [row["revision"] for row in rows] == [1, 2], url
        for row, fact in zip(rows, (BEFORE[url], AFTER[url]), strict=True):
            assert row["title"] == fact.title
            assert set(map(squeezed, fact.paragraphs)) <= set(lines_of(row)), url


def test_what_was_not_edited_has_one_revision(demo: Demo) -> None:
    rows = demo.archive.rows("select a.url from archive.revision r join archive.article a using (article_id)")
    counts = Counter(row["url"] for row in rows)
    assert {url for url, count in counts.items() if count > 1} == set(EDITED)
    assert set(counts) == set(ARTICLES)


def test_later_articles_arrived(demo: Demo) -> None:
    assert len(ADDED) >= 2
    for url in ADDED:
        assert demo.article(url)["characters"] > 200


def test_edits_are_shown_paragraph_by_paragraph(demo: Demo) -> None:
    rows = demo.archive.rows(
        """
        select a.url, c.change, c.text, c.previous_text from archive.revision_paragraph c
        join archive.article a using (article_id)
        """
    )
    assert {row["url"] for row in rows} == set(EDITED)
    for url in EDITED:
        before, after = (fact[url] for fact in (BEFORE, AFTER))
        told = {(row["change"], row["previous_text"], row["text"]) for row in rows if row["url"] == url}
        assert (("title", before.title, after.title) in told) == (before.title != after.title)
        gone = {squeezed(line) for line in before.paragraphs if line not in after.paragraphs}
        assert {squeezed(old) for change, old, _ in told if change != "title" and old} >= gone


def test_what_was_taken_down_is_gone_and_its_copy_is_not(demo: Demo) -> None:
    [url] = taken_down(2)
    [row] = demo.archive.rows("select url, gone_how, gone_at > last_seen_at as after from archive.gone")
    assert row == {"url": url, "gone_how": "404", "after": True}
    assert squeezed(ARTICLES[url].paragraphs[0]) in lines_of(demo.article(url))
    [copy] = [fact.url for fact in COPIES.values() if fact.copy_of == url]
    assert demo.archive.rows("select gone_at from archive.article where url = %s", copy) == [{"gone_at": None}]
