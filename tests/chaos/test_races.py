"""Fifty attendants at one unit, on two nodes: each ticket is called once and in order; of two who accept, one wins."""

import asyncio
import os
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from rooms.errors import Code, RoomsError, UnavailableError
from rooms.ids import CourtId, TicketId
from rooms.model.events import Event
from rooms.model.ticket import Tier
from rooms.model.unit import Policy
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from tests.chaos.judge import story_of
from tests.scene import CIVEL, Clerk, Person, Scene

CLERKS, TICKETS = 50, 2000
ACCEPTS = int(os.environ.get("ACCEPTS", "1000"))
"""`ACCEPTS=10000` takes a minute."""
AT_ONCE = 25
"""Pairs that race at the same time."""


class Patient:
    """A store to which the same is said again, under the same id, while a busy machine keeps it away."""

    def __init__(self, store: RedisStore) -> None:
        self._store = store

    def __getattr__(self, name: str):
        verb = getattr(self._store, name)
        if not callable(verb):
            return verb

        async def said(*arguments, **named):
            while True:
                try:
                    return await verb(*arguments, **named)
                except UnavailableError:
                    continue

        return said


@pytest.fixture
async def nodes(valkey_url: str, court: CourtId) -> AsyncIterator[list[Scene]]:
    """Two nodes' ways to one store, each with connections of its own."""
    clients = [Client(valkey_url) for _ in range(2)]
    scenes = [
        Scene(Patient(RedisStore(client)), RedisLog(client, lambda: BlockingReads(valkey_url)), court)
        for client in clients
    ]
    scenes[1]._ids = scenes[0]._ids  # one town
    await scenes[0].store.adopt(court, 0)
    await scenes[0].sweep()
    yield scenes
    for client in clients:
        await client.close()


async def all_events(scene: Scene) -> list[Event]:
    found: list[Event] = []
    while some := await scene.log.events_after(scene.court, found[-1].id if found else "0-0", 1000):
        found += some
    return found


async def serve_all(clerk: Clerk, people: dict[str, Person]) -> int:
    """The attendant calls until nobody is there any more; answers how many came."""
    served = 0
    while True:
        try:
            rung = await clerk.calls()
        except RoomsError as refused:
            if refused.code is not Code.NOBODY_WAITING:
                raise
            return served
        served += 1
        while rung.ticket not in people:  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(0)  # called before they know that they have joined
        person = people[rung.ticket]
        await person.sees(rung.call)
        await person.enters(rung.call)
        await clerk.hangs_up(rung.call)
        await clerk.finishes(rung.call)


async def test_each_of_two_thousand_tickets_is_called_once_and_in_order(nodes: list[Scene]):
    """While people still come, of every tier."""
    clerks = [await nodes[n % 2].clerk(f"clerk-{n}") for n in range(CLERKS)]
    people: dict[str, Person] = {}

    async def come(count: int, name: str) -> None:
        for n in range(count):
            scene = nodes[n % 2]
            tier = Tier.EVERYONE if n % 5 else Tier(n % 3)
            person = await scene.visitor(f"{name}-{n}", tier=tier, policy=Policy(max_waiting=TICKETS))
            people[person.ticket_id] = person

    await come(TICKETS // 2, "before")
    served = await asyncio.gather(come(TICKETS // 2, "meanwhile"), *(serve_all(clerk, people) for clerk in clerks))
    rest = await asyncio.gather(*(serve_all(clerk, people) for clerk in clerks))
    assert sum(served[1:]) + sum(rest) == TICKETS
    story = story_of(await all_events(nodes[0]), {clerk.id: [CIVEL] for clerk in clerks})
    assert story.wrong == []
    assert story.live == {}
    assert Counter(story.ended.values()) == {"hung_up": TICKETS}


async def test_of_many_double_accepts_exactly_one_wins_each(nodes: list[Scene]):
    """Two commands with ids of their own, by way of two nodes, at once."""
    wins: Counter[int] = Counter()

    async def pair(number: int) -> None:
        clerk = await nodes[0].clerk(f"clerk-{number}", (CIVEL,))
        await nodes[0].visitor(f"visitor-{number}", policy=Policy(max_waiting=AT_ONCE * 2))
        for _ in range(ACCEPTS // AT_ONCE):
            rung = await clerk.calls()
            while not (called := by_ticket(rung.ticket)):  # noqa: ASYNC110 - there is no event to wait for
                await asyncio.sleep(0)  # called before they know that they have joined
            twin = Person(nodes[1], called.holder, called.tab, called.ticket_id)
            answers = await asyncio.gather(called.enters(rung.call), twin.enters(rung.call), return_exceptions=True)
            wins[sum(not isinstance(answer, RoomsError) for answer in answers)] += 1
            assert all(isinstance(answer, int) or answer.code is Code.WRONG_STATE for answer in answers), answers
            await clerk.hangs_up(rung.call)
            await clerk.finishes(rung.call)
            await called.join(policy=Policy(max_waiting=AT_ONCE * 2))

    def by_ticket(ticket: TicketId) -> Person | None:
        return next((one for one in nodes[0].here if isinstance(one, Person) and one.ticket_id == ticket), None)

    await asyncio.gather(*(pair(number) for number in range(AT_ONCE)))
    assert wins == {1: ACCEPTS}
