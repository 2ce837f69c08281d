"""A loop that hears a few sockets at a time, and all of them in turn."""

import selectors
import socket
from contextlib import ExitStack

import pytest

from signaling.loop import AT_ONCE, few_at_once, run

PEOPLE = 3 * AT_ONCE


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


def test_what_runs_on_it_answers():
    async def main() -> str:
        return "done"

    assert run(main()) == "done"
