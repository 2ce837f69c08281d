"""What a server keeps running, and whoever waits for it: a bug in it is heard, and it ends."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import Final

from signaling.logs import get_log

END_S: Final = 10.0
"""Tasks get so long to end. They need none of it, unless a cancellation is lost."""
_log = get_log()


async def together(*endless: Awaitable[None]) -> None:
    """Run what never ends; a bug in one of them ends all, loudly."""
    async with asyncio.TaskGroup() as tasks:
        for each in endless:
            tasks.create_task(_awaited(each))


async def unless(failed: asyncio.Task[None], wanted: Awaitable[None]) -> None:
    """Await `wanted`, or raise what has `failed` meanwhile."""
    waiting = asyncio.ensure_future(wanted)
    await asyncio.wait({waiting, failed}, return_when=asyncio.FIRST_COMPLETED)
    if failed.done():
        waiting.cancel()
        await failed
    await waiting


async def within(seconds: float, wanted: Awaitable[None]) -> None:
    """Await `wanted`, but no longer than that."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wanted


async def end(task: asyncio.Task[None], within_s: float = END_S) -> None:
    """The task has ended; a bug that ended it earlier is raised here.

    One that has not ended by then is told with all that still goes on, and left behind: a library that drops a
    cancellation must not keep a server that is to go.
    """
    task.cancel()
    ended, _ = await asyncio.wait({task}, timeout=within_s)
    if not ended:
        _log.error("not_ended", reason="; ".join(str(each.get_coro()) for each in asyncio.all_tasks()))
        return
    with suppress(asyncio.CancelledError):
        await task


async def _awaited(each: Awaitable[None]) -> None:
    await each
