"""What a person sees who asks for something that cannot be done: one clear line, the right exit status, no traceback.

0 done, 1 something failed, 2 wrong use (design, section 6).
"""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import connect
from tests.conftest import named
from tests.faults.captured import fill
from tests.faults.processes import (
    ROOT,
    Done,
    ask,
    broken_promises,
    count,
    end,
    finish,
    huiliu,
    members,
    start,
    wait_until,
)
from tests.integration.crawl.loopback import HOST, SOURCE, Site

ESCAPE = "\x1b"
#: Modules that only some commands need; each costs a tenth of a second or more.
HEAVY = {"scrapy", "twisted", "lxml", "psycopg", "pydantic", "rich.console", "trafilatura", "sqlalchemy"}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    """A home of its own, and a folder for source files; a database that nobody is to reach."""
    (tmp_path / "sources").mkdir()
    return {
        "HUILIU_HOME": str(tmp_path / "home"),
        "HUILIU_SOURCES": str(tmp_path / "sources"),
        "DATABASE_URL": "postgresql://nobody:geheim@127.0.0.1:1/none",
    }


def assert_said(done: Done, status: int, *words: str) -> None:
    """The exit status, the words, and nothing that frightens."""
    assert done.status == status, done
    for word in words:
        assert word in done.err, done
    for dread in ("Traceback", "geheim", ESCAPE):
        assert dread not in done.out + done.err, done


def assert_one_line(done: Done, status: int, *words: str) -> None:
    assert_said(done, status, *words)
    assert re.fullmatch(r"huiliu: [^\n]+\n", done.err), done


# -- wrong use


@pytest.mark.parametrize(
    "words", [["crawl", "lanjang"], ["source", "show", "lanjang"], ["source", "check", "a.html", "--source", "lanjang"]]
)
def test_unknown_source_names_the_near_one(words: list[str], env: dict[str, str]) -> None:
    assert_one_line(huiliu(*words, **env), 2, "there is no source 'lanjang'", "did you mean lanjiang")


@pytest.mark.parametrize(
    "words",
    [
        ["rerun", "--source", "lanjang"],
        ["promote", "lanjang"],
        ["search", "高铁", "--outlet", "lanjang"],
        ["review", "--outlet", "lanjang"],
    ],
)
def test_unknown_outlet(words: list[str], env: dict[str, str], database: str) -> None:
    assert_one_line(huiliu(*words, **env | {"DATABASE_URL": database}), 2, "lanjang")


def test_review_of_an_empty_archive(env: dict[str, str], database: str) -> None:
    done = huiliu("review", **env | {"DATABASE_URL": database})
    assert done.status == 0
    assert "No article has a cut" in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["crawl"], "SOURCE"),
        (["crawl", "lanjiang", "--since", "2026-02-30"], "is not a day"),
        (["search", "高铁", "--until", "gestern"], "is not a day"),
        (["crawl", "yunhe", "--since", "0206-03-02"], "is before 1900"),
        (["search", "高铁", "--limit", "99999999999"], "--limit"),
        (["crawl", "yunhe", "--since", "2026-03-02", "--until", "2026-03-01"], "is before --since"),
        (["rerun", "--since", "2026-03-02", "--until", "2026-03-01"], "is before --since"),
        (["search", "高铁", "--since", "2026-03-02", "--until", "2026-03-01"], "is before --since"),
        (["crawl", "lanjiang", "--limit", "0"], "--limit"),
        (["rerun", "--workers", "0"], "--workers"),
        (["extract"], "--jsonl"),
        (["judge"], "--jsonl"),
        (["match"], "--jsonl"),
        (["crowl"], "crowl"),
        (["db"], ""),
        (["db", "url", "--writer"], "--writer"),
    ],
)
def test_wrong_use(words: list[str], said: str, env: dict[str, str]) -> None:
    assert_said(huiliu(*words, **env), 2, said)


def test_search_for_nothing(env: dict[str, str], database: str) -> None:
    assert_one_line(huiliu("search", " ", **env | {"DATABASE_URL": database}), 2, "at least one character")


def test_no_command_gets_the_help(env: dict[str, str]) -> None:
    done = huiliu(**env)
    assert "Usage:" in done.out + done.err
    assert "crawl" in done.out + done.err
    assert done.status in (0, 2)


@pytest.mark.parametrize("words", [["--help"], ["crawl", "--help"], ["db", "--help"], ["extract", "--help"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "crawler", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    imported = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "typer" in imported
    # typer itself reads a command's options with pydantic.
    assert not imported & (HEAVY if words == ["--help"] else HEAVY - {"pydantic"})


# -- source files


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("delay_s = 0", 'delay_s = "fast"', "crawl.delay_s"),
        ("delay_s = 0", "dealy_s = 0", "did you mean delay_s?"),
        ("delay_s = 0", "delay_s = ", "not TOML"),
        ('name = "jiangwan"', 'name = "jiangxi"', "name"),
        ('shape = "section_list"', 'shape = "section"', "crawl.shape"),
        ("article_url = ['", "article_url = ['(", "article_url"),
    ],
)
@pytest.mark.parametrize("words", [["source", "list"], ["crawl", "jiangwan"]])
def test_broken_source_file(old: str, new: str, said: str, words: list[str], env: dict[str, str]) -> None:
    path = Path(env["HUILIU_SOURCES"]) / "jiangwan.toml"
    path.write_text(SOURCE.replace(old, new), "utf-8")
    assert_said(huiliu(*words, **env), 1, f"huiliu: {path}: ", said)


@pytest.mark.parametrize("page", ["no-such-page.html", "no-such-source.toml"])
def test_file_that_is_not_there(page: str, env: dict[str, str]) -> None:
    assert_one_line(huiliu("source", "check", page, **env), 1, page, "No such file")


# -- databases

COMMANDS_ON_A_DATABASE = [["status"], ["crawl", "lanjiang"], ["rerun"], ["sql", "select 1"], ["db", "verify"]]


@pytest.mark.parametrize("words", COMMANDS_ON_A_DATABASE)
def test_no_server(words: list[str], env: dict[str, str]) -> None:
    assert_one_line(huiliu(*words, **env), 1, "127.0.0.1:1", "nothing listens")


@pytest.mark.parametrize("url", ["mysql://li:geheim@127.0.0.1/x", "postgresql://li:geheim@127.0.0.1:port/x", "geheim"])
def test_url_that_is_none(url: str, env: dict[str, str]) -> None:
    assert_one_line(huiliu("status", **env | {"DATABASE_URL": url}), 1, "postgresql://user:password@host:5432/name")


def test_wrong_password(env: dict[str, str], database: str) -> None:
    wrong = re.sub(r":[^:@/]+@", ":geheim@", database)
    assert_one_line(huiliu("status", **env | {"DATABASE_URL": wrong}), 1, "password is wrong")


def test_missing_database(env: dict[str, str], server: str) -> None:
    missing = named(server, "nobody_made_it")
    assert_one_line(huiliu("status", **env | {"DATABASE_URL": missing}), 1, "does not exist", "createdb")


@pytest.mark.parametrize("words", COMMANDS_ON_A_DATABASE)
def test_database_that_is_not_migrated(words: list[str], env: dict[str, str], empty_database: str) -> None:
    assert_one_line(huiliu(*words, **env | {"DATABASE_URL": empty_database}), 1, "empty", "huiliu db migrate")


@pytest.mark.parametrize("words", [["status"], ["crawl", "lanjiang"], ["db", "migrate"]])
def test_database_of_a_newer_version(words: list[str], env: dict[str, str], database: str) -> None:
    with connect(database) as conn:
        conn.execute("update alembic_version set version_num = '9999'")
    assert_one_line(huiliu(*words, **env | {"DATABASE_URL": database}), 1, "9999", "update the code")


# -- lines that cannot be read


def lines_of(done: Done) -> list[tuple[object, str]]:
    """Return (id, error or "") of each answer."""
    assert (done.status, done.err) == (0, ""), done
    return [(line.get("id"), line.get("error", "")) for line in map(json.loads, done.out.splitlines())]


def test_extract_goes_on_after_bad_lines(tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_bytes(b"")
    (tmp_path / "bad.html.gz").write_bytes(b"plain")
    names = ["gone.html", "empty.html", "bad.html.gz", ""]
    asked = [json.dumps({"id": number, "path": str(tmp_path / name)}) for number, name in enumerate(names)]
    page = tmp_path / "empty.html"
    broken = [
        '{"id": ',
        "[]",
        '{"id": "x"}',
        json.dumps({"path": str(page)}),
        '{"id": "seven", "path": 7}',
        "",
        "[" * 100_000,
    ]
    answers = lines_of(huiliu("extract", "--jsonl", given="\n".join(broken + asked)))
    wanted = [None, None, "x", None, "seven", None, 0, 1, 2, 3]
    assert [id_ for id_, _ in answers] == wanted
    said = [error for _, error in answers]
    assert said[0].startswith("line 1 is not JSON")
    assert said[1] == "line 2 is no JSON object"
    assert said[2:4] == ["the line has no 'path'", "the line has no 'id'"]
    assert said[6] == f"{tmp_path / 'gone.html'}: No such file or directory"
    assert said[7].startswith("no_body: ")
    assert "Not a gzipped file" in said[8]
    assert said[9].endswith("Is a directory")


def test_judge_goes_on_after_bad_lines() -> None:
    good = {"title": "清淤工程完工", "paragraphs": ["江湾镇的清淤工程昨日完工。"]}
    asked = [
        good | {"id": 1},
        {"id": 2, "title": "x"},
        good | {"id": 3, "paragraphs": "江湾"},
        good | {"id": 4, "paragraphs": [1]},
        good | {"id": 5, "title": None, "error": "somebody else's"},
        good | {"id": 6, "title": "\ud83d"},
    ]
    answers = lines_of(huiliu("judge", "--jsonl", given="oops\n" + "\n".join(map(json.dumps, asked))))
    wrong = "paragraphs must be a list of strings"
    assert [id_ for id_, _ in answers] == [None, 1, 2, 3, 4, 5, 6]
    assert [error for _, error in answers][1:] == ["", "the line has no 'paragraphs'", wrong, wrong, "", ""]


def test_match_goes_on_after_bad_lines() -> None:
    text = "江湾镇的清淤工程昨日完工，沿河三个村的排水能力提高了一倍，孩子上学的路也好走了。" * 3
    asked = [{"id": "b", "text": text}, {"id": "c"}, {"id": "d", "text": None}, {"id": "a", "title": "x", "text": text}]
    done = huiliu("match", "--jsonl", given="oops\n" + "\n".join(map(json.dumps, asked)))
    lines = [json.loads(line) for line in done.out.splitlines()]
    assert [line["error"].split(":")[0] for line in lines[:3]] == [
        "line 1 is not JSON",
        "the line has no 'text'",
        "text must be a string",
    ]
    assert lines[3:] == [{"a": "a", "b": "b", "kind": "same", "score": 1.0}]
    assert (done.status, done.err) == (0, "")


# -- stopped


@pytest.fixture
def slow_site(env: dict[str, str], database: str) -> Iterator[Site]:
    """An outlet that takes its time, known to the commands."""
    (Path(env["HUILIU_SOURCES"]) / "jiangwan.toml").write_text(SOURCE, "utf-8")
    with Site().serving() as site:
        site.add_articles(40, wait_s=0.5)
        env |= {"DATABASE_URL": database, "HUILIU_HOST_MAP": f"{HOST}=127.0.0.1:{site.port}"}
        yield site


def send(process: "subprocess.Popen[str]", number: signal.Signals) -> None:
    """A terminal sends Ctrl-C to the whole process group, `kill` sends SIGTERM to one process."""
    if number is signal.SIGINT:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_crawl(number: signal.Signals, slow_site: Site, env: dict[str, str], database: str) -> None:
    crawl = start("crawler", "crawl", "jiangwan", **env)
    try:
        wait_until(lambda: count(database, "fetch_attempt") > 8)
        send(crawl, number)
        done = finish(crawl)
        slow_site.hurry.set()
        assert_one_line(done, 1, "stopped", "what was fetched is kept")
        assert not members(crawl.pid)
    finally:
        end(crawl)
    assert ask(database, "select state, detail from run") == [("interrupted", "stopped by a signal")]
    assert count(database, "frontier where state = 'leased'") == 0
    assert count(database, "fetch_attempt where outcome = 'lost'") == 0
    assert count(database, "pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()") == 0
    assert huiliu("crawl", "jiangwan", **env).status == 0
    assert count(database, "archive.article") == 40
    assert broken_promises(database) == []


def test_what_psycopg_warns_of_beside_an_error_is_not_said_twice() -> None:
    """A stop in the middle of a statement comes about too rarely to wait for."""
    code = "import atexit, logging; from crawler.cli import main\n"
    code += "atexit.register(logging.getLogger('psycopg').warning, 'error ignored in rollback')\nmain()"
    done = subprocess.run([sys.executable, "-c", code, "--help"], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stderr == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopped_rerun(number: signal.Signals, env: dict[str, str], database: str) -> None:
    fill(database)
    env["DATABASE_URL"] = database
    with connect(database, autocommit=True) as conn:
        rerun = start("crawler", "rerun", "--workers", "2", **env)
        try:
            wait_until(lambda: conn.execute("select 1 from reading limit 1").fetchone())
            send(rerun, number)
            done = finish(rerun)
            assert_one_line(done, 1, "stopped", "what was stored is kept")
            wait_until(lambda: not members(rerun.pid))
        finally:
            end(rerun)
    assert huiliu("rerun", **env).status == 0
    assert count(database, "reading") == count(database, "capture")
    assert broken_promises(database) == []


def test_command_without_words_of_its_own_is_stopped(env: dict[str, str]) -> None:
    """Here `match`, which waits for its input."""
    waiting = start("crawler", "match", "--jsonl", **env)
    try:
        assert waiting.stdin is not None
        waiting.stdin.write("oops\n")
        waiting.stdin.flush()
        assert waiting.stdout is not None
        assert "not JSON" in waiting.stdout.readline()
        send(waiting, signal.SIGINT)
        assert_one_line(finish(waiting), 1, "stopped")
    finally:
        end(waiting)


# -- where output goes


@pytest.mark.parametrize("command", ["source list", "source show lanjiang", "judge --jsonl", "sql 'table pg_proc'"])
def test_reader_of_the_output_goes_away(command: str, tmp_path: Path, env: dict[str, str], database: str) -> None:
    line = json.dumps({"id": 1, "title": "清淤", "paragraphs": ["江湾镇的清淤工程昨日完工。" * 20]})
    (tmp_path / "lines").write_text(f"{line}\n" * 1500)
    script = f"{sys.executable} -m crawler {command} < {tmp_path / 'lines'} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        env=os.environ | env | {"DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=200,
    )
    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)


@pytest.mark.parametrize("words", [["source", "list"], ["status"], ["db", "verify"], ["rerun", "--dry-run"]])
def test_output_that_is_piped_has_no_escape_codes(words: list[str], env: dict[str, str], database: str) -> None:
    done = huiliu(*words, **env | {"DATABASE_URL": database, "TERM": "xterm-256color"})
    assert (done.status, done.err) == (0, "")
    assert ESCAPE not in done.out
