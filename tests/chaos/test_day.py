"""A short day of faults with a fixed seed: whatever dies, nobody loses a place. `make chaos` is the long one."""

from tests.chaos.day import day, through
from tests.chaos.faults import FAULTS, drawn, store_hangs

SEED, MORE = 7, 4


async def test_whatever_dies_nobody_loses_a_place():
    """Every kind of fault comes once and bites, then some by chance."""
    async with day(SEED) as one:
        faults = [*FAULTS, *drawn(one.chance("faults"), MORE, store_hangs)]
        await through(one, faults)
        story = await one.end()
    assert story.wrong == []
    assert one.faults.total() == len(faults)
    assert one.faults.keys() == {fault.__name__ for fault in FAULTS}
    assert one.compared > 0
    assert one.town.cut or one.town.unsaid
    assert story.happened["ticket.called"] > 0
    assert story.happened["court.epoch"] > 0
    assert story.happened["numbers skipped"] > 0
