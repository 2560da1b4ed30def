"""The job queue: procrastinate's own tables and functions, in a schema of their own.

The text in 0002_queue.sql is what procrastinate 3.10.0 gives for a new database. It is copied, because the call would give another
text after an upgrade, and the history would change. An upgrade of procrastinate brings one migration for each file in its
sql/migrations newer than 3.10.0: `pre` files before the new code is installed, `post` files after.
"""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"

SQL = Path(__file__).with_suffix(".sql").read_text("utf-8")


def upgrade() -> None:
    """Create schema `queue`; connect to it with search_path=queue,public."""
    op.get_bind().connection.driver_connection.execute(SQL)


def downgrade() -> None:
    """Migrations go forward only: restore a backup instead."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
