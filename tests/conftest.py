"""Fixtures that every kind of test may ask for."""

from collections.abc import AsyncIterator, Iterator
from secrets import token_hex

import pytest
from hypothesis import settings

from rooms.ids import CourtId
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from tests.scene import Scene
from tests.stores import valkey

# A deadline would be a timing assertion, and a busy machine would break it.
settings.register_profile("balcao", deadline=None)
settings.load_profile("balcao")

PATIENT_S = 30
"""A busy machine is no store that is away: that is tried with clients of a test's own."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The first two are of `tests/model`, the last of `tests/e2e`."""
    parser.addoption("--stories", type=int, default=0, help="how many random stories the model and the scripts hear")
    parser.addoption("--shrink", action="store_true", help="tell the shortest story in which they differ")
    parser.addoption("--no-pictures", action="store_true", help="keep no pictures of what is looked at")


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """One real server for the whole session."""
    with valkey() as server:
        yield server.url


@pytest.fixture
def court() -> CourtId:
    """A court of its own for each test: nothing is shared, so nothing is ever flushed."""
    return CourtId(f"test-{token_hex(6)}")


@pytest.fixture(scope="session")
async def client(valkey_url: str) -> AsyncIterator[Client]:
    """Commands on that server."""
    client = Client(valkey_url, socket_s=PATIENT_S, whole_s=PATIENT_S)
    yield client
    await client.close()


@pytest.fixture
def store(client: Client) -> RedisStore:
    """The live state, on the real thing."""
    return RedisStore(client)


@pytest.fixture
def log(client: Client, valkey_url: str) -> RedisLog:
    """The streams, on the real thing."""
    return RedisLog(client, lambda: BlockingReads(valkey_url, wait_ms=200))


@pytest.fixture
async def scene(store: RedisStore, log: RedisLog, court: CourtId) -> Scene:
    """An empty counter whose house has just begun to work."""
    await store.adopt(court, 0)
    await store.sweep(court)
    return Scene(store, log, court)
