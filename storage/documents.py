"""Tables `reading`, `document`, `paragraph`, `mark`, `citation`: what a version read in a capture."""

from datetime import datetime
from typing import Any

from psycopg import Connection
from psycopg.types.json import Jsonb

from pipelines.clean import clean_paragraph
from pipelines.model import Document, ReadOutcome
from pipelines.paragraph_key import paragraph_key
from storage import articles, document_texts, reviews
from storage.database import pg_text

#: The fields of a document that are a text.
TEXTS = (
    "layout", "charset", "title", "kicker", "subtitle", "column", "section", "byline", "editor", "origin",
    "published_text", "language", "clean_title", "clean_text", "folded",
)  # fmt: skip


def store_document(
    conn: Connection, *, outlet_id: int, capture_id: int, version_id: int, seen_at: datetime, document: Document
) -> int | None:
    """Write a document whole, and what people decided about its article over it; returns its number.

    None, and nothing written, when this version has read this capture already.
    """
    with conn.transaction():
        if not _claim(conn, capture_id=capture_id, version_id=version_id, outcome=ReadOutcome.READ, detail=""):
            return None
        article_id = articles.place(conn, outlet_id=outlet_id, key=document.key, url=document.url, seen_at=seen_at)
        document_id = _insert(conn, capture_id, version_id, article_id, document)
        _insert_rows(conn, document_id, document)
        document_texts.add(conn, document_id)
        reviews.refresh(conn, article_id, [document_id])
        return document_id


def store_failure(conn: Connection, *, capture_id: int, version_id: int, outcome: ReadOutcome, detail: str) -> bool:
    """Record why a capture gave no document; False when this version has read it already."""
    with conn.transaction():
        return _claim(conn, capture_id=capture_id, version_id=version_id, outcome=outcome, detail=detail)


def _claim(conn: Connection, *, capture_id: int, version_id: int, outcome: ReadOutcome, detail: str) -> bool:
    """Insert the reading. A worker's death is no verdict on the page: a later attempt may replace that outcome."""
    row = conn.execute(
        """
        insert into reading as known (capture_id, version_id, outcome, detail) values (%s, %s, %s, %s)
        on conflict (capture_id, version_id) do update
            set outcome = excluded.outcome, detail = excluded.detail, read_at = now()
            where known.outcome in ('timeout', 'memory', 'crashed') and excluded.outcome <> known.outcome
        returning capture_id
        """,
        [capture_id, version_id, outcome, pg_text(detail)[:1000]],
    ).fetchone()
    return row is not None


def _insert(conn: Connection, capture_id: int, version_id: int, article_id: int, document: Document) -> int:
    row = conn.execute(
        """
        insert into document (capture_id, version_id, article_id, layout, charset, title, kicker, subtitle, column_name,
            section, byline, editor, origin, published_text, published_at, date_quality, found_by, language,
            clean_title, clean_text, folded, spun_score, outside_chars, text_digest, title_key, paragraph_keys)
        values (%(capture)s, %(version)s, %(article)s, %(layout)s, %(charset)s, %(title)s, %(kicker)s, %(subtitle)s,
            %(column)s, %(section)s, %(byline)s, %(editor)s, %(origin)s, %(published_text)s, %(published_at)s,
            %(date_quality)s, %(found_by)s, %(language)s, %(clean_title)s, %(clean_text)s, %(folded)s, %(spun_score)s,
            %(outside_chars)s, %(text_digest)s, %(title_key)s, %(paragraph_keys)s)
        returning id
        """,
        {"capture": capture_id, "version": version_id, "article": article_id, **_values(document)},
    ).fetchone()
    assert row is not None
    return int(row[0])


def _values(document: Document) -> dict[str, Any]:
    """The document's fields as the row's values, by the names of the fields."""
    return {name: pg_text(getattr(document, name)) for name in TEXTS} | {
        "published_at": document.published_at,
        "date_quality": document.date_quality,
        "found_by": Jsonb({field: pg_text(rule) for field, rule in document.found_by}),
        "spun_score": document.spun_score,
        "outside_chars": document.outside_chars,
        "text_digest": document.fingerprint.text_digest,
        "title_key": paragraph_key(document.clean_title),
        "paragraph_keys": [paragraph_key(clean_paragraph(one, document.marks)) for one in document.paragraphs],
    }


def _insert_rows(conn: Connection, document_id: int, document: Document) -> None:
    """Write paragraphs, marks and citations; a paragraph's clean text only where it differs from the raw one."""
    paragraphs = []
    for one in document.paragraphs:
        clean = clean_paragraph(one, document.marks)
        kept = None if clean == one.raw else pg_text(clean)
        paragraphs.append((document_id, one.index, one.kind, pg_text(one.raw), kept, pg_text(one.image) or None))
    marks = [
        (
            document_id,
            ordinal,
            mark.field,
            mark.paragraph,
            mark.start,
            mark.end,
            mark.kind,
            mark.rule,
            mark.score,
            None if mark.replacement is None else pg_text(mark.replacement),
        )
        for ordinal, mark in enumerate(document.marks)
    ]
    with conn.cursor() as cur:
        cur.executemany(
            "insert into paragraph (document_id, ordinal, kind, raw, clean, image) values (%s, %s, %s, %s, %s, %s)",
            paragraphs,
        )
        cur.executemany(
            """
            insert into mark (document_id, ordinal, field, paragraph, start_offset, end_offset, kind, rule, score,
                replacement) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
            """,
            marks,
        )
        cur.executemany(
            "insert into citation (document_id, ordinal, cited_title, cited_outlet) values (%s, %s, %s, %s)",
            [
                (document_id, ordinal, pg_text(one.title), pg_text(one.outlet))
                for ordinal, one in enumerate(document.citations)
            ],
        )
