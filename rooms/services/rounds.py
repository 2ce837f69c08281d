"""How the house looks after its courts: side by side, each at its own pace."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from rooms.errors import UnavailableError
from rooms.ids import CourtId
from rooms.services.house import House


async def look_after(
    house: House, visit: Callable[[CourtId], Awaitable[object]], rest: Callable[[], Awaitable[None]]
) -> None:
    """Visit every court for ever, with a rest between two visits; the owner cancels it.

    A store that is away is waited for, by its own courts: one after the other, those of a store that hangs would hold
    up all others, who would take that for an outage of their own.
    """
    async with asyncio.TaskGroup() as tasks:
        for court in house.courts():
            tasks.create_task(_look_after(court.id, house, visit, rest))


async def _look_after(
    court: CourtId, house: House, visit: Callable[[CourtId], Awaitable[object]], rest: Callable[[], Awaitable[None]]
) -> None:
    while True:
        if house.has(court):
            with suppress(UnavailableError):  # again after the rest
                await visit(court)
        await rest()
