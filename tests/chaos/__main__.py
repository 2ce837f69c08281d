"""`python -m tests.chaos FAULTS SEED`: long days of faults; their counts stand in `docs/figures.md` afterwards."""

import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack

from tests.bench.figures import Row, Section, publish
from tests.chaos.day import Day, day, through
from tests.chaos.faults import drawn
from tests.chaos.judge import NEVER, Story

DAYS = 4
"""Racks at work at the same time, each with its own seed: most of a day is waiting for what was broken to come back."""
WITHIN_S = 1500
"""No fault begins after so long: a thousand take some ten minutes on two cores."""


def section(days: Sequence[tuple[Day, Story]], seed: int, took_min: float) -> Section:
    faults = sum((one.faults for one, _ in days), Counter[str]())
    happened = sum((story.happened for _, story in days), Counter[str]())
    wrong = Counter(kind for _, story in days for kind, _ in story.wrong)
    first, _ = days[0]
    return Section(
        title="Faults",
        compared_with="nothing: what may never happen",
        how=f"{faults.total():,} random faults (seeds {seed} to {seed + len(days) - 1}), each while people go on: "
        + ", ".join(f"{count} × {name.replace('_', ' ')}" for name, count in sorted(faults.items()))
        + f". {len(days)} racks, each of two servers and one Valkey with `appendfsync always`; on each"
        f" {len(first.visitors)} visitors who take ticket after ticket, {len(first.clerks)} attendants and a supervisor"
        " on plain sockets. After every fifth fault each page's view is held against the store, at the end every event"
        " against the rules, which `tests/chaos/judge.py` tells a second time. A fault that found nothing to break is"
        f" not counted. It took {took_min:.0f} minutes.",
        rows=(
            *(Row(kind, "", wrong[kind], target="0") for kind in NEVER),
            Row("tickets given", "", sum(len(one.town.joined) for one, _ in days)),
            Row("of them gone with the end of the append-only file", "", sum(_gone(one) for one, _ in days)),
            Row("people called", "", happened["ticket.called"]),
            Row("sent to another unit", "", happened["ticket.joined: transferred"]),
            Row("tickets taken to another device", "", happened["ticket.moved: handover"]),
            Row("rings and holds whose time was over", "", sum(len(one.town.ran_out) for one, _ in days)),
            Row("epochs that rose", "", happened["court.epoch"]),
            Row("views compared", "", sum(one.compared for one, _ in days)),
            Row("connections made", "", sum(page.reconnects for one, _ in days for page in one.pages)),
        ),
    )


def _gone(one: Day) -> int:
    return len(one.town.joined.keys() & {event.ticket for event in one.town.cut if event.kind == "ticket.joined"})


async def lived(one: Day, faults: int, until_s: float) -> tuple[Day, Story]:
    await through(one, drawn(one.chance("faults"), faults), until_s)
    return one, await one.end()


async def main(faults: int, seed: int) -> int:
    loop = asyncio.get_running_loop()
    began_s = loop.time()
    async with AsyncExitStack() as stack:
        # One after the other: migrations have but one context in a process.
        racks = [await stack.enter_async_context(day(seed + number)) for number in range(DAYS)]
        days = await asyncio.gather(*(lived(one, faults // DAYS, began_s + WITHIN_S) for one in racks))
    for _, story in days:
        for kind, sentence in story.wrong:
            sys.stderr.write(f"{kind}: {sentence}\n")
    publish(section(days, seed, (loop.time() - began_s) / 60))
    happened = sum(one.faults.total() for one, _ in days)
    return 1 if any(story.wrong for _, story in days) or happened < faults // DAYS * DAYS else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]))))
