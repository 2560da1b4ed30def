"""Citations and series."""

from alembic import op

revision = "0009"
down_revision = "0008"

SQL = """
"""


def upgrade() -> None:
    """Plain SQL, run by the driver itself."""
    op.get_bind().connection.driver_connection.execute(SQL)


def downgrade() -> None:
    """Migrations go forward only."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
