"""Whole crawls: a subprocess as the service starts it, over real HTTP, into a real database."""

from itertools import pairwise

import pytest

from tests.integration.crawl.loopback import HOST, Answer, Crawls, Site


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


def test_second_crawl_asks_only_for_changes(crawls: Crawls, site: Site) -> None:
    site.add_articles(3, headers={"ETag": '"v1"'})
    assert crawls.crawl()[0] == 0
    crawls.rows("update frontier set due_at = now() where role = 'article' returning 1")
    run_id = crawls.queue()
    assert crawls.finish(crawls.start(run_id))[0] == 0
    outcomes = crawls.outcomes(run_id)
    assert [outcomes[f"/content/a{number}.html"] for number in range(3)] == ["unchanged"] * 3
    assert [seen.headers.get("If-None-Match") for seen in site.seen if "/content/" in seen.path] == [
        *[None] * 3,
        *['"v1"'] * 3,
    ]
    assert crawls.rows("select count(*) as captures from capture where role = 'article'") == [{"captures": 3}]
    confirmed = "select count(capture_id) as n from fetch_attempt where run_id = %s and role = 'article'"
    assert crawls.rows(confirmed, run_id) == [{"n": 3}]


def test_next_crawl_reads_what_was_left_unread(crawls: Crawls, site: Site) -> None:
    site.add_articles(5)
    assert crawls.crawl()[0] == 0
    assert crawls.rows("select count(*) as n from document") == [{"n": 5}]
    crawls.rows("delete from reading where mod(capture_id, 2) = 0 returning 1")
    assert crawls.crawl()[0] == 0
    assert crawls.rows("select count(*) as n from document") == [{"n": 5}]
    assert sum(path.startswith("/content/") for path in site.paths()) == 5


def test_changed_page_is_a_new_capture(crawls: Crawls, site: Site) -> None:
    [path] = site.add_articles(1)
    for text, outcome in (("一", "stored"), ("二", "stored"), ("二", "unchanged"), ("一", "returned")):
        site.pages[path] = Answer(body=f"<h1>清淤</h1><p>{text}</p>")
        crawls.rows("update frontier set due_at = now() where role = 'article' returning 1")
        assert crawls.crawl()[0] == 0
        assert crawls.outcomes()[path] == outcome


def test_robots_is_kept(crawls: Crawls, site: Site) -> None:
    paths = site.add_articles(4)
    site.pages["/robots.txt"] = Answer(body=f"User-agent: *\nDisallow: {paths[1]}\n")
    run_id = crawls.queue()
    assert crawls.finish(crawls.start(run_id))[0] == 0
    assert paths[1] not in site.paths()
    assert site.paths().count("/robots.txt") == 1
    assert site.paths()[0] == "/robots.txt"
    assert crawls.outcomes()[paths[1]] == "refused_robots"
    assert crawls.outcomes()["/robots.txt"] == "stored"
    assert crawls.rows("select role from capture where url like '%%/robots.txt'") == [{"role": "robots"}]


@pytest.mark.parametrize("status", [500, 503])
def test_host_without_its_robots_waits_for_the_next_run(crawls: Crawls, site: Site, status: int) -> None:
    site.add_articles(2)
    site.pages["/robots.txt"] = Answer(status=status)
    code, said = crawls.crawl()
    assert code == 1
    assert site.paths() == ["/robots.txt"]
    assert "left alone in this run" in said
    assert crawls.equation() == {"discovered": 1, "done": 0, "refused": 0, "gone": 0, "pending": 1}
    [run] = crawls.rows("select state, detail from run")
    assert run["state"] == "failed"
    assert "robots.txt is unreachable" in run["detail"]
    site.pages["/robots.txt"] = Answer(status=404)
    crawls.rows("update frontier set due_at = now() returning 1")
    assert crawls.crawl()[0] == 0
    assert crawls.equation()["done"] == 3


def test_robots_may_ask_for_more_time(crawls: Crawls, site: Site) -> None:
    site.add_articles(2)
    site.pages["/robots.txt"] = Answer(body="User-agent: *\nCrawl-delay: 1\n")
    assert crawls.crawl()[0] == 0
    assert min(gaps(site)[1:]) >= 1.0


def gaps(site: Site) -> list[float]:
    times = [seen.at_s for seen in site.seen if seen.host == HOST]
    return [after - before for before, after in pairwise(times)]


def test_delay_is_kept(crawls: Crawls, site: Site) -> None:
    crawls.write_source(delay_s=0.4)
    site.add_articles(6)
    assert crawls.crawl()[0] == 0
    assert len(gaps(site)) == 7
    assert min(gaps(site)) >= 0.4


def test_limit_bounds_the_articles(crawls: Crawls, site: Site) -> None:
    site.add_articles(9)
    assert crawls.crawl(article_limit=2)[0] == 0
    assert sum(path.startswith("/content/") for path in site.paths()) == 2
    assert crawls.equation() == {"discovered": 10, "done": 3, "refused": 0, "gone": 0, "pending": 7}
