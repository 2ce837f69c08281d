"""What the command line changes is seen by the servers that run, without a restart."""

import asyncio
from importlib.resources import files

import pytest
from redis.asyncio import Redis

from rooms.sql.importing import read_site
from signaling.__main__ import main
from signaling.embedded import embedded_valkey, running_url
from signaling.settings import explain_settings

SITE = files("rooms.sql.demo") / "tjmt.json"
COURT = read_site(SITE.read_text(encoding="utf-8")).court.id


@pytest.fixture(autouse=True)
def site(tmp_path, monkeypatch):
    for name, _, _ in explain_settings():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BALCAO_DATA_DIR", str(tmp_path))


async def told(url):
    """Kinds of the events of the court, oldest first."""
    async with Redis.from_url(url, decode_responses=True) as redis:
        return [str(entry) for _, entry in await redis.xrange(f"{{{COURT}}}:events")]


async def test_the_servers_on_the_embedded_store_are_told(tmp_path):
    async with embedded_valkey(tmp_path) as url:
        assert running_url(tmp_path) == url
        assert await asyncio.to_thread(main, ["units", "import", str(SITE)]) == 0
        [event] = await told(url)
        assert "directory.changed" in event


async def test_the_servers_on_a_store_by_url_are_told(tmp_path, monkeypatch):
    async with embedded_valkey(tmp_path / "elsewhere") as url:
        monkeypatch.setenv("BALCAO_REDIS_URL", url)
        assert await asyncio.to_thread(main, ["units", "import", str(SITE)]) == 0
        assert len(await told(url)) == 1


async def test_where_none_runs_there_is_nobody_to_tell(tmp_path, capsys):
    async with embedded_valkey(tmp_path):
        pass
    assert running_url(tmp_path) is None
    assert await asyncio.to_thread(main, ["units", "import", str(SITE)]) == 0
    assert capsys.readouterr().err == ""


async def test_a_store_that_does_not_answer_is_said_and_nothing_is_lost(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BALCAO_REDIS_URL", f"unix://{tmp_path}/nobody.sock")
    assert await asyncio.to_thread(main, ["units", "import", str(SITE)]) == 0
    assert "reinicie os servidores" in capsys.readouterr().err
