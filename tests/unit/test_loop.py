"""A loop that hears a few sockets at a time, and all of them in turn."""

import asyncio
import selectors
import socket
from contextlib import ExitStack

import pytest

from signaling.loop import AT_ONCE, READ_BYTES, few_at_once, run

PEOPLE = 3 * AT_ONCE
SAID = 4 * READ_BYTES


@pytest.mark.skipif(not hasattr(selectors, "EpollSelector"), reason="without epoll the usual selector is used")
def test_when_everybody_speaks_a_few_are_heard_at_a_time_and_nobody_twice_before_all():
    with ExitStack() as stack:
        selector = stack.enter_context(few_at_once())
        for number in range(PEOPLE):
            here, there = (stack.enter_context(end) for end in socket.socketpair())
            selector.register(here, selectors.EVENT_READ, number)
            there.send(b"!")
        heard = []
        for _ in range(PEOPLE // AT_ONCE):
            some = [key.data for key, _ in selector.select(0)]
            assert len(some) == AT_ONCE
            heard += some
        assert sorted(heard) == list(range(PEOPLE))


def test_what_runs_on_it_is_told_no_more_at_a_time_than_one_message_may_be():
    told = []

    async def main() -> str:
        class Listener(asyncio.Protocol):
            def data_received(self, data: bytes) -> None:
                told.append(len(data))
                if sum(told) == SAID:
                    all_heard.set()

        all_heard = asyncio.Event()
        here, there = socket.socketpair()
        listening, _ = await asyncio.get_running_loop().create_connection(Listener, sock=here)
        saying, _ = await asyncio.get_running_loop().create_connection(asyncio.Protocol, sock=there)
        saying.write(bytes(SAID))
        await all_heard.wait()
        for transport in (listening, saying):
            transport.close()
        return "done"

    assert run(main()) == "done"
    assert max(told) <= READ_BYTES
