"""${message}"""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}

SQL = """
"""


def upgrade() -> None:
    """Plain SQL, run by the driver itself."""
    op.get_bind().connection.driver_connection.execute(SQL)


def downgrade() -> None:
    """Migrations go forward only: restore a backup instead."""
    raise RuntimeError("Huiliu's migrations go forward only; restore a backup to go back")
