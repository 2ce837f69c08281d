"""`python -m tests.chaos FAULTS SEED`: a long day of faults; its counts stand in `docs/figures.md` afterwards."""

import asyncio
import sys

from tests.bench.figures import Row, Section, publish
from tests.chaos.day import Day, day, through
from tests.chaos.faults import drawn
from tests.chaos.judge import NEVER, Story


def section(one: Day, story: Story, seed: int) -> Section:
    faults = sorted(one.faults.items())
    return Section(
        title="Faults",
        compared_with="nothing: what may never happen",
        how=f"{sum(one.faults.values()):,} random faults of seed {seed}, each while people go on: "
        + ", ".join(f"{count} × {name.replace('_', ' ')}" for name, count in faults)
        + f". Two servers, one Valkey with `appendfsync always`; {len(one.visitors)} visitors who take ticket after"
        f" ticket, {len(one.clerks)} attendants and a supervisor on plain sockets. After every fifth fault each page's"
        " view is held against the store, at the end every event against the rules, which `tests/chaos/judge.py` tells"
        f" a second time. The store's clock was moved by {one.clock_moved_by or 'nobody'}.",
        rows=(
            *(Row(kind, "", sum(kind == each for each, _ in story.wrong), target="0") for kind in NEVER),
            Row("tickets given", "", len(one.town.joined)),
            Row("of them gone with the end of the append-only file", "", one.town.cut_joins),
            Row("people called", "", story.happened["ticket.called"]),
            Row("epochs that rose", "", story.happened["court.epoch"]),
            Row("views compared", "", one.compared),
            Row("connections made", "", sum(page.reconnects for page in one.pages)),
        ),
    )


async def main(faults: int, seed: int) -> int:
    async with day(seed) as one:
        await through(one, drawn(one.chance, faults))
        story = await one.end()
    for kind, sentence in story.wrong:
        sys.stderr.write(f"{kind}: {sentence}\n")
    publish(section(one, story, seed))
    return 1 if story.wrong else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]))))
