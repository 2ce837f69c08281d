"""What the model keeps, and the moves that several verbs share: plain Python, the reference of the scripts."""

from collections import Counter as Count
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from rooms.errors import Code, refusal
from rooms.ids import AttendantId, CallId, CourtId, Fence, Holder, Millis, Rev, TicketId, UnitId
from rooms.model.attendant import Activity, Attendant, PauseReason, Status
from rooms.model.call import Call, CallState, EndOfCall
from rooms.model.events import MOVE, EventKind
from rooms.model.order import FIRST_OF_TIER, Key, Rule, ahead_for, order_of, run_after_return, score_of
from rooms.model.snapshot import Suspension, Waiting
from rooms.model.ticket import LIVE, Ticket, TicketState, Tier
from rooms.model.unit import Order, Policy
from rooms.ports import Request, Session

LEFT = frozenset({TicketState.LEFT, TicketState.LOST, TicketState.NO_SHOW, TicketState.REMOVED})
"""The ends that a unit counts as gone without having been served."""
OUTAGE_MS, GRACE_MS = 5_000, 30_000
NEAR = 2
"""People ahead, at most, of somebody who is told that their turn is near."""


class Told(NamedTuple):
    """An event as it must be, all of it but the stream's id."""

    n: int
    at_ms: int
    kind: EventKind
    unit: UnitId | None
    ticket: TicketId | None
    attendant: AttendantId | None
    call: CallId | None
    facts: dict[str, str]


class Said(NamedTuple):
    """An entry of a call's log, its body decoded."""

    n: int
    at_ms: int
    call: CallId
    sender: str | None
    to: str | None
    kind: str
    body: dict[str, Any]


@dataclass
class Place:
    """A ticket as views show it, and what they do not show."""

    shown: Ticket
    holder: Holder
    day: str
    policy: Policy
    lease_ms: int = 0
    left_from: int = 0
    """The place in line from which it left the line."""
    out_of_order: bool = False
    """Whether it was last called out of order."""

    @property
    def id(self) -> TicketId:
        return self.shown.id

    @property
    def live(self) -> bool:
        return self.shown.state in LIVE

    @property
    def waiting(self) -> bool:
        return self.shown.state is TicketState.WAITING

    @property
    def in_line(self) -> Waiting:
        """Its row in the unit's line."""
        shown = self.shown
        score = score_of(Key(shown.tier, shown.band, shown.seq))
        return Waiting(shown.id, shown.number, shown.tier, score, shown.joined_ms, shown.present)

    def write(self, **fields: Any) -> None:
        self.shown = replace(self.shown, **fields)


@dataclass
class Desk:
    """A desk as views show it, and what they do not show."""

    shown: Attendant
    lease_s: int = 0
    lease_ms: int = 0
    resumed: tuple[Status, PauseReason | None] | None = None
    """What a desk that was lost was doing, until somebody says what it does now."""

    def write(self, **fields: Any) -> None:
        self.shown = replace(self.shown, **fields)


@dataclass
class Talk:
    """A call as views show it, its log and the log's size."""

    shown: Call
    log: list[Said] = field(default_factory=list)
    size: int = 0

    def write(self, **fields: Any) -> None:
        self.shown = replace(self.shown, **fields)


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
        self.renumber = False
        self.renumbered: set[tuple[UnitId, str]] = set()
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

    def once(self, verb: str, request: Request, act: Any) -> Any:
        """The answer of `act`, or the one it gave before; a refusal leaves nothing behind that would bind."""
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

    # moves of a ticket

    def change(self, place: Place, state: TicketState, **fields: Any) -> None:
        place.write(state=state, rev=Rev(place.shown.rev + 1), **fields)

    def back_to_line(self, place: Place, cause: str, actor: str, **fields: Any) -> None:
        before = place.shown
        if before.state is TicketState.CALLED and place.out_of_order:
            fields.pop("band", None)  # not the first for having been called before their turn
        counted = place.live and not place.out_of_order and cause != "not_entered"
        if counted and place.policy.order is Order.RATIO:
            run = run_after_return(self.runs[before.unit], before.tier, place.policy.ratio_k)
            self.runs[before.unit] = run
        self.change(place, TicketState.WAITING, call=None, attendant=None, entered_ms=None, **fields)
        self.not_due("ring", place.id)
        if place.shown.present:
            self.lease(place, place.policy.visitor_lease_s)
        else:
            self.not_due("visitor", place.id)
        shown = place.shown
        self.moved(EventKind.TICKET_RETURNED, place, cause, actor, before, band=shown.band, tries=shown.tries)

    def first_of_tier(self, place: Place, cause: str, actor: str) -> None:
        """Back through no doing of their own: before everybody of their tier."""
        self.back_to_line(place, cause, actor, band=FIRST_OF_TIER)

    def end_ticket(self, place: Place, state: TicketState, reason: str, actor: str) -> None:
        place.left_from, waited = self.place_of(place), place.waiting
        self.missed.get(place.shown.unit, set()).discard(place.id)
        for kind in ("visitor", "ring", "passed"):
            self.not_due(kind, place.id)
        self.change(place, state, ended_ms=self.now_ms, end_reason=reason)
        self.count(place, 1)
        self.moved(EventKind.TICKET_ENDED, place, reason, actor, state=state)
        if waited and state is not TicketState.CLOSED:
            self.remind(place.shown.unit, place.policy)

    def count(self, place: Place, by: int) -> None:
        """The day's count of how people went."""
        state = place.shown.state
        if state is TicketState.SERVED or state in LEFT:
            word = "served" if state is TicketState.SERVED else "left"
            self.ended[place.shown.unit, place.day, word] += by

    def restore(self, place: Place, cause: str, **fields: Any) -> None:
        """A place that was over is taken up again, by its old key."""
        self.count(place, -1)
        fields |= {"present": True, "passed_ms": None, "back_ms": self.now_ms, "ended_ms": None, "end_reason": None}
        self.back_to_line(place, cause, "visitor", **fields)

    # moves of a call and of its desk

    def end_call(self, talk: Talk, end: EndOfCall, by: str | None) -> None:
        talk.write(state=CallState.ENDED, ended_ms=self.now_ms, ended_by=by, end=end)
        self.say(talk, None, None, "end", {"type": "end", "by": by, "reason": end})
        call = talk.shown
        self.emit(
            EventKind.CALL_ENDED,
            unit=call.unit,
            ticket=call.ticket,
            attendant=call.attendant,
            call=call.id,
            end=end,
            by=by,
        )

    def turn(self, desk: Desk, actor: str, **fields: Any) -> None:
        desk.write(since_ms=self.now_ms, **fields)
        self.sit(desk)
        self.tell_status(desk, actor)

    def tell_status(self, desk: Desk, actor: str) -> None:
        shown = desk.shown
        self.emit(
            EventKind.ATTENDANT_STATUS,
            attendant=shown.id,
            units=" ".join(shown.units),
            status=shown.status,
            pause=shown.pause,
            activity=shown.activity,
            actor=actor,
        )

    def sit(self, desk: Desk) -> None:
        """Each unit knows whether this attendant is available for it, and since when nobody is."""
        shown = desk.shown
        for unit in {*self.available, *shown.units}:
            there = self.available.setdefault(unit, set())
            if unit in shown.units and shown.status is Status.AVAILABLE:
                there.add(shown.id)
            elif shown.id in there:
                there.discard(shown.id)
                if not there:
                    self.unattended[unit] = self.now_ms

    def free(self, desk: Desk, actor: str, **fields: Any) -> None:
        self.turn(desk, actor, activity=Activity.IDLE, ticket=None, call=None, **fields)

    def part(self, talk: Talk, place: Place, desk: Desk, end: EndOfCall, by: str | None, actor: str) -> None:
        """The conversation is over and was one."""
        self.end_call(talk, end, by)
        self.end_ticket(place, TicketState.SERVED, end, actor)
        self.turn(desk, actor, activity=Activity.WRAP_UP, wrap_extended=False)
        self.due("wrap_up", desk.shown.id, self.now_ms + place.policy.wrap_up_s * 1000)
        self.desk_lease(desk, desk.lease_s)

    def finished(self, desk: Desk, actor: str, outcome: str | None) -> None:
        """Ready again."""
        shown = desk.shown
        talk = self.talks[self.of(shown.call)]
        self.not_due("wrap_up", shown.id)
        self.emit(
            EventKind.CALL_FINISHED,
            unit=talk.shown.unit,
            ticket=shown.ticket,
            attendant=shown.id,
            call=shown.call,
            outcome=outcome,
            handling_ms=self.now_ms - talk.shown.rung_ms,
            actor=actor,
        )
        self.free(desk, actor)

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
        if holder not in who:
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
