"""The store hangs, or is gone: whoever asks is told so, whoever talks goes on, and nobody has lost anything then."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from redis import Redis
from redis.asyncio import Redis as AsyncRedis

from rooms.errors import Code
from rooms.model.call import CallState
from rooms.model.events import EventKind
from rooms.model.ticket import Media, TicketState
from rooms.redis.client import SOCKET_S, WHOLE_S, BlockingReads, Client
from rooms.redis.log import RedisLog
from signaling.app import Server
from signaling.protocol import at_desk
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.commands import Accepted, Answer, Refused
from signaling.protocol.signals import Chat
from tests.server.harness import COURT, UNIT, Person, World, form, talk, world
from tests.server.matrix import AIMED, SPOKEN, Visit
from tests.server.test_guests import joined
from tests.stores import Valkey, later

ANSWERS_WITHIN_S = 1.5
"""What a page may count on, whatever the store does."""
EXPIRY = {
    EventKind.TICKET_AWAY,
    EventKind.TICKET_PASSED,
    EventKind.TICKET_RETURNED,
    EventKind.TICKET_INTERRUPTED,
    EventKind.TICKET_UNHELD,
    EventKind.TICKET_ENDED,
    EventKind.ATTENDANT_STATUS,
}
LONG_S = 3600
"""Longer than a lease, a ring, a hold, and the time in which somebody away may come back."""
AT_ONCE_DECIDED = {Code.NO_PERMISSION, Code.ATTENDANT_UNKNOWN}
"""What a server knows without the store."""
CLOCK = f"{{{COURT}}}:clock"
DEADLINES = f"{{{COURT}}}:deadlines"


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


@asynccontextmanager
async def hangs_for_long(store: Valkey) -> AsyncIterator[None]:
    """An hour of court time has passed when it goes on, and nobody has swept in it."""
    async with AsyncRedis.from_url(store.url) as hand:
        await hand.ping()
        with hangs(store):
            passing = asyncio.create_task(hand.incrby(CLOCK, LONG_S * 1000))
            yield
        await passing


@asynccontextmanager
async def gone_for_long(store: Valkey) -> AsyncIterator[None]:
    """The same of one that is started again: its disk is an hour older, and nobody meets it before."""
    kept = store.folder / "appendonlydir"
    with gone(store):
        with TemporaryDirectory(prefix="bv-hour-") as folder:
            copy = Valkey(Path(folder), durable=True, fsync="no")
            shutil.copytree(kept, copy.folder / kept.name)
            copy.start()
            with Redis.from_url(copy.url) as hand:
                hand.incrby(CLOCK, LONG_S * 1000)
            copy.kill()
            shutil.rmtree(kept)
            shutil.copytree(copy.folder / kept.name, kept)
        yield


async def happened(store: Valkey) -> list[EventKind]:
    client = Client(store.url)
    events = await RedisLog(client, lambda: BlockingReads(store.url)).events_after(COURT, "0-0", 1000)
    await client.close()
    return [event.kind for event in events]


async def again(person: Person, command: object, request: str) -> Answer:
    """The same, under the same id, as a page says it until the store is back, and it may speak again."""
    while True:
        answer = await person.ask(command, request)
        if not isinstance(answer, Refused) or answer.code not in {"store_away", "too_many_messages"}:
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

    kinds = await happened(place.store)
    assert kinds.count(EventKind.TICKET_JOINED) == 3, "said twice, done once"
    assert {EventKind.TICKET_AWAY, EventKind.TICKET_RETURNED, EventKind.TICKET_ENDED}.isdisjoint(kinds)
    assert [entry.body.text for entry in talking.signals if entry.body.type == "chat"] == ["um momento, por favor"]
    assert (waiting.view.ticket.number, waiting.view.ticket.rev, waiting.view.ticket.present) == (
        held.number, held.rev, True,
    )  # fmt: skip
    assert (talking.view.ticket.call.call, clerk.view.call.state) == (call, CallState.ACTIVE)


@pytest.mark.parametrize("away", [hangs, gone])
async def test_who_comes_meanwhile_is_told_to_come_again_and_is_let_in_then(
    place: World, server: Server, crowd, away: Callable[[Valkey], AbstractContextManager[None]]
):
    """Of whatever role, by the socket as by HTTP; and each finds what was theirs."""
    talking, waiting, clerk = await crowd.visitor(), await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await talking.join()
    call = await talk(talking, clerk)
    number = (await waiting.join()).number
    guest = await joined(crowd, clerk, call)
    people = (waiting, clerk, guest, await crowd.supervisor(), await crowd.interpreter())
    assert {person.namespace for person in people} == set(Namespace)
    for person in people:
        await person.close()
        person.views.clear()
    with away(place.store):
        for person in people:
            await person.connect(opened=False)
            assert person.refused is not None, person.role
            assert person.refused.code == "store_away"
            if person not in {waiting, guest}:
                status, body = await person.request("GET", f"staff/session?role={person.role}")
                assert (status, body["code"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "store_away")
                assert person.cookies, "who is signed in stays so"
    for person in people:
        while not person.connected:
            await person.connect(opened=False)
        await person.until(lambda _: True)
    view = await waiting.until(lambda view: view.ticket and view.ticket.present)
    assert view.ticket.number == number
    assert (await clerk.until(lambda view: view.call)).call.call == call
    assert (await guest.until(lambda view: view.call)).left is None


@pytest.mark.parametrize("away", [hangs_for_long, gone_for_long])
async def test_nothing_has_expired_meanwhile_however_long_it_was(place: World, server: Server, crowd, away):
    """Somebody waits, somebody talks, is on hold, it rings for somebody: the hour was nobody's."""
    waiting, held, rung = [await crowd.visitor() for _ in range(3)]
    ana, bruno = await crowd.attendant(), await crowd.attendant("bruno")
    for clerk, visitor in ((ana, held), (bruno, rung)):
        await clerk.available()
        await visitor.join()
    call = await talk(held, ana)
    await ana.do(at_desk.Hold(call=call))
    await held.until(lambda view: view.ticket.state is TicketState.ON_HOLD)
    ringing = await bruno.do(say.CallNext())
    await rung.until(lambda view: view.ticket.ring)
    ticket = (await waiting.join()).ticket
    before = await happened(place.store)

    async with away(place.store):
        assert (await waiting.ask(say.ContinueHere(), "here-0001")).code == "store_away"
    await again(waiting, say.ContinueHere(), "here-0001")
    async with AsyncRedis.from_url(place.store.url, decode_responses=True) as hand:
        swept = await server.store.sweep(COURT)
        lasts_ms = await hand.zscore(DEADLINES, f"ring:{rung.view.ticket.id}") - await server.store.now(COURT)
        assert lasts_ms > 0, "it rings on"
        # whoever is silent still, is so in the grace: their lease has long been over, and is no reason yet
        await waiting.close()
        await hand.zadd(DEADLINES, {f"visitor:{ticket}": 1}, xx=True)
        assert swept.acted == (await server.store.sweep(COURT)).acted == 0
        assert EXPIRY.isdisjoint(kind for kind in (await happened(place.store))[len(before) :])

        await later(place.store.url, COURT, 31, gone=f"visitor:{ticket}")
        await server.store.sweep(COURT)
        told = EXPIRY.intersection((await happened(place.store))[len(before) :])
    assert told == {EventKind.TICKET_AWAY}, "the grace is over, and that one is away; everybody else is where they were"
    await rung.do(say.Enter(call=ringing.call, media=Media.VIDEO))
    await ana.do(at_desk.Unhold(call=call))


async def test_every_command_of_every_role_is_told_so_and_may_be_said_again(place: World, server: Server, crowd):
    """And every question over HTTP that needs the store."""
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    people = {"visitor": visitor, "attendant": clerk, "supervisor": await crowd.supervisor()}
    people["interpreter"] = await crowd.interpreter()
    await clerk.available()
    ticket = (await visitor.join()).ticket
    call = await talk(visitor, clerk)
    people["guest"] = await joined(crowd, clerk, call)
    assert set(people) == set(SPOKEN)
    at = Visit(UNIT, ticket, visitor.view.ticket.rev, call)
    said = [(role, kind, f"{role}-{number:04d}") for role in people for number, kind in enumerate(SPOKEN[role])]
    with gone(place.store):
        for role, kind, request in said:
            answer = await people[role].ask(AIMED[kind](at), request)
            assert isinstance(answer, Refused), (role, kind, answer)
            assert answer.code in {Code.STORE_AWAY, *AT_ONCE_DECIDED}, (role, kind, answer)
        for method, path in (("GET", "session"), ("POST", "handover"), ("GET", f"guests/{'a' * 43}")):
            status, body = await visitor.request(method, path)
            assert (status, body["code"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "store_away"), path
        assert all(person.connected for person in people.values())
    for role, kind, request in said:
        answer = await again(people[role], AIMED[kind](at), request)
        if isinstance(answer, Accepted) and kind is not say.Replay:
            assert await again(people[role], AIMED[kind](at), request) == answer, (role, kind)
    assert (await happened(place.store)).count(EventKind.TICKET_JOINED) == 1
