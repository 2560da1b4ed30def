"""The model that pages are read with: a fitted one or the shipped one, and a snapshot of the archive or none.

It is read from the database once, when a crawl or a rerun begins, and goes to the worker processes by value. The
version that is written is computed from the same value: so the two cannot differ, whatever `huiliu model use` does
meanwhile.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from psycopg import Connection

from storage import models, witness
from storage.models import Choice, digest_of

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """What a worker's model is made of."""

    #: Numbers in this archive; 0 is the shipped model, or no snapshot.
    model: int = 0
    snapshot: int = 0
    #: Every file of the model, or none where it is the shipped one.
    files: Mapping[str, bytes] = field(default_factory=dict)
    #: The snapshot's file, by name, or none.
    verdicts: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def digest(self) -> bytes:
        """What sets it apart from what ships; empty where nothing does."""
        return digest_of({**self.files, **self.verdicts}) if self.files or self.verdicts else b""

    @property
    def name(self) -> str:
        """Its numbers, as they end a version: `.m2.w1`; empty where it is what ships."""
        return f".m{self.model}" * bool(self.model) + f".w{self.snapshot}" * bool(self.snapshot)

    def blob(self) -> dict[str, bytes]:
        """All files that the judge's model is parsed from."""
        return {**(self.files or shipped_files()), **self.verdicts}


#: What the code brings along: what commands without a database read with.
SHIPPED = Fitted()


def shipped_files() -> dict[str, bytes]:
    """Return the fitted statistics that are shipped with the pipeline. Nothing of the pipeline is imported."""
    folder = resources.files("pipelines") / "judge" / "data"
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.is_file()}


@cache
def basis() -> bytes:
    """Return the digest of the shipped files. A model fitted beside others fits the rules of another release."""
    return digest_of(shipped_files())


def in_use(conn: Connection) -> Fitted:
    """Return what was chosen last. A model of another release gives way to the shipped one: its limits mean nothing
    to today's rules, and a clean article that loses text is worse than an insert that stays."""
    chosen = models.choice(conn)
    if chosen.model and models.basis(conn, chosen.model) != basis():
        _logger.warning(
            "model %d was fitted for another release of Huiliu, so pages are read with the shipped one: "
            "`huiliu model fit` fits anew",
            chosen.model,
        )
        chosen = Choice(snapshot=chosen.snapshot)
    return load(conn, chosen)


def load(conn: Connection, chosen: Choice) -> Fitted:
    """Return a model and a snapshot by their numbers."""
    return Fitted(
        model=chosen.model,
        snapshot=chosen.snapshot,
        files=models.files(conn, chosen.model) if chosen.model else {},
        verdicts={"witness.json": witness.verdicts(conn, chosen.snapshot)} if chosen.snapshot else {},
    )
