"""An archive that has rows is brought to the head, and its rows read as before."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from psycopg.rows import dict_row

from storage import migrate
from storage.database import connect

#: One article, as revision 0004 of the schema held it.
ROWS = """
insert into outlet (name, title, region) values ('qingshui', '清水网', 'demo');
insert into version (outlet_id, pipeline_version, source_digest) values (1, '0.1', 's');
insert into payload (digest, size, codec, body) values (sha256('x'), 1, 'none', 'x');
insert into capture (outlet_id, url_digest, payload_digest, url, final_url, fetched_at, status, headers, role)
    values (1, 'u', sha256('x'), 'http://a.example/1', 'http://a.example/1', '2026-03-02 12:00Z', 200, '[]', 'article');
insert into article (outlet_id, url_digest, url, first_seen_at)
    values (1, 'u', 'http://a.example/1', '2026-03-02 12:00Z');
insert into reading (capture_id, version_id, outcome) values (1, 1, 'read');
insert into document (capture_id, version_id, article_id, layout, charset, title, byline, origin, published_text,
    clean_title, clean_text, folded, spun_score, outside_chars, text_digest, minhash)
    values (1, 1, 1, 'generic', 'utf-8', '题', '', '', '', '题', '正文', E'题\\n正文', 0, 0, 'd', '');
insert into paragraph (document_id, ordinal, kind, raw) values (1, 0, 'text', '正文');
"""
NEW = {
    "kicker": "", "subtitle": "", "column_name": "", "section": "", "editor": "", "date_quality": "none",
    "language": "", "found_by": {}, "gone_at": None, "gone_how": None,
}  # fmt: skip


def test_0005_keeps_what_older_versions_read(
    empty_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = shutil.copytree(
        migrate.VERSIONS, tmp_path / "versions", ignore=shutil.ignore_patterns("000[5-9]*", "001*", "__*")
    )
    with monkeypatch.context() as patched:
        patched.setattr(migrate, "VERSIONS", older)
        assert migrate.upgrade(empty_database) == (None, "0004")
        before = articles(empty_database, ROWS)
    migrate.upgrade(empty_database)
    assert articles(empty_database) == [before[0] | NEW]


def articles(url: str, first: str = "select") -> list[dict[str, Any]]:
    """Every article as readers see it, after some statements."""
    with connect(url) as conn:
        conn.execute(first.encode())
        with conn.cursor(row_factory=dict_row) as cur:
            return cur.execute("select * from archive.article").fetchall()
