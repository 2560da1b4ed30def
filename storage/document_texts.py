"""Table `document_text`: which text readers see of a document, and whether what follows from it is worked out."""

from dataclasses import dataclass

from psycopg import Connection

from storage import clusters, relations


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A document from which nothing is worked out yet."""

    #: Its clean text, as readers see it.
    words: str
    #: What that was filed as, if it was.
    text_id: int | None


def add(conn: Connection, document_id: int) -> None:
    """Note a new document; its text is filed later, on its own."""
    conn.execute("insert into document_text (document_id) values (%s)", [document_id])


def pending(conn: Connection, *, after: int = 0, limit: int = 500) -> list[int]:
    """Return documents from which nothing is worked out yet, in order, from behind one of them."""
    rows = conn.execute(
        """
        select document_id from document_text where related_by is null and document_id > %s
        order by document_id limit %s
        """,
        [after, limit],
    )
    return [int(row[0]) for row in rows]


def pending_of_article(conn: Connection, article_id: int) -> list[int]:
    """Return an article's documents from which nothing is worked out yet, in order."""
    rows = conn.execute(
        """
        select t.document_id from document d join document_text t on t.document_id = d.id
        where d.article_id = %s and t.related_by is null order by 1
        """,
        [article_id],
    )
    return [int(row[0]) for row in rows]


def count_pending(conn: Connection) -> int:
    """Return how many documents `pending` would give."""
    row = conn.execute("select count(*) from document_text where related_by is null").fetchone()
    return int(row[0]) if row else 0


def outdate(conn: Connection, matcher: int) -> None:
    """Have everything worked out anew that other code than this matcher's worked out."""
    conn.execute("update document_text set related_by = null where related_by <> %s", [matcher])


def lock(conn: Connection, document_id: int) -> Pending | None:
    """Hold a pending document until the end of the transaction; None where it is not pending, or another's by now."""
    held = conn.execute(
        """
        select text_id from document_text where document_id = %s and related_by is null for update skip locked
        """,
        [document_id],
    ).fetchone()
    if held is None:
        return None
    row = conn.execute(
        """
        select coalesce(r.clean_text, d.clean_text) from document d left join reviewed r on r.document_id = d.id
        where d.id = %s
        """,
        [document_id],
    ).fetchone()
    assert row is not None
    return Pending(words=row[0], text_id=held[0])


def place(conn: Connection, document_id: int, text_id: int) -> None:
    """Write down which text readers see of a document."""
    conn.execute("update document_text set text_id = %s where document_id = %s", [text_id, document_id])


def finish(conn: Connection, document_id: int, matcher: int) -> None:
    """Write down that all that follows from a document is worked out."""
    conn.execute("update document_text set related_by = %s where document_id = %s", [matcher, document_id])


def forget(conn: Connection, document_ids: list[int]) -> None:
    """Take back what follows from the texts of documents, which change for their readers.

    A text that no document has any more relates nothing to anything: it must not hold a cluster together.
    """
    rows = conn.execute(
        """
        update document_text as now set text_id = null, related_by = null
        from document_text old
        where now.document_id = any(%s) and old.document_id = now.document_id returning old.text_id
        """,
        [document_ids],
    )
    left = sorted({int(row[0]) for row in rows if row[0] is not None})
    if left:
        clusters.lock(conn)
        abandoned = _abandoned(conn, left)
        relations.remove(conn, abandoned)
        clusters.split(conn, abandoned)


def _abandoned(conn: Connection, text_ids: list[int]) -> list[int]:
    """Of some texts, those that no document has; whoever gives one of them to a document again works it out anew."""
    conn.execute("select from text where id = any(%s) order by id for no key update", [text_ids])
    rows = conn.execute(
        """
        update text set matcher = null
        where id = any(%s) and not exists (select from document_text t where t.text_id = text.id) returning id
        """,
        [text_ids],
    )
    return sorted(int(row[0]) for row in rows)
