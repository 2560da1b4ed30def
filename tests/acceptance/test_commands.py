"""Every command of the design's section 6, on real input: what it does, and that it says so.

One archive is shared: the digital paper and two other outlets of the demo site, crawled by command.
"""

import gzip
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

from crawler.config import load_source
from demo.server import running
from demo.site import respond, truth
from storage.embedded import Cluster
from tests.faults.processes import Done, ask, count, huiliu

URL = re.compile(r"postgresql://(\w+):\S+@127\.0\.0\.1:\d+/huiliu\?sslmode=disable")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """An archive of some demo outlets, and the site that they are served from."""

    env: dict[str, str]
    database: str
    #: What the crawls that made it said.
    said: dict[str, Done]

    def call(self, *words: str, given: str = "", status: int = 0) -> str:
        """Run a command that must end with a status, and return its output; what goes well says nothing on stderr."""
        done = huiliu(*words, given=given, **self.env)
        assert done.status == status, done
        assert status or not done.err, done
        return done.out if not status else done.err


@pytest.fixture(scope="module")
def demo(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    name = "commands_" + tmp_path_factory.getbasetemp().name.replace("-", "_")
    database = urlsplit(server)._replace(path=f"/{name}").geturl()
    with running(slow_s=0.1) as site, psycopg.connect(server, autocommit=True) as conn:
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        conn.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))
        home = str(tmp_path_factory.mktemp("home"))
        env = {"HUILIU_HOME": home, "DATABASE_URL": database, "HUILIU_HOST_MAP": site.host_map}
        said = {
            "one day": huiliu("crawl", "yunhe", "--since", "2026-03-03", "--until", "2026-03-03", **env),
            "limited": huiliu("crawl", "dongshan", "--limit", "3", **env),
            "two": huiliu("crawl", "lanjiang", "huaxia", **env),
        }
        yield Demo(env=env, database=database, said=said)
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


# -- crawl


def test_crawl_of_past_issues(demo: Demo) -> None:
    assert (demo.said["one day"].status, demo.said["one day"].err) == (0, "")
    assert re.fullmatch(r"yunhe: \d+ stored(, \d+ [a-z_ ]+)*\n", demo.said["one day"].out)
    urls = {str(url) for [url] in ask(demo.database, "select url from archive.article where outlet = 'yunhe'")}
    days = {fact.published_at.date().isoformat() for url, fact in truth(1).items() if url in urls}
    assert days == {"2026-03-03"}
    asked = ask(demo.database, "select since::text, until::text from run order by id limit 1")
    assert asked == [("2026-03-03", "2026-03-03")]


def test_crawl_with_a_limit(demo: Demo) -> None:
    assert demo.said["limited"].status == 0
    assert (
        count(
            demo.database,
            "fetch_attempt f join outlet o on o.id = f.outlet_id where o.name = 'dongshan' and f.role = 'article'",
        )
        == 3
    )
    assert (
        count(
            demo.database,
            "frontier f join outlet o on o.id = f.outlet_id where o.name = 'dongshan' and f.state = 'pending'",
        )
        > 0
    )


def test_crawl_of_two_outlets(demo: Demo) -> None:
    assert (demo.said["two"].status, demo.said["two"].err) == (0, "")
    lines = demo.said["two"].out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["lanjiang", "huaxia"]


# -- reading the archive


def test_status(demo: Demo) -> None:
    said = demo.call("status")
    outlets, _, others = said.partition("What brought no article in the last 24 hours")
    lines = {line.split()[0]: line.split() for line in outlets.splitlines() if line.strip()}
    assert {"lanjiang", "yunhe", "dongshan", "huaxia"} <= set(lines)
    assert "done" in lines["lanjiang"]
    assert "refused_robots" in others


def test_search(demo: Demo) -> None:
    said = demo.call("search", "五匹馬", "--outlet", "lanjiang", "--limit", "2")
    assert said.count("http://news.lanjiang.example/") == 2
    assert "“五匹马”" in said
    assert "The newest 2" in said
    assert "holds “火星来客”" in demo.call("search", "火星来客")
    assert "No article" in demo.call("search", "五匹马", "--until", "2020-01-01")


def test_sql(demo: Demo) -> None:
    said = demo.call("sql", "select outlet, count(*) from article group by 1 order by 1")
    assert "lanjiang" in said
    assert "(4 rows)" in said
    assert 'column "nope" does not exist' in demo.call("sql", "select nope", status=1)
    assert "permission denied" in demo.call("sql", "delete from public.capture", status=1)


def test_psql_reads_statements_from_stdin(demo: Demo) -> None:
    said = demo.call("sql", given="select count(*) as held from article;\n\\dv\n")
    assert "held" in said
    assert "outlet_health" in said


# -- sources


def test_source_list(demo: Demo) -> None:
    rows = [line.split() for line in demo.call("source", "list").splitlines()]
    assert rows[0][:2] == ["name", "title"]
    assert [row[0] for row in rows if row[0] in ("lanjiang", "yunhe")] == ["lanjiang", "yunhe"]


def test_source_show(demo: Demo) -> None:
    said = demo.call("source", "show", "yunhe")
    for key in ("title", "hosts", "family", "seeds", "schedule", "pace"):
        assert re.search(rf"^ *{key} ", said, re.MULTILINE)
    assert "paper.yunhe.example" in said


@pytest.mark.parametrize("packed", [False, True])
def test_source_check_of_a_file(packed: bool, demo: Demo, tmp_path: Path) -> None:
    url, title, body = a_page("lanjiang")
    page = tmp_path / ("page.html.gz" if packed else "page.html")
    page.write_bytes(gzip.compress(body) if packed else body)
    said = demo.call("source", "check", str(page), "--url", url)
    assert "lanjiang" in said
    assert title in said
    assert "family:s_hex" in said


def test_source_check_of_an_archived_page(demo: Demo) -> None:
    url, title, _ = a_page("lanjiang")
    said = demo.call("source", "check", url)
    assert "from the archive, capture" in said
    assert title in said


def test_source_check_of_a_page_that_is_no_article(demo: Demo, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"<html></html>")
    said = demo.call("source", "check", str(tmp_path / "empty.html"), status=1)
    assert said == "huiliu: not read as an article: no_body: No article text was found on the page.\n"


def test_source_check_of_a_source_file(demo: Demo, tmp_path: Path) -> None:
    from tests.integration.crawl.loopback import SOURCE

    (tmp_path / "jiangwan.toml").write_text(SOURCE, "utf-8")
    assert "sound" in demo.call("source", "check", str(tmp_path / "jiangwan.toml"))
    (tmp_path / "jiangwan.toml").write_text(SOURCE.replace("delay_s", "delay"), "utf-8")
    assert "did you mean delay_s?" in demo.call("source", "check", str(tmp_path / "jiangwan.toml"), status=1)


def test_source_new(demo: Demo, tmp_path: Path) -> None:
    url, _, body = a_page("dongshan")
    (tmp_path / "page.html").write_bytes(body)
    file = tmp_path / "east.toml"
    said = demo.call("source", "new", str(tmp_path / "page.html"), "--url", url, "-o", str(file))
    assert said.startswith(f"wrote {file}")
    assert load_source(file).family == "trs"
    said = demo.call("source", "new", a_page("lanjiang")[0], "--name", "river")
    assert 'name = "river"' in said
    assert 'family = "s_hex"' in said


def a_page(outlet: str) -> tuple[str, str, bytes]:
    """Return (URL, title, bytes) of an article of the demo site."""
    fact = next(fact for fact in truth(1).values() if fact.outlet == outlet and fact.paragraphs and not fact.fault)
    parts = urlsplit(fact.url)
    return fact.url, fact.title, respond(parts.netloc, parts.path, 1).body


# -- rerun and promote


def test_rerun_and_promote(demo: Demo) -> None:
    assert "Nothing to do" in demo.call("rerun", "--source", "huaxia")
    assert "readers already see" in demo.call("promote", "huaxia")
    held = count(demo.database, "archive.article where outlet = 'huaxia'")
    with psycopg.connect(demo.database) as conn:  # as if another pipeline had read it
        conn.execute(
            "update version set pipeline_version = '0+older' from outlet o where o.id = outlet_id and o.name = 'huaxia'"
        )
    dry = demo.call("rerun", "--dry-run", "--source", "huaxia")
    assert "What would change" in dry
    assert "Nothing was written" in dry
    assert count(demo.database, "version where pipeline_version <> '0+older'") == 3
    done = demo.call("rerun", "--source", "huaxia", "--workers", "2")
    row = next(line.split() for line in done.splitlines() if line.split()[:1] == ["huaxia"])
    assert row[1:] == [str(held + int(row[-1])), "0", "0", "0", "0", str(held), "0", row[-1]]
    assert "huiliu promote" in done
    assert re.fullmatch(r"huaxia: readers now see \S+\n", demo.call("promote", "huaxia"))
    assert count(demo.database, "archive.article where outlet = 'huaxia'") == held


def test_rerun_of_what_failed(demo: Demo) -> None:
    said = demo.call("rerun", "--failed", "--source", "lanjiang")
    assert "Nothing to do" in said
    with psycopg.connect(demo.database) as conn:
        conn.execute(
            """
            delete from document d using capture c join outlet o on o.id = c.outlet_id
            where c.id = d.capture_id and o.name = 'lanjiang'
                and c.id = (select min(capture_id) from document where version_id = d.version_id)
            """
        )
        conn.execute(
            """
            update reading r set outcome = 'timeout' from capture c join outlet o on o.id = c.outlet_id
            where c.id = r.capture_id and o.name = 'lanjiang'
                and not exists (select 1 from document d where d.capture_id = c.id)
            """
        )
    said = demo.call("rerun", "--failed", "--source", "lanjiang")
    assert re.search(r"lanjiang +1 +1 ", said), said


# -- the database


def test_db_verify(demo: Demo) -> None:
    said = demo.call("db", "verify").splitlines()
    assert all(line.startswith("ok ") for line in said[:-1])
    assert re.fullmatch(r"\d+ readings, digest [0-9a-f]{16}", said[-1])


def test_db_verify_finds_a_fault(demo: Demo) -> None:
    with psycopg.connect(demo.database) as conn:
        conn.execute("alter table capture disable trigger user")
        conn.execute("alter table payload disable trigger user")
        row = conn.execute("select digest, body from payload order by digest limit 1").fetchone()
        assert row is not None
        damaged = bytes(row[1][:-2]) + bytes([row[1][-2] ^ 1]) + bytes(row[1][-1:])
        conn.execute("update payload set body = %s where digest = %s", [damaged, row[0]])
        conn.commit()
        done = huiliu("db", "verify", **demo.env)
        conn.execute("update payload set body = %s where digest = %s", [row[1], row[0]])
        conn.execute("alter table payload enable trigger user")
        conn.execute("alter table capture enable trigger user")
    assert done.status == 1
    assert done.out.startswith("FAULT  captured bytes equal their digests")
    assert row[0].hex() in done.out


def test_db_url_and_migrate_elsewhere(demo: Demo) -> None:
    assert demo.call("db", "url") == f"{demo.database}\n"
    assert "does not manage" in demo.call("db", "url", "--reader", status=1)
    assert re.fullmatch(r"already at revision \d+\n", demo.call("db", "migrate"))
    said = demo.call("db", "start")
    assert said.startswith("DATABASE_URL is set")
    assert urlsplit(demo.database).password not in said  # type: ignore[operator]


def test_embedded_database_from_start_to_stop() -> None:
    with tempfile.TemporaryDirectory(prefix="huiliu-commands-") as folder:
        env = {"HUILIU_HOME": f"{folder}/home"}
        try:
            started = huiliu("db", "start", **env)
            assert (started.status, started.err) == (0, "")
            assert started.out.startswith("Postgres runs at postgresql://huiliu:***@127.0.0.1:")
            owner, reader = (huiliu("db", "url", *words, **env).out.strip() for words in ([], ["--reader"]))
            assert [URL.fullmatch(url)[1] for url in (owner, reader)] == ["huiliu", "archive_reader"]  # type: ignore[index]
            assert ask(reader, "select count(*) from archive.article") == [(0,)]
            assert "The archive is empty" in huiliu("status", **env).out
            assert "The archive is empty" in huiliu("rerun", **env).out
            assert huiliu("db", "stop", **env).out == "Postgres stopped\n"
            assert huiliu("db", "stop", **env).out == "Postgres was not running\n"
        finally:
            Cluster(Path(env["HUILIU_HOME"]) / "postgres").stop("immediate")


# -- lines in, lines out


def test_extract_keeps_the_order(tmp_path: Path) -> None:
    asked, titles = [], []
    for number, fact in enumerate(fact for fact in truth(1).values() if fact.paragraphs and not fact.fault):
        parts = urlsplit(fact.url)
        path = tmp_path / f"{number}.html.gz"
        path.write_bytes(gzip.compress(respond(parts.netloc, parts.path, 1).body))
        asked.append({"id": number, "url": fact.url, "path": str(path)})
        titles.append(fact.shown_title)
    done = huiliu("extract", "--jsonl", given="\n".join(map(json.dumps, asked)))
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [line["id"] for line in lines] == list(range(len(asked)))
    assert {"id", "title", "body", "date", "author", "source", "layout"} <= set(lines[0])
    assert sum(line["title"] == title for line, title in zip(lines, titles, strict=True)) >= 0.9 * len(lines)
    dated = [line["date"] for line in lines if line["date"]]
    assert all(re.fullmatch(r"2026-0[23]-\d\dT\d\d:\d\d:\d\d\+08:00", date) for date in dated)


def test_judge_keeps_the_order_and_cuts_the_foreign() -> None:
    facts = [fact for fact in truth(1).values() if fact.paragraphs and not fact.fault]
    asked = [{"id": n, "title": fact.title, "paragraphs": list(fact.shown)} for n, fact in enumerate(facts)]
    done = huiliu("judge", "--jsonl", given="\n".join(map(json.dumps, asked)))
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [line["id"] for line in lines] == list(range(len(asked)))
    for line, fact in zip(lines, facts, strict=True):
        assert set(line) == {"id", "offtopic", "injections", "spun_score", "cuts"}
        assert 0 <= line["spun_score"] <= 1
        assert all(0 <= start < end <= len(fact.shown[i]) for i, start, end, _ in line["cuts"])


def test_match_answers_in_order() -> None:
    copies = [fact for fact in truth(1).values() if fact.copy_of and fact.relation == "same"]
    facts = [*copies, *(truth(1)[fact.copy_of] for fact in copies)]
    asked = [{"id": fact.url, "title": fact.title, "text": "\n".join(fact.paragraphs)} for fact in reversed(facts)]
    done = huiliu("match", "--jsonl", given="\n".join(map(json.dumps, asked)))
    pairs = [json.loads(line) for line in done.out.splitlines()]
    assert (done.status, done.err) == (0, "")
    assert [(pair["a"], pair["b"]) for pair in pairs] == sorted((pair["a"], pair["b"]) for pair in pairs)
    found = {frozenset((pair["a"], pair["b"])) for pair in pairs}
    assert {frozenset((fact.url, fact.copy_of)) for fact in copies} <= found
