"""Promises P1, P2 and P8 when crawls are killed with SIGKILL, again and again, at random moments of their lives."""

import os
import random
import signal
import subprocess
import time
from collections import Counter
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from crawler.config import load_source
from crawler.crawl import queue_run
from storage import frontier
from storage.database import connect
from tests.faults.processes import ask, broken_promises, count, end, huiliu, members, start, wait_until
from tests.integration.crawl.loopback import ARTICLE, Answer, Site
from tests.warm import WarmPopen

#: How often crawls are killed at each moment of their life: so many of them when they ...
MOMENTS = {"start": 5, "fetch": 6, "store": 5, "read": 4}
#: How often only the crawl's main process is killed, its whole process group, the command that started it.
VICTIMS = {"crawl": 8, "group": 8, "command": 4}
SEED = 20260302
#: Articles that are still to be fetched when a crawl starts that is going to be killed.
UNFETCHED = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Kill:
    """One kill: how far the crawl is let go on, and who is killed."""

    moment: str
    #: Articles fetched, stored or read since the crawl began.
    articles: int
    #: Seconds after that; when it starts, after its first instruction.
    wait_s: float
    victim: str


def plan() -> list[Kill]:
    """Draw the kills; the same ones every time."""
    draw = random.Random(SEED)
    moments = [moment for moment, times in MOMENTS.items() for _ in range(times)]
    victims = [victim for victim, times in VICTIMS.items() for _ in range(times)]
    draw.shuffle(moments)
    draw.shuffle(victims)
    return [
        Kill(
            moment=moment,
            articles=draw.randint(1, 4),
            wait_s=draw.uniform(0.1, 1.5) if moment == "start" else draw.uniform(0, 0.08),
            victim=victim,
        )
        for moment, victim in zip(moments, victims, strict=True)
    ]


class Newsroom:
    """One outlet that goes on publishing while its crawls are killed."""

    def __init__(self, site: Site, database: str, env: dict[str, str]) -> None:
        self.site = site
        self.database = database
        self.env = env | {"DATABASE_URL": database}
        self.articles: list[str] = []
        #: Captures seen in the archive after some kill: (id, URL, digest).
        self.acknowledged: set[tuple[object, ...]] = set()

    def publish(self) -> None:
        """Add articles until UNFETCHED of them are not done."""
        done = count(self.database, "frontier where role = 'article' and state = 'done'")
        while len(self.articles) < done + UNFETCHED:
            number = len(self.articles)
            path = f"/content/a{number}.html"
            good = Answer(body=ARTICLE.format(title=f"第{number}号河"), wait_s=0.1)
            self.site.pages[path] = good if number % 10 else partial(self._busy_once, good)
            self.articles.append(path)
        self.site.list_on("/", self.articles)

    @staticmethod
    def _busy_once(good: Answer, asked: int) -> Answer:
        return Answer(status=503, body="系统维护") if asked == 1 else good

    def start_crawl(self, kill: Kill) -> subprocess.Popen[str]:
        """Start a crawl; by its command, or alone as the command would. A start that is to be killed is a whole one."""
        kind: type[subprocess.Popen[str]] = subprocess.Popen if kill.moment == "start" else WarmPopen
        if kill.victim == "command":
            return start("crawler", "crawl", "jiangwan", kind=kind, **self.env)
        source = load_source(Path(self.env["HUILIU_SOURCES"]) / "jiangwan.toml")
        with connect(self.database) as conn:
            run_id = queue_run(conn, source, since=None, until=None, article_limit=None)
        arguments = ("-a", "source=jiangwan", "-a", f"run={run_id}")
        return start("scrapy", "crawl", "section_list", *arguments, kind=kind, **self.env)

    def progress(self, moment: str) -> int:
        """Return how much of a kind was done by all crawls so far."""
        if moment == "fetch":
            return len(self.asked())
        return count(self.database, {"store": "fetch_attempt where outcome <> 'lost'", "read": "reading"}[moment])

    def asked(self) -> list[str]:
        """Return the article requests that reached the site."""
        return [path for path in self.site.paths() if path.startswith("/content/")]

    def kill_one(self, kill: Kill) -> None:
        """Start a crawl and kill it as planned, then see what the archive holds."""
        self.publish()
        before = 0 if kill.moment == "start" else self.progress(kill.moment)
        crawl = self.start_crawl(kill)
        try:
            if kill.moment != "start":
                wait_until(lambda: crawl.poll() is not None or self.progress(kill.moment) >= before + kill.articles)
            time.sleep(kill.wait_s)  # anywhere between two steps of the crawl
            assert crawl.poll() is None, f"the crawl ended before {kill}: {crawl.communicate()}"
            (os.killpg if kill.victim == "group" else os.kill)(crawl.pid, signal.SIGKILL)
            crawl.communicate()
            wait_until(lambda: not members(crawl.pid) and not self._lock_holders())
        finally:
            end(crawl)
        self.acknowledged |= self.captures()

    def _lock_holders(self) -> int:
        """Return how many crawls are alive: each holds an advisory lock of its outlet."""
        return count(
            self.database,
            "pg_locks join pg_database d on d.oid = database where locktype = 'advisory' "
            "and datname = current_database()",
        )

    def captures(self) -> set[tuple[object, ...]]:
        """Return every capture as (id, URL, digest)."""
        return set(ask(self.database, "select id, url, payload_digest from capture"))


@pytest.fixture
def newsroom(site: Site, database: str, env: dict[str, str]) -> Newsroom:
    return Newsroom(site, database, env)


@pytest.mark.timeout(900)
def test_no_kill_loses_or_doubles_anything(newsroom: Newsroom) -> None:
    for kill in plan():
        newsroom.kill_one(kill)
    last = huiliu("crawl", "jiangwan", **newsroom.env)
    assert last.status == 0, last.err
    assert_all_fetched(newsroom)
    assert broken_promises(newsroom.database) == []
    assert count(newsroom.database, "document_text where related_by is null") == 0
    assert newsroom.acknowledged <= newsroom.captures()
    assert_every_fetch_has_its_outcome(newsroom)
    states = ask(newsroom.database, "select state, count(*) from run group by 1")
    assert ("running", 0) not in states
    assert "running" not in dict(states)  # type: ignore[arg-type]


def assert_all_fetched(newsroom: Newsroom) -> None:
    with connect(newsroom.database) as conn:
        sides = frontier.equation(conn)
    urls = len(newsroom.articles) + 1
    assert sides == {"discovered": urls, "done": urls, "refused": 0, "gone": 0, "pending": 0}
    read = ask(newsroom.database, "select url from archive.article")
    assert sorted(urlsplit(str(url)).path for [url] in read) == sorted(newsroom.articles)


def assert_every_fetch_has_its_outcome(newsroom: Newsroom) -> None:
    """What the site served is in the ledger, and nothing else is; a killed fetch is there as `lost`."""
    rows = ask(newsroom.database, "select url, outcome from fetch_attempt where role = 'article'")
    ended = Counter(urlsplit(str(url)).path for url, outcome in rows if outcome != "lost")
    lost = Counter(urlsplit(str(url)).path for url, outcome in rows if outcome == "lost")
    served = Counter(newsroom.asked())
    for path in newsroom.articles:
        assert ended[path] <= served[path] <= ended[path] + lost[path], path
    stored = Counter(url for url, outcome in rows if outcome == "stored")
    assert set(stored.values()) == {1}


def test_kills_are_spread_over_a_crawls_life() -> None:
    kills = plan()
    assert len(kills) == sum(MOMENTS.values()) == sum(VICTIMS.values()) >= 20
    assert {kill.victim for kill in kills if kill.moment == "start"} >= {"crawl", "group"}
