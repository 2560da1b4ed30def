"""Values for tests of the storage, made short: one outlet, one run, captures and documents of it."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from psycopg import Connection

from pipelines.citations import cite
from pipelines.clean import clean_text
from pipelines.fingerprint import fingerprint
from pipelines.fold import fold
from pipelines.model import (
    Capture,
    CrawlPolicy,
    Document,
    Mark,
    MarkField,
    MarkKind,
    Paragraph,
    Role,
    Shape,
    Source,
)
from storage import captures, documents, outlets, runs, versions
from storage.runs import Run

HOST = "news.qingshui.example"
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def make_source(name: str = "qingshui", **fields: Any) -> Source:
    policy = CrawlPolicy(shape=Shape.SECTION_LIST, start_urls=(f"http://{HOST}/",))
    return Source(**({"name": name, "title": "清水网", "region": "demo", "hosts": (HOST,), "crawl": policy} | fields))


def make_run(conn: Connection[Any], outlet_id: int) -> Run:
    run_id = runs.queue(conn, outlet_id=outlet_id)
    assert run_id is not None
    return runs.start(conn, run_id)


def make_capture(path: str = "/a/1.html", body: bytes = b"<p>one</p>", **fields: Any) -> Capture:
    url = f"http://{HOST}{path}"
    given: dict[str, Any] = {
        "outlet": "qingshui",
        "url": url,
        "final_url": url,
        "fetched_at": NOON,
        "status": 200,
        "headers": (("Content-Type", "text/html"), ("ETag", '"1"')),
        "body": body,
        "digest": hashlib.sha256(body).digest(),
        "role": Role.ARTICLE,
    }
    return Capture(**(given | fields))


def make_mark(paragraph: int, start: int, end: int, kind: MarkKind = MarkKind.INJECTED, **fields: Any) -> Mark:
    given: dict[str, Any] = {"field": MarkField.BODY, "rule": "test_rule", "score": 900}
    return Mark(paragraph=paragraph, start=start, end=end, kind=kind, **(given | fields))


def make_document(url: str, title: str, lines: list[str], marks: tuple[Mark, ...] = (), **fields: Any) -> Document:
    paragraphs = tuple(Paragraph(index=index, raw=line) for index, line in enumerate(lines))
    text = clean_text(paragraphs, marks)
    given: dict[str, Any] = {
        "url": url,
        "key": url,
        "layout": "generic",
        "title": title,
        "byline": "林晚",
        "origin": "清水网",
        "published_text": "2026-03-02 12:00",
        "published_at": NOON,
        "paragraphs": paragraphs,
        "marks": marks,
        "clean_title": title,
        "clean_text": text,
        "folded": fold(f"{title}\n{text}"),
        "spun_score": 0,
        "fingerprint": fingerprint(text),
        "citations": cite(fold(text)),
        "outside_chars": 0,
        "charset": "utf-8",
    }
    return Document(**(given | fields))


class Shelf:
    """An outlet's archive that grows by one line a capture."""

    def __init__(self, conn: Connection[Any], name: str = "qingshui", title: str = "清水网") -> None:
        self.conn = conn
        self.outlet_id = outlets.register(conn, make_source(name, title=title))
        self.run = make_run(conn, self.outlet_id)
        self.version_id = self.version("1+a")
        self._hour = 0

    def version(self, pipeline_version: str) -> int:
        return versions.ensure(
            self.conn, outlet_id=self.outlet_id, pipeline_version=pipeline_version, source_digest="s"
        )

    def capture(self, path: str, body: str) -> int:
        """Store a capture, an hour after the one before."""
        self._hour += 1
        at = NOON + timedelta(hours=self._hour)
        capture = make_capture(path, body.encode(), fetched_at=at)
        capture_id, outcome = captures.insert(self.conn, outlet_id=self.outlet_id, capture=capture)
        self.conn.execute(
            """
            insert into fetch_attempt (run_id, outlet_id, url_digest, url, role, fetched_at, outcome, capture_id)
            select %s, outlet_id, url_digest, url, role, %s, %s, id from capture where id = %s
            """,
            [self.run.id, at, outcome, capture_id],
        )
        return capture_id

    def read(self, capture_id: int, title: str, lines: list[str], version_id: int | None = None, **fields: Any) -> bool:
        """Store what a version read in a capture."""
        capture = captures.article_with_parts(self.conn, capture_id)[0]
        return documents.store_document(
            self.conn,
            outlet_id=self.outlet_id,
            capture_id=capture_id,
            version_id=version_id or self.version_id,
            seen_at=capture.fetched_at,
            document=make_document(capture.url, title, lines, **fields),
        )

    def article(self, path: str, title: str, lines: list[str], **fields: Any) -> int:
        """Store a capture and what was read in it."""
        capture_id = self.capture(path, title + "".join(lines))
        assert self.read(capture_id, title, lines, **fields)
        return capture_id
