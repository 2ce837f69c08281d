"""Who of the staff may call somebody whose turn it is not."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Nobody may, until the court says so."""
    # The default stays: to take it away, SQLite would build the table anew and cascade away the staff's units.
    op.add_column("staff", sa.Column("may_call_out_of_order", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """The permissions are forgotten."""
    op.drop_column("staff", "may_call_out_of_order")
