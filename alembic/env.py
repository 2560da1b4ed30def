"""How alembic reaches the database: over the connection that `storage.migrate.upgrade` hands in, which holds the lock.

Started as the `alembic` command there is no such connection, and DATABASE_URL says where. Logging is left alone.
"""

import os
import sys

from alembic import context
from sqlalchemy import Connection

from storage.migrate import locked_connection


def run(connection: Connection) -> None:
    """All pending migrations in one transaction. `public` is named: a migration may move search_path."""
    context.configure(connection=connection, version_table_schema="public")
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    sys.exit("Migrations need a database: they are not written for --sql.")
if (given := context.config.attributes.get("connection")) is not None:
    run(given)
elif url := os.environ.get("DATABASE_URL"):
    with locked_connection(url) as own:
        run(own)
else:
    sys.exit("Set DATABASE_URL, or run `huiliu db migrate`.")
