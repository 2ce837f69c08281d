"""How a server starts and ends: each expected failure is one sentence, and nothing is left behind."""

import asyncio
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import pytest

from rooms.errors import Code, UnavailableError
from rooms.redis.store import RedisStore
from signaling.app import running
from signaling.embedded import running_url
from signaling.settings import Settings, StartupError, site_secret
from tests.server.harness import PASSWORD, built
from tests.server.test_nodes import ROOT, node


async def refused(settings: Settings, static: Path) -> str:
    """The sentence with which it does not start."""
    with pytest.raises(StartupError) as why:
        async with running(settings, static=static):
            pass
    return why.value.sentence


async def test_a_taken_port_is_told_with_the_way_out(place, server):
    port = int(server.url.rpartition(":")[2])
    sentence = await refused(place.of().model_copy(update={"port": port}), built(place.folder))
    assert str(port) in sentence
    assert "BALCAO_PORT" in sentence


async def test_a_store_that_does_not_answer_is_told(place):
    place.store.kill()
    assert "BALCAO_REDIS_URL" in await refused(place.of(), built(place.folder))
    place.store.start()


async def test_a_store_that_is_only_slow_to_answer_is_asked_again(place, monkeypatch):
    answers, asked = RedisStore.ping, []

    async def slow(store: RedisStore) -> None:
        asked.append(store)
        if len(asked) == 1:
            raise UnavailableError(Code.STORE_AWAY)
        await answers(store)

    monkeypatch.setattr(RedisStore, "ping", slow)
    async with place.server() as server:
        assert server.url
    assert len(asked) == 2


async def test_a_database_that_does_not_answer_is_told(place):
    settings = place.of(database_url="postgresql+asyncpg://nobody@127.0.0.1:1/none")
    assert "BALCAO_DATABASE_URL" in await refused(settings, built(place.folder))


async def test_a_missing_build_is_told(place):
    assert "make run" in await refused(place.of(), place.folder / "nothing")


async def test_a_certificate_that_is_none_is_told(place):
    wrong = place.folder / "wrong.pem"
    wrong.write_text("not a certificate", encoding="ascii")
    settings = place.of(tls_cert=wrong, tls_key=wrong)
    assert "BALCAO_TLS_CERT" in await refused(settings, built(place.folder))


async def test_a_data_folder_that_cannot_be_made_is_told(place):
    (place.folder / "file").write_text("", encoding="ascii")
    settings = place.of().model_copy(update={"data_dir": place.folder / "file" / "data"})
    assert "BALCAO_DATA_DIR" in await refused(settings, built(place.folder))


async def test_an_empty_site_serves_and_says_what_to_do(place):
    async with (
        running(place.of(), static=built(place.folder)) as server,
        aiohttp.ClientSession() as client,
    ):
        page = await client.get(f"{server.url}/")
        assert "balcao units import" in await page.text()
        assert (await client.get(f"{server.url}/readyz")).status == 200
        assert (await client.get(f"{server.url}/api/v1/units")).status == 404


async def test_an_empty_site_says_what_to_do_in_the_terminal_too():
    with TemporaryDirectory(prefix="bv-s-") as name:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "signaling", "serve", "--port", "0", cwd=ROOT,
            env=os.environ | {"BALCAO_DATA_DIR": name}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdout is not None
        assert "balcao units import" in (await process.stdout.readline()).decode()
        process.send_signal(signal.SIGINT)
        assert await process.wait() == 0


def test_the_sites_secret_is_made_once_and_is_nobody_elses_to_read(tmp_path):
    settings = Settings(data_dir=tmp_path)
    first = site_secret(settings)
    assert site_secret(settings) == first
    assert stat.S_IMODE((tmp_path / "receipt.key").stat().st_mode) == 0o600
    assert len(first) >= 40


async def test_ctrl_c_ends_the_server_and_the_store_that_it_started():
    """No traceback, no orphan, status 0: issue 2, line 1."""
    with TemporaryDirectory(prefix="bv-s-") as name:
        folder = Path(name)
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "signaling", "demo", "--port", "0", cwd=ROOT,
            env=os.environ | {"BALCAO_DATA_DIR": name, "BALCAO_DEMO_PASSWORD": PASSWORD},
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        said = b""
        while b"Ctrl-C" not in said:
            line = await process.stdout.readline()
            assert line, (await process.communicate())[1].decode()
            said += line
        for word in ("/atendimento", "/painel", PASSWORD):
            assert word in said.decode()
        assert running_url(folder) is not None
        process.send_signal(signal.SIGINT)
        _, errors = await process.communicate()
        assert (process.returncode, b"Traceback" in errors) == (0, False)
        assert running_url(folder) is None


async def test_a_server_ends_although_a_page_is_still_open(place):
    """A page that takes nothing must not hold up the end."""
    serving = await node(place.folder, 0, place.store.url)
    async with aiohttp.ClientSession() as client:
        url = f"{serving.url}/socket.io/?EIO=4&transport=websocket".replace("http", "ws", 1)
        async with client.ws_connect(url, headers={"Origin": serving.url}):
            await serving.end()
    assert serving.process.returncode == 0
