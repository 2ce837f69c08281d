"""The tables, as they stand after the last migration; a test compares the two."""

from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    false,
)

METADATA: Final = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

COURTS: Final = Table(
    "courts",
    METADATA,
    Column("id", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("crest", String),
    Column("colour", String),
    Column("ombudsman", String),
    Column("hosts", JSON, nullable=False),
)

UNITS: Final = Table(
    "units",
    METADATA,
    Column("court", String, primary_key=True),
    Column("id", String, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("name", String, nullable=False),
    Column("comarca", String, nullable=False),
    Column("letters", String, nullable=False),
    Column("phone", String, nullable=False),
    Column("email", String, nullable=False),
    Column("hours", JSON, nullable=False),
    Column("policy", JSON, nullable=False),
    ForeignKeyConstraint(["court"], ["courts.id"], ondelete="CASCADE"),
    UniqueConstraint("court", "letters"),
)

STAFF: Final = Table(
    "staff",
    METADATA,
    Column("court", String, primary_key=True),
    Column("login", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("function", String, nullable=False),
    Column("attends", Boolean, nullable=False),
    Column("supervises", Boolean, nullable=False),
    Column("may_call_out_of_order", Boolean, nullable=False, server_default=false()),
    Column("interprets", Boolean, nullable=False, server_default=false()),
    Column("password_hash", String),
    ForeignKeyConstraint(["court"], ["courts.id"], ondelete="CASCADE"),
)

STAFF_UNITS: Final = Table(
    "staff_units",
    METADATA,
    Column("court", String, primary_key=True),
    Column("login", String, primary_key=True),
    Column("unit", String, primary_key=True),
    Column("place", Integer, nullable=False),
    ForeignKeyConstraint(["court", "login"], ["staff.court", "staff.login"], ondelete="CASCADE"),
    ForeignKeyConstraint(["court", "unit"], ["units.court", "units.id"], ondelete="CASCADE"),
)

VISITS: Final = Table(
    # No key to units or staff: the past stays true when a unit is renamed away or a clerk leaves.
    "visits",
    METADATA,
    Column("court", String, primary_key=True),
    Column("ticket", String, primary_key=True),
    Column("unit", String, nullable=False),
    Column("number", String, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("tier", Integer, nullable=False),
    Column("role", String, nullable=False),
    Column("receipt", String, nullable=False),
    Column("joined_ms", BigInteger, nullable=False),
    Column("original_position", Integer, nullable=False),
    Column("announced_low_min", Integer),
    Column("announced_high_min", Integer),
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("outcome", String),
    Column("attendant", String),
    Column("position", Integer),
    Column("called_ms", BigInteger),
    Column("entered_ms", BigInteger),
    Column("ended_ms", BigInteger),
    Column("wait_ms", BigInteger),
    Column("handling_ms", BigInteger),
    Column("parent", String),
    Column("demo", Boolean, nullable=False),
    UniqueConstraint("court", "receipt"),
    Index(None, "court", "unit", "joined_ms"),
)

CURSORS: Final = Table(
    "cursors",
    METADATA,
    Column("court", String, primary_key=True),
    Column("event_id", String, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("fence", BigInteger, nullable=False),
)
