"""What may go wrong: each fault breaks one thing, waits for what a machine's own supervisor would do, and no more."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from random import Random
from typing import Final

from rooms.model.attendant import Status
from rooms.model.call import Outcome
from rooms.model.ticket import CancelReason, Tier
from signaling.protocol import commands as say
from tests.chaos.day import Day
from tests.chaos.town import UNITS
from tests.server.harness import form

HANGS_S: Final = 10
MEANWHILE_S: Final = 1.0
"""So long a fault lasts that holds people up while it does."""
TWO_HOURS_S: Final = 7200
TEN_MINUTES_S: Final = 600
CUT_BYTES: Final = 4096
"""A torn tail: some of the last transitions."""


async def node_killed(day: Day) -> None:
    """`kill -9` of a server; its people go to the other."""
    node = day.chance.choice(day.town.nodes)
    await node.kill()
    day.later(node.restart())


async def store_killed(day: Day) -> None:
    """`kill -9` of the store, and its restart."""
    await asyncio.to_thread(day.town.valkey.kill)
    await asyncio.to_thread(day.town.valkey.start)


async def disk_cut(day: Day) -> None:
    """The store dies, and the end of its append-only file is not there when it comes back."""
    town = day.town
    await asyncio.to_thread(town.read_events)
    await asyncio.to_thread(town.valkey.kill)
    file = max((town.valkey.folder / "appendonlydir").glob("*.incr.aof"), key=lambda path: path.stat().st_mtime)
    cut = min(day.chance.randint(1, CUT_BYTES), file.stat().st_size // 4)
    os.truncate(file, file.stat().st_size - cut)
    await asyncio.to_thread(town.valkey.start)
    await asyncio.to_thread(town.see_what_was_cut)


async def store_hangs(day: Day) -> None:
    """The store's process stands still for ten seconds."""
    os.kill(day.town.valkey.pid, signal.SIGSTOP)
    await asyncio.sleep(HANGS_S)  # the fault itself
    os.kill(day.town.valkey.pid, signal.SIGCONT)


async def house_down(day: Day) -> None:
    """Everything is off for ten minutes of clock."""
    town = day.town
    await asyncio.gather(*(node.kill() for node in town.nodes))
    await asyncio.to_thread(town.valkey.kill)
    await asyncio.to_thread(town.valkey.start)
    await asyncio.to_thread(town.admin.incrby, town.key("clock"), TEN_MINUTES_S * 1000)
    await asyncio.gather(*(node.restart() for node in town.nodes))


async def clock_moved(day: Day) -> None:
    """The store's clock is two hours ahead, two behind, or right again."""
    to_s = day.chance.choice([s for s in (-TWO_HOURS_S, 0, TWO_HOURS_S) if abs(s - day.town.shift_s) == TWO_HOURS_S])
    day.clock_moved_by = await asyncio.to_thread(day.town.set_shift, to_s)


async def tails_killed(day: Day) -> None:
    """`CLIENT KILL` of the connections on which the servers read the streams."""
    await asyncio.to_thread(_kill_tails, day)


def _kill_tails(day: Day) -> None:
    for client in day.town.admin.client_list():
        if client["cmd"] == "xread":
            day.town.admin.client_kill_filter(_id=client["id"])


async def streams_trimmed(day: Day) -> None:
    """A server stands still; what happens meanwhile is not in the streams any more when it reads on."""
    node = day.chance.choice(day.town.nodes)
    if node.process is None or node.process.returncode is not None:
        return
    node.process.send_signal(signal.SIGSTOP)
    try:
        happening = await day.something_begins(MEANWHILE_S)
        await asyncio.to_thread(day.town.trim)
    finally:
        node.process.send_signal(signal.SIGCONT)
    await happening


async def page_deaf(day: Day) -> None:
    """A socket that stops reading, and comes back another way."""
    page = day.chance.choice(day.pages)
    page.deaf()
    happening = await day.something_begins(MEANWHILE_S)
    page.cut()
    await happening


async def line_cut(day: Day) -> None:
    """The network between some pages and their servers is gone for a moment."""
    for page in day.chance.sample(day.pages, day.chance.randint(1, len(day.pages))):
        page.cut()


async def line_lost(day: Day) -> None:
    """The same, without a word to the servers: for a while each has a page that is not there any more."""
    for page in day.chance.sample(day.pages, day.chance.randint(1, len(day.pages))):
        page.lose()


async def commands_twice(day: Day) -> None:
    """Whatever is said is said twice at once under one id."""
    clerk = day.chance.choice(day.clerks)
    visitor = day.chance.choice(day.visitors)
    unit, tier = day.chance.choice(UNITS), day.chance.choice(list(Tier))
    doing: list[Awaitable[None]] = [clerk.works(twice=True)]
    if visitor.ticket is None and not visitor.asleep:
        doing.append(visitor.joins(unit, tier, twice=True))
    await asyncio.gather(*doing)


async def commands_out_of_order(day: Day) -> None:
    """What follows is said before what it follows."""
    clerk = day.chance.choice(day.clerks)
    call = clerk.view and clerk.view["call"]
    if not call:
        return
    await asyncio.gather(
        clerk.say(say.Finish(call=call["call"], outcome=Outcome.FORWARDED)),
        clerk.say(say.HangUp(call=call["call"])),
        clerk.say(say.CancelCall(call=call["call"], reason=CancelReason.MISTAKE)),
        clerk.say(say.CallNext()),
        clerk.say(say.SetStatus(status=Status.AVAILABLE, pause=None)),
    )


async def commands_with_another_payload(day: Day) -> None:
    """An id that was used comes again with other words."""
    visitor = day.chance.choice(day.visitors)
    if visitor.ticket is None:
        await visitor.says_otherwise(form(UNITS[0], visitor.name), form(UNITS[1], visitor.name))


Fault = Callable[[Day], Awaitable[None]]

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
