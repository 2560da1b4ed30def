"""`huiliu db`: start, stop, url, migrate, verify."""

from pathlib import Path

from crawler.archive import Archive, connection, embedded_cluster, home, migrate_archive, open_archive
from crawler.commands.console import console, errors
from storage import migrate
from storage.database import database_url, redact


def start_database() -> int:
    """Start and migrate the embedded Postgres; with DATABASE_URL there is nothing to start."""
    archive = open_archive()
    if archive.is_embedded:
        console.print(f"Postgres runs at {redact(archive.url)}, its files are in {archive.home / 'postgres'}")
    else:
        console.print(f"DATABASE_URL is set, nothing to start: {redact(archive.url)} answers")
    return 0


def stop_database() -> int:
    """Stop the embedded Postgres."""
    stopped = embedded_cluster().stop()
    console.print("Postgres stopped" if stopped else "Postgres was not running")
    return 0


def print_url(*, reader: bool) -> int:
    """Print the owner's URL, or the reader's."""
    archive = open_archive()
    if not reader:
        print(archive.url)
    elif archive.is_embedded:
        print(archive.cluster.reader_url())
    else:
        errors.print(
            "huiliu: DATABASE_URL names a database whose logins Huiliu does not manage: give archive_reader a "
            "password there (docs/operations.md)"
        )
        return 1
    return 0


def migrate_database() -> int:
    """Migrate to this code's head."""
    before, after = migrate_archive(Archive(url=database_url(home()), home=home()))
    console.print(
        f"already at revision {after}" if before == after else f"migrated from {before or 'empty'} to {after}"
    )
    return 0


def verify_database() -> int:
    """Run every check; status 1 when one finds something."""
    from storage.digest import digest
    from storage.verify import CHECKS

    faults = 0
    with connection() as conn:
        for promise, check in CHECKS:
            found = check(conn)
            faults += len(found)
            console.print(f"[{'red' if found else 'green'}]{'FAULT' if found else 'ok':6}[/] {promise}")
            for line in found[:20]:
                console.print(f"       {line}", markup=False)
            if len(found) > 20:
                console.print(f"       and {len(found) - 20} more")
        count, hexdigest = digest(conn)
    console.print(f"{count} readings, digest {hexdigest[:16]}")
    return 1 if faults else 0


def write_schema(path: Path) -> int:
    """Write schema.sql."""
    path.write_text(migrate.dump_schema(open_archive().url), "utf-8")
    console.print(f"wrote {path}")
    return 0
