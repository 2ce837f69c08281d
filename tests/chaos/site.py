"""A site as it is installed: two servers of any revision, each at its port, behind the proxy of `deploy/`."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
import tarfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from tests.bench.processes import ROOT
from tests.ports import free_port
from tests.server.harness import built

CHANGES_BACK = 10
"""Where no release is tagged, the earlier one is the tree before so many changes of wire or scripts."""
LOOK_S = 0.1
COMES_UP_WITHIN_S = 60
FILLS = """
import asyncio, sys
from rooms.sql.directory import SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from signaling.settings import Settings
from tests.bench.court import site

async def fill():
    url = Settings().sql_url
    await upgrade(url)
    engine = open_engine(url)
    await SqlDirectory(engine).put(site())
    await engine.dispose()

asyncio.run(fill())
"""
"""Run in the earlier tree: its own directory, by its own migrations."""


class NoHistoryError(Exception):
    """This clone does not reach back to an earlier release."""


def earlier() -> str:
    """The revision to come from: the newest tag, else the tree before the last changes of wire or scripts.

    Raises:
        NoHistoryError: the clone is too shallow, or none.

    """
    if wanted := os.environ.get("EARLIER"):
        return wanted
    tagged = _git("describe", "--tags", "--abbrev=0", "HEAD^").decode().strip()
    if tagged:
        return tagged
    changed = _git("log", "--format=%H", f"-{CHANGES_BACK}", "--", "rooms/redis/lua", "signaling/protocol").split()
    before = f"{changed[-1].decode()}^" if len(changed) == CHANGES_BACK else ""
    if not before or not _git("rev-parse", "--verify", "--quiet", before):
        raise NoHistoryError("this clone's history is too short to upgrade from: `git fetch --unshallow` brings it")
    return before


def _git(*words: str) -> bytes:
    git = shutil.which("git")
    if git is None:
        return b""
    return subprocess.run(
        [git, *words], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    ).stdout


@contextmanager
def tree_of(revision: str) -> Iterator[Path]:
    """The tree of an earlier revision, with something to serve as its pages."""
    with TemporaryDirectory(prefix="bv-earlier-") as folder:
        with tarfile.open(fileobj=BytesIO(_git("archive", "--format=tar", revision))) as archive:
            archive.extractall(folder, filter="data")
        shutil.move(built(Path(folder)), Path(folder) / "signaling" / "static")
        yield Path(folder)


@dataclass
class Nodes:
    """The two servers, each at a port that it keeps, and what they are started with."""

    settings: dict[str, str]
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))
    running: dict[int, asyncio.subprocess.Process] = field(default_factory=dict)

    async def start(self, which: int, tree: Path) -> None:
        """A server of this tree is up and ready."""
        self.running[which] = process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "signaling", "serve", "--port", str(self.ports[which]),
            cwd=tree, env={**os.environ, **self.settings}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        await ready(f"http://127.0.0.1:{self.ports[which]}/readyz", process)

    async def end(self, which: int) -> None:
        """As a service manager does: SIGTERM, and wait."""
        self.running[which].send_signal(signal.SIGTERM)
        await self.running[which].wait()

    async def kill(self) -> None:
        """Whatever happened, none is left."""
        for process in self.running.values():
            if process.returncode is None:
                process.kill()
                await process.wait()


async def ready(url: str, process: asyncio.subprocess.Process) -> None:
    """It answers that it is."""
    async with aiohttp.ClientSession() as client, asyncio.timeout(COMES_UP_WITHIN_S):
        while process.returncode is None:
            try:
                async with client.get(url) as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(LOOK_S)  # another process tells nobody that it has come up
    raise AssertionError(f"{url}: the process ended ({process.returncode})")


@asynccontextmanager
async def proxy(folder: Path, ports: tuple[int, int]) -> AsyncIterator[str]:
    """Debian's Caddy with the configuration of `deploy/`: other names of the two servers, no TLS, loopback only.

    Without `stream_close_delay`, which is about a reload of the proxy and which Caddy knows since 2.7 only.
    """
    written = (ROOT / "deploy" / "proxy" / "Caddyfile").read_text(encoding="utf-8")
    for which, at in enumerate(ports, 1):
        written = written.replace(f"server-{which}:8080", f"127.0.0.1:{at}")
    written = "".join(line for line in written.splitlines(keepends=True) if "stream_close_delay" not in line)
    assert "server-" not in written
    (folder / "Caddyfile").write_text(written.replace("{\n", "{\n\tdefault_bind 127.0.0.1\n", 1), encoding="utf-8")
    url = f"http://127.0.0.1:{free_port()}"
    own = {"SITE_HOST": url, "CADDY_ADMIN": f"unix/{folder}/a", "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    process = await asyncio.create_subprocess_exec(
        "caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile",
        env={**os.environ, **own, "XDG_CONFIG_HOME": str(folder)}, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await ready(f"{url}/healthz", process)
        yield url
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def filled(tree: Path, settings: dict[str, str]) -> None:
    """The site has the court of the benchmarks."""
    subprocess.run([sys.executable, "-c", FILLS], cwd=tree, env={**os.environ, **settings}, check=True)
