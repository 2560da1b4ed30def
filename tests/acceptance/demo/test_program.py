"""What the demo says on the terminal, the ten questions of docs/questions.md, and commands on the demo's archive."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.commands.report import QUERIES
from demo.truth import FARM, OUTLETS
from tests.acceptance.demo.facts import ARTICLES
from tests.acceptance.demo_runs import Demo

pytestmark = pytest.mark.timeout(600)

ROOT = Path(__file__).parents[3]
QUESTIONS = re.findall(
    r"^## (\d+)\. .+?```sql\n(.+?)```", (ROOT / "docs" / "questions.md").read_text("utf-8"), re.S | re.M
)
#: What each answer holds on the demo's archive.
ANSWERS: dict[str, Callable[[list[dict[str, Any]]], bool]] = {
    "1": lambda rows: rows[0]["place"] == 1 and rows[0]["outlet"] != FARM and rows[-1]["outlet"] == FARM,
    "2": lambda rows: {row["taker"] for row in rows} >= {FARM} and all(row["source"] != FARM for row in rows),
    "3": lambda rows: [row["taker"] for row in rows] == [FARM] and rows[0]["median"] >= rows[0]["fastest"],
    "4": lambda rows: all(row["taker"] == FARM and row["left_out"] for row in rows),
    "5": lambda rows: sum(row["is_cut"] for row in rows) > len(rows) // 2,
    "6": lambda rows: {row["change"] for row in rows} >= {"changed", "removed", "title"},
    "7": lambda rows: all(row["gone_how"] in ("404", "410", "notice") for row in rows),
    "8": lambda rows: {row["how"] for row in rows} >= {"exact"},
    "9": lambda rows: [row["part"] for row in rows] == [1, 2, 3] and len({row["series_id"] for row in rows}) == 1,
    "10": lambda rows: {row["taker"] for row in rows} == {FARM},
}


@pytest.mark.parametrize("outlet", [*OUTLETS, FARM])
def test_table_has_each_outlet(demo: Demo, outlet: str) -> None:
    table = demo.first.said.partition("What was fetched, kept and refused")[2].partition("One article")[0]
    held = sum(fact.outlet == outlet for fact in ARTICLES.values())
    assert re.search(rf"^{outlet} .* {held} *$", table, re.M)
    assert re.search(rf"^ *{outlet} .*: .*refused robots", table, re.M)


def test_one_article_is_shown_before_and_after(demo: Demo) -> None:
    shown = demo.first.said.partition("One article, before and after")[2].partition(QUERIES[0][0])[0]
    assert "http://www.kuaibao.example/" in shown
    assert re.search(r"⟦[^⟧]+⟧[^\[⟦]*\[off_topic:", shown)
    assert "⟦（编辑：小快）⟧ [boilerplate: editor_line]" in shown


@pytest.mark.parametrize(("question", "statement"), QUERIES)
def test_questions_are_asked_and_answered(demo: Demo, question: str, statement: str) -> None:
    for run in (demo.first, demo.second):
        answer = run.said.partition(question)[2]
        assert statement.splitlines()[0] in answer
        assert "(no rows)" not in answer
    assert demo.archive.rows(statement.replace("%", "%%"))


def test_first_run_counts_what_it_added(demo: Demo) -> None:
    held = demo.first.held
    assert f"Added {held['capture']} captures, {len(ARTICLES)} articles" in demo.first.said
    assert "Traceback" not in demo.first.said + demo.second.said


def test_second_run_adds_nothing(demo: Demo) -> None:
    assert demo.first.held == demo.second.held
    assert f"Nothing was added twice: the archive holds {demo.first.held['capture']} captures and" in demo.second.said


@pytest.mark.parametrize(("number", "statement"), QUESTIONS, ids=[number for number, _ in QUESTIONS])
def test_questions_have_answers(demo: Demo, number: str, statement: str) -> None:
    rows = demo.archive.rows(statement)
    assert rows
    assert ANSWERS[number](rows)


def test_there_are_ten_questions() -> None:
    assert [number for number, _ in QUESTIONS] == list(ANSWERS)


def test_psql_reads_the_archive(demo: Demo) -> None:
    said = demo.program.call("sql", "select outlet, count(*) from article group by 1 order by 1")
    assert re.search(rf"^ lanjiang +\| +{sum(f.outlet == 'lanjiang' for f in ARTICLES.values())}$", said, re.M)
    assert demo.program.psql("select count(*) from archive.article") == str(len(ARTICLES))


@pytest.mark.parametrize(
    "statement", ["select 1 from public.capture", "create temporary table t (id int)", "delete from archive.article"]
)
def test_reader_reads_the_archive_alone(demo: Demo, statement: str) -> None:
    assert re.search("permission denied|cannot delete", demo.program.psql(statement))


def test_search_folds_script(demo: Demo) -> None:
    for phrase in ("汙水廠出水口", "污水厂出水口"):
        said = demo.program.call("search", phrase)
        assert "http://paper.yunhe.example/html/2026-03/03/" in said
    assert "No article holds" in demo.program.call("search", "此句不在任何文章之中")


def test_verify_finds_every_promise_kept(demo: Demo) -> None:
    said = demo.program.call("db", "verify")
    assert "FAULT" not in said
    assert len(re.findall(r"^ok ", said, re.M)) >= 5
    assert re.search(r"^\d+ readings, digest [0-9a-f]{16}$", said, re.M)


def test_rerun_has_nothing_to_do(demo: Demo) -> None:
    assert "Nothing to do" in demo.program.call("rerun", "--dry-run", "--workers", "1")


def test_postgres_stops_when_told(demo: Demo) -> None:
    """The last test of this folder: the archive is gone after it."""
    demo.archive.close()
    assert demo.program.call("db", "stop").strip() == "Postgres stopped"
    assert demo.program.call("db", "stop").strip() == "Postgres was not running"
