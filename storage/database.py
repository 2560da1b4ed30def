"""Which database, and a connection to it. DATABASE_URL names one; else the embedded cluster is started."""

import os
import re
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from storage.errors import DatabaseUnavailable

OLDEST_SERVER = 150000  # Postgres 15
EXAMPLE = "postgresql://user:password@host:5432/name"

#: Laid under what the URL itself says. A peer that is gone is noticed within a minute instead of two hours.
DEFAULTS = {
    "application_name": "huiliu",
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "60000",
}

#: What libpq and the server say, and what to do about it. Their own words may repeat pieces of a mistyped password.
REASONS = (
    (
        r"authentication failed|no password supplied|authentication method requirement",
        "the user or password is wrong",
    ),
    (r"no pg_hba.conf entry", "the server does not let this user in from here: see its pg_hba.conf"),
    (r'role "[^"]*" does not exist', "that user does not exist"),
    (r'database "[^"]*" does not exist', "that database does not exist: create it with `createdb --encoding=UTF8`"),
    (r"permission denied for database", "that user may not connect to that database: GRANT CONNECT"),
    (
        r"could not translate host name|failed to resolve|Name or service not known",
        "the host name is unknown (a password is written with %40 for an @, %2F for a /)",
    ),
    (r"Connection refused", "nothing listens at that host and port: is the server running?"),
    (r"No such file or directory", "no server listens on that socket: is it running?"),
    (r"timeout expired|timed out|No route to host|Network is unreachable", "the host does not answer"),
    (
        r"too many (clients|connections)|remaining connection slots",
        "the server has no free connection: raise max_connections",
    ),
    (r"the database system is", "the server is starting, recovering or shutting down: try again in a moment"),
    (r"SSL|certificate", "no agreement on TLS: see sslmode and sslrootcert"),
    (
        r"invalid (port number|integer value|URI|percent)|missing .* in connection info|invalid .* option",
        f"it is not a URL like {EXAMPLE}",
    ),
)


def database_url(home: Path) -> str:
    """DATABASE_URL; without it the embedded cluster in `home`, started now if it does not run."""
    if url := os.environ.get("DATABASE_URL", "").strip():
        return url
    from storage.embedded import Cluster

    return Cluster(home / "postgres").start()


def conninfo(url: str) -> str:
    """The URL as libpq reads it, with our defaults laid under it; for whoever connects without `connect`."""
    try:
        given = conninfo_to_dict(_plain(url))
    except psycopg.Error:
        raise DatabaseUnavailable(
            f"The database URL cannot be read: it must look like {EXAMPLE}, with %40 for an @."
        ) from None
    return make_conninfo("", **(DEFAULTS | given))


def connect(url: str, *, autocommit: bool = False) -> psycopg.Connection:
    """One checked connection. DatabaseUnavailable says in one sentence what is wrong and what to do."""
    text = conninfo(url)
    try:
        conn = psycopg.connect(text, autocommit=True)
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"No database at {redact(url)}: {_explain(error)}.") from None
    try:
        _check_server(conn, url)
        conn.autocommit = autocommit
    except BaseException:
        conn.close()
        raise
    return conn


def explain_loss(error: psycopg.Error) -> str:
    """Say in a line why a connection that did work is of no use now."""
    if isinstance(error, psycopg.errors.DiskFull):
        return "the database's disk is full: free some space and call this again"
    return f"the database is gone: {str(error).strip().splitlines()[0]}"


def pg_text(value: str) -> str:
    """Text as Postgres can hold it: NUL and lone surrogates become U+FFFD, one for one, so offsets stay.

    Pages do contain them: `&#0;`, JSON twins with half of an emoji's `\\\\ud83d\\\\ude00` cut off.

    >>> pg_text("江\\x00苏\\ud83d")
    '江\\ufffd苏\\ufffd'
    """
    return _UNHELD.sub("\ufffd", value)


_UNHELD = re.compile("[\x00\ud800-\udfff]")


def redact(url: str) -> str:
    """The URL without its password. An unescaped @ or / in the password hides more of the URL, never less.

    >>> redact("postgresql://li:p@ss/w@db.example:5432/huiliu?sslmode=require")
    'postgresql://li:***@db.example:5432/huiliu?sslmode=require'
    >>> redact("host=db.example user=li password='s e c'")
    'host=db.example user=li password=***'
    """
    hidden = re.sub(r"^([\w+]+://[^:/@?]*):.*@", r"\1:***@", url.strip(), flags=re.DOTALL)
    return re.sub(r"(password\s*=\s*)('(?:[^'\\]|\\.)*'?|[^\s&]*)", r"\1***", hidden, flags=re.IGNORECASE)


def _plain(url: str) -> str:
    """libpq's own scheme: some tools write `postgresql+psycopg://`."""
    return re.sub(r"^(postgres|postgresql)\+\w+://", "postgresql://", url.strip())


def _check_server(conn: psycopg.Connection, url: str) -> None:
    if conn.info.server_version < OLDEST_SERVER:
        version = conn.info.server_version // 10000
        raise DatabaseUnavailable(f"{redact(url)} is Postgres {version}; Huiliu needs 15 or newer.")
    if (encoding := conn.info.parameter_status("server_encoding")) != "UTF8":
        raise DatabaseUnavailable(
            f"The database at {redact(url)} is encoded in {encoding}; create it with ENCODING 'UTF8'."
        )
    row = conn.execute("SELECT current_setting('synchronous_commit')").fetchone()
    if row is None or row[0] == "off":
        raise DatabaseUnavailable(
            f"synchronous_commit is off at {redact(url)}: a crash of the server would lose captures that it "
            "acknowledged. ALTER ROLE (or DATABASE) ... SET synchronous_commit = on."
        )


def _explain(error: psycopg.Error) -> str:
    text = str(error)
    known = (reason for pattern, reason in REASONS if re.search(pattern, text))
    return next(known, "the server refused the connection")
