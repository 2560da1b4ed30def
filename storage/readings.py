"""What the version that readers see read in a capture, for comparing it with what another version reads."""

from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from pipelines.model import Document

#: The fields of a document beside title and text that readers see.
FIELDS = (
    "kicker", "subtitle", "column", "section", "byline", "editor", "origin", "published_at", "date_quality", "language",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The visible document of a capture, as far as it tells two versions apart: before any decision."""

    title: str
    text: str
    #: Values of byline, origin and the like, by name.
    fields: dict[str, str | datetime | None]
    #: (field, paragraph, start, end, kind, rule) of each mark, in order.
    marks: tuple[tuple[str, int | None, int, int, str, str], ...]


def visible(conn: Connection, capture_id: int) -> Seen | None:
    """Return what is read in this capture now; None where no version made a document of it."""
    row = conn.execute(
        """
        select d.id, d.clean_title, d.clean_text, d.kicker, d.subtitle, d.column_name, d.section, d.byline, d.editor,
            d.origin, d.published_at, d.date_quality, d.language
        from visible_document v join document d on d.id = v.id where v.capture_id = %s
        """,
        [capture_id],
    ).fetchone()
    if row is None:
        return None
    marks = conn.execute(
        """
        select field, paragraph, start_offset, end_offset, kind, rule from mark where document_id = %s order by ordinal
        """,
        [row[0]],
    ).fetchall()
    return Seen(title=row[1], text=row[2], fields=dict(zip(FIELDS, row[3:], strict=True)), marks=tuple(marks))


def fields(document: Document) -> dict[str, str | datetime | None]:
    """Return the same of a document that is not stored."""
    return {name: getattr(document, name) for name in FIELDS}
