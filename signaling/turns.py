"""Turns of the loop: what is long comes one after the other, so that what is short need not wait for all of it."""

import asyncio
from typing import Final

LONG: Final = 16_384
"""What has as many bytes or characters may take a millisecond; a usual description of a connection has half of them."""
AT_ONCE: Final = 8
"""On its way to the store something long is there five times; the others wait as they came."""


class Turns:
    """`async with` it: who is inside began in a turn of the loop in which nobody else did, and few are at a time."""

    def __init__(self) -> None:
        self._under_way: Final = asyncio.Semaphore(AT_ONCE)
        self._next: Final = asyncio.Lock()

    async def __aenter__(self) -> None:
        """Wait for a turn."""
        await self._under_way.acquire()
        try:
            async with self._next:
                await asyncio.sleep(0)
        except BaseException:
            self._under_way.release()
            raise

    async def __aexit__(self, *_error: object) -> None:
        """Somebody else may begin."""
        self._under_way.release()
