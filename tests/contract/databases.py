"""The databases that the contract of `rooms.sql` is tested on: SQLite always, PostgreSQL where its programs are."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from rooms.sql.engine import open_engine, upgrade, writing

READY = "ready to accept connections"


@contextlib.contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL of our own on a private socket, no TCP port; yields its URL."""
    initdb, postgres = shutil.which("initdb"), shutil.which("postgres")
    assert initdb
    assert postgres
    user = "postgres" if os.geteuid() == 0 else None  # it refuses root
    with tempfile.TemporaryDirectory(prefix="balcao-pg-") as folder:
        if user:
            shutil.chown(folder, user, user)
        place = Path(folder) / "data"
        subprocess.run(
            [initdb, "-D", place, "-U", "balcao", "-A", "trust", "-E", "UTF8", "--no-sync"],
            user=user,
            check=True,
            capture_output=True,
        )
        options = {"listen_addresses": "", "unix_socket_directories": folder, "fsync": "off"}
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        with subprocess.Popen(
            [postgres, "-D", place, *settings], user=user, stderr=subprocess.PIPE, text=True, cwd=folder
        ) as server:
            assert server.stderr is not None
            said = []
            for line in server.stderr:
                said.append(line)
                if READY in line:
                    break
            else:
                pytest.fail("PostgreSQL did not start:\n" + "".join(said))
            try:
                yield f"postgresql://balcao@/postgres?host={folder}"
            finally:
                server.terminate()
                server.communicate()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    if not (shutil.which("initdb") and shutil.which("postgres")):
        pytest.skip("PostgreSQL is not installed here: its half of the SQL contract was NOT run")
    with postgres_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database of each kind, without our tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/balcao.db"
        return
    url = request.getfixturevalue("postgres_url")
    yield url
    engine = open_engine(url)
    async with writing(engine) as connection:
        await connection.execute(text("DROP SCHEMA public CASCADE"))
        await connection.execute(text("CREATE SCHEMA public"))
    await engine.dispose()


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine on the newest schema."""
    await upgrade(database_url)
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()
