"""`huiliu status` on an archive of many outlets, most of them quiet."""

from typing import Any

import pytest
from psycopg import Connection

from crawler.commands.look import show_status
from storage import outlets
from tests.integration.factories import Shelf, make_source


def test_outlets_that_were_never_crawled_are_counted_not_listed(
    conn: Connection[Any], database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database)
    assert said(capsys) == ["The archive is empty: `huiliu demo` or `huiliu crawl SOURCE` fills it."]
    for number in range(70):
        outlets.register(conn, make_source(f"quiet{number}"))
    conn.commit()
    assert said(capsys)[1:] == ["70 outlets are known and have not been crawled yet."]
    Shelf(conn).article("/a", "题", ["清水市今年新开三条公交线路。"])
    conn.execute(
        """
        insert into fetch_attempt (outlet_id, url_digest, url, role, fetched_at, outcome)
        select id, 'u', 'http://a.example/', 'article', now(), unnest(array['gone', 'gone', 'blocked'])
        from outlet where name in ('qingshui', 'quiet3')
        """
    )
    conn.commit()
    lines = said(capsys)
    assert [line.split()[:2] for line in lines[1:3]] == [["qingshui", "1"], ["quiet3", "0"]]
    assert lines[3] == "69 outlets are known and have not been crawled yet."
    assert [line.split(maxsplit=2) for line in lines[-2:]] == [
        ["qingshui", "fetch", "gone 2, blocked 1"],
        ["quiet3", "fetch", "gone 2, blocked 1"],
    ]


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of one `huiliu status`."""
    assert show_status() == 0
    return capsys.readouterr().out.splitlines()
