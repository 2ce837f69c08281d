"""A visit that goes on from another unit's knows which."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("visits", sa.Column("parent", sa.String()))


def downgrade() -> None:
    """Drop it."""
    op.drop_column("visits", "parent")
