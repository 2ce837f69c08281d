"""What may go wrong: each fault breaks one thing, waits for what a machine's own supervisor would do, and no more.

It answers whether anything broke: one that found nothing to break has not happened. Whom it meets is drawn from a
chance of its own, which nobody else draws from.
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from random import Random
from typing import Final

import aiohttp

from rooms.model.attendant import Status
from rooms.model.call import Outcome
from rooms.model.ticket import CancelReason, Tier
from signaling.protocol import commands as say
from tests.chaos.day import Day
from tests.chaos.judge import Outage
from tests.chaos.page import GIVES_UP_S, PAUSE_S
from tests.chaos.town import UNITS, Node

HANGS_S: Final = 10
MEANWHILE_S: Final = 1.0
"""So long a fault lasts that holds people up while it does."""
TWO_HOURS_S: Final = 7200
TEN_MINUTES_S: Final = 600
GRACE_MS: Final = 30_000
"""So long after an outage nothing expires."""
CUT_BYTES: Final = 4096
"""A torn tail: some of the last transitions."""
ON_THE_WAY: Final = 1
"""An event that a reader was given when it came, although it stood still."""
LOOKS_S: Final = 8.0
"""A server that has missed something knows by then, and reads on, unless it is very busy."""


async def node_killed(day: Day, chance: Random) -> bool:
    """`kill -9` of a server; its people go to the other."""
    node = chance.choice(day.town.nodes)
    runs = node.runs
    await node.kill()
    day.later(node.restart())
    return runs


async def store_killed(day: Day, _chance: Random) -> bool:
    """`kill -9` of the store, and its restart."""
    await asyncio.to_thread(day.town.restart_store)
    return True


async def disk_cut(day: Day, chance: Random) -> bool:
    """The store dies, and the end of its append-only file is not there when it comes back."""
    return await asyncio.to_thread(day.town.restart_store, chance.randint(1, CUT_BYTES))


async def store_hangs(day: Day, _chance: Random) -> bool:
    """The store's process stands still for ten seconds; nothing has expired when it goes on."""
    n, left_ms = await asyncio.to_thread(day.town.last_n), await asyncio.to_thread(day.town.now_ms)
    os.kill(day.town.valkey.pid, signal.SIGSTOP)
    await asyncio.sleep(HANGS_S)  # the fault itself
    os.kill(day.town.valkey.pid, signal.SIGCONT)
    await _nothing_expires(day, n, left_ms + HANGS_S * 1000)
    return True


async def house_down(day: Day, _chance: Random) -> bool:
    """Everything is off for ten minutes of clock; nothing has expired when it is back."""
    town = day.town
    n = await asyncio.to_thread(town.last_n)
    await asyncio.gather(*(node.kill() for node in town.nodes))
    await asyncio.to_thread(town.restart_store)
    await asyncio.to_thread(town.admin.incrby, town.key("clock"), TEN_MINUTES_S * 1000)
    back_ms = await asyncio.to_thread(town.now_ms)
    await asyncio.gather(*(node.restart() for node in town.nodes))
    await _nothing_expires(day, n, back_ms)
    return True


async def _nothing_expires(day: Day, n: int, back_ms: int) -> None:
    """The events after `n` are held against the grace that the store's return begins, until everybody is back."""

    async def all_are_back() -> bool:
        return all(page.connected or page.asleep for page in day.pages)

    assert await _comes_within(GIVES_UP_S, all_are_back), "somebody does not come back"
    day.town.outages.append(Outage(n, await asyncio.to_thread(day.town.last_n), back_ms, back_ms + GRACE_MS))


async def clock_moved(day: Day, chance: Random) -> bool:
    """The store's clock is two hours ahead, two behind, or right again."""
    to_s = chance.choice([s for s in (-TWO_HOURS_S, 0, TWO_HOURS_S) if abs(s - day.town.shift_s) == TWO_HOURS_S])
    await asyncio.to_thread(day.town.set_shift, to_s)
    return True


async def tails_killed(day: Day, _chance: Random) -> bool:
    """`CLIENT KILL` of the connections on which the servers read the streams."""
    return await _comes_within(LOOKS_S, lambda: asyncio.to_thread(_kill_tails, day))


def _kill_tails(day: Day) -> bool:
    clients = [client for client in day.town.admin.client_list() if client["cmd"] == "xread"]
    return sum(int(day.town.admin.client_kill_filter(_id=client["id"])) for client in clients) > 0


async def _comes_within(seconds: float, true: Callable[[], Awaitable[bool]]) -> bool:
    """Whether it comes true until then."""
    until_s = asyncio.get_running_loop().time() + seconds
    while not (now := await true()) and asyncio.get_running_loop().time() < until_s:  # noqa: ASYNC110 - as said below
        await asyncio.sleep(PAUSE_S)  # another process tells nobody
    return now


async def streams_trimmed(day: Day, chance: Random) -> bool:
    """A server stands still; what happens meanwhile is not in the streams any more when it reads on."""
    node = chance.choice(day.town.nodes)
    if node.process is None or not node.runs:
        return False
    n, gaps = await asyncio.to_thread(day.town.last_n), await _gaps(node)
    node.process.send_signal(signal.SIGSTOP)
    try:
        happening = await day.something_begins(MEANWHILE_S)
        await asyncio.to_thread(day.town.trim)
        missed = await asyncio.to_thread(day.town.last_n) - n - ON_THE_WAY
    finally:
        node.process.send_signal(signal.SIGCONT)
    await happening

    async def has_seen() -> bool:
        return await _gaps(node) > gaps

    return missed > 0 and await _comes_within(LOOKS_S, has_seen)


async def _gaps(node: Node) -> int:
    """How often this server has seen that it missed something."""
    async with aiohttp.ClientSession() as client, client.get(f"{node.url}/metrics") as answer:
        told = await answer.text()
    return sum(
        int(line.rsplit(maxsplit=1)[-1]) for line in told.splitlines() if line.startswith("balcao_log_gaps_total")
    )


async def page_deaf(day: Day, chance: Random) -> bool:
    """A socket that stops reading, and comes back another way."""
    page = chance.choice(day.pages)
    bites = page.deaf()
    happening = await day.something_begins(MEANWHILE_S)
    page.cut()
    await happening
    return bites


async def line_cut(day: Day, chance: Random) -> bool:
    """The network between some pages and their servers is gone for a moment."""
    some = chance.sample(day.pages, chance.randint(1, len(day.pages)))
    return sum(page.cut() for page in some) > 0


async def line_lost(day: Day, chance: Random) -> bool:
    """The same, without a word to the servers: for a while each has a page that is not there any more."""
    some = chance.sample(day.pages, chance.randint(1, len(day.pages)))
    return sum(page.lose() for page in some) > 0


async def commands_twice(day: Day, chance: Random) -> bool:
    """Whatever is said is said twice at once under one id, once to each server."""
    clerk, visitor = chance.choice(day.clerks), chance.choice(day.visitors)
    unit, tier = chance.choice(UNITS), chance.choice(list(Tier))
    before = clerk.said_twice + visitor.said_twice
    doing: list[Awaitable[None]] = [clerk.works(twice=True)]
    if visitor.ticket is None and not visitor.asleep:
        doing.append(visitor.joins(unit, tier, twice=True))
    await asyncio.gather(*doing)
    return clerk.said_twice + visitor.said_twice > before


async def commands_out_of_order(day: Day, chance: Random) -> bool:
    """What follows is said before what it follows."""
    busy = [clerk for clerk in day.clerks if clerk.view and clerk.view["call"] and not clerk.view["elsewhere"]]
    if not busy:
        return False
    clerk = chance.choice(busy)
    call = clerk.view["call"]["call"]
    await asyncio.gather(
        clerk.say(say.Finish(call=call, outcome=Outcome.FORWARDED)),
        clerk.say(say.HangUp(call=call)),
        clerk.say(say.CancelCall(call=call, reason=CancelReason.MISTAKE)),
        clerk.say(say.CallNext()),
        clerk.say(say.SetStatus(status=Status.AVAILABLE, pause=None)),
    )
    return True


async def commands_with_another_payload(day: Day, chance: Random) -> bool:
    """An id that was used comes again with other words, which alone would be right."""
    everybody = [*day.clerks, *day.visitors]
    for page in chance.sample(everybody, len(everybody)):
        if commands := page.otherwise():
            return await page.says_otherwise(*commands)
    return False


Fault = Callable[[Day, Random], Awaitable[bool]]

FAULTS: Final[dict[Fault, int]] = {
    node_killed: 8,
    store_killed: 10,
    disk_cut: 8,
    store_hangs: 1,
    house_down: 3,
    clock_moved: 8,
    tails_killed: 14,
    streams_trimmed: 8,
    page_deaf: 10,
    line_cut: 8,
    line_lost: 8,
    commands_twice: 10,
    commands_out_of_order: 8,
    commands_with_another_payload: 6,
}
"""Every fault with its share of a day; the slow ones are rarer."""


def drawn(chance: Random, count: int, *but: Fault) -> list[Fault]:
    """So many of them by chance."""
    shares = {fault: share for fault, share in FAULTS.items() if fault not in but}
    return chance.choices(list(shares), list(shares.values()), k=count)
