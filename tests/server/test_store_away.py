"""The store hangs, or is gone: whoever asks is told so, whoever talks goes on, and nobody has lost anything then."""

import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, contextmanager

import pytest

from rooms.model.call import CallState
from rooms.model.events import EventKind
from rooms.redis.client import SOCKET_S, WHOLE_S, BlockingReads, Client
from rooms.redis.log import RedisLog
from signaling.app import Server
from signaling.protocol import commands as say
from signaling.protocol.commands import Accepted, Answer, Refused
from signaling.protocol.signals import Chat
from tests.server.harness import COURT, Person, World, form, talk, world
from tests.stores import Valkey

ANSWERS_WITHIN_S = 1.5
"""What a page may count on, whatever the store does."""
EXPIRY = {EventKind.TICKET_AWAY, EventKind.TICKET_RETURNED, EventKind.TICKET_INTERRUPTED, EventKind.TICKET_ENDED}


@pytest.fixture
async def place() -> AsyncIterator[World]:
    async with world(durable=True) as opened:
        yield opened


@contextmanager
def hangs(store: Valkey):
    """Its process stands still; it takes what it is sent, and does it later."""
    os.kill(store.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(store.pid, signal.SIGCONT)


@contextmanager
def gone(store: Valkey):
    """It is killed, and started again on what it had on disk."""
    store.kill()
    try:
        yield
    finally:
        store.start()


async def again(person: Person, command: object, request: str) -> Answer:
    """The same, under the same id, as a page says it until the store is back."""
    while True:
        answer = await person.ask(command, request)
        if not isinstance(answer, Refused) or answer.code != "store_away":
            return answer


def test_no_command_waits_longer_than_a_page_does():
    """One that fails ends what asked for it, so the bounds do not add up."""
    assert SOCKET_S < WHOLE_S < ANSWERS_WITHIN_S


@pytest.mark.parametrize("away", [hangs, gone])
async def test_who_asks_meanwhile_is_told_so_and_may_say_the_same_again(
    place: World, server: Server, crowd, away: Callable[[Valkey], AbstractContextManager[None]]
):
    newcomer, waiting, talking, clerk = [await crowd.visitor() for _ in range(3)] + [await crowd.attendant()]
    await clerk.available()
    await talking.join()
    call = await talk(talking, clerk)
    await waiting.join()
    held = (await waiting.until(lambda view: view.ticket and view.ticket.ahead == 0)).ticket

    chat = say.Signal(call=call, to=None, body=Chat(text="um momento, por favor"))
    with away(place.store):
        for person, command, request in ((newcomer, form(), "join-0001"), (clerk, chat, "chat-0001")):
            answer = await person.ask(command, request)
            assert isinstance(answer, Refused), answer
            assert answer.code == "store_away"
        assert all(person.connected for person in (newcomer, waiting, talking, clerk))
        assert clerk.view.call.state is CallState.ACTIVE, "who talks goes on, and sees no difference"

    joined = await again(newcomer, form(), "join-0001")
    assert isinstance(joined, Accepted), joined
    assert isinstance(await again(clerk, chat, "chat-0001"), Accepted)
    await newcomer.until(lambda view: view.ticket and view.ticket.ahead == 1)
    await talking.until_said("chat")

    client = Client(place.store.url)
    events = await RedisLog(client, lambda: BlockingReads(place.store.url)).events_after(COURT, "0-0", 1000)
    await client.close()
    assert [event.kind for event in events].count(EventKind.TICKET_JOINED) == 3, "said twice, done once"
    assert EXPIRY.isdisjoint(event.kind for event in events)
    assert [entry.body.text for entry in talking.signals if entry.body.type == "chat"] == ["um momento, por favor"]
    assert (waiting.view.ticket.number, waiting.view.ticket.rev, waiting.view.ticket.present) == (
        held.number, held.rev, True,
    )  # fmt: skip
    assert (talking.view.ticket.call.call, clerk.view.call.state) == (call, CallState.ACTIVE)


@pytest.mark.parametrize("away", [hangs, gone])
async def test_who_comes_meanwhile_is_told_to_come_again_and_is_let_in_then(
    place: World, server: Server, crowd, away: Callable[[Valkey], AbstractContextManager[None]]
):
    waiting = await crowd.visitor()
    number = (await waiting.join()).number
    await waiting.close()
    with away(place.store):
        await waiting.connect(opened=False)
        assert waiting.refused is not None
        assert waiting.refused.code == "store_away"
    while not waiting.connected:
        await waiting.connect(opened=False)
    view = await waiting.until(lambda view: view.ticket and view.ticket.present)
    assert view.ticket.number == number
