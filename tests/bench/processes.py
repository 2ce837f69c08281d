"""A server in a process of its own, and what it costs there. Both sides of the pipe between it and its benchmark.

The server says where it answers on its standard output, then answers each question on its standard input, and ends
with it: a benchmark that is gone leaves nothing behind.
"""

import asyncio
import gc
import json
import os
import resource
import subprocess
import sys
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.hottest import Hottest

ROOT = Path(__file__).parents[2]
DESCRIPTORS = 8192
"""More than all sockets of a benchmark; Debian's soft limit is 1,024."""
QUIET_SHARE = 0.1
QUIET_LOOKS = 4
LOOK_S = 0.25
SETTLES_WITHIN_S = 60
ENDS_WITHIN_S = 20
TICK_S = 0.005
MEMORY, NOW, WATCH, LONGEST, LOOK, HOTTEST = b"memory", b"now", b"watch", b"longest", b"look", b"hottest"


def allow_sockets() -> None:
    """This process may hold as many sockets as a benchmark needs, as far as the machine lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


async def tell(url: str) -> None:
    """The server's side: it listens at `url`; return when the benchmark has no more questions."""
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()
    longest, hottest = Longest(), Hottest()
    while question := (await lines.readline()).strip():
        if question == WATCH:
            answer = longest.watch()
        elif question == LONGEST:
            answer = longest.ms()
        elif question == LOOK:
            answer = hottest.watch() or 0
        elif question == HOTTEST:
            answer = json.dumps(hottest.told())
        else:
            if question == MEMORY:
                gc.collect()  # what only waits to be collected belongs to nobody who waits
            answer = _resident_kb()
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


class Longest:
    """How long the loop has let somebody wait who is due, looked at two hundred times a second, while it is watched."""

    def __init__(self) -> None:
        self._longest_s = 0.0
        self._watching: asyncio.Task[None] | None = None

    def watch(self) -> int:
        """From now on."""
        self._longest_s = 0.0
        self._watching = self._watching or asyncio.create_task(self._watch())
        return 0

    def ms(self) -> int:
        """The longest until now."""
        return round(1000 * self._longest_s)

    async def _watch(self) -> None:
        while True:
            due_s = time.monotonic() + TICK_S
            await asyncio.sleep(TICK_S)
            self._longest_s = max(self._longest_s, time.monotonic() - due_s)


@dataclass
class Process:
    """The benchmark's side: a server that listens."""

    url: str
    process: asyncio.subprocess.Process

    async def resident_kb(self) -> int:
        """How much memory it holds, once garbage has been collected."""
        return await self._ask(MEMORY)

    async def resident_now_kb(self) -> int:
        """How much memory it holds, garbage and all: nobody waits for its collection."""
        return await self._ask(NOW)

    async def watch(self) -> None:
        """Its loop is watched from now on."""
        await self._ask(WATCH)

    async def longest_ms(self) -> int:
        """How long at most its loop has let somebody wait since it is watched."""
        return await self._ask(LONGEST)

    async def look(self) -> None:
        """Where it spends its processor time is looked at from now on."""
        await self._ask(LOOK)

    async def hottest(self) -> dict[str, float]:
        """Each place's share of the time since, the hottest first."""
        return json.loads(await self._told(HOTTEST))

    async def _ask(self, question: bytes) -> int:
        return int(await self._told(question))

    async def _told(self, question: bytes) -> str:
        assert self.process.stdin is not None
        self.process.stdin.write(question + b"\n")
        return await _line(self.process)

    def cpu_s(self) -> float:
        """How many seconds of a core it has used since it started."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        user, system = int(stat[11]), int(stat[12])
        return (user + system) / os.sysconf("SC_CLK_TCK")

    async def quiet(self) -> None:
        """Return once it has nothing more to do: four looks in a row find it almost idle."""
        used = deque([self.cpu_s()], QUIET_LOOKS + 1)
        async with asyncio.timeout(SETTLES_WITHIN_S):
            while len(used) <= QUIET_LOOKS or used[-1] - used[0] > QUIET_SHARE * QUIET_LOOKS * LOOK_S:
                await asyncio.sleep(LOOK_S)  # another process tells nobody that it has come to rest
                used.append(self.cpu_s())


@asynccontextmanager
async def started(module: str, *arguments: str) -> AsyncIterator[Process]:
    """`python -m module arguments`, listening; it has ended when the block ends."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    try:
        yield Process(await _line(process), process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(ENDS_WITHIN_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()


async def _line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode().strip()
    assert line, "the server ended before it answered"
    return line


def _resident_kb() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1])
    return pages * resource.getpagesize() // 1024
