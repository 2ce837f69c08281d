"""A whole day of people at a counter, in a process of their own: they come, wait, talk, lose their pages, go.

`play` is one day with an end and a report; `keep_company` keeps so many visitors around, for somebody who tries the
desk out.
"""

import asyncio
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from rooms.model.ticket import Media, Tier
from signaling.bots.attendant import Attendant, Shift
from signaling.bots.clip import prepare
from signaling.bots.leg import Packets, listen_without_decoding
from signaling.bots.people import Arrival, arrivals, foreseen, outcome, somebody, talk_s
from signaling.bots.report import Now, Report
from signaling.bots.visitor import Visitor
from signaling.bots.wire import Browser, TurnedAwayError
from signaling.protocol.http import UnitList

TABLE_EVERY_S: Final = 1.0
LEAVE_S: Final = 90.0
"""Whoever is still there at the end of the day gets so long to be served."""
BUSY: Final = 0.75
"""The share of the clerks' time that the day's visitors take, if all are served."""
COMPANY_EVERY_S: Final = (4.0, 15.0)
"""Somebody new comes so long after somebody has gone."""
COMPANY_DAY_S: Final = 1_800


@dataclass(frozen=True, slots=True)
class Clerk:
    """Somebody who signs in and serves."""

    login: str
    password: str
    units: Sequence[str]


@dataclass(frozen=True, slots=True)
class Day:
    """What is to be played, and where."""

    url: str
    units: Sequence[str]
    clerks: Sequence[Clerk]
    visitors: int
    duration_s: float
    seed: int = 1
    certificate: Path | None = None


class Crowd:
    """The people of one day."""

    def __init__(self, day: Day) -> None:
        self.day: Final = day
        self.dice: Final = random.Random(day.seed)  # noqa: S311  # a crowd is no secret
        self.clerks: Final[list[Attendant]] = []
        self.here: Final[set[Visitor]] = set()
        self.report: Final = Report()

    def now(self, elapsed_s: float) -> Now:
        """How it stands."""
        stages = Counter(visitor.stage for visitor in self.here)
        desks = Counter(clerk.activity for clerk in self.clerks)
        in_demand = sum(clerk.is_in_demand for clerk in self.clerks)
        return Now(elapsed_s, self.day.visitors, stages, desks, in_demand, self.report)

    async def visit(self, arrival: Arrival) -> None:
        """One visitor, from the first page to the last."""
        async with Browser(self.day.url, certificate=self.day.certificate) as browser:
            visitor = Visitor(browser, arrival.unit, arrival.habits)
            end = "gone"
            self.report.came += 1
            self.here.add(visitor)
            try:
                await visitor.run()
            except (ConnectionError, TurnedAwayError):
                end = "no_connection"
            except asyncio.CancelledError:
                end = "still_here"
                raise
            else:
                end = visitor.refused or visitor.end or end
            finally:
                self.here.discard(visitor)
                self.report.ends[end] += 1
                self.report.unforeseen += end not in foreseen(arrival.habits)
                self.report.dropped += visitor.dropped
                self.report.visitors_packets += visitor.packets
                if visitor.waited_s is not None:
                    self.report.waits_s.append(visitor.waited_s)
                    if arrival.habits.tier is not Tier.EVERYONE:
                        self.report.priority_waits_s.append(visitor.waited_s)

    async def staff(self, stack: AsyncExitStack, clerk: Clerk, mean_s: float) -> None:
        """One clerk, for the day."""
        browser = await stack.enter_async_context(Browser(self.day.url, certificate=self.day.certificate))
        attendant = Attendant(
            browser,
            Shift(
                clerk.login,
                clerk.password,
                clerk.units,
                lambda: talk_s(self.dice, mean_s),
                lambda: outcome(self.dice),
                colour=len(self.clerks) + 3,
            ),
        )
        self.clerks.append(attendant)
        await attendant.run()


async def play(day: Day, show: Callable[[Now], None]) -> Report:
    """Play one day; `show` is called once a second with how it stands.

    Raises:
        TurnedAwayError: a clerk may not sign in.
        ConnectionError: nobody answers at the day's address.

    """
    listen_without_decoding()
    prepare()
    crowd = Crowd(day)
    mean_s = BUSY * day.duration_s * max(1, len(day.clerks)) / max(1, day.visitors)
    began, cpu = time.monotonic(), _cpu_s()
    async with AsyncExitStack() as stack:
        clerks = [asyncio.create_task(crowd.staff(stack, clerk, mean_s)) for clerk in day.clerks]
        visits = [
            asyncio.create_task(_visit(crowd, arrival))
            for arrival in arrivals(day.seed, day.visitors, day.duration_s, day.units)
        ]
        showing = asyncio.create_task(_show(crowd, show))
        try:
            await _all_gone(visits, clerks, day.duration_s + LEAVE_S)
        finally:
            await _end([*visits, showing])
            await _end(clerks)
    report = crowd.report
    report.calls = sum(clerk.calls for clerk in crowd.clerks)
    report.unanswered = sum(clerk.unanswered for clerk in crowd.clerks)
    report.clerks_packets = sum((clerk.packets for clerk in crowd.clerks), Packets())
    report.seconds, report.cpu_s = time.monotonic() - began, _cpu_s() - cpu
    return report


async def keep_company(day: Day) -> None:
    """Keep `day.visitors` people at its units until cancelled: whoever goes is followed by somebody else."""
    listen_without_decoding()
    prepare()
    crowd = Crowd(day)
    async with asyncio.TaskGroup() as tasks:
        for place in range(day.visitors):
            tasks.create_task(_keep_place(crowd, place))


async def _keep_place(crowd: Crowd, place: int) -> None:
    number = place
    await asyncio.sleep(place * 2)  # they do not come all at once
    while True:
        habits = somebody(crowd.dice, number, COMPANY_DAY_S)
        if number < crowd.day.visitors:  # the first that a newcomer meets have no peculiarities
            habits = replace(habits, media=Media.VIDEO, patience_s=COMPANY_DAY_S, ignores_rings=0, drops_in_s=None)
        await crowd.visit(Arrival(0, crowd.dice.choice(crowd.day.units), habits))
        number += crowd.day.visitors
        await asyncio.sleep(crowd.dice.uniform(*COMPANY_EVERY_S))


async def units_of(url: str, certificate: Path | None = None) -> list[str]:
    """The units that are open there now.

    Raises:
        ConnectionError: nobody answers.

    """
    async with Browser(url, certificate=certificate) as browser:
        listed = UnitList.model_validate(await browser.get("units"), strict=False)
    return [unit.slug for unit in listed.units if unit.open]


async def _visit(crowd: Crowd, arrival: Arrival) -> None:
    await asyncio.sleep(arrival.at_s)
    await crowd.visit(arrival)


async def _all_gone(
    visits: Sequence[asyncio.Task[None]], clerks: Sequence[asyncio.Task[None]], within_s: float
) -> None:
    """Wait until every visitor has gone; a clerk who cannot work ends the day at once, with the reason."""
    gone = asyncio.create_task(_all(visits))
    done, _ = await asyncio.wait({gone, *clerks}, timeout=within_s, return_when=asyncio.FIRST_COMPLETED)
    await _end([gone])
    for task in done:
        task.result()


async def _all(tasks: Sequence[asyncio.Task[None]]) -> None:
    await asyncio.wait(tasks)


async def _show(crowd: Crowd, show: Callable[[Now], None]) -> None:
    began = time.monotonic()
    while True:
        show(crowd.now(time.monotonic() - began))
        await asyncio.sleep(TABLE_EVERY_S)


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
