"""The directory (courts, units, staff), the history (visits) and the recorder's cursor."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "courts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("crest", sa.String()),
        sa.Column("colour", sa.String()),
        sa.Column("ombudsman", sa.String()),
        sa.Column("hosts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_courts"),
    )
    op.create_table(
        "units",
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("comarca", sa.String(), nullable=False),
        sa.Column("letters", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("policy", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("court", "id", name="pk_units"),
        sa.ForeignKeyConstraint(["court"], ["courts.id"], name="fk_units_courts", ondelete="CASCADE"),
        sa.UniqueConstraint("court", "letters", name="uq_units_court"),
    )
    op.create_table(
        "staff",
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("function", sa.String(), nullable=False),
        sa.Column("attends", sa.Boolean(), nullable=False),
        sa.Column("supervises", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.String()),
        sa.PrimaryKeyConstraint("court", "login", name="pk_staff"),
        sa.ForeignKeyConstraint(["court"], ["courts.id"], name="fk_staff_courts", ondelete="CASCADE"),
    )
    op.create_table(
        "staff_units",
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("court", "login", "unit", name="pk_staff_units"),
        sa.ForeignKeyConstraint(
            ["court", "login"], ["staff.court", "staff.login"], name="fk_staff_units_staff", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["court", "unit"], ["units.court", "units.id"], name="fk_staff_units_units", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "visits",
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("ticket", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("joined_ms", sa.BigInteger(), nullable=False),
        sa.Column("original_position", sa.Integer(), nullable=False),
        sa.Column("announced_low_min", sa.Integer()),
        sa.Column("announced_high_min", sa.Integer()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("outcome", sa.String()),
        sa.Column("attendant", sa.String()),
        sa.Column("position", sa.Integer()),
        sa.Column("called_ms", sa.BigInteger()),
        sa.Column("entered_ms", sa.BigInteger()),
        sa.Column("ended_ms", sa.BigInteger()),
        sa.Column("wait_ms", sa.BigInteger()),
        sa.Column("handling_ms", sa.BigInteger()),
        sa.Column("demo", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("court", "ticket", name="pk_visits"),
        sa.UniqueConstraint("court", "receipt", name="uq_visits_court"),
    )
    op.create_index("ix_visits_court", "visits", ["court", "unit", "joined_ms"])
    op.create_table(
        "cursors",
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("n", sa.BigInteger(), nullable=False),
        sa.Column("epoch", sa.BigInteger(), nullable=False),
        sa.Column("fence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("court", name="pk_cursors"),
    )


def downgrade() -> None:
    """Drop them all: directory and history are gone."""
    for table in ("cursors", "visits", "staff_units", "staff", "units", "courts"):
        op.drop_table(table)
