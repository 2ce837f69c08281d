"""Turns of the loop: what is long comes one after the other, so that what is short need not wait for all of it."""

import asyncio
from typing import Final

LONG: Final = 16_384
"""What has as many bytes or characters may take a millisecond; a usual description of a connection has half of them."""


class Turns:
    """One for each of those who wait."""

    def __init__(self) -> None:
        self._next: Final = asyncio.Lock()

    async def one(self) -> None:
        """Return in a turn of the loop in which nobody else who waits here does."""
        async with self._next:
            await asyncio.sleep(0)
