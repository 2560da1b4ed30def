"""Pages saved from real sites, Chinese and English, through the whole program: crawl, store, read, search, rerun.

They are not part of this repository: without ../shared these tests are skipped.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.acceptance.program import Archive, Program, fresh_program
from tests.acceptance.saved_site import HOST, Saved, read_saved, serving

pytestmark = pytest.mark.timeout(600)

ZONE = ZoneInfo("Asia/Shanghai")
SOURCE = f"""
name = "real"
title = "Saved pages"
region = "world"
hosts = ["{HOST}"]
article_url = ['/page/[^/]+\\.html$']
[crawl]
shape = "section_list"
start_urls = ["http://{HOST}/"]
delay_s = 0
concurrency = 8
deadline_s = 500
"""
#: Changes what names the version, and nothing that is read: no page has such elements.
LAYOUT = """
[[layout]]
name = "nowhere"
title = "h1.nowhere"
body = "div.nowhere"
"""


#: What LIKE does not take literally.
WILD = re.compile(r"[%_\\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """The archive after one crawl of the saved pages."""

    program: Program
    pages: list[Saved]
    said: str
    crawl_s: float
    source: Path
    archive: Archive
    #: The archive as its owner sees it, tables and all.
    owner: Archive
    #: The collection's own measure.
    score: Path

    def articles(self) -> dict[str, dict[str, Any]]:
        """The articles by URL."""
        return {row["url"]: row for row in self.archive.rows("select * from archive.article")}


@pytest.fixture(scope="module")
def real(shared: Path) -> Iterator[Real]:
    folder = shared / "bench" / "extraction"
    if not (folder / "gold.jsonl").is_file():
        pytest.skip(f"{folder} has no saved pages")
    pages = read_saved(folder)
    with tempfile.TemporaryDirectory() as place, serving(pages) as port:
        source = Path(place) / "real.toml"
        source.write_text(SOURCE)
        with fresh_program(HUILIU_SOURCES=place, HUILIU_HOST_MAP=f"{HOST}=127.0.0.1:{port}") as program:
            began = time.monotonic()
            said = program.call("crawl", "real")
            crawl_s = time.monotonic() - began
            owner_url = program.call("db", "url").strip()
            with closing(Archive(program.reader_url())) as archive, closing(Archive(owner_url)) as owner:
                yield Real(
                    program=program,
                    pages=pages,
                    said=said,
                    crawl_s=crawl_s,
                    source=source,
                    archive=archive,
                    owner=owner,
                    score=folder / "score.py",
                )


def test_every_page_is_a_capture_as_it_was_saved(real: Real) -> None:
    rows = real.archive.rows("select url, role, bytes, payload_digest from archive.capture where role = 'article'")
    assert {row["url"]: row["bytes"] for row in rows} == {page.url: len(page.body) for page in real.pages}
    assert f"real: {len(real.pages) + 1} stored" in real.said


def test_every_capture_has_one_reading(real: Real) -> None:
    rows = real.archive.rows("select url, outcome from archive.outcome where stage = 'read'")
    assert Counter(row["url"] for row in rows) == {page.url: 1 for page in real.pages}
    read = {row["url"] for row in rows if row["outcome"] == "read"}
    assert read == set(real.articles())
    assert len(real.pages) - len(read) <= 0.02 * len(real.pages)


def test_each_article_was_read_from_its_own_page(real: Real) -> None:
    articles = real.articles().values()
    assert all(row["text"] and "\ufffd" not in row["title"] for row in articles)
    assert {"utf-8", "gb18030"} <= {row["charset"] for row in articles}


def test_search_finds_what_like_finds(real: Real) -> None:
    chosen = phrases(real.pages)
    found = 0
    for phrase in chosen:
        hits = real.archive.rows("select url from archive.search(%s)", phrase)
        [folded] = real.archive.rows("select archive.fold(%s) as phrase", phrase)
        held = real.owner.rows(
            "select a.url from document d join article a on a.id = d.article_id where d.folded like %s",
            "%" + WILD.sub(r"\\\g<0>", folded["phrase"]) + "%",
        )
        assert sorted(row["url"] for row in hits) == sorted(row["url"] for row in held), phrase
        found += bool(hits)
    assert found >= 0.8 * len(chosen)


def phrases(pages: list[Saved]) -> list[str]:
    """Titles and pieces of bodies, long and short, some in other case: what people search for."""
    chosen = []
    for place, page in enumerate(pages[::12]):
        body = " ".join(page.gold["body"].split())
        width = (2, 4, 9, 15)[place % 4]
        chosen += [page.gold["title"] or "", body[60 : 60 + width].upper(), body[200 : 200 + width]]
    return [phrase.strip() for phrase in chosen if phrase.strip()]


def test_search_command_prints_the_article(real: Real) -> None:
    article = next(row for row in real.articles().values() if row["charset"] == "gb18030")
    assert article["url"] in real.program.call("search", article["title"])


def test_bodies_read_back_agree_with_what_a_person_read(
    real: Real, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = real.articles()
    lines = [
        {
            "id": page.id,
            "title": row["title"],
            "body": row["text"],
            "date": row["published_at"].astimezone(ZONE).isoformat() if row["published_at"] else "",
            "author": row["byline"],
        }
        for page in real.pages
        if (row := articles.get(page.url))
    ]
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    scores = tmp_path / "scores.json"
    subprocess.run([sys.executable, str(real.score), str(predictions), "--json", str(scores)], check=True)
    result = json.loads(scores.read_text())
    with capsys.disabled():
        print(closing_table(real, result))
    assert result["zh"]["f1"] >= 0.90
    assert result["en"]["f1"] >= 0.90


def closing_table(real: Real, result: dict[str, Any]) -> str:
    """What went in, what came out, and how well it was read."""
    rows = real.archive.rows(
        "select url, outcome, detail from archive.outcome where stage = 'read' and outcome <> 'read'"
    )
    lines = [
        "",
        f"{len(real.pages)} saved pages: {len(real.pages)} captures, {len(real.articles())} articles, "
        f"{len(rows)} refused; crawled, stored and read in {real.crawl_s:.0f} s",
        *(f"  refused {row['url']}: {row['outcome']}: {row['detail']}" for row in rows),
        f"  {'':4}{'pages':>6}{'body F1':>9}{'title':>7}{'date':>7}{'byline':>8}",
    ]
    for language, score in result.items():
        figures = (score["f1"], score["title"], score["date"], score["author"])
        cells = "".join(f"{figure:>8.3f}" for figure in figures if figure is not None)
        lines.append(f"  {language:4}{score['pages']:>6} {cells}")
    return os.linesep.join(lines)


def test_rerun_stands_beside_until_it_is_promoted(real: Real) -> None:
    """The same version has nothing to do; a changed source file is a new version, which readers see once promoted."""
    assert "Nothing to do" in real.program.call("rerun", "--source", "real")
    before = seen(real)
    real.source.write_text(SOURCE + LAYOUT)
    said = real.program.call("rerun", "--source", "real")
    assert "huiliu promote" in said
    assert seen(real) == before
    readings = real.owner.rows("select version_id, count(*) from reading group by 1 order by 1")
    assert [row["count"] for row in readings] == [len(real.pages)] * 2
    differing = real.owner.rows(
        """
        select one.capture_id from document one join document other using (capture_id)
        where one.version_id < other.version_id and (one.title, one.byline, one.published_at, one.folded)
            is distinct from (other.title, other.byline, other.published_at, other.folded)
        """
    )
    assert differing == []
    assert "real: readers now see" in real.program.call("promote", "real")
    after = seen(real)
    assert set(after) == set(before)
    assert all(after[url]["text"] == before[url]["text"] for url in after)
    assert len({row["source_digest"] for row in after.values()}) == 1
    assert {row["source_digest"] for row in after.values()} != {row["source_digest"] for row in before.values()}


def seen(real: Real) -> dict[str, dict[str, Any]]:
    return {
        url: {name: row[name] for name in ("title", "text", "document_id", "source_digest")}
        for url, row in real.articles().items()
    }


def test_verify_finds_every_promise_kept(real: Real) -> None:
    said = real.program.call("db", "verify")
    assert "FAULT" not in said
    assert "ok" in said
