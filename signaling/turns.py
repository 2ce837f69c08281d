"""Turns of the loop: what is long comes one after the other, so that what is short need not wait for all of it."""

import asyncio
from collections import Counter
from typing import Final

LONG: Final = 16_384
"""What has as many bytes or characters may take a millisecond; a usual description of a connection has half of them."""
AT_ONCE: Final = 8
"""On its way to the store something long is there five times; the others wait as they came."""

SHARE: Final = 8
"""Of one network; a quarter of the store's connections."""
WAITS_S: Final = 0.5
"""As long as the store may take to answer; who has waited so long is told to come again."""


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


class Shares:
    """Of each network a few commands are on their way to the store at a time: others' find a connection there.

    `enter`, and if it says so, `leave`.
    """

    def __init__(self, at_once: int = SHARE, waits_s: float = WAITS_S) -> None:
        self._at_once: Final = at_once
        self._waits_s: Final = waits_s
        self._under_way: Final[dict[str, asyncio.Semaphore]] = {}
        self._inside: Final = Counter[str]()

    @property
    def counted(self) -> int:
        """How many networks are kept in mind."""
        return len(self._under_way)

    async def enter(self, network: str) -> bool:
        """Whether there was room before the wait was over; always, for who is of no network."""
        if not network:
            return True
        share = self._under_way.setdefault(network, asyncio.Semaphore(self._at_once))
        self._inside[network] += 1
        try:
            async with asyncio.timeout(self._waits_s if share.locked() else None):
                await share.acquire()
        except BaseException as over:
            self._forget(network)
            if isinstance(over, TimeoutError):
                return False
            raise
        return True

    def leave(self, network: str) -> None:
        """Somebody else of it may enter."""
        if network:
            self._under_way[network].release()
            self._forget(network)

    def _forget(self, network: str) -> None:
        self._inside[network] -= 1
        if not self._inside[network]:
            del self._inside[network], self._under_way[network]
