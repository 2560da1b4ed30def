"""What a document links to: the articles that it cites, the series that it belongs to."""

from psycopg import Connection


def file_citations(conn: Connection, document_id: int) -> None:
    """File whom a document cites, so that others find it."""


def link_citations(conn: Connection, document_id: int) -> None:
    """Work out which articles a document cites."""


def link_series(conn: Connection, document_id: int) -> None:
    """Work out which series a document belongs to."""
