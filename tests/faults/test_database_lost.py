"""Promise P18: the server dies, or its disk is full, in the middle of things. One line says so; nothing half done is
kept; the same command finishes the work once the database is back."""

import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from storage.embedded import Cluster
from storage.migrate import upgrade
from tests.faults.captured import fill
from tests.faults.processes import Done, broken_promises, count, end, finish, huiliu, start, wait_until
from tests.integration.crawl.loopback import ARTICLE, Answer, Site

#: It is killed as a process only, so what it has written is in the system's hands.
FAST = {"fsync": "off", "autovacuum": "off"}


@pytest.fixture
def home() -> Iterator[Path]:
    """A home with an embedded, migrated, running Postgres. Outside of pytest's folders, which only root may enter."""
    with tempfile.TemporaryDirectory(prefix="huiliu-lost-") as folder, serving(Path(folder) / "home"):
        yield Path(folder) / "home"


@contextmanager
def serving(home: Path) -> Iterator[Cluster]:
    cluster = Cluster(home / "postgres", FAST)
    upgrade(cluster.start())
    try:
        yield cluster
    finally:
        cluster.stop("immediate")


def assert_one_line(done: Done, *words: str) -> None:
    """Status 1, and one clear line for a person."""
    lines = done.err.strip().splitlines()
    assert (done.status, len(lines)) == (1, 1), done
    assert lines[0].startswith("huiliu: ")
    assert all(word in lines[0] for word in words), lines


def assert_crawled(home: Path, articles: int) -> None:
    url = Cluster(home / "postgres").url()
    assert broken_promises(url) == []
    assert count(url, "frontier where state = 'done'") == articles + 1 == count(url, "frontier")
    assert count(url, "archive.article") == articles
    assert count(url, "run where state in ('queued', 'running')") == 0


def test_server_dies_in_mid_crawl(home: Path, site: Site, env: dict[str, str]) -> None:
    site.add_articles(40, wait_s=0.5)
    env["HUILIU_HOME"] = str(home)
    cluster = Cluster(home / "postgres")
    crawl = start("crawler", "crawl", "jiangwan", **env)
    try:
        wait_until(lambda: count(cluster.url(), "reading") > 3)
        cluster.stop("immediate")
        site.hurry.set()
        assert_one_line(finish(crawl), "database")
    finally:
        end(crawl)
    again = huiliu("crawl", "jiangwan", **env)  # which starts the server
    assert (again.status, again.err) == (0, "")
    assert_crawled(home, 40)


def test_server_dies_in_mid_rerun(home: Path) -> None:
    cluster = Cluster(home / "postgres")
    fill(cluster.url())
    env = {"DATABASE_URL": cluster.url(), "HUILIU_HOME": str(home)}
    rerun = start("crawler", "rerun", "--workers", "2", **env)
    try:
        wait_until(lambda: count(cluster.url(), "reading") > 0)
        cluster.stop("immediate")
        assert_one_line(finish(rerun), "database", "nothing half done was kept")
    finally:
        end(rerun)
    assert_one_line(huiliu("rerun", **env), "nothing listens at that host and port")
    env["DATABASE_URL"] = cluster.start()
    again = huiliu("rerun", "--workers", "2", **env)
    assert (again.status, again.err) == (0, "")
    assert count(cluster.url(), "reading") == count(cluster.url(), "capture")
    assert broken_promises(cluster.url()) == []


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of 256 MB."""
    with tempfile.TemporaryDirectory(prefix="huiliu-disk-") as folder:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256m", "none", folder], capture_output=True)
        if mounted.returncode != 0:
            pytest.skip(f"only root may mount a disk to fill it: {mounted.stderr.decode().strip()}")
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def use_up(disk: Path) -> Path:
    """Fill a disk to its last block."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as full, suppress(OSError):
        while True:
            full.write(bytes(1 << 16))
    assert shutil.disk_usage(disk).free == 0
    return filler


def begin_log_file(url: str) -> None:
    """Have Postgres begin a file of its log, 16 MB set aside at once: without room for its next one it panics."""
    with psycopg.connect(url, autocommit=True) as conn:
        conn.execute("select pg_switch_wal()")
        conn.execute("select pg_logical_emit_message(true, 'tests', 'the first entry makes the file')")


def test_full_disk_in_mid_crawl(small_disk: Path, site: Site, env: dict[str, str]) -> None:
    noise = random.Random(1)
    paths = site.add_articles(40)
    for number, path in enumerate(paths):
        hard_to_pack = noise.randbytes(60_000).hex()
        body = f"{ARTICLE.format(title=f'第{number}号河')}<!-- {hard_to_pack} -->"
        site.pages[path] = Answer(body=body, wait_s=0.5)
    with serving(small_disk / "home") as cluster:
        env = env | {"DATABASE_URL": cluster.url()}
        crawl = start("crawler", "crawl", "jiangwan", **env)
        try:
            wait_until(lambda: count(cluster.url(), "reading") > 3)
            begin_log_file(cluster.url())
            filler = use_up(small_disk)
            site.hurry.set()
            done = finish(crawl)
        finally:
            end(crawl)
        assert_one_line(done, "disk", "full")
        assert_one_line(huiliu("crawl", "jiangwan", **env), "disk", "full")
        filler.unlink()
        env["DATABASE_URL"] = cluster.start()  # had it not survived its full disk
        again = huiliu("crawl", "jiangwan", **env)
        assert (again.status, again.err) == (0, "")
        assert_crawled(small_disk / "home", 40)
