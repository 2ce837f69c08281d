"""The end of what a server keeps running."""

import asyncio

import pytest

from signaling.tasks import end


async def for_ever() -> None:
    await asyncio.Event().wait()


async def drops_a_cancellation(ending: asyncio.Event) -> None:
    try:
        await for_ever()
    except asyncio.CancelledError:
        await ending.wait()


async def fails() -> None:
    raise ValueError("a bug")


async def test_what_is_ended_has_ended():
    task = asyncio.create_task(for_ever())
    await asyncio.sleep(0)
    await end(task)
    assert task.cancelled()


async def test_a_bug_that_ended_it_before_is_raised():
    task = asyncio.create_task(fails())
    await asyncio.wait({task})
    with pytest.raises(ValueError, match="a bug"):
        await end(task)


async def test_what_does_not_end_is_left_behind():
    ending = asyncio.Event()
    task = asyncio.create_task(drops_a_cancellation(ending))
    await asyncio.sleep(0)
    await end(task, within_s=0.05)
    assert not task.done()
    ending.set()
    await task
