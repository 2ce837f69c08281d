"""How long a call is silent when something goes: all for a while, addresses, the network, UDP for good, the house."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.bench.figures import Row, Section, publish
from tests.e2e.air import Air
from tests.e2e.conftest import FLAGS
from tests.e2e.house import House, data_folder
from tests.e2e.line import Line
from tests.e2e.people import Clerk, Person, Town, Visitor, comes_true
from tests.e2e.walls import BY, WAYS, WHY_NOT, Walls, walls

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
# The longest that no packet of sound was played in the next so many milliseconds.
LONGEST_PAUSE = f"""(ms) => new Promise((done) => {{
  const heard = {HEARD};
  const until = Date.now() + ms;
  let last = heard();
  let longest = 0;
  const look = setInterval(() => {{
    const now = heard();
    longest = Math.max(longest, now > last ? now - last : Date.now() - now);
    last = now;
    if (Date.now() < until) return;
    clearInterval(look);
    done(longest);
  }}, 10);
}})"""
DIRECT = f"""async () => {{
  const ways = await ({WAYS})();
  return ways.length === 1 && ways[0][0] !== "relay";
}}"""
ROUNDS = 3
TARGET = "2 s"
PLAYED_OUT_MS = 500
"""What is still in the jitter buffer when the way changes is no new sound."""
LISTENS_MS = 10_000


async def heard_after_ms(people: tuple[Person, ...], since_ms: float, *, played_out_ms: float = 0) -> float:
    """Until everybody hears again, milliseconds from `since_ms`; what is played `played_out_ms` later may be old."""
    newer_ms = since_ms + played_out_ms
    heard = [
        await (await person.page.wait_for_function(HEARD_SINCE, arg=newer_ms, polling=20, timeout=60_000)).json_value()
        for person in people
    ]
    return max(heard) - since_ms


async def longest_pause_ms(people: tuple[Person, ...]) -> float:
    """Of whoever waited longest for sound."""
    return max(await asyncio.gather(*(person.page.evaluate(LONGEST_PAUSE, LISTENS_MS) for person in people)))


@dataclass(frozen=True)
class Alone:
    """How two went on without the house."""

    before_ms: float
    """Their longest pause while all was there …"""
    without_ms: float
    """… and when the house had just been killed."""
    learnt_ms: float
    """From the house's return until the page of who hung up meanwhile has the counter's receipt."""


@dataclass
class Street:
    """One clerk, one visitor after the other, and what lies between them."""

    town: Town
    air: Air
    line: Line
    clerk: Clerk

    @asynccontextmanager
    async def call(self, *, hangs_up: bool = True) -> AsyncIterator[tuple[Visitor, Clerk]]:
        """Maria and Ana see and hear each other; both are free afterwards. `hangs_up`: Ana does, at the end."""
        visitor = await self.town.visitor(url=self.line.url)
        await visitor.takes_a_ticket()
        await visitor.chooses("video")
        await visitor.sees("local-video")
        await self.clerk.calls_the_next()
        await visitor.enters()
        for person in (visitor, self.clerk):
            await person.sees_and_hears()
        yield visitor, self.clerk
        if hangs_up:
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
            return await heard_after_ms(people, since, played_out_ms=PLAYED_OUT_MS)

    async def moved_ms(self) -> float:
        async with self.call() as people:
            since = time.time() * 1_000
            self.air.move("visitor")
            self.line.cut()
            self.line.mend()
            return await heard_after_ms(people, since, played_out_ms=PLAYED_OUT_MS)

    async def alone(self, house: House) -> Alone:
        """The house is killed in the middle of a call, and back when the visitor has hung up."""
        async with self.call(hangs_up=False) as people:
            before = await longest_pause_ms(people)
            house.kill()
            without = await longest_pause_ms(people)
            visitor, clerk = people
            await visitor.press("hang-up")
            await expect(clerk.page.get_by_text("encerrou o atendimento")).to_be_visible()
            await house.start()
            since = time.time()
            await visitor.sees("receipt-code")
            return Alone(before, without, (time.time() - since) * 1_000)


async def street_of(town: Town, air: Air, house: House) -> Street:
    line = Line(house.port)
    await line.start()
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    return Street(town, air, line, clerk)


async def rows_of_the_street(browser: Browser, house: House) -> list[Row]:
    """Of one machine, whose media the air passes and whose visitor's socket goes by the line."""
    air = Air()
    street = await street_of(Town(browser, house, air), air, house)
    rows = []
    for seconds in (1, 3, 8, 20):
        took = [await street.blackout_ms(seconds) for _ in range(ROUNDS)]
        rows.append(Row(f"nothing passes for {seconds} s", "ms", median(took), target=TARGET))
    rebound = median([await street.rebound_ms() for _ in range(ROUNDS)])
    moved = median([await street.moved_ms() for _ in range(ROUNDS)])
    alone = [await street.alone(house) for _ in range(ROUNDS)]
    return [
        *rows,
        Row("the router gives other ports", "ms", rebound, target=TARGET),
        Row("another network, other addresses", "ms", moved, target=TARGET),
        Row(
            "the server is killed: longest pause of the sound in 10 s; compared: before",
            "ms",
            median([each.without_ms for each in alone]),
            compared=median([each.before_ms for each in alone]),
        ),
        Row("the server is back: it has learnt who hung up", "ms", median([each.learnt_ms for each in alone])),
    ]


async def relayed_ms(there: Walls, air: Air) -> list[float]:
    """UDP, by which two talk, does not pass any more: from then to the first sound over the relay, of each round."""
    took = []
    visitors = await there.alone("visitor", air=air)
    clerk = await (await there.alone("clerk", air=air)).clerk()
    there.pass_udp(air, "visitor", "clerk")
    await clerk.signs_in()
    await clerk.goes_available()
    for _ in range(ROUNDS):
        visitor = await visitors.visitor()
        await visitor.takes_a_ticket()
        await visitor.chooses("video")
        await visitor.sees("local-video")
        await clerk.calls_the_next()
        await visitor.enters()
        people = (visitor, clerk)
        for person in people:
            await comes_true(person.page, DIRECT)
            await person.sees_and_hears()
        since = time.time() * 1_000
        air.cut(*there.towns)
        took.append(await heard_after_ms(people, since, played_out_ms=PLAYED_OUT_MS))
        for person in people:
            ways = await person.page.evaluate(WAYS)
            assert ways == [["relay", there.by]], ways
        await clerk.press("hang-up")
        await visitor.sees("receipt-code")
        await clerk.finishes()
        await visitor.page.context.close()
        air.mend()
    return took


@pytest.mark.timeout(900)
async def test_from_the_networks_return_to_the_first_sound():
    chromium = shutil.which("chromium")
    assert chromium is not None, "no Chromium: apt-get install chromium"
    assert WHY_NOT is None, WHY_NOT
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with data_folder() as folder:
            house = House(Path(folder))
            await house.start()
            rows = await rows_of_the_street(browser, house)
            version = browser.version
            await browser.close()
            house.stop()
    for by in BY:
        async with walls(by) as there:
            took = await relayed_ms(there, Air())
        rows.append(Row(f"UDP does not pass any more: by TURN over {by.upper()}", "ms", median(took), target=TARGET))
    publish(
        Section(
            title="The network's return → first sound",
            compared_with="the target of two seconds",
            how=f"Medians of {ROUNDS}: from the instant in which packets pass again (or the way changed) until both"
            " sides play new sound. Media goes through a userspace UDP proxy, the visitor's socket through a TCP proxy"
            " that, as TCP does, says again what was lost only when its doubled patience is over. Where UDP does not"
            " pass any more, each person is alone in a network of the kernel's, and a real coturn with the file of"
            " `deploy/turn` in a third; the server is killed with its store.",
            rows=rows,
            browser=f"Chromium {version}",
        )
    )
