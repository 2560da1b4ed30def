"""What can go wrong between Huiliu and its database. Each text is written for the person at the terminal, never shows a
password, and ends with what to do."""


class StorageError(Exception):
    """The database cannot be used."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or (type(self).__doc__ or "").strip())


class DatabaseUnavailable(StorageError):
    """No usable database answers."""


class ClusterError(DatabaseUnavailable):
    """The embedded Postgres cannot run here."""


class SchemaMismatch(StorageError):
    """The database and this code do not belong to the same revision."""


class MigrationFailed(StorageError):
    """A migration was refused by the database; nothing of it was kept."""


class UnknownOutlet(StorageError):
    """The archive holds nothing of that outlet."""


class UnknownArticle(StorageError):
    """The archive holds no such article."""


class UnknownCapture(StorageError):
    """The archive holds no capture of that id."""


class UnknownModel(StorageError):
    """The archive holds no model of that number."""


class UnknownSnapshot(StorageError):
    """The archive holds no snapshot of that number."""


class PayloadDamaged(StorageError):
    """Stored bytes are not what was stored: `huiliu db verify` names all such."""


class RunOver(StorageError):
    """The run was ended or taken over by another process."""


class StaleLease(StorageError):
    """Another run holds this URL now; the older holder may write nothing for it."""
