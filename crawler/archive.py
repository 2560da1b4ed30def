"""The archive that this command works on: where its files live, its database, and the check that both fit this code."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from storage import migrate
from storage.database import connect, database_url
from storage.embedded import Cluster


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A database that is migrated to this code's head."""

    url: str
    home: Path

    @property
    def is_embedded(self) -> bool:
        """Whether its Postgres is the one in `home`."""
        return not os.environ.get("DATABASE_URL", "").strip()

    @property
    def cluster(self) -> Cluster:
        """The embedded Postgres of `home`."""
        return embedded_cluster()


def home() -> Path:
    """Return where Huiliu keeps its files: HUILIU_HOME, or `.huiliu` beside the code."""
    if given := os.environ.get("HUILIU_HOME", "").strip():
        return Path(given).expanduser().resolve()
    return Path(__file__).resolve().parent.parent / ".huiliu"


def embedded_cluster() -> Cluster:
    """Return the embedded Postgres, running or not."""
    return Cluster(home() / "postgres")


def open_archive() -> Archive:
    """Find the database, start it if it is ours, and see that it fits this code.

    An empty embedded database is migrated at once: it is ours, and nobody can have wanted it empty. Any other is left
    to `huiliu db migrate`.
    """
    archive = Archive(url=database_url(home()), home=home())
    if archive.is_embedded and migrate.current(archive.url) is None:
        migrate_archive(archive)
    with connect(archive.url) as conn:
        migrate.check_schema(conn)
    return archive


def migrate_archive(archive: Archive) -> tuple[str | None, str]:
    """Bring the database to this code's head; returns the revisions before and after."""
    moved = migrate.upgrade(archive.url)
    if archive.is_embedded:
        with connect(archive.url) as conn:
            archive.cluster.set_reader_password(conn)
            conn.commit()
    return moved


@contextmanager
def connection() -> Iterator[psycopg.Connection]:
    """Open the archive and connect to it; the caller commits."""
    conn = connect(open_archive().url)
    try:
        yield conn
    finally:
        conn.close()
