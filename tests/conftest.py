"""Fixtures that every kind of test may ask for."""

from collections.abc import Iterator
from secrets import token_hex

import pytest

from rooms.ids import CourtId
from tests.stores import valkey


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """One real server for the whole session."""
    with valkey() as server:
        yield server.url


@pytest.fixture
def court() -> CourtId:
    """A court of its own for each test: nothing is shared, so nothing is ever flushed."""
    return CourtId(f"test-{token_hex(6)}")
