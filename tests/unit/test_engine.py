"""A database's URL is taken as people know it."""

import pytest

from rooms.sql.engine import open_engine


@pytest.mark.parametrize(
    ("url", "taken"),
    [
        ("sqlite:////srv/balcao.sqlite", "sqlite+aiosqlite:////srv/balcao.sqlite"),
        ("sqlite+aiosqlite:////srv/balcao.sqlite", "sqlite+aiosqlite:////srv/balcao.sqlite"),
        ("postgres://balcao@db/balcao", "postgresql+asyncpg://balcao@db/balcao"),
        ("postgresql://balcao@db:5433/balcao", "postgresql+asyncpg://balcao@db:5433/balcao"),
        ("postgresql+asyncpg://balcao@db/balcao", "postgresql+asyncpg://balcao@db/balcao"),
        ("postgresql://balcao@db/balcao?sslmode=require", "postgresql+asyncpg://balcao@db/balcao?ssl=require"),
        (
            "postgresql://balcao@/balcao?host=/run/postgresql",
            "postgresql+asyncpg://balcao@/balcao?host=%2Frun%2Fpostgresql",
        ),
    ],
)
def test_a_url_gets_its_asyncio_driver_and_keeps_the_rest(url: str, taken: str):
    assert open_engine(url).url.render_as_string() == taken


def test_a_password_in_the_url_is_not_shown():
    assert "segredo" not in repr(open_engine("postgresql://balcao:segredo@db/balcao"))
