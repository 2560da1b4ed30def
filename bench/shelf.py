"""An archive of one outlet for measuring: documents that take the real road, and many rows written past it."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from psycopg import Connection

from bench.articles import article, articles
from pipelines.citations import cite
from pipelines.fingerprint import bare_lines, fingerprint
from pipelines.fold import fold
from pipelines.match import MATCHER
from pipelines.model import Capture, CrawlPolicy, Document, Paragraph, Role, Shape, Source
from pipelines.sketch import stored
from storage import captures, documents, outlets, versions

#: Rows written at once.
CHUNK = 5_000
#: Articles from this number on are never filled in.
FRESH = 1_000_000_000
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
HOST = "news.example"


class Shelf:
    """One outlet's archive: documents by the real road, and rows written past it."""

    def __init__(self, conn: Connection) -> None:
        self.conn = conn
        policy = CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=(f"http://{HOST}/",))
        source = Source(name="made", title="造报", region="bench", hosts=(HOST,), crawl=policy)
        self.outlet_id = outlets.register(conn, source)
        self.version_id = versions.ensure(conn, outlet_id=self.outlet_id, pipeline_version="1+a", source_digest="s")
        self.template = self.store(FRESH, article(FRESH))
        advance(conn)

    def store(self, number: int, lines: Sequence[str]) -> int:
        """Store a capture and its document as a crawl does, but for the caller's commit; return the document."""
        url, body = f"http://{HOST}/{number}.html", "\n".join(lines).encode()
        capture = Capture(
            outlet="made", url=url, final_url=url, fetched_at=NOON + timedelta(seconds=number % FRESH), status=200,
            headers=(), body=body, digest=hashlib.sha256(body).digest(), role=Role.ARTICLE,
        )  # fmt: skip
        capture_id, _ = captures.insert(self.conn, outlet_id=self.outlet_id, capture=capture)
        document_id = documents.store_document(
            self.conn, outlet_id=self.outlet_id, capture_id=capture_id, version_id=self.version_id,
            seen_at=capture.fetched_at, document=read(url, f"第{number}号", lines),
        )  # fmt: skip
        assert document_id is not None
        return document_id

    def fill(self, first: int, end: int) -> None:
        """Write the articles of these numbers, as if they had been stored and related; each is only like itself."""
        self.conn.execute("set session_replication_role = replica")
        self.conn.execute("alter table shingle drop constraint shingle_pkey")
        for start in range(first, end, CHUNK):
            self._write(start, list(articles(start, min(start + CHUNK, end))))
            self.conn.commit()
        self.conn.execute("set maintenance_work_mem = '512MB'")
        self.conn.execute("alter table shingle add primary key (hash, text_id)")
        self.conn.execute("set session_replication_role = origin")
        self.conn.commit()
        self.conn.autocommit = True
        self.conn.execute("vacuum analyze shingle, text, document, document_text, capture, article, relation")
        self.conn.autocommit = False

    def _write(self, start: int, some: Sequence[Sequence[str]]) -> None:
        self.conn.execute(
            "create temp table filled"
            " (n integer, clean_text text, text_digest bytea, lines_digest bytea, characters integer) on commit drop"
        )
        shingles: list[tuple[int, int]] = []
        with self.conn.cursor().copy("copy filled from stdin") as copy:
            for n, lines in enumerate(some, start):
                text = "\n".join(lines)
                digests, plain = fingerprint(text), "".join(bare_lines(text))
                copy.write_row((n, text, digests.text_digest, digests.lines_digest, len(plain)))
                shingles += ((value, text_id(n)) for value in stored(plain))
        with self.conn.cursor().copy("copy shingle from stdin") as copy:
            for row in shingles:
                copy.write_row(row)
        self.conn.execute(FILLED, {"template": self.template, "matcher": MATCHER})

    def size(self) -> tuple[int, dict[str, int]]:
        """How many texts there are, and the bytes of tables with their indexes."""
        names = ["shingle", "text", "document_text", "relation"]
        rows = self.conn.execute("select n, pg_total_relation_size(n::regclass) from unnest(%s::text[]) n", [names])
        sizes = {str(name): int(size) for name, size in rows}
        (texts,) = self.conn.execute("select count(*) from text").fetchone() or (0,)
        return int(texts), sizes


#: Rows of `filled` become captures, articles, documents and texts: copies of the template's but for what differs.
FILLED = """
with c as (
    insert into capture (id, outlet_id, url_digest, payload_digest, url, final_url, fetched_at, status, headers, role
    ) overriding system value
    select 10 + n, outlet_id, sha256(n::text::bytea), payload_digest, 'http://news.example/' || n, '', fetched_at, 200,
        headers, role
    from filled, (select c.* from capture c join document d on d.capture_id = c.id where d.id = %(template)s) t
), a as (
    insert into article (id, outlet_id, url_digest, url, first_seen_at, key_digest
    ) overriding system value
    select 10 + n, outlet_id, sha256(n::text::bytea), 'http://news.example/' || n, first_seen_at,
        sha256(n::text::bytea)
    from filled, (select a.* from article a join document d on d.article_id = a.id where d.id = %(template)s) t
), d as (
    insert into document (id, capture_id, version_id, article_id, layout, charset, title, byline, origin,
        published_text, published_at, clean_title, clean_text, folded, spun_score, outside_chars, text_digest
    ) overriding system value
    select 10 + n, 10 + n, version_id, 10 + n, layout, charset, title, byline, origin, published_text, published_at,
        clean_title, f.clean_text, '', spun_score, outside_chars, f.text_digest
    from filled f, (select * from document where id = %(template)s) t
), s as (
    insert into text (id, lines_digest, text_digest, characters, matcher, cluster_id
    ) overriding system value
    select 10 + n, lines_digest, text_digest, characters, %(matcher)s, 10 + n from filled
)
insert into document_text (document_id, text_id, related_by) select 10 + n, 10 + n, %(matcher)s from filled
"""


def text_id(number: int) -> int:
    """The number of a filled article's text, and of its document."""
    return 10 + number


def read(url: str, title: str, lines: Sequence[str]) -> Document:
    """What a pipeline would have read."""
    text = "\n".join(lines)
    folded = fold(f"{title}\n{text}")
    return Document(
        url=url, key=url, layout="made", title=title, byline="", origin="", published_text="", published_at=None,
        paragraphs=tuple(Paragraph(index=at, raw=line) for at, line in enumerate(lines)), marks=(), clean_title=title,
        clean_text=text, folded=folded, spun_score=0, fingerprint=fingerprint(text), citations=cite(folded),
        outside_chars=0, charset="utf-8",
    )  # fmt: skip


def advance(conn: Connection) -> None:
    """Have new rows keep clear of what is filled in."""
    for name in ("capture", "article", "document", "text"):
        conn.execute("select setval(pg_get_serial_sequence(%s, 'id'), 1500000000)", [name])
    conn.commit()
