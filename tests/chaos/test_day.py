"""A short day of faults with a fixed seed: whatever dies, nobody loses a place. `make chaos` is the long one."""

from tests.chaos.day import day, through
from tests.chaos.faults import FAULTS, drawn, store_hangs

SEED, MORE = 7, 4


async def test_whatever_dies_nobody_loses_a_place():
    """Every kind of fault comes once, then some by chance."""
    async with day(SEED) as one:
        await through(one, [*FAULTS, *drawn(one.chance, MORE, store_hangs)])
        story = await one.end()
    assert story.wrong == []
    assert story.happened["ticket.called"] > 0
    assert one.compared > 0
