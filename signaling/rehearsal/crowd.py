"""`balcao crowd`: a day of simulated people, at a court of its own or at a server that already runs."""

import argparse
import asyncio
import sys
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any, Final, TextIO, TypeVar

from pydantic import TypeAdapter

from signaling.bots.crowd import Clerk, Day, keep_company, play, units_of
from signaling.bots.report import Now, Report, table, told
from signaling.bots.wire import TurnedAwayError
from signaling.rehearsal.court import own_court
from signaling.settings import StartupError

T = TypeVar("T")

COURT: Final = "Tribunal de ensaio"
RINGS_A_DAY: Final = 20
"""A ring takes such a part of the day, …"""
SHORTEST_RING_S: Final = 3
"""… but no less than somebody needs to answer, …"""
LONGEST_RING_S: Final = 60
"""… and no more than in a real court."""
LINES_EVERY_S: Final = 15
"""Where the output is not a terminal, the table is written so seldom."""


async def crowd(asked: argparse.Namespace, ending: asyncio.Event) -> None:
    """Play the day, or as much of it as there is before `ending`; the report is written to the terminal, and to a file.

    Raises:
        StartupError: nobody answers at the address, or a clerk may not sign in.

    """
    try:
        if asked.company:
            await until(ending, keep_company(await _day_there(asked)))
            return
        async with AsyncExitStack() as stack:
            day = await _day_there(asked) if asked.url else await _day_here(stack, asked)
            report = await until(ending, play(day, _Screen(sys.stdout).show))
    except asyncio.CancelledError:
        if not ending.is_set():
            raise
        return
    except ConnectionError:
        raise StartupError(f"Ninguém responde em {asked.url}. Confira o endereço.") from None
    except TurnedAwayError as error:
        raise StartupError(f"O balcão recusou: {error.refused.code.value}.") from None
    for line in told(report):
        sys.stdout.write(f"{line}\n")
    if asked.report is not None:
        numbers = TypeAdapter(Report).dump_json(report, indent=2)
        await asyncio.to_thread(asked.report.write_bytes, numbers)


async def until(ending: asyncio.Event, work: Coroutine[Any, Any, T]) -> T:
    """Do this work; it is cancelled when `ending` is set, and so is whoever awaits it."""
    task, told = asyncio.create_task(work), asyncio.create_task(ending.wait())
    try:
        await asyncio.wait({task, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        if not task.done():
            task.cancel()
    return await task


async def _day_here(stack: AsyncExitStack, asked: argparse.Namespace) -> Day:
    duration_s = asked.minutes * 60
    ring_s = round(min(LONGEST_RING_S, max(SHORTEST_RING_S, duration_s / RINGS_A_DAY)))
    court = await stack.enter_async_context(own_court(asked.clerks, name=COURT, ring_s=ring_s))
    return Day(court.url, court.units, court.clerks, asked.visitors, duration_s, asked.seed)


async def _day_there(asked: argparse.Namespace) -> Day:
    open_now = await units_of(asked.url, asked.certificate)
    units = [unit for unit in open_now if unit in asked.unit or not asked.unit]
    if not units:
        raise StartupError("Nenhuma unidade está aberta lá agora.")
    clerks = [Clerk(login, password, units) for login, _, password in (each.partition(":") for each in asked.clerk)]
    return Day(asked.url, units, clerks, asked.visitors, asked.minutes * 60, asked.seed, asked.certificate)


class _Screen:
    """Writes the table over itself on a terminal, and now and then elsewhere."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._last_s: float | None = None

    def show(self, now: Now) -> None:
        """Write how it stands, if it is time to."""
        lines = table(now)
        if self._out.isatty():
            if self._last_s is not None:
                self._out.write(f"\x1b[{len(lines)}A")
            self._out.write("".join(f"\x1b[2K{line}\n" for line in lines))
        elif self._last_s is None or now.elapsed_s - self._last_s >= LINES_EVERY_S:
            self._out.write("".join(f"{line}\n" for line in lines))
        else:
            return
        self._last_s = now.elapsed_s
        self._out.flush()
