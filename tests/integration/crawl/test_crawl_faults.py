"""What a crawl leaves behind when it is killed, stopped, cut off from its database, or started twice."""

import signal
import subprocess
import threading
from pathlib import Path

import psycopg
import pytest

from tests.faults.processes import wait_until
from tests.integration.crawl.loopback import Answer, Crawls, Site


def start_slow(crawls: Crawls, site: Site, articles: int = 40) -> tuple[subprocess.Popen[str], int]:
    """Start a crawl and wait until it is in the middle of its articles; they take their time until `site.hurry`."""
    site.add_articles(articles, wait_s=0.5)
    run_id = crawls.queue()
    process = crawls.start(run_id)
    wait_until(lambda: len(site.paths()) > 12)
    return process, run_id


def assert_nothing_lost(crawls: Crawls, site: Site, articles: int = 40) -> None:
    """Everything is fetched, nothing is stored twice, every fetch has one outcome (promises P1, P2, P8)."""
    found = crawls.equation()
    assert found == {"discovered": articles + 1, "done": articles + 1, "refused": 0, "gone": 0, "pending": 0}
    captures = crawls.rows("select count(*) as n, count(distinct url) as urls from capture where role = 'article'")
    assert captures == [{"n": articles, "urls": articles}]
    assert crawls.rows("select count(*) as n from frontier where state = 'leased'") == [{"n": 0}]
    read = "select count(*) as n, count(distinct capture_id) as captures from reading"
    assert crawls.rows(read) == [{"n": articles, "captures": articles}]


def test_killed_crawl_is_finished_by_the_next(crawls: Crawls, site: Site) -> None:
    process, _ = start_slow(crawls, site)
    process.send_signal(signal.SIGKILL)
    crawls.finish(process)
    site.hurry.set()
    leased = crawls.rows("select count(*) as n from frontier where state = 'leased'")[0]["n"]
    assert leased > 0
    status, said = crawls.crawl()
    assert status == 0, said
    assert f"{leased} URLs that an earlier crawl left unfinished" in said
    assert_nothing_lost(crawls, site)
    assert crawls.rows("select count(*) as n from fetch_attempt where outcome = 'lost'") == [{"n": leased}]


def test_run_taken_over_by_a_retried_job(crawls: Crawls, site: Site) -> None:
    process, run_id = start_slow(crawls, site)
    process.send_signal(signal.SIGKILL)
    crawls.finish(process)
    site.hurry.set()
    assert crawls.finish(crawls.start(run_id))[0] == 0
    assert_nothing_lost(crawls, site)


def test_stopped_crawl_gives_its_leases_back(crawls: Crawls, site: Site) -> None:
    process, run_id = start_slow(crawls, site)
    process.send_signal(signal.SIGTERM)
    status, said = crawls.finish(process)
    site.hurry.set()
    assert status == 1
    assert "stopped by a signal" in said
    assert "Traceback" not in said
    assert crawls.rows("select state, detail from run") == [{"state": "interrupted", "detail": "stopped by a signal"}]
    assert crawls.rows("select count(*) as n from frontier where state = 'leased'") == [{"n": 0}]
    asked = len([path for path in site.paths() if path.startswith("/content/")])
    stored = crawls.rows("select count(*) as n from fetch_attempt where run_id = %s and role = 'article'", run_id)
    assert stored == [{"n": asked}]
    assert crawls.crawl()[0] == 0
    assert_nothing_lost(crawls, site)


def test_crawl_ends_at_its_deadline(crawls: Crawls, site: Site) -> None:
    crawls.write_source(deadline_s=2, concurrency=1)
    site.add_articles(60, wait_s=0.2)
    status, said = crawls.crawl()
    assert status == 1
    assert "stopped at its deadline" in said
    assert crawls.rows("select state from run") == [{"state": "interrupted"}]
    assert crawls.equation()["pending"] > 0


def hold_a_page(site: Site) -> threading.Event:
    """Add an article whose server thinks about it until the event is set."""
    let_go = threading.Event()

    def answer(asked: int) -> Answer:
        let_go.wait(60)
        return Answer(body="<h1>清淤</h1>")

    site.pages["/content/held.html"] = answer
    site.list_on("/", [*[f"/content/a{number}.html" for number in range(8)], "/content/held.html"])
    return let_go


def test_second_crawl_of_an_outlet_refuses(crawls: Crawls, site: Site) -> None:
    site.add_articles(8)
    let_go = hold_a_page(site)
    process = crawls.start(crawls.queue())
    wait_until(lambda: "/content/held.html" in site.paths())
    second = crawls.queue()
    status, said = crawls.finish(crawls.start(second))
    assert status == 1
    assert "another crawl of jiangwan is running" in said
    assert "Traceback" not in said
    assert crawls.rows("select state from run where id = %s", second) == [{"state": "queued"}]
    let_go.set()
    assert crawls.finish(process)[0] == 0
    assert_nothing_lost(crawls, site, 9)


def test_site_that_refuses_everything_is_left_alone(crawls: Crawls, site: Site) -> None:
    paths = site.add_articles(60)
    for path in paths:
        site.pages[path] = Answer(status=403, body="网站防火墙")
    status, said = crawls.crawl()
    assert status == 1
    assert "the site refuses us, or is down" in said
    assert len(site.paths()) < 40
    assert crawls.rows("select state from run") == [{"state": "failed"}]
    found = crawls.equation()
    assert (found["done"], found["refused"], found["pending"]) == (1, 0, 60)
    assert crawls.rows("select count(*) as n from frontier where state = 'leased'") == [{"n": 0}]


def test_retry_after_is_waited_for(crawls: Crawls, site: Site) -> None:
    site.add_articles(3)
    crawls.write_source(concurrency=1)
    front = site.pages["/"]
    assert isinstance(front, Answer)
    site.pages["/"] = lambda asked: Answer(status=429, headers={"Retry-After": "3"}) if asked == 1 else front
    assert crawls.crawl()[0] == 0
    first, second = (seen.at_s for seen in site.seen if seen.path == "/")
    assert second - first >= 3  # its own backoff is 2 s


def test_hung_page_times_out_and_the_others_do_not_wait(crawls: Crawls, site: Site) -> None:
    site.add_articles(8)
    let_go = hold_a_page(site)
    process = crawls.start(crawls.queue(), "-s", "DOWNLOAD_TIMEOUT=2")
    wait_until(lambda: crawls.outcomes().get("/content/held.html") == "failed_timeout")
    wait_until(lambda: crawls.equation()["done"] == 9)
    assert process.poll() is None
    let_go.set()
    assert crawls.finish(process)[0] == 0
    assert crawls.outcomes()["/content/held.html"] == "stored"


def test_lost_connection_ends_the_crawl(crawls: Crawls, site: Site) -> None:
    process, _ = start_slow(crawls, site)
    with psycopg.connect(crawls.database) as conn:
        conn.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity "
            "where pid <> pg_backend_pid() and datname = current_database()"
        )
    site.hurry.set()
    status, said = crawls.finish(process)
    assert status == 1
    assert "the database is gone" in said
    assert "Traceback" not in said
    assert crawls.crawl()[0] == 0
    assert_nothing_lost(crawls, site)


@pytest.mark.parametrize(
    ("url", "why"),
    [("", "DATABASE_URL"), ("postgresql://nobody:secret@127.0.0.1:1/none", "nothing listens")],
)
def test_no_database_is_said_in_one_line(crawls: Crawls, url: str, why: str) -> None:
    status, said = crawls.finish(crawls.start(crawls.queue(), DATABASE_URL=url))
    assert status == 1
    assert why in said
    assert "secret" not in said
    assert "Traceback" not in said


def test_database_without_tables_is_said_in_one_line(crawls: Crawls, empty_database: str) -> None:
    status, said = crawls.finish(crawls.start(1, DATABASE_URL=empty_database))
    assert status == 1
    assert "huiliu db migrate" in said
    assert "Traceback" not in said


def test_overloaded_server_is_asked_again_later(crawls: Crawls, site: Site) -> None:
    [path] = site.add_articles(1)
    page = site.pages[path]
    assert isinstance(page, Answer)
    site.pages[path] = lambda asked: Answer(status=503, body="系统维护") if asked == 1 else page
    run_id = crawls.queue()
    assert crawls.finish(crawls.start(run_id))[0] == 0
    rows = crawls.rows("select outcome from fetch_attempt where role = 'article' and run_id = %s order by id", run_id)
    assert [row["outcome"] for row in rows] == ["blocked", "stored"]
    first, second = (seen.at_s for seen in site.seen if seen.path == path)
    assert second - first >= 1.9


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["section_list", "-a", "source=jiangwang", "-a", "run=1"], "did you mean jiangwan"),
        (["feed", "-a", "source=jiangwan", "-a", "run=1"], "has the shape section_list, not feed"),
        (["section_list", "-a", "source=jiangwan"], "usage: scrapy crawl"),
    ],
)
def test_wrong_use_is_said_in_one_line(crawls: Crawls, arguments: list[str], why: str) -> None:
    status, said = crawls.finish(crawls.start_command(arguments))
    assert status == 2
    assert why in said
    assert "Traceback" not in said


def test_run_of_another_outlet_is_refused(crawls: Crawls) -> None:
    crawls.rows("insert into outlet (name, title, region) values ('other', '', '') returning 1")
    [run] = crawls.rows("insert into run (outlet_id) select id from outlet where name = 'other' returning id")
    status, said = crawls.finish(crawls.start(run["id"]))
    assert status == 1
    assert "is not one of jiangwan" in said
    assert crawls.rows("select state from run") == [{"state": "queued"}]


def test_unknown_run_is_refused(crawls: Crawls) -> None:
    status, said = crawls.finish(crawls.start(4711))
    assert status == 1
    assert "run 4711" in said
    assert "Traceback" not in said


def test_process_listens_nowhere(crawls: Crawls, site: Site) -> None:
    process, _ = start_slow(crawls, site)
    assert process.poll() is None
    inodes = {
        line.split()[9]
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{process.pid}/net/{table}").read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    }
    own = {str(fd.readlink()) for fd in Path(f"/proc/{process.pid}/fd").iterdir()}
    assert not {f"socket:[{inode}]" for inode in inodes} & own
    site.hurry.set()
    crawls.finish(process)
