"""Who is told what while their page is closed, and by which node."""

import asyncio
from dataclasses import dataclass, field

import pytest

from rooms.errors import Code, UnavailableError
from rooms.ids import CourtId, Millis, TicketId, UnitId
from rooms.model.reminder import Occasion, Reminder, Subscribed, reminder_of
from rooms.model.ticket import TicketState
from rooms.model.unit import Policy
from rooms.services.house import House
from rooms.services.pusher import UNSEEN_ROUNDS, Pusher
from tests.houses import EnoughError, FixedDirectory, FixedHistory
from tests.scene import Person, Scene

UNTIL = Millis(1_800_000_000_000)


@dataclass
class Mailbox:
    """A push service that keeps what it is given; one that is `over` knows nobody any more."""

    got: list[tuple[str, Reminder]] = field(default_factory=list)
    over: bool = False

    async def send(self, court: CourtId, push: str, reminder: Reminder) -> bool:
        if self.over:
            return False
        self.got.append((push, reminder))
        return True

    @property
    def told(self) -> list[tuple[str, Occasion]]:
        return [(push, reminder.occasion) for push, reminder in self.got]


def found(**changes: object) -> Subscribed:
    usual = {
        "ticket": TicketId("t"),
        "push": "{}",
        "unit": UnitId("civel"),
        "number": "CV1 001",
        "state": TicketState.WAITING,
        "looked_at": False,
        "passed_until_ms": None,
        "ring_until_ms": None,
    }
    return Subscribed(**usual | changes)


@pytest.mark.parametrize(
    ("occasion", "now", "until"),
    [
        (Occasion.NEAR, {}, None),
        (Occasion.PASSED, {"passed_until_ms": UNTIL}, UNTIL),
        (Occasion.CALLED, {"state": TicketState.CALLED, "ring_until_ms": UNTIL}, UNTIL),
    ],
)
def test_what_is_still_so_is_told_with_the_hour_that_matters(occasion: Occasion, now: dict, until: Millis | None):
    assert reminder_of(occasion, found(**now)) == Reminder(occasion, UnitId("civel"), "CV1 001", until)
    assert reminder_of(occasion, found(**now, looked_at=True)) is None, "a page tells it"


@pytest.mark.parametrize(
    ("occasion", "now"),
    [
        (Occasion.NEAR, {"state": TicketState.CALLED, "ring_until_ms": UNTIL}),
        (Occasion.PASSED, {}),
        (Occasion.PASSED, {"state": TicketState.LOST}),
        (Occasion.CALLED, {"state": TicketState.IN_CALL}),
        (Occasion.CALLED, {"state": TicketState.CALLED}),
    ],
)
def test_what_is_no_longer_so_is_not_told(occasion: Occasion, now: dict):
    assert reminder_of(occasion, found(**now)) is None


async def pusher(scene: Scene, mailbox: Mailbox, node: str = "node-1", pause=asyncio.sleep) -> Pusher:
    house = House(FixedDirectory(scene.court), FixedHistory())
    await house.open()
    return Pusher(scene.store, scene.log, mailbox, house, node=node, pause=pause)


async def subscribed(scene: Scene, name: str, policy: Policy | None = None) -> Person:
    person = await scene.visitor(name, policy=policy)
    await scene.store.subscribe(scene.court, person.holder, name)
    return person


async def goes_away(scene: Scene, *people: Person) -> None:
    for person in people:
        scene.vanishes(person)
    await scene.passes(40)


async def test_who_is_away_is_told_that_the_turn_is_near_and_that_it_has_come(scene: Scene):
    mailbox = Mailbox()
    sends = await pusher(scene, mailbox)
    assert await sends.send(scene.court) == 0
    first, *_ = [await scene.visitor(f"person-{number}") for number in range(4)]
    lia = await subscribed(scene, "lia")
    await scene.visitor("behind")
    await goes_away(scene, lia)
    await first.leave()
    assert await sends.send(scene.court) == 0, "three are ahead still"
    ana = await scene.clerk()
    for _ in range(4):
        rung = await ana.calls()
        person = next(one for one in scene.here if isinstance(one, Person) and one.ticket_id == rung.ticket)
        await person.enters(rung.call)
        await ana.hangs_up(rung.call)
        await ana.finishes(rung.call)
        await sends.send(scene.court)
    assert mailbox.told == [("lia", Occasion.NEAR), ("lia", Occasion.PASSED)]
    assert mailbox.got[-1][1].until_ms == (await lia.ticket()).passed_ms + 900_000


async def test_who_has_a_live_page_is_told_by_the_page(scene: Scene):
    mailbox = Mailbox()
    sends = await pusher(scene, mailbox)
    await sends.send(scene.court)
    first, *_ = [await subscribed(scene, f"person-{number}") for number in range(5)]
    await first.leave()
    assert await sends.send(scene.court) == 0
    assert mailbox.got == []


async def test_a_ring_that_no_page_shows_is_told_after_a_moment(scene: Scene):
    mailbox = Mailbox()
    sends = await pusher(scene, mailbox)
    await sends.send(scene.court)
    await subscribed(scene, "maria")
    lia = await subscribed(scene, "lia")
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno")
    await ana.calls()
    await lia.sees((await bruno.calls()).call)
    told = [await sends.send(scene.court) for _ in range(UNSEEN_ROUNDS + 2)]
    assert sum(told) == 1
    assert told[0] == 0, "a page that lives has a moment to show it"
    assert mailbox.told == [("maria", Occasion.CALLED)]


async def test_another_node_goes_on_where_the_first_stopped_and_repeats_nothing(scene: Scene):
    mailbox = Mailbox()
    first, second = await pusher(scene, mailbox), await pusher(scene, mailbox, "node-2")
    await first.send(scene.court)
    ahead, *_ = [await scene.visitor(f"person-{number}") for number in range(3)]
    lia = await subscribed(scene, "lia")
    await goes_away(scene, lia)
    await ahead.leave()
    assert await second.send(scene.court) == 0, "the first holds the lease"
    assert await first.send(scene.court) == 1
    await scene.store._client.call("DEL", f"{{{scene.court}}}:pusher")
    assert await second.send(scene.court) == 0
    assert mailbox.told == [("lia", Occasion.NEAR)]


async def test_a_subscription_that_is_over_is_forgotten(scene: Scene):
    mailbox = Mailbox(over=True)
    sends = await pusher(scene, mailbox)
    await sends.send(scene.court)
    ahead, *_ = [await scene.visitor(f"person-{number}") for number in range(3)]
    lia = await subscribed(scene, "lia")
    await goes_away(scene, lia)
    await ahead.leave()
    assert await sends.send(scene.court) == 0
    assert await scene.store.reminder(scene.court, lia.ticket_id) is None


async def test_it_waits_for_a_store_that_is_away(scene: Scene):
    asked = []

    class Away:
        async def hold_pusher(self, *_words):
            asked.append(1)
            raise UnavailableError(Code.STORE_AWAY)

    async def pause(_seconds: float) -> None:
        if len(asked) == 2:
            raise EnoughError

    sends = await pusher(scene, Mailbox(), pause=pause)
    sends._store = Away()
    with pytest.RaisesGroup(EnoughError):
        await sends.run()
    assert len(asked) == 2
