"""Who of the staff interprets Libras, for all units of the court."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Nobody does, until the court says so."""
    # The default stays, as in 0002.
    op.add_column("staff", sa.Column("interprets", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Who interprets is forgotten."""
    op.drop_column("staff", "interprets")
