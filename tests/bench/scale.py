"""A visit as the store sees it, with all that the servers read because of it; and what that took of the store."""

import asyncio
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis

from rooms.ids import UnitId
from tests.scene import DAY, Clerk, Person, Scene

NODES = 2
"""Servers that follow the court: each reads for itself what it shows."""
SIGNALS = 28
"""Of one call: descriptions, candidates, what is switched on and off, a few words."""
SIGNAL_TEXT = "x" * 400
HOUR_S = 3600


@dataclass
class Counter:
    """One desk and whom it serves; visits of one counter come one after the other."""

    scene: Scene
    clerk: Clerk
    unit: UnitId
    served: int = 0

    async def visit(self) -> float:
        """One whole visit; answers the seconds that `call_next` took."""
        self.served += 1
        visitor = await self.scene.visitor(f"{self.clerk.id}-{self.served}", unit=self.unit)
        await self.looks(visitor)
        began = time.perf_counter()
        rung = await self.clerk.calls()
        took_s = time.perf_counter() - began
        await self.looks(visitor)
        await visitor.sees(rung.call)
        await visitor.enters(rung.call)
        await self.looks(visitor)
        for n in range(SIGNALS):
            await (visitor if n % 2 else self.clerk).says(rung.call, SIGNAL_TEXT)
        await visitor.hangs_up(rung.call)
        await self.looks(visitor)
        await self.clerk.finishes(rung.call)
        await self.looks(visitor)
        self.scene.here.remove(visitor)
        return took_s

    async def looks(self, visitor: Person) -> None:
        """What each server reads when something has happened: the ticket, the desk, the unit."""
        for _ in range(NODES):
            await self.scene.store.ticket_of(self.scene.court, visitor.holder)
            await self.scene.store.desk(self.scene.court, self.clerk.id)
            await self.scene.store.units(self.scene.court, [self.unit], {self.unit: DAY})


@dataclass(frozen=True, slots=True)
class Took:
    """What some visits took of one store."""

    cpu_s: float
    commands: int
    written_bytes: int
    memory_bytes: int

    def __sub__(self, before: "Took") -> "Took":
        return Took(
            self.cpu_s - before.cpu_s,
            self.commands - before.commands,
            self.written_bytes - before.written_bytes,
            self.memory_bytes - before.memory_bytes,
        )


def taken(server: "Redis[str]") -> Took:
    """What the store has taken since it started."""
    cpu, stats, kept, memory = (server.info(part) for part in ("cpu", "stats", "persistence", "memory"))
    return Took(
        cpu["used_cpu_sys"] + cpu["used_cpu_user"],
        stats["total_commands_processed"],
        kept.get("aof_current_size", 0),
        memory["used_memory"],
    )


async def arrive(counters: Sequence[Counter], per_s: float, seconds: float, seed: int) -> list[float]:
    """Visits begin as chance has it, so many a second, each at a free counter; answers what each `call_next` took."""
    chance = random.Random(seed)  # noqa: S311  # arrivals, not a secret
    free: asyncio.Queue[Counter] = asyncio.Queue()
    for counter in counters:
        free.put_nowait(counter)
    took_s: list[float] = []

    async def one(counter: Counter) -> None:
        took_s.append(await counter.visit())
        free.put_nowait(counter)

    loop = asyncio.get_running_loop()
    at, end = loop.time(), loop.time() + seconds
    async with asyncio.TaskGroup() as tasks:
        while (at := at + chance.expovariate(per_s)) < end:
            await asyncio.sleep(at - loop.time())  # the pace of arrivals
            tasks.create_task(one(await free.get()))
    return took_s
