"""Long work comes one piece a turn of the loop."""

import asyncio
from itertools import pairwise

from signaling.turns import AT_ONCE, Shares, Turns

TURNS = 12


async def test_between_two_who_say_something_long_whoever_says_something_short_has_their_turn():
    turns, said = Turns(), []

    async def long() -> None:
        async with turns:
            said.append("long")

    async def short() -> None:
        for _ in range(TURNS):
            said.append("short")
            await asyncio.sleep(0)

    await asyncio.gather(long(), long(), long(), short())
    assert said.count("long") == 3
    assert ("long", "long") not in pairwise(said)


async def test_of_what_is_long_a_few_are_under_way_at_a_time():
    turns, ready, under_way, done = Turns(), asyncio.Event(), [], []

    async def long(number: int) -> None:
        async with turns:
            under_way.append(number)
            await ready.wait()
        done.append(number)

    saying = asyncio.gather(*map(long, range(2 * AT_ONCE)))
    while len(under_way) < AT_ONCE:  # noqa: ASYNC110 - it is the loop that is waited for
        await asyncio.sleep(0)
    for _ in range(TURNS):
        await asyncio.sleep(0)
    assert (len(under_way), done) == (AT_ONCE, [])
    ready.set()
    await saying
    assert sorted(done) == list(range(2 * AT_ONCE))


async def test_who_gives_up_waiting_for_a_turn_takes_none():
    turns = Turns()
    for _ in range(AT_ONCE):
        await turns.__aenter__()
    waiting = asyncio.create_task(turns.__aenter__())
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait({waiting})
    await turns.__aexit__()
    async with asyncio.timeout(5):
        await turns.__aenter__()


async def test_of_one_network_a_few_are_under_way_and_another_enters_meanwhile():
    shares = Shares(at_once=2, waits_s=0.0)
    assert [await shares.enter("loud") for _ in range(3)] == [True, True, False]
    assert await shares.enter("quiet")
    shares.leave("loud")
    assert await shares.enter("loud")


async def test_who_waits_for_a_share_enters_when_another_of_the_network_leaves():
    shares = Shares(at_once=1, waits_s=60.0)
    assert await shares.enter("forum")
    second = asyncio.create_task(shares.enter("forum"))
    await asyncio.sleep(0)
    assert not second.done()
    shares.leave("forum")
    assert await second


async def test_a_network_of_which_nobody_is_under_way_is_forgotten():
    shares = Shares(at_once=1, waits_s=0.0)
    await shares.enter("a")
    assert not await shares.enter("a")
    shares.leave("a")
    assert shares.counted == 0


async def test_who_is_of_no_network_shares_nothing():
    shares = Shares(at_once=1, waits_s=0.0)
    assert [await shares.enter("") for _ in range(3)] == [True] * 3
    shares.leave("")
    assert shares.counted == 0
