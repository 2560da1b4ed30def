"""Tables `reviewed`, `reviewed_mark`, `placement`: what readers see of a document once people have decided about it.

Derived from the document and the decisions that hold, by code alone. Who writes them holds the article's row, and so
does whoever writes a document of it: a decision reaches every document, a document meets every decision.
"""

from typing import cast

from psycopg import Connection

from pipelines.citations import cite
from pipelines.clean import clean_paragraph, clean_text, clean_title
from pipelines.decisions import Decision, Laid, Reading, lay
from pipelines.fingerprint import fingerprint
from pipelines.fold import fold
from pipelines.model import Mark, MarkField, MarkKind, Paragraph
from pipelines.paragraph_key import paragraph_key
from storage import decisions, document_texts

Rows = list[tuple[object, ...]]
FOUND = {0: "missing", 1: "found"}


def lock(conn: Connection, article_id: int) -> bool:
    """Keep other reviewers and writers of this article's documents waiting. False: there is no such article."""
    row = conn.execute("select id from article where id = %s for no key update", [article_id]).fetchone()
    return row is not None


def current(conn: Connection, article_id: int) -> int | None:
    """Return the document that readers see of an article."""
    row = conn.execute("select id from current_document where of_article_id = %s", [article_id]).fetchone()
    return int(row[0]) if row else None


def load(conn: Connection, document_id: int) -> Reading:
    """Return what a document says before anybody decided."""
    row = conn.execute("select title from document where id = %s", [document_id]).fetchone()
    assert row is not None
    paragraphs = conn.execute(
        "select ordinal, raw from paragraph where document_id = %s order by ordinal", [document_id]
    )
    marks = conn.execute(
        """
        select field, paragraph, start_offset, end_offset, kind, rule, score, replacement from mark
        where document_id = %s order by ordinal
        """,
        [document_id],
    )
    return Reading(
        title=row[0],
        paragraphs=tuple(Paragraph(index=index, raw=raw) for index, raw in paragraphs),
        marks=tuple(
            Mark(
                field=MarkField(field),
                paragraph=paragraph,
                start=start,
                end=end,
                kind=MarkKind(kind),
                rule=rule,
                score=score,
                replacement=replacement,
            )
            for field, paragraph, start, end, kind, rule, score, replacement in marks
        ),
    )


def refresh(conn: Connection, article_id: int, document_ids: list[int] | None = None) -> None:
    """Lay the decisions that hold over documents of an article: over all of them, when none is named."""
    holding = decisions.holding(conn, article_id)
    if document_ids is None:
        document_ids = _documents(conn, article_id)
    elif not holding:
        return
    conn.execute("delete from reviewed where document_id = any(%s)", [document_ids])
    document_texts.forget(conn, document_ids)
    for document_id in document_ids if holding else ():
        text, marks, places = _rows(load(conn, document_id), holding)
        _insert(conn, document_id, text, marks, places)


def stale(conn: Connection) -> list[str]:
    """Say of which articles readers see anything but what the decisions leave.

    So it is after an upgrade that lays decisions otherwise, until a rerun reads the captures with the new version.
    """
    faults = []
    for article_id in decisions.decided_articles(conn):
        holding = decisions.holding(conn, article_id)
        visible = conn.execute("select id from visible_document where article_id = %s order by 1", [article_id])
        for [document_id] in visible.fetchall():
            wanted = _rows(load(conn, document_id), holding) if holding else None
            if wanted != _stored(conn, document_id):
                faults.append(f"article {article_id}: document {document_id} does not read as was decided")
    return faults


def _documents(conn: Connection, article_id: int) -> list[int]:
    return [
        int(row[0]) for row in conn.execute("select id from document where article_id = %s order by id", [article_id])
    ]


def _rows(reading: Reading, holding: list[Decision]) -> tuple[tuple[object, ...], Rows, Rows]:
    """The rows of the three tables, without the document's id."""
    laid = lay(reading, holding)
    standing = laid.standing()
    title, text = clean_title(reading.title, standing), clean_text(reading.paragraphs, standing)
    paragraphs = [clean_paragraph(paragraph, standing) for paragraph in reading.paragraphs]
    digest = fingerprint(text).text_digest
    cited = cite(fold(text))
    titles, outlets = [one.title for one in cited], [one.outlet for one in cited]
    row = (title, text, fold(f"{title}\n{text}"), digest, paragraphs, titles, outlets)
    return row, _mark_rows(laid), _placement_rows(laid)


def _mark_rows(laid: Laid) -> Rows:
    return [
        (
            ordinal,
            str(one.mark.field),
            one.mark.paragraph,
            one.mark.start,
            one.mark.end,
            str(one.mark.kind),
            one.mark.rule,
            one.mark.score,
            one.mark.replacement,
            one.decision and one.decision.id,
        )
        for ordinal, one in enumerate(laid.marks)
    ]


def _placement_rows(laid: Laid) -> Rows:
    rows: Rows = []
    for decision, places in laid.found:
        place = places[0] if len(places) == 1 else None
        span = (place.paragraph, place.start, place.end) if place else (None, None, None)
        rows.append((decision.id, FOUND.get(len(places), "ambiguous"), *span))
    return rows


def _keys(text: tuple[object, ...]) -> tuple[int, list[int]]:
    """What the title and the paragraphs are told from those of other revisions by."""
    title, paragraphs = cast(str, text[0]), cast(list[str], text[4])
    return paragraph_key(title), [paragraph_key(paragraph) for paragraph in paragraphs]


def _insert(conn: Connection, document_id: int, text: tuple[object, ...], marks: Rows, places: Rows) -> None:
    conn.execute(
        """
        insert into reviewed (document_id, clean_title, clean_text, folded, text_digest, paragraphs, citations,
            cited_outlets, title_key, paragraph_keys) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [document_id, *text, *_keys(text)],
    )
    cur = conn.cursor()
    cur.executemany(
        """
        insert into reviewed_mark (document_id, ordinal, field, paragraph, start_offset, end_offset, kind, rule, score,
            replacement, decision_id) values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)
        """,
        [(document_id, *row) for row in marks],
    )
    cur.executemany(
        """
        insert into placement (document_id, decision_id, found, paragraph, start_offset, end_offset)
        values (%s, %s, %s, %s, %s, %s)
        """,
        [(document_id, *row) for row in places],
    )


def _stored(conn: Connection, document_id: int) -> tuple[tuple[object, ...], Rows, Rows] | None:
    """The rows of the three tables, as they stand."""
    row = conn.execute(
        """
        select clean_title, clean_text, folded, text_digest, paragraphs, citations, cited_outlets from reviewed
        where document_id = %s
        """,
        [document_id],
    ).fetchone()
    marks = conn.execute(
        """
        select ordinal, field, paragraph, start_offset, end_offset, kind, rule, score, replacement, decision_id
        from reviewed_mark where document_id = %s order by ordinal
        """,
        [document_id],
    )
    places = conn.execute(
        """
        select decision_id, found, paragraph, start_offset, end_offset from placement
        where document_id = %s order by decision_id
        """,
        [document_id],
    )
    return row and (row, marks.fetchall(), places.fetchall())
