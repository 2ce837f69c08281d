"""How long from the network's return to the first sound, on both sides: dead spots, new addresses, another network."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from playwright.async_api import async_playwright

from tests.bench.figures import Row, Section, publish
from tests.e2e.air import Air
from tests.e2e.conftest import FLAGS
from tests.e2e.house import House, data_folder
from tests.e2e.line import Line
from tests.e2e.people import Clerk, Person, Town, Visitor

# When a packet of sound was last played, milliseconds since 1970: what ears would say.
HEARD = """() => {
  const times = globalThis.legs
    .flatMap((leg) => leg.connectionState === "closed" ? [] : leg.getReceivers())
    .filter(({ track }) => track.kind === "audio")
    .flatMap((receiver) => receiver.getSynchronizationSources())
    .map(({ timestamp }) => timestamp);
  return Math.max(0, ...times);
}"""
HEARD_SINCE = f"""(since) => {{
  const heard = ({HEARD})();
  return heard > since && heard;
}}"""
ROUNDS = 3
PLAYED_OUT_MS = 500
"""What is still in the jitter buffer when the way changes is no new sound."""


async def heard_after_ms(people: tuple[Person, ...], since_ms: float) -> float:
    """Until everybody hears again; milliseconds from `since_ms`."""
    heard = [
        await (await person.page.wait_for_function(HEARD_SINCE, arg=since_ms, polling=20, timeout=60_000)).json_value()
        for person in people
    ]
    return max(heard) - since_ms


@dataclass
class Street:
    """One clerk, one visitor after the other, and what lies between them."""

    town: Town
    air: Air
    line: Line
    clerk: Clerk

    @asynccontextmanager
    async def call(self) -> AsyncIterator[tuple[Visitor, Clerk]]:
        """Maria and Ana see and hear each other; both are free afterwards."""
        visitor = await self.town.visitor(url=self.line.url)
        await visitor.takes_a_ticket()
        await visitor.chooses("video")
        await visitor.sees("local-video")
        await self.clerk.calls_the_next()
        await visitor.enters()
        for person in (visitor, self.clerk):
            await person.sees_and_hears()
        yield visitor, self.clerk
        await self.clerk.press("hang-up")
        await visitor.sees("receipt-code")
        await self.clerk.finishes()
        await visitor.page.context.close()

    async def blackout_ms(self, seconds: float) -> float:
        async with self.call() as people:
            self.air.cut("visitor")
            self.line.stall()
            await asyncio.sleep(seconds)
            since = time.time() * 1_000
            self.air.mend()
            self.line.mend()
            return await heard_after_ms(people, since)

    async def rebound_ms(self) -> float:
        async with self.call() as people:
            since = time.time() * 1_000
            self.air.rebind("visitor")
            return await heard_after_ms(people, since + PLAYED_OUT_MS)

    async def moved_ms(self) -> float:
        async with self.call() as people:
            since = time.time() * 1_000
            self.air.move("visitor")
            self.line.cut()
            self.line.mend()
            return await heard_after_ms(people, since + PLAYED_OUT_MS)


async def street_of(town: Town, air: Air, house: House) -> Street:
    line = Line(house.port)
    await line.start()
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    return Street(town, air, line, clerk)


@pytest.mark.timeout(600)
async def test_from_the_networks_return_to_the_first_sound():
    chromium = shutil.which("chromium")
    assert chromium is not None, "no Chromium: apt-get install chromium"
    rows = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with data_folder() as folder:
            house = House(Path(folder))
            await house.start()
            street = await street_of(Town(browser, house, air := Air()), air, house)
            for seconds in (1, 3, 8, 20):
                took = [await street.blackout_ms(seconds) for _ in range(ROUNDS)]
                rows.append(Row(f"nothing passes for {seconds} s", "ms", median(took), target="2 s"))
            rows += [
                Row("the router gives other ports", "ms", median([await street.rebound_ms() for _ in range(ROUNDS)])),
                Row("another network, other addresses", "ms", median([await street.moved_ms() for _ in range(ROUNDS)])),
            ]
            version = browser.version
            await browser.close()
            house.stop()
    publish(
        Section(
            title="The network's return → first sound",
            compared_with="the target of two seconds",
            how=f"Medians of {ROUNDS}: from the instant in which packets pass again (or the way changed) until both"
            " sides play new sound. Media goes through a userspace UDP proxy, the visitor's socket through a TCP proxy"
            " that, as TCP does, says again what was lost only when its doubled patience is over.",
            rows=rows,
            browser=f"Chromium {version}",
        )
    )
