"""The house looks after its courts side by side: one that hangs, or is away, holds up nobody's but its own."""

import asyncio
from collections import Counter

import pytest

from rooms.errors import Code, UnavailableError
from rooms.ids import CourtId
from rooms.model.unit import Court
from rooms.services.house import House
from rooms.services.rounds import look_after
from tests.houses import EnoughError, FixedDirectory, FixedHistory

HUNG, AWAY, THERE = CourtId("hung"), CourtId("away"), CourtId("there")


class Courts(FixedDirectory):
    """Three of them."""

    async def courts(self):
        here = () if self.gone else (HUNG, AWAY, THERE)
        return [Court(court, "Tribunal", None, None, None, ()) for court in here]


async def house_of(directory: Courts) -> House:
    house = House(directory, FixedHistory())
    await house.open()
    return house


async def test_a_court_that_hangs_and_one_that_is_away_hold_up_nobodys_but_their_own():
    visits: Counter[CourtId] = Counter()

    async def visit(court: CourtId) -> None:
        visits[court] += 1
        if court == HUNG:
            await asyncio.Future()
        if court == AWAY:
            raise UnavailableError(Code.STORE_AWAY)

    async def rest() -> None:
        await asyncio.sleep(0)
        if visits[THERE] == 3 and not enough:
            enough.append(True)
            raise EnoughError

    enough: list[bool] = []
    with pytest.RaisesGroup(EnoughError):
        await look_after(await house_of(Courts(THERE)), visit, rest)
    assert visits[HUNG] == 1
    assert visits[AWAY] > 1, "asked again after each rest"


async def test_a_court_that_is_gone_from_the_directory_is_left_alone():
    visits: Counter[CourtId] = Counter()
    directory = Courts(THERE)
    house, rests = await house_of(directory), 0

    async def visit(court: CourtId) -> None:
        visits[court] += 1
        directory.gone = True
        await house.load(court)

    async def rest() -> None:
        nonlocal rests
        await asyncio.sleep(0)
        rests += 1
        if rests == 9:
            raise EnoughError

    with pytest.RaisesGroup(EnoughError):
        await look_after(house, visit, rest)
    assert visits == {HUNG: 1, AWAY: 1, THERE: 1}
