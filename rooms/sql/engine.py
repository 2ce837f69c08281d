"""The database's door: one engine per process, transactions, migrations. SQLite by default, PostgreSQL by URL."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from rooms.errors import Code, UnavailableError

MIGRATIONS_LOCK: Final = 0x_BA1C_A0
"""PostgreSQL's advisory lock that lets one node migrate while the others wait."""
SQLITE_WAIT_S: Final = 5


def open_engine(url: str, *, sqlite_wait_s: float = SQLITE_WAIT_S) -> AsyncEngine:
    """An engine for `sqlite:///…`, `postgresql://…`, or the same with their asyncio drivers named.

    It connects at its first use. Its errors never show a statement's values, which are people. Whoever opens it ends
    it: `await engine.dispose()`. A writer of SQLite waits for another one so long, then the database is away.
    """
    address = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgres": "postgresql+asyncpg", "postgresql": "postgresql+asyncpg"}
    address = address.set(drivername=drivers.get(address.drivername, address.drivername))
    if address.get_backend_name() != "sqlite":
        # libpq's word, which every manual of PostgreSQL teaches; its asyncio driver calls the same thing `ssl`.
        query = {"ssl" if name == "sslmode" else name: value for name, value in address.query.items()}
        return create_async_engine(address.set(query=query), pool_pre_ping=True, hide_parameters=True)
    engine = create_async_engine(address, connect_args={"timeout": sqlite_wait_s}, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


async def upgrade(url: str) -> None:
    """Bring the database to the newest schema; creates it where there is none. Nodes that start together take turns.

    In one process only one database at a time: Alembic's context is global.

    Raises:
        UnavailableError: STORE_AWAY.

    """
    engine = open_engine(url)
    try:
        async with writing(engine) as connection:
            if engine.dialect.name == "postgresql":
                await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATIONS_LOCK})
            await connection.run_sync(migrate)
    finally:
        await engine.dispose()


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that sees one state and writes nothing.

    Raises:
        UnavailableError: STORE_AWAY.

    """
    async with _translated(), engine.connect() as plain:
        connection = await plain.execution_options(balcao_reads=True)
        async with connection.begin():
            yield connection


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A transaction that holds from its first statement, and commits when the block ends.

    Raises:
        UnavailableError: STORE_AWAY; nothing was written.

    """
    async with _translated(), engine.begin() as connection:
        yield connection


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    try:
        yield
    except (PoolTimeoutError, OSError) as error:
        raise UnavailableError(Code.STORE_AWAY) from error
    except DBAPIError as error:
        if not _is_away(error):
            raise
        raise UnavailableError(Code.STORE_AWAY) from error


def _is_away(error: DBAPIError) -> bool:
    """Whether the database could not be reached or was busy too long; a wrong statement is a bug and crashes."""
    if isinstance(error.orig, sqlite3.Error):
        # SQLite calls a missing table "operational" too; its generic code tells the two apart.
        return isinstance(error, OperationalError) and error.orig.sqlite_errorcode != sqlite3.SQLITE_ERROR
    return error.connection_invalidated or isinstance(error, (OperationalError, InterfaceError))


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the schema up to that revision, inside the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", "rooms.sql:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin by itself: it would do so too late, after the read that a write rests on.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    try:
        cursor.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        # The mode is the file's, not the connection's. Busy, at once and whatever the timeout, means that another
        # connection is changing it just now.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("balcao_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
