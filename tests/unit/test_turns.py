"""Long work comes one piece a turn of the loop."""

import asyncio
from itertools import pairwise

from signaling.turns import Turns

TURNS = 12


async def test_between_two_who_say_something_long_whoever_says_something_short_has_their_turn():
    turns, said = Turns(), []

    async def long() -> None:
        await turns.one()
        said.append("long")

    async def short() -> None:
        for _ in range(TURNS):
            said.append("short")
            await asyncio.sleep(0)

    await asyncio.gather(long(), long(), long(), short())
    assert said.count("long") == 3
    assert ("long", "long") not in pairwise(said)
