"""People at a counter, for tests: a real store, a court of its own, a clock that only the test moves."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count

from rooms.ids import (
    AttendantId,
    CallId,
    CourtId,
    Fence,
    GaugeId,
    Holder,
    Millis,
    ParticipantId,
    RequestId,
    Rev,
    TabId,
    TicketId,
    UnitId,
)
from rooms.model.attendant import Attendant, PauseReason, Staff, Status
from rooms.model.call import Call, Outcome, OutOfOrder
from rooms.model.events import Event, EventKind
from rooms.model.quality import Found, Measure, Path
from rooms.model.snapshot import Rung, UnitState
from rooms.model.ticket import CancelReason, FetchReason, Media, RemoveReason, Role, Ticket, Tier, TierReason, Visitor
from rooms.model.unit import Policy
from rooms.ports import Destination, Joined, Log, NewCall, NewTicket, Request, Saying
from rooms.redis.store import RedisStore
from rooms.services.pool import POOL

CIVEL = UnitId("civel")
FAMILIA = UnitId("familia")
NAMES = {CIVEL: "1ª Vara Cível", FAMILIA: "Vara de Família"}
LETTERS = {CIVEL: "CV1", FAMILIA: "FA1"}
NO_TICKET = TicketId("")
NO_FENCE = Fence(0)
DAY = date(2026, 3, 2)
FOUND = Found(
    camera=True,
    microphone=False,
    path=Path.RELAY,
    round_trip_ms=40,
    lost_percent=None,
    kbit_per_s=900,
    udp=False,
    relay=True,
)
MEASURE = Measure(
    gauge=GaugeId("page"),
    path=Path.DIRECT,
    round_trip_ms=30,
    worst_round_trip_ms=400,
    lost_percent=0,
    worst_lost_percent=12,
    spells=4,
    restarts=1,
    ice_ms=40,
    connected_ms=90,
    sound_ms=210,
    picture_ms=None,
)
MARIA = Visitor("Maria das Dores", Role.LAWYER, "OAB/MT 12345", "0000001-44.2021.8.11.0041", libras=True)
STEP_S = 10
"""How often those who are here renew while time passes."""


@dataclass
class Scene:
    """A court's counter and what happens at it. Whoever is `here` keeps their lease while time passes."""

    store: RedisStore
    log: Log
    court: CourtId
    here: list["Person | Clerk"] = field(default_factory=list)
    orders: dict[UnitId, Policy] = field(default_factory=dict)
    """The policies of the units whose order is not the strict one."""
    _ids: count = field(default_factory=lambda: count(1))

    async def visitor(self, name: str = "maria", **form: object) -> "Person":
        """Somebody who has joined and stays on the page."""
        person = Person(self, Holder(hashlib.sha256(name.encode()).hexdigest()), TabId(f"tab-{name}"))
        await person.join(**form)
        self.here.append(person)
        return person

    async def clerk(
        self,
        name: str = "ana",
        units: Sequence[UnitId] = (CIVEL,),
        *,
        available: bool = True,
        policy: Policy | None = None,
    ) -> "Clerk":
        """Somebody at an open desk."""
        staff = Staff(AttendantId(name), name.title(), "analista", tuple(units), attends=True, supervises=False)
        clerk = Clerk(self, staff, TabId(f"desk-{name}"))
        await clerk.open(policy=policy)
        if available:
            await clerk.status(Status.AVAILABLE)
        self.here.append(clerk)
        return clerk

    async def passes(self, seconds: float) -> None:
        """Time passes while the house works: those who are here renew, deadlines that are over are acted on."""
        while seconds > 0:
            await self.later(min(STEP_S, seconds))
            await self.renew()
            await self.sweep()
            seconds -= STEP_S

    async def later(self, seconds: float) -> None:
        """Time has passed, and the house has been at work: a slow machine's own seconds are not an outage."""
        await self.store._client.call("DEL", f"{{{self.court}}}:swept")
        await self.store.move_clock(self.court, int(seconds * 1000))

    async def renew(self) -> None:
        tickets = [one.ticket_id for one in self.here if isinstance(one, Person)]
        desks = [(one.id, one.fence) for one in self.here if isinstance(one, Clerk)]
        await self.store.renew(self.court, tickets, desks)

    async def sweep(self) -> int:
        acted = 0
        while True:
            swept = await self.store.sweep(self.court)
            acted += swept.acted
            if not swept.more:
                return acted

    def vanishes(self, one: "Person | Clerk") -> None:
        """Their line is cut: nothing renews their lease any more."""
        self.here.remove(one)

    async def unit(self, unit: UnitId = CIVEL) -> UnitState:
        return (await self.store.units(self.court, [unit], {unit: DAY})).units[0]

    async def events(self, kind: EventKind | None = None) -> list[Event]:
        found = await self.log.events_after(self.court, "0-0", 1000)
        return [event for event in found if kind is None or event.kind is kind]

    def request(self, principal: str, fingerprint: str = "") -> Request:
        return Request(principal, RequestId(f"r{next(self._ids)}"), fingerprint)

    def new_call(self) -> NewCall:
        return NewCall(CallId(f"call-{next(self._ids)}"), NAMES, self.orders)


@dataclass
class Person:
    """A visitor on one page."""

    scene: Scene
    holder: Holder
    tab: TabId
    ticket_id: TicketId = NO_TICKET

    async def join(
        self,
        unit: UnitId = CIVEL,
        tier: Tier = Tier.EVERYONE,
        policy: Policy | None = None,
        network: str = "",
        network_limit: int = 5,
        request: Request | None = None,
        head_start: str = "",
    ) -> Joined:
        new = NewTicket(
            id=TicketId(f"ticket-{next(self.scene._ids)}"),
            unit=unit,
            letters=LETTERS[unit],
            day=DAY,
            holder=self.holder,
            tab=self.tab,
            tier=tier,
            visitor=MARIA,
            receipt=f"AAAA-BBBB-{next(self.scene._ids):04d}",
            head_start=head_start,
            network=network,
            network_limit=network_limit,
            announced_low_min=10,
            announced_high_min=20,
        )
        policy = policy or self.scene.orders.get(unit) or Policy()
        joined = await self.scene.store.join(self.scene.court, request or self.request(), new, policy)
        self.ticket_id = joined.ticket
        return joined

    def request(self) -> Request:
        return self.scene.request(f"v:{self.holder}")

    async def ticket(self) -> Ticket:
        found = (await self.scene.store.ticket(self.scene.court, self.ticket_id)).ticket
        assert found is not None
        return found

    async def call(self) -> Call:
        found = (await self.scene.store.ticket(self.scene.court, self.ticket_id)).call
        assert found is not None
        return found

    async def leave(self, rev: int | None = None) -> None:
        rev = (await self.ticket()).rev if rev is None else rev
        await self.scene.store.leave(self.scene.court, self.request(), self.holder, Rev(rev))

    async def opens(self, tab: str | None = None, *, opened: bool = True):
        return await self.scene.store.open_page(self.scene.court, self.holder, TabId(tab or self.tab), opened=opened)

    async def sees(self, call: CallId, tab: str | None = None) -> None:
        await self.scene.store.seen(self.scene.court, self.request(), self.holder, call, TabId(tab or self.tab))

    async def asks_for_time(self, rev: int | None = None) -> Rev:
        rev = (await self.ticket()).rev if rev is None else rev
        return await self.scene.store.more_time(self.scene.court, self.request(), self.holder, Rev(rev))

    async def enters(self, call: CallId, media: Media = Media.VIDEO, tab: str | None = None) -> Rev:
        page = TabId(tab or self.tab)
        return await self.scene.store.enter(self.scene.court, self.request(), self.holder, call, page, media)

    async def hangs_up(self, call: CallId) -> None:
        await self.scene.store.hang_up_visitor(self.scene.court, self.request(), self.holder, call)

    async def hears(self, call: CallId, *, alive: bool, tab: str | None = None) -> None:
        page = TabId(tab or self.tab)
        await self.scene.store.leg_visitor(self.scene.court, self.request(), self.holder, page, call, alive=alive)

    async def checks(self, found: Found = FOUND, ago_s: int = 0) -> None:
        await self.scene.store.checked(self.scene.court, self.request(), self.holder, ago_s, found)

    async def measures(self, call: CallId, measure: Measure = MEASURE, tab: str | None = None) -> None:
        page = TabId(tab or self.tab)
        await self.scene.store.measured_visitor(self.scene.court, self.request(), self.holder, page, call, measure)

    async def asks_for_another(self, call: CallId) -> Rev:
        return await self.scene.store.other_attendant(self.scene.court, self.request(), self.holder, call)

    async def is_ready(self, rev: int | None = None) -> Rev:
        rev = (await self.ticket()).rev if rev is None else rev
        return await self.scene.store.ready(self.scene.court, self.request(), self.holder, Rev(rev))

    async def says(self, call: CallId, text: str = "oi", to: str | None = None, tab: str | None = None):
        saying = Saying(to, "chat", f'{{"type":"chat","text":"{text}"}}')
        page = TabId(tab or self.tab)
        return await self.scene.store.signal_visitor(self.scene.court, self.request(), self.holder, page, call, saying)


@dataclass
class Clerk:
    """An attendant at one desk."""

    scene: Scene
    staff: Staff
    tab: TabId
    fence: Fence = NO_FENCE

    @property
    def id(self) -> AttendantId:
        return self.staff.id

    def request(self) -> Request:
        return self.scene.request(f"a:{self.id}")

    async def open(self, tab: str | None = None, *, take_over: bool = False, policy: Policy | None = None) -> Fence:
        page = TabId(tab or self.tab)
        fence = await self.scene.store.open_desk(
            self.scene.court, self.staff, page, policy or Policy(), take_over=take_over
        )
        self.fence, self.tab = fence, page
        return fence

    async def desk(self) -> Attendant:
        found = (await self.scene.store.desk(self.scene.court, self.id)).attendant
        assert found is not None
        return found

    async def status(self, status: Status, pause: PauseReason | None = None) -> None:
        await self.scene.store.set_status(self.scene.court, self.request(), self.id, self.fence, status, pause)

    async def chooses(self, *units: UnitId) -> None:
        await self.scene.store.choose_units(self.scene.court, self.request(), self.id, self.fence, units)

    async def calls(self, request: Request | None = None) -> Rung:
        new, at = self.scene.new_call(), self.scene.court
        return await self.scene.store.call_next(at, request or self.request(), self.id, self.fence, new)

    async def calls_out_of_order(self, person: Person, reason: OutOfOrder = OutOfOrder.URGENT) -> Rung:
        new, at, ticket = self.scene.new_call(), self.scene.court, person.ticket_id
        return await self.scene.store.call_out_of_order(at, self.request(), self.id, self.fence, new, ticket, reason)

    async def cancels(self, call: CallId, reason: CancelReason = CancelReason.MISTAKE) -> None:
        await self.scene.store.cancel_call(self.scene.court, self.request(), self.id, self.fence, call, reason)

    async def hears(self, call: CallId, *, alive: bool) -> None:
        await self.scene.store.leg_attendant(self.scene.court, self.request(), self.id, self.fence, call, alive=alive)

    async def measures(self, call: CallId, measure: Measure = MEASURE) -> None:
        await self.scene.store.measured_attendant(self.scene.court, self.request(), self.id, self.fence, call, measure)

    async def releases(self, call: CallId) -> None:
        await self.scene.store.release(self.scene.court, self.request(), self.id, self.fence, call)

    async def notes(self, call: CallId, text: str) -> None:
        await self.scene.store.note(self.scene.court, self.request(), self.id, self.fence, call, text)

    async def sends_back(self, call: CallId, reason: FetchReason = FetchReason.DOCUMENT) -> None:
        await self.scene.store.send_back(self.scene.court, self.request(), self.id, self.fence, call, reason)

    async def holds(self, call: CallId) -> Millis:
        return await self.scene.store.hold(self.scene.court, self.request(), self.id, self.fence, call)

    async def unholds(self, call: CallId) -> None:
        await self.scene.store.unhold(self.scene.court, self.request(), self.id, self.fence, call)

    async def transfers(self, call: CallId, unit: UnitId, policy: Policy | None = None) -> TicketId:
        """To the other unit; answers the ticket there."""
        child = TicketId(f"ticket-{next(self.scene._ids)}")
        to = Destination(child, unit, LETTERS[unit], DAY, f"BBBB-CCCC-{next(self.scene._ids):04d}")
        await self.scene.store.transfer(
            self.scene.court, self.request(), self.id, self.fence, call, to, policy or Policy()
        )
        return child

    async def removes(self, ticket: TicketId, reason: RemoveReason = RemoveReason.CONDUCT) -> None:
        await self.scene.store.remove_attendant(self.scene.court, self.request(), self.id, self.fence, ticket, reason)

    async def corrects(self, person: "Person", tier: Tier, reason: TierReason = TierReason.UNDECLARED) -> Rev:
        rev = (await person.ticket()).rev
        return await self.scene.store.set_tier_attendant(
            self.scene.court, self.request(), self.id, self.fence, person.ticket_id, rev, tier, reason
        )

    async def asks(self, call: CallId, colleague: "Clerk", ttl_s: int = 30) -> Millis:
        at, request = self.scene.court, self.request()
        return await self.scene.store.ask_colleague(at, request, self.id, self.fence, call, colleague.id, ttl_s)

    async def asks_pool(self, call: CallId, ttl_s: int = 30) -> Millis:
        at, request = self.scene.court, self.request()
        return await self.scene.store.ask_interpreters(at, request, self.id, self.fence, call, POOL, ttl_s)

    async def offers(self, unit: UnitId = CIVEL, ttl_s: int = 30) -> Millis:
        return await self.scene.store.offer(self.scene.court, self.request(), self.id, self.fence, unit, ttl_s)

    async def stops_offering(self) -> None:
        await self.scene.store.stop_offering(self.scene.court, self.request(), self.id, self.fence)

    async def lets_in(self, call: CallId) -> ParticipantId:
        return await self.scene.store.let_in(self.scene.court, self.request(), self.id, self.fence, call)

    async def refuses_offer(self, call: CallId) -> None:
        await self.scene.store.refuse_offer(self.scene.court, self.request(), self.id, self.fence, call)

    async def stops_asking(self, call: CallId) -> None:
        await self.scene.store.stop_asking(self.scene.court, self.request(), self.id, self.fence, call)

    async def comes(self, call: CallId) -> ParticipantId:
        return await self.scene.store.come(self.scene.court, self.request(), self.id, self.fence, call)

    async def declines(self, call: CallId) -> None:
        await self.scene.store.decline(self.scene.court, self.request(), self.id, self.fence, call)

    async def hangs_up(self, call: CallId) -> None:
        await self.scene.store.hang_up_attendant(self.scene.court, self.request(), self.id, self.fence, call)

    async def finishes(self, call: CallId, outcome: Outcome = Outcome.INFORMED) -> None:
        await self.scene.store.finish(self.scene.court, self.request(), self.id, self.fence, call, outcome)

    async def extends(self) -> None:
        await self.scene.store.extend_wrap_up(self.scene.court, self.request(), self.id, self.fence)

    async def says(self, call: CallId, text: str = "oi", to: str | None = None):
        saying = Saying(to, "chat", f'{{"type":"chat","text":"{text}"}}')
        return await self.scene.store.signal_attendant(
            self.scene.court, self.request(), self.id, self.fence, call, saying
        )


async def in_call(scene: Scene, person: Person, clerk: Clerk) -> CallId:
    """They talk."""
    rung = await clerk.calls()
    assert rung.ticket == person.ticket_id
    await person.sees(rung.call)
    await person.enters(rung.call)
    return rung.call
