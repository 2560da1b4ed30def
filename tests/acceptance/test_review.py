"""`huiliu review` on a content farm's copies: decide, read again with a new version, promote, ask by SQL and search."""

import json
import os
import pty
import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from rich.cells import cell_len

from demo.server import running
from tests.faults.processes import PYTHON, ROOT, Done, ask, broken_promises, huiliu

LISTED = re.compile(r"^ *(\d+) +\w+  \w+ \d\.\d\d  ", re.MULTILINE)
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Farm:
    """An archive of the demo's content farm."""

    env: dict[str, str]
    database: str

    def call(self, *words: str, status: int = 0) -> str:
        """Run a command that must end with a status, and return what it said."""
        done = huiliu(*words, **self.env)
        assert done.status == status, done
        assert status or not done.err, done
        return done.out if not status else done.err

    def one(self, question: str, *values: object) -> Any:
        """The one value that answers a question."""
        [[value]] = ask(self.database, question, *values)
        return value

    def text(self, article: int) -> str:
        """What readers get."""
        return str(self.one("select text from archive.article where article_id = %s", article))

    def cut(self, kind: str) -> tuple[int, str]:
        """An article with a cut of that kind that nobody has decided about, and the text that is cut."""
        row = ask(
            self.database,
            """
            select article_id, raw from archive.mark m where kind = %s and is_cut and field = 'body' and length(raw) > 5
                and not exists (select from archive.decision d where d.article_id = m.article_id)
            order by 1 limit 1
            """,
            kind,
        )
        [(article, raw)] = row
        assert isinstance(article, int)
        return article, str(raw)

    def number(self, article: int, quoted: str) -> str:
        """The number that the list gives to the mark of that text."""
        listed = self.call("review", str(article))
        entry = next(part for part in listed.split("\n\n") if quoted[:12] in part)
        found = LISTED.match(entry)
        assert found is not None, listed
        return found[1]


@pytest.fixture(scope="module")
def farm(server: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    name = "review_" + tmp_path_factory.getbasetemp().name.replace("-", "_")
    database = urlsplit(server)._replace(path=f"/{name}").geturl()
    with running(slow_s=0.1) as site, psycopg.connect(server, autocommit=True) as conn:
        conn.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
        home = str(tmp_path_factory.mktemp("home"))
        env = {"HUILIU_HOME": home, "DATABASE_URL": database, "HUILIU_HOST_MAP": site.host_map}
        assert huiliu("crawl", "kuaibao", **env).status == 0
        yield Farm(env=env, database=database)
        conn.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_an_undone_cut_outlives_a_new_version_and_its_promote(farm: Farm) -> None:
    article, raw = farm.cut("off_topic")
    url = str(farm.one("select url from archive.article where article_id = %s", article))
    assert raw not in farm.text(article)
    assert url not in farm.call("search", raw[:12])
    digest = farm.call("db", "verify").splitlines()[-1]

    said = farm.call("review", str(article), "--undo", farm.number(article, raw), "--note", "记者原文", "--by", "林晚")
    assert said.startswith("undone off_topic: “" + raw[:12])
    assert raw in farm.text(article)
    assert url in farm.call("search", raw[:12])
    assert farm.call("db", "verify").splitlines()[-1] == digest  # documents are as they were

    document = farm.one("select document_id from archive.article where article_id = %s", article)
    ask(farm.database, "update version set pipeline_version = '0+older' returning 1")
    farm.call("rerun", "--source", "kuaibao", "--workers", "2")
    assert "readers now see" in farm.call("promote", "kuaibao")
    assert farm.one("select document_id from archive.article where article_id = %s", article) != document
    assert raw in farm.text(article)
    assert url in farm.call("search", raw[:12])
    listed = farm.call("review", str(article))
    assert "[+" + raw[:12] in listed
    assert re.search(r"undone by 林晚, \d{4}-\d\d-\d\d \d\d:\d\d: 记者原文", listed)
    assert broken_promises(farm.database) == []


def test_a_persons_cut_and_taking_it_back(farm: Farm) -> None:
    article, _ = farm.cut("boilerplate")
    before = farm.text(article)
    line = before.split("\n")[0]
    paragraph = farm.one("select paragraph from archive.paragraph where article_id = %s and text = %s", article, line)
    url = farm.one("select url from archive.article where article_id = %s", article)
    said = farm.call("review", str(url), "--cut", f"{paragraph}:{line[2:6]}", "--kind", "promo")
    assert said.startswith(f"cut promo: “{line[2:6]}”")
    assert farm.text(article) == line[:2] + line[6:] + before[len(line) :]
    farm.call("review", str(article), "--cut", str(paragraph))
    assert farm.text(article) == before[len(line) + 1 :]
    listed = farm.call("review", str(article))
    mine = [match[1] for part in listed.split("\n\n") if " review 1.00 " in part and (match := LISTED.match(part))]
    assert len(mine) == 2
    farm.call("review", str(article), "--clear", ",".join(mine))
    assert farm.text(article) == before
    verdicts = ask(
        farm.database, "select verdict, holds from archive.decision where article_id = %s order by 1", article
    )
    assert verdicts == [("cleared", False), ("cleared", False), ("cut", False), ("cut", False)]


def test_what_is_decided_leaves_the_list_of_doubts(farm: Farm) -> None:
    queued = farm.call("review", "--limit", "500").splitlines()
    article, raw = farm.cut("injected")
    assert any(line.split()[0] == str(article) for line in queued if line.strip())
    numbers = [match[1] for match in LISTED.finditer(farm.call("review", str(article)))]
    assert "confirmed injected" in farm.call("review", str(article), "--confirm", ",".join(numbers))
    assert raw not in farm.text(article)
    again = farm.call("review", "--limit", "500").splitlines()
    assert not any(line.split()[0] == str(article) for line in again if line.strip())
    assert "decided already" in farm.call("review", str(article), "--confirm", numbers[0])


def test_export_is_read_by_the_judge(farm: Farm, tmp_path: Path) -> None:
    article, raw = farm.cut("promo")
    farm.call("review", str(article), "--undo", farm.number(article, raw))
    lines = [json.loads(line) for line in farm.call("review", "--export").splitlines()]
    mine = next(line for line in lines if line["id"] == f"article-{article}")
    [kept] = mine["labels"]["kept"]
    assert mine["paragraphs"][kept["paragraph"]][kept["start"] : kept["end"]] == kept["text"] == raw
    assert {"id", "kind", "src", "title", "paragraphs", "labels"} <= set(mine)
    assert {"offtopic", "injections", "boilerplate", "spun"} <= set(mine["labels"])
    file = tmp_path / "labels.jsonl"
    wrote = (
        f"wrote {file}: {len(lines)} article{'s' if len(lines) > 1 else ''}\n"  # others, if tests before decided some
    )
    assert farm.call("review", "--export", "-o", str(file)) == wrote
    judged = huiliu("judge", "--jsonl", given=file.read_text("utf-8"))
    assert [json.loads(line)["id"] for line in judged.out.splitlines()] == [line["id"] for line in lines]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["999999"], 1, "the archive holds no article 999999"),
        (["http://www.kuaibao.example/nothing.html"], 1, "the archive holds no article at"),
        (["ONE", "--undo", "99999"], 2, "there is no number 99999"),
        (["ONE", "--undo", "x"], 2, "'x' is no number of the list"),
        (["ONE", "--undo", "1", "--cut", "0:没有这样的话"], 2, "does not stand there"),
        (["ONE", "--cut", "0", "--kind", "echo"], 2, "'echo'"),
        (["ONE", "--undo", "1", "--document", "0"], 2, "look at it again"),
        (["--undo", "1"], 2, "say which ARTICLE"),
        (["-o", "x.jsonl"], 2, "--export writes all decisions"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    farm: Farm, words: list[str], status: int, said: str
) -> None:
    article, _ = farm.cut("boilerplate") if "ONE" in words else (0, "")
    before = farm.one("select count(*) from decision")
    err = farm.call("review", *(str(article) if word == "ONE" else word for word in words), status=status)
    assert said in " ".join(err.split()).replace("│ ", "")
    assert "Traceback" not in err
    assert farm.one("select count(*) from decision") == before


def test_two_reviewers_at_once(farm: Farm) -> None:
    article, _ = (
        farm.cut("echo") if farm.one("select count(*) from mark where kind = 'echo'") else farm.cut("boilerplate")
    )
    paragraphs = farm.one(
        "select array_agg(paragraph order by paragraph) from archive.paragraph where article_id = %s and not is_cut",
        article,
    )[:4]
    done: list[Done] = []
    threads = [
        threading.Thread(target=lambda n=n: done.append(huiliu("review", str(article), "--cut", str(n), **farm.env)))
        for n in paragraphs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.status for one in done] == [0] * len(paragraphs), done
    cut = farm.one(
        "select array_agg(paragraph order by paragraph) from archive.mark where article_id = %s and verdict = 'cut'",
        article,
    )
    assert cut == paragraphs
    assert broken_promises(farm.database) == []


@pytest.mark.parametrize("words", [[], ["ONE"], ["ONE", "--text"], ["ONE", "--all"]], ids=" ".join)
def test_it_fits_a_terminal_of_eighty_columns(farm: Farm, words: list[str]) -> None:
    [(article,)] = ask(
        farm.database, "select article_id from archive.mark group by 1 order by count(*) desc, 1 limit 1"
    )
    said = on_terminal(["review", *(str(article) if word == "ONE" else word for word in words)], farm.env)
    lines = [line for line in said.splitlines() if "http://" not in line]
    assert len(lines) > 5
    assert max(cell_len(line) for line in lines) <= 80, said


def on_terminal(words: list[str], env: dict[str, str]) -> str:
    """What a command prints on a terminal of 80 columns, without its colours."""
    ours, theirs = pty.openpty()
    given = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    given |= env | {"TERM": "xterm-256color", "COLUMNS": "80", "LINES": "40"}
    with subprocess.Popen([*PYTHON, "crawler", *words], cwd=ROOT, env=given, stdout=theirs, stdin=theirs) as process:
        os.close(theirs)
        pieces = []
        try:
            while piece := os.read(ours, 65536):
                pieces.append(piece)
        except OSError:
            pass  # the other end is closed: the command has ended
    os.close(ours)
    assert process.returncode == 0
    return ESCAPES.sub("", b"".join(pieces).decode()).replace("\r", "")
