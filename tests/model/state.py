"""Everything that is true of a court, in plain Python: the ground on which the model's verbs stand."""

from collections import Counter as Count
from typing import Any

from rooms.errors import Code, refusal
from rooms.ids import AttendantId, CallId, CourtId, Fence, Holder, Millis, TicketId, UnitId
from rooms.model.events import MOVE, EventKind
from rooms.model.order import Rule, ahead_for, order_of
from rooms.model.snapshot import Suspension, Waiting
from rooms.model.ticket import Ticket, Tier
from rooms.model.unit import Order, Policy
from rooms.ports import Request, Session
from tests.model.records import Desk, Place, Said, Talk, Told

STAYS = ("ring", "interrupted", "hold", "fetch")
"""What a ticket may be for a while only; none outlives the state."""
GO_WITHOUT = 1000
"""Nobody counts more of those who wanted a ticket at a unit in a day and got none."""
OUTAGE_MS, GRACE_MS = 5_000, 30_000
NEAR = 2
"""People ahead, at most, of somebody who is told that their turn is near."""


class State:
    """Everything of one court."""

    def __init__(self, court: CourtId, now: int) -> None:
        self.court = court
        self.now_ms = Millis(now)
        self.since = Millis(now)
        self.swept: int | None = None
        self.grace = 0
        self.epoch = 1
        self.n = self.said = self.seq = self.fence = 0
        self.skip = 0
        """How many numbers each unit skips for what was lost."""
        self.skipped: Count[tuple[UnitId, str]] = Count()
        self.numbers: Count[tuple[UnitId, str]] = Count()
        self.ended: Count[tuple[UnitId, str, str]] = Count()
        self.asked: Count[tuple[str, str]] = Count()
        """How often each network (or account) has asked for something that is limited."""
        self.floods: dict[tuple[str, str], int] = {}
        self.refused: dict[tuple[UnitId, str], set[Holder]] = {}
        self.head_starts: dict[str, tuple[UnitId, Tier, Millis]] = {}
        self.suspensions: dict[UnitId, Suspension] = {}
        self.places: dict[TicketId, Place] = {}
        self.holders: dict[Holder, TicketId] = {}
        self.codes: dict[str, TicketId] = {}
        self.missed: dict[UnitId, set[TicketId]] = {}
        self.runs: Count[UnitId] = Count()
        """Under the ratio: calls with priority since the last of everybody else."""
        self.desks: dict[AttendantId, Desk] = {}
        self.available: dict[UnitId, set[AttendantId]] = {}
        self.unattended: dict[UnitId, Millis] = {}
        self.talks: dict[CallId, Talk] = {}
        self.deadlines: dict[tuple[str, str], int] = {}
        self.events: list[Told] = []
        self.done: dict[tuple[str, str, str], tuple[str, object]] = {}
        self.sessions: dict[str, Session] = {}

    # what happened

    def emit(
        self,
        kind: EventKind,
        *,
        unit: UnitId | None = None,
        ticket: TicketId | None = None,
        attendant: AttendantId | None = None,
        call: CallId | None = None,
        **facts: object,
    ) -> None:
        self.n += 1
        told = {name: str(value) for name, value in facts.items() if value is not None and value != ""}
        self.events.append(Told(self.n, self.now_ms, kind, unit, ticket, attendant, call, told))

    def moved(
        self, kind: EventKind, place: Place, cause: str, actor: str, before: Ticket | None = None, **facts: object
    ) -> None:
        """The event of a move; `before` is the ticket that still knew its attendant and call."""
        shown, of = place.shown, before or place.shown
        waited = (shown.called_ms or self.now_ms) - shown.joined_ms
        where = (cause, actor, self.place_of(place), shown.original_position, waited)
        told = dict(zip(("cause", "actor", "position", "original_position", "wait_ms"), where, strict=True)) | facts
        assert told.keys() >= MOVE
        self.emit(kind, unit=shown.unit, ticket=shown.id, attendant=of.attendant, call=of.call, **told)

    def say(self, talk: Talk, sender: str | None, to: str | None, kind: str, body: dict[str, Any]) -> None:
        self.said += 1
        talk.log.append(Said(self.said, self.now_ms, talk.shown.id, sender, to, kind, body))

    # idempotency

    def once(self, verb: str, request: Request, act: Any, *, deadlines: bool = True) -> Any:
        """The answer of `act`, or the one it gave before; a refusal leaves nothing behind that would bind.

        With `deadlines` the verb has to do with them, so an outage is granted before.
        """
        if deadlines:
            self.settle()
        key = (request.principal, verb, request.id)
        if key in self.done:
            fingerprint, answer = self.done[key]
            if fingerprint != request.fingerprint:
                raise refusal(Code.REQUEST_REUSED)
            return answer
        answer = act()
        self.done[key] = (request.fingerprint, answer)
        return answer

    # deadlines

    def settle(self) -> int:
        """The house was away: every deadline moves by that time, before anybody sets another. Answers its length."""
        gap = 0 if self.swept is None else self.now_ms - self.swept
        if abs(gap) <= OUTAGE_MS:
            return 0
        self.deadlines = {one: at_ms + gap for one, at_ms in self.deadlines.items()}
        self.swept, self.grace = self.now_ms, self.now_ms + GRACE_MS
        return gap

    def due(self, kind: str, who: str, at_ms: int) -> None:
        self.deadlines[kind, who] = at_ms

    def not_due(self, kind: str, who: str) -> None:
        self.deadlines.pop((kind, who), None)

    def lease(self, place: Place, seconds: int, last_ms: int | None = None) -> None:
        """How long the visitor may be silent from now on, counted from the last sign of life."""
        place.lease_ms = seconds * 1000
        last_ms = self.now_ms if last_ms is None else last_ms
        self.due("visitor", place.id, max(self.now_ms, last_ms + place.lease_ms))

    def desk_lease(self, desk: Desk, seconds: float) -> None:
        desk.lease_ms = int(seconds * 1000)
        self.due("attendant", desk.shown.id, self.now_ms + desk.lease_ms)

    # lines

    def line(self, unit: UnitId) -> list[Waiting]:
        """Who waits there, present and away, in the order of the key."""
        waiting = [place.in_line for place in self.places.values() if place.waiting and place.shown.unit == unit]
        return sorted(waiting, key=lambda one: one.score)

    def rule(self, unit: UnitId, policy: Policy) -> Rule:
        """What the order goes by there, now."""
        available = self.available.get(unit, set())
        dedicated = available.intersection(policy.dedicated)
        head_start_ms = policy.head_start_min * 60_000
        run, others = self.runs[unit], len(available - dedicated)
        return Rule(policy.order, policy.ratio_k, head_start_ms, run, frozenset(dedicated), others)

    def place_of(self, place: Place, policy: Policy | None = None) -> int:
        """People present who are called before it, plus one; out of the line, the place it left it from."""
        if not place.waiting:
            return place.left_from
        unit = place.shown.unit
        return ahead_for(place.in_line, self.line(unit), self.rule(unit, policy or place.policy)) + 1

    def remind(self, unit: UnitId, policy: Policy) -> None:
        """The line is shorter: whoever has two people ahead at most is told, once."""
        rule, line = self.rule(unit, policy), self.line(unit)
        if rule.order is not Order.STRICT:
            line = order_of(line, rule) + [row for row in line if not row.present]
        for row in line:
            place = self.places[row.ticket]
            if not place.shown.near and (position := self.place_of(place, policy)) <= NEAR + 1:
                place.write(near=True)
                self.emit(
                    EventKind.TICKET_NEAR,
                    unit=unit,
                    ticket=place.id,
                    position=position,
                    original_position=place.shown.original_position,
                )

    def live_of(self, holder: Holder) -> Place | None:
        """The browser's live ticket."""
        place = self.places.get(self.holders.get(holder, TicketId("")))
        return place if place is not None and place.live else None

    def mine(self, holder: Holder) -> Place:
        """The same, where there must be one."""
        place = self.live_of(holder)
        if place is None:
            raise refusal(Code.TICKET_UNKNOWN)
        return place

    def shows_itself(self, place: Place) -> None:
        """A sign of life of somebody who waits: present again, wherever they stand."""
        if place.waiting and not place.shown.present:
            place.write(present=True, passed_ms=None)
            self.not_due("passed", place.id)
            self.emit(EventKind.TICKET_PRESENT, unit=place.shown.unit, ticket=place.id)

    # limits, and those who go without

    def beyond(self, what: str, network: str, limit: int, window_s: int) -> bool:
        """Asked more often than the limit; told to the supervisor once a window."""
        self.asked[what, network] += 1
        if self.asked[what, network] <= limit:
            return False
        if self.floods.get((what, network), 0) <= self.now_ms:
            self.floods[what, network] = self.now_ms + window_s * 1000
            self.emit(EventKind.NETWORK_LIMITED, network=network, what=what)
        return True

    def turned_away(self, unit: UnitId, day: str, holder: Holder, reason: str) -> None:
        """Lost demand: once a person, unit and day, until they get a ticket after all."""
        who = self.refused.setdefault((unit, day), set())
        if holder not in who and len(who) < GO_WITHOUT:
            who.add(holder)
            self.emit(EventKind.TICKET_REFUSED, unit=unit, reason=reason)

    # who holds what

    @staticmethod
    def of(known: Any) -> Any:
        """What must be there, here."""
        assert known is not None
        return known

    def held(self, place: Place) -> tuple[Talk, Desk]:
        """The call and the desk of a called or talking person."""
        return self.talks[self.of(place.shown.call)], self.desks[self.of(place.shown.attendant)]

    def holds(self, desk: Desk) -> tuple[Talk, Place]:
        """The call and the person of a desk that calls or talks."""
        return self.talks[self.of(desk.shown.call)], self.places[self.of(desk.shown.ticket)]

    def desk_of(self, attendant: AttendantId, fence: Fence) -> Desk:
        """The desk, for the page that has it."""
        desk = self.desks.get(attendant)
        if desk is None or desk.shown.fence != fence:
            raise refusal(Code.STALE_FENCE)
        return desk
