"""Promise P9: one bad page costs at most its limits, ends in an outcome of its own, and stops nobody."""

import hashlib
from collections.abc import Iterator

import pytest

from crawler import reading_pool
from crawler.reading_pool import Unreadable, WorkerPool
from pipelines.model import ReadOutcome
from storage.database import connect
from tests.faults.bad_work import fail_to_start, work
from tests.faults.processes import ask, broken_promises, huiliu
from tests.integration.crawl.loopback import HOST, Answer, Site

LIMIT_S = 1.0

Pool = WorkerPool[str, str]


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> Iterator[Pool]:
    """Two workers that give a page one second."""
    monkeypatch.setattr(reading_pool, "TIMEOUT_S", LIMIT_S)
    opened: Pool = WorkerPool(work, 2)
    yield opened
    opened.close(wait=False)


def read_all(pool: Pool, pages: list[str]) -> list[str | Unreadable]:
    scheduled = [(pool.schedule(page), page) for page in pages]
    return [pool.settle(one, page) for one, page in scheduled]


@pytest.mark.parametrize(
    ("bad", "outcome"),
    [
        ("hang", ReadOutcome.TIMEOUT),
        ("spin", ReadOutcome.TIMEOUT),
        ("crash", ReadOutcome.CRASHED),
        ("abort", ReadOutcome.CRASHED),
        ("grow", ReadOutcome.MEMORY),
        ("no body", ReadOutcome.NO_BODY),
    ],
)
def test_bad_page_among_good_ones(pool: Pool, bad: str, outcome: ReadOutcome) -> None:
    good = [f"page {number}" for number in range(20)]
    found = read_all(pool, [*good[:7], bad, *good[7:]])
    unreadable = found.pop(7)
    assert found == good
    assert isinstance(unreadable, Unreadable)
    assert unreadable.outcome == outcome


def test_neighbours_of_many_bad_pages(pool: Pool) -> None:
    pages = ["a", "crash", "hang", "b", "crash", "grow", "c", "no body", "crash", "d"]
    found = read_all(pool, pages)
    assert [one if isinstance(one, str) else "" for one in found] == ["a", "", "", "b", "", "", "c", "", "", "d"]


def test_bug_is_raised_and_the_next_page_is_read(pool: Pool) -> None:
    with pytest.raises(ZeroDivisionError):
        read_all(pool, ["bug"])
    assert read_all(pool, ["next"]) == ["next"]


def test_workers_that_cannot_start_are_said_and_not_waited_for(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_pool, "_prepare_worker", fail_to_start)
    broken: Pool = WorkerPool(work, 2)
    try:
        for _ in range(2):
            with pytest.raises(RuntimeError, match="no worker"):
                read_all(broken, ["page"])
    finally:
        broken.close(wait=False)


TEXT = "记者从江湾镇水利站了解到，清淤工程昨日完工，沿河三个村的排水能力提高了一倍，孩子上学的路也好走了。"
PARAGRAPHS = f"<p>江湾新闻网讯 {TEXT}</p>" * 4


def page(inside: str, title: str = "清淤工程完工") -> bytes:
    """A page around an article's inside; lone surrogates go out as they are."""
    text = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
        f'<body><h1>{title}</h1><div class="article">{inside}</div></body></html>'
    )
    return text.encode("utf-8", "surrogatepass")


#: What the page is -> (its bytes, the outcome that it must have). Those with `read` still give their text.
HOSTILE = {
    "manyparagraphs": (page("<p>汛</p>" * 100_000), "too_complex"),
    "manylinks": (page('<a href="/x">汛</a>' * 100_000), "too_complex"),
    "manybreaks": (page("汛<br>" * 200_000), "too_complex"),
    "manyoptions": (page("<select>" + "<option>汛</option>" * 100_000 + "</select>"), "too_complex"),
    "deep": (page("<div>" * 100_000 + PARAGRAPHS + "</div>" * 100_000), "too_complex"),
    "nestedtables": (page("<table><tr><td>" * 2000 + PARAGRAPHS), "too_complex"),
    "longattribute": (page('<p data-x="' + "a" * 10_000_000 + f'">{PARAGRAPHS}</p>'), "too_complex"),
    "controlreference": (page(PARAGRAPHS + "<p>水&#1;&#11;&#xFFFE;&#0;利</p>"), "read"),
    "hugecell": (
        page(f'<table><tr><td colspan="1000000000" rowspan="99999999999999999">{PARAGRAPHS}</td></tr></table>'),
        "read",
    ),
    "nuls": (page(PARAGRAPHS + "<p>闸门\x00已经检修完毕。</p>"), "read"),
    "lonesurrogates": (page(PARAGRAPHS + "<p>闸门\ud83d已经&#xD83D;检修完毕。</p>"), "read"),
    "unclosedcomment": (page(PARAGRAPHS + "<!--" + "汛" * 1_000_000), "read"),
    "hugetitle": (page(PARAGRAPHS, title="汛" * 300_000), None),
    "doctypeonly": (b"<!DOCTYPE html>", "no_body"),
    "frameset": (b"<html><frameset><frame src='/a.html'></frameset></html>", "no_body"),
    "script": (page("<script>document.write('')</script>"), "no_body"),
    "notext": (bytes(range(256)) * 400, None),
    "lessthan": (page("<" * 2_000_000), None),
    "empty": (b"", None),
}


def test_hostile_pages_on_the_real_road(site: Site, database: str, env: dict[str, str]) -> None:
    good = site.add_articles(20)
    bad = [f"/content/{name}.html" for name in HOSTILE]
    for path, (body, _) in zip(bad, HOSTILE.values(), strict=True):
        site.pages[path] = Answer(body=body)
    site.list_on("/", [*good[:10], *bad, *good[10:]])
    done = huiliu("crawl", "jiangwan", **env, DATABASE_URL=database)
    assert done.status == 0, done.err
    assert broken_promises(database) == []
    assert_good_are_there(database, good)
    for name, (body, outcome) in HOSTILE.items():
        assert_has_outcome(database, name, body, outcome)


def assert_good_are_there(database: str, good: list[str]) -> None:
    found = {url for [url] in ask(database, "select url from archive.article")}
    assert {f"http://{HOST}{path}" for path in good} <= found


def assert_has_outcome(database: str, name: str, body: bytes, expected: str | None) -> None:
    """Every byte is kept; one reading says what became of it, and text that can be had is had."""
    rows = ask(
        database,
        """
        select c.payload_digest, r.outcome, d.clean_text from capture c left join reading r on r.capture_id = c.id
        left join document d on d.capture_id = c.id where c.url = %s
        """,
        f"http://{HOST}/content/{name}.html",
    )
    assert len(rows) == 1, name
    [(digest, outcome, text)] = rows
    assert digest == hashlib.sha256(body).digest(), name
    assert outcome == expected if expected else outcome, name
    assert expected != "read" or TEXT in str(text), name


def damage(database: str, url: str) -> None:
    """Flip a bit in the middle of an article's stored bytes, as a bad disk would."""
    with connect(database) as conn:
        conn.execute("alter table payload disable trigger user")
        row = conn.execute(
            "select digest, body from payload join capture on payload_digest = digest where url = %s", [url]
        ).fetchone()
        assert row is not None
        spoilt = bytes(byte ^ 255 for byte in row[1][:40]) + row[1][40:]
        conn.execute("update payload set body = %s where digest = %s", [spoilt, row[0]])
        conn.execute("alter table payload enable trigger user")


def test_damaged_bytes_stop_nobody(database: str, env: dict[str, str], site: Site) -> None:
    """Of four captures to be read, the first is spoilt on disk: crawl and rerun read the others, and say so."""
    good = site.add_articles(4)
    env["DATABASE_URL"] = database
    assert huiliu("crawl", "jiangwan", **env).status == 0
    damage(database, f"http://{HOST}{good[0]}")
    with connect(database) as conn:
        conn.execute("delete from document")
        conn.execute("delete from reading")
    crawl = huiliu("crawl", "jiangwan", **env)
    assert (crawl.status, crawl.err.count("\n")) == (1, 1)
    assert "1 captures could not be read" in crawl.err
    assert_good_are_there(database, good[1:])
    rerun = huiliu("rerun", **env)
    assert (rerun.status, rerun.err.count("\n")) == (1, 1)
    assert "stays unread: PayloadDamaged" in rerun.err
    [fault] = broken_promises(database)
    assert "does not decompress" in fault
