"""What keeps a server from starting is said in one sentence, with status 2, and leaves nothing behind."""

import os
import socket
import ssl
import subprocess
import sys
from datetime import UTC, datetime
from ipaddress import IPv4Address
from pathlib import Path

import aiohttp
import pytest

from signaling.lan import self_signed
from tests.server.harness import world

ROOT = Path(__file__).parents[2]


@pytest.fixture
def refused(tmp_path):
    """Run `balcao serve` with these settings, which must be refused; answers its one sentence."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("BALCAO_")}

    def serve(program=("-m", "signaling"), **settings):
        given = {f"BALCAO_{name.upper()}": str(value) for name, value in settings.items()}
        environment = clean | {"BALCAO_DATA_DIR": str(tmp_path / "data"), "BALCAO_LOG_LEVEL": "error"} | given
        told = subprocess.run(
            [sys.executable, *program, "serve"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 2, told.stderr
        assert told.stdout == ""
        [sentence] = told.stderr.splitlines()
        return sentence

    return serve


def test_a_taken_port(refused, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"A porta {port} já está em uso" in refused(port=port)
    store = int((tmp_path / "data" / "valkey" / "valkey.lock").read_text())
    assert not Path(f"/proc/{store}").exists()


def test_a_data_folder_that_cannot_be_written(refused, tmp_path):
    (tmp_path / "file").write_text("")
    assert "Não é possível escrever" in refused(data_dir=tmp_path / "file" / "data")


def test_a_missing_build(refused, tmp_path):
    # The packages alone, without their built pages, as in a clone where nobody has built yet.
    for package in ("rooms", "signaling"):
        (tmp_path / package).mkdir()
        for entry in (ROOT / package).iterdir():
            if entry.name != "static":
                (tmp_path / package / entry.name).symlink_to(entry)
    start = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from signaling.__main__ import main; sys.exit(main())"
    assert "make run" in refused(program=("-c", start))


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "unix:///nowhere/valkey.sock"])
def test_a_store_that_does_not_answer(refused, url):
    assert "BALCAO_REDIS_URL" in refused(redis_url=url)


def test_a_database_that_does_not_answer(refused):
    assert "BALCAO_DATABASE_URL" in refused(database_url="postgresql+asyncpg://balcao:segredo@127.0.0.1:1/balcao")


@pytest.mark.parametrize(
    ("name", "value"), [("redis_url", "127.0.0.1:6379"), ("database_url", "balcao.db"), ("public_url", "balcao.jus.br")]
)
def test_an_address_of_the_wrong_kind(refused, name, value):
    sentence = refused(**{name: value})
    assert f"BALCAO_{name.upper()}" in sentence
    assert value not in sentence


def test_a_certificate_that_is_not_there(refused, tmp_path):
    assert "BALCAO_TLS_CERT" in refused(port=0, tls_cert=tmp_path / "none.crt", tls_key=tmp_path / "none.key")


async def test_with_a_certificate_it_answers_over_https_and_its_cookies_say_so(tmp_path):
    certificate, key = self_signed(tmp_path, IPv4Address("127.0.0.1"), datetime.now(UTC))
    trusting = ssl.create_default_context(cafile=str(certificate))
    async with (
        world(tls_cert=certificate, tls_key=key) as place,
        place.server() as server,
        aiohttp.ClientSession(server.url, connector=aiohttp.TCPConnector(ssl=trusting)) as browser,
    ):
        assert server.url.startswith("https://127.0.0.1:")
        async with browser.get("/readyz") as answer:
            assert answer.status == 200
        async with browser.post("/api/v1/session", json={}, headers={"Origin": server.url}) as answer:
            assert answer.status < 300, await answer.text()
            assert "Secure" in answer.headers["Set-Cookie"]
