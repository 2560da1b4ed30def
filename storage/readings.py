"""What readers see of a capture now, for comparing it with what another version reads."""

from dataclasses import dataclass

from psycopg import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The visible document of a capture, as far as a reader could tell two versions apart."""

    title: str
    text: str
    #: (field, paragraph, start, end, kind, rule) of each mark, in order.
    marks: tuple[tuple[str, int | None, int, int, str, str], ...]


def visible(conn: Connection, capture_id: int) -> Seen | None:
    """Return what readers see of this capture; None where no version made a document of it."""
    row = conn.execute(
        "select id, clean_title, clean_text from visible_document where capture_id = %s", [capture_id]
    ).fetchone()
    if row is None:
        return None
    marks = conn.execute(
        """
        select field, paragraph, start_offset, end_offset, kind, rule from mark where document_id = %s order by ordinal
        """,
        [row[0]],
    ).fetchall()
    return Seen(title=row[1], text=row[2], marks=tuple(marks))
