"""Tables `model`, `model_file`, `model_content`, `model_choice`: fitted statistics, and which pages are read with."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from psycopg import Connection

from storage.errors import UnknownModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What pages are read with from now on; 0 is the shipped model, or no snapshot."""

    model: int = 0
    snapshot: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """What a model was fitted on and checked against."""

    #: Articles judged clean that were counted, and their outlets.
    articles: int
    outlets: int
    #: Further clean articles that the limits were chosen on, and how many of them still lose something.
    checked: int
    harmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A model of this archive."""

    number: int
    fitted_at: datetime
    fit: Fit
    #: Digest of the shipped files that it was fitted beside.
    basis: bytes


def digest_of(files: Mapping[str, bytes]) -> bytes:
    """Return the sha256 of a set of files, whatever their order."""
    digest = hashlib.sha256()
    for name, body in sorted(files.items()):
        digest.update(f"{name} {len(body)}\n".encode() + body)
    return digest.digest()


def store(conn: Connection, files: Mapping[str, bytes], *, basis: bytes, fit: Fit) -> int:
    """Return the number of a model with these files, adding it when it is new; equal files are stored once."""
    digest = digest_of(files)
    conn.execute("lock table model in share row exclusive mode")  # so that no number is lost to a twin
    row = conn.execute("select id from model where digest = %s", [digest]).fetchone()
    if row is not None:
        return int(row[0])
    row = conn.execute(
        """
        insert into model (digest, basis, articles, outlets, checked, harmed) values (%s, %s, %s, %s, %s, %s)
        returning id
        """,
        [digest, basis, fit.articles, fit.outlets, fit.checked, fit.harmed],
    ).fetchone()
    assert row is not None
    for name, body in sorted(files.items()):
        key = hashlib.sha256(body).digest()
        conn.execute("insert into model_content (digest, body) values (%s, %s) on conflict do nothing", [key, body])
        conn.execute("insert into model_file (model_id, name, digest) values (%s, %s, %s)", [row[0], name, key])
    return int(row[0])


def files(conn: Connection, number: int) -> dict[str, bytes]:
    """Return the files of a model, by name."""
    rows = conn.execute(
        "select name, body from model_file join model_content using (digest) where model_id = %s order by name",
        [number],
    ).fetchall()
    if not rows:
        raise UnknownModel(f"there is no model {number}: `huiliu model list` shows those that there are")
    return {name: bytes(body) for name, body in rows}


def known(conn: Connection) -> list[Known]:
    """Return every model of this archive, oldest first."""
    rows = conn.execute(
        "select id, fitted_at, articles, outlets, checked, harmed, basis from model order by id"
    ).fetchall()
    return [
        Known(
            number=number,
            fitted_at=fitted_at,
            fit=Fit(articles=articles, outlets=outlets, checked=checked, harmed=harmed),
            basis=bytes(basis),
        )
        for number, fitted_at, articles, outlets, checked, harmed, basis in rows
    ]


def basis(conn: Connection, number: int) -> bytes:
    """Return the digest of the shipped files that a model was fitted beside."""
    row = conn.execute("select basis from model where id = %s", [number]).fetchone()
    if row is None:
        raise UnknownModel(f"there is no model {number}: `huiliu model list` shows those that there are")
    return bytes(row[0])


def choice(conn: Connection) -> Choice:
    """Return what was chosen last."""
    row = conn.execute(
        "select coalesce(model_id, 0), coalesce(snapshot_id, 0) from model_choice order by id desc limit 1"
    ).fetchone()
    return Choice(model=row[0], snapshot=row[1]) if row else Choice()


def choose(conn: Connection, chosen: Choice) -> bool:
    """Have pages read with a model and a snapshot from now on; False when they are already."""
    conn.execute("lock table model_choice in share row exclusive mode")
    if chosen == choice(conn):
        return False
    conn.execute(
        "insert into model_choice (model_id, snapshot_id) values (nullif(%s, 0), nullif(%s, 0))",
        [chosen.model, chosen.snapshot],
    )
    return True
