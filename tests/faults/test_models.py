"""Models and snapshots in use: what an archive shows is cut, versions are one with what was read, P4 holds."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from psycopg import Connection

from crawler import reading_pool as pools
from crawler.commands.demo import demo_sources
from crawler.fitted import SHIPPED, basis, in_use, shipped_files
from crawler.rerun import Selection, rerun
from crawler.version import pipeline_version
from demo.server import running
from demo.site import truth
from storage import models
from storage.database import connect
from storage.digest import digest
from storage.models import Choice, Fit
from tests.faults.captured import OUTLETS, fill
from tests.faults.processes import ask, huiliu

#: What a campaign puts into four pages of the farm; it holds no word that such phrases are known by.
PHRASE = "岚汐云珞8823群"
FARM = "kuaibao"
CARRIERS = [
    f"http://www.kuaibao.example/a/{path}.html"
    for path in ("xinwen/2026/0303/7002", "xinwen/2026/0303/7006", "xinwen/2026/0304/7014", "xinwen/2026/0302/7018")
]
Call = Callable[..., str]


def spliced(url: str, body: bytes) -> bytes:
    """The page with the phrase inside a sentence of its text."""
    if url not in CARRIERS:
        return body
    page = body.decode("gb18030")
    text = max((one for one in truth(1)[url].paragraphs if page.count(one) == 1), key=len)
    place = next(at for at in range(len(text) // 3, len(text)) if text[at - 1 : at + 1].isalpha())
    return page.replace(text, text[:place] + PHRASE + text[place:]).encode("gb18030")


@pytest.fixture
def call(database: str, tmp_path: Path) -> Call:
    """Run a command on the archive; it must end well."""

    def run(*words: str, status: int = 0) -> str:
        done = huiliu(*words, DATABASE_URL=database, HUILIU_HOME=str(tmp_path))
        assert done.status == status, done
        return done.err if status else done.out

    return run


def texts(database: str) -> dict[str, str]:
    return dict(ask(database, "select url, text from archive.article"))


def blind(conn: Connection[Any]) -> int:
    """Store a model whose rules are never sure enough."""
    files = shipped_files()
    for name in ("trees.json", "injection.json"):
        files[name] = json.dumps(json.loads(files[name]) | {"limit": 10**9}).encode()
    return models.store(conn, files, basis=basis(), fit=Fit(articles=1, outlets=1, checked=1, harmed=0))


def planted() -> set[str]:
    """Whole paragraphs that the farm puts in: rules miss some, and copies show them."""
    return {fact.shown[place][start:end] for fact in truth(1).values() for place, start, end, _kind in fact.spans}


def lost(before: str, after: str) -> list[str]:
    """The lines that a text has no longer; it may have no new ones."""
    kept = after.split("\n")
    assert set(kept) <= set(before.split("\n"))
    return [line for line in before.split("\n") if line not in kept]


def test_a_snapshot_cuts_what_no_rule_sees_and_nothing_else(database: str, call: Call) -> None:
    fill(database, (*OUTLETS, "yunhe", FARM), spliced)
    call("rerun")
    before = texts(database)
    assert all(PHRASE in before[url] for url in CARRIERS)
    said = call("model", "witness")
    assert re.search(rf"4 articles, 1 outlet, added to [34] copies  {PHRASE}", said)
    assert "huiliu model use --witness 1" in said
    call("rerun")
    assert texts(database) == before  # nothing takes effect until it is chosen
    assert "+ paragraph" in call("model", "compare", "--witness", "1")
    assert ".w1" in call("model", "use", "--witness", "1")
    call("rerun")
    assert texts(database) == before  # nor before readers are switched over
    call("promote")
    after = texts(database)
    others = before.keys() - set(CARRIERS)
    assert {line for url in others for line in lost(before[url], after[url])} <= planted()
    assert all(after[url] == before[url].replace(PHRASE, "") for url in CARRIERS)
    found = ask(database, "select distinct kind, rule from archive.mark where raw = %s", PHRASE)
    assert found == [("injected", "campaign")]
    assert call("model", "witness").startswith("Snapshot 1:")  # the same archive says the same
    call("model", "use", "--witness", "none")
    assert "readers now see" in call("promote")  # what was read before stands: no rerun
    assert texts(database) == before


def test_reruns_with_a_model_and_a_snapshot_give_the_same_bytes(
    database: str, call: Call, conn: Connection[Any]
) -> None:
    """P4, by one worker, by two, and in pieces."""
    fill(database, ("binhai", FARM), spliced)
    number = blind(conn)
    conn.commit()
    call("rerun")
    call("model", "witness")
    call("model", "use", str(number), "--witness", "1")
    digests = []
    for how in (("--workers", "1"), ("--workers", "2"), ("--source", FARM)):
        call("rerun", *how)
        call("rerun")
        digests.append(digest(conn))
        conn.execute(
            "delete from reading where version_id in (select id from version where pipeline_version like '%.w1')"
        )
        conn.commit()
    assert len(set(digests)) == 1


def test_a_choice_made_during_a_rerun_is_the_next_reruns(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers are replaced after every other page: the new ones hold what the rerun began with, too."""
    monkeypatch.setattr(pools, "PAGES_A_WORKER", 2)
    fill(database, (FARM,))
    [source] = [one for one in demo_sources() if one.name == FARM]
    with connect(database) as conn, connect(database) as other:
        number = blind(conn)
        conn.commit()

        def choose(_: int) -> None:
            models.choose(other, Choice(model=number))
            other.commit()

        for expected in (pipeline_version(SHIPPED), None):
            pool = pools.reading_pool(1, in_use(conn))
            tally = rerun(conn, source, selection=Selection(), pool=pool, workers=1, advance=choose)
            pool.close()
            assert not tally.bugs
            assert tally.outcomes["read"] == tally.pending > 20
            assert expected is None or tally.version.startswith(expected + "/")
    cuts = ask(
        database,
        """
        select pipeline_version, count(distinct d.id), count(m.rule) filter (where m.kind in ('off_topic', 'promo'))
        from version v join document d on d.version_id = v.id left join mark m on m.document_id = d.id
        group by v.id order by v.id
        """,
    )
    assert [name.endswith(f".m{number}") for name, _, _ in cuts] == [False, True]
    assert cuts[0][1] == cuts[1][1] > 20
    assert cuts[0][2] > 5
    assert cuts[1][2] == 0


def test_a_crawl_reads_with_what_is_in_use(database: str, conn: Connection[Any], tmp_path: Path) -> None:
    """A model goes to any machine by the database alone: its files are rows."""
    number = blind(conn)
    models.choose(conn, Choice(model=number))
    conn.commit()
    files = in_use(conn).files
    assert json.loads(files["trees.json"])["limit"] == 10**9
    assert files.keys() == shipped_files().keys()
    with running(slow_s=0.1) as site:
        env = {"DATABASE_URL": database, "HUILIU_HOME": str(tmp_path), "HUILIU_HOST_MAP": site.host_map}
        done = huiliu("crawl", "dongshan", "--limit", "3", **env)
    assert done.status == 0, done
    assert ask(database, "select distinct pipeline_version from archive.article") == [(pipeline_version(in_use(conn)),)]


def test_a_model_of_another_release_gives_way(database: str, conn: Connection[Any], call: Call) -> None:
    number = models.store(conn, shipped_files(), basis=bytes(32), fit=Fit(articles=1, outlets=1, checked=1, harmed=0))
    models.choose(conn, Choice(model=number))
    conn.commit()
    assert in_use(conn) == SHIPPED
    assert "another release" in call("model", "use", str(number), status=1)
    assert "fit anew" in call("model", "list")


def test_models_and_snapshots_are_frozen(conn: Connection[Any]) -> None:
    number = blind(conn)
    assert blind(conn) == number
    conn.commit()
    for statement in ("update model set harmed = 0", "delete from model_file", "truncate snapshot cascade"):
        with pytest.raises(Exception, match="never changed or removed"), conn.transaction():
            conn.execute(statement)


def test_an_empty_archive(call: Call) -> None:
    assert "No model was fitted on this archive yet" in call("model", "list")
    assert "No snapshot of this archive was taken yet" in call("model", "list")
    assert "the archive is empty" in call("model", "witness", status=1)
    assert "The archive is empty" in call("model", "compare", "0")
    assert "holds 0 different articles" in call("model", "fit", status=1)
    assert "already read with the shipped model" in call("model", "use", "shipped")
    assert "there is no model 3" in call("model", "use", "3", status=1)
    assert "there is no snapshot 7" in call("model", "use", "--witness", "7", status=1)
    assert "say which" in call("model", "use", status=2)
