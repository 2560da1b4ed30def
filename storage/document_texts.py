"""Table `document_text`: which text readers see of a document, and whether what follows from it is worked out."""

from psycopg import Connection


def add(conn: Connection, document_id: int) -> None:
    """Note a new document; its text is filed later, on its own."""
    conn.execute("insert into document_text (document_id) values (%s)", [document_id])


def forget(conn: Connection, document_ids: list[int]) -> None:
    """Take back what is known of documents whose text changes for its readers."""
    conn.execute(
        "update document_text set text_id = null, related_by = null where document_id = any(%s)", [document_ids]
    )
