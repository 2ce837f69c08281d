"""Processes of our own beside the server: started again when they die, ended with us, and ended when we are killed."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Final

from signaling.logs import get_log

WITH_PARENT: Final = "_BALCAO_CHILD"
"""Set for a child: it ends when its standard input does, which is when its parent is gone, however it went."""
AGAIN_S: Final = (0.5, 30.0)
"""A child that dies is started again after this; each time it dies young, after twice as much, up to the second."""
YOUNG_S: Final = 60.0
END_S: Final = 3.0
_log = get_log()


@asynccontextmanager
async def child(
    *words: str, settings: Mapping[str, str] | None = None, sockets: Sequence[int] = ()
) -> AsyncIterator[None]:
    """Keep `balcao <words>` running as long as the block does, with these variables and these open sockets."""
    keeping = asyncio.create_task(_keep(words, {**os.environ, **(settings or {}), WITH_PARENT: "1"}, sockets))
    try:
        yield
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping


async def until_parent_goes(ending: asyncio.Event) -> None:
    """Set `ending` when the one who started this process as a child is gone."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
    ending.set()


async def _keep(words: Sequence[str], environment: Mapping[str, str], sockets: Sequence[int]) -> None:
    loop = asyncio.get_running_loop()
    pause = AGAIN_S[0]
    while True:
        began = loop.time()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "signaling", *words,
            # A group of its own: Ctrl-C is for the server, which ends its children in its own order.
            env=environment, stdin=PIPE, stdout=DEVNULL, pass_fds=sockets, start_new_session=True,
        )  # fmt: skip
        try:
            status = await process.wait()
        except asyncio.CancelledError:
            await _end(process)
            raise
        _log.warning("child_ended", kind=words[0], status=str(status))
        pause = AGAIN_S[0] if loop.time() - began > YOUNG_S else min(2 * pause, AGAIN_S[1])
        await asyncio.sleep(pause)


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
        try:
            async with asyncio.timeout(END_S):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
