"""The attendant's and the supervisor's verbs, as they must be."""

import json
from collections.abc import Sequence
from dataclasses import replace

from rooms.errors import Code, refusal
from rooms.ids import AttendantId, CallId, Fence, Holder, ParticipantId, TabId, TicketId, UnitId
from rooms.model.attendant import Activity, Attendant, PauseReason, Staff, Status
from rooms.model.call import ATTENDANT, VISITOR, Call, CallState, Outcome, OutOfOrder
from rooms.model.events import EventKind
from rooms.model.order import Rule, candidate, next_of, run_after_call
from rooms.model.quality import Measure
from rooms.model.snapshot import Rung, Suspension, Waiting
from rooms.model.ticket import CancelReason, TicketState
from rooms.model.unit import Order, Policy
from rooms.ports import NewCall, Request, Saying, Suspending
from tests.model.records import Desk, Place, Talk
from tests.model.visitors import Visitors

STRICTLY = Policy()
RESUMED_MS = 300_000
LOG_BYTES, ENTRY_BYTES = 2 * 1024 * 1024, 200
SAID = "said"


class Attendants(Visitors):
    """Open a desk, call the next, talk, conclude."""

    def open_desk(self, staff: Staff, tab: TabId, policy: Policy, *, take_over: bool) -> Fence:
        self.settle()
        desk, alive = self.desks.get(staff.id), ("attendant", staff.id) in self.deadlines
        if desk is None:
            desk = self.desks[staff.id] = Desk(self._closed(staff))
        if desk.shown.tab not in {None, tab} and alive and not take_over:
            raise refusal(Code.DESK_ELSEWHERE)
        desk.lease_s = policy.attendant_lease_s
        desk.write(name=staff.name, function=staff.function)
        if desk.shown.tab != tab or not alive:
            self._fenced(desk, tab, ATTENDANT)
        chosen = tuple(unit for unit in desk.shown.units if unit in staff.units)
        desk.write(units=chosen or staff.units)
        if desk.shown.status is not Status.OFFLINE:
            self.sit(desk)
        else:
            back = desk.resumed is not None and self.now_ms - desk.shown.since_ms <= RESUMED_MS
            status, pause = self.of(desk.resumed) if back else (Status.PAUSED, None)
            self.turn(desk, ATTENDANT, status=status, pause=pause)
        desk.resumed = None
        self.desk_lease(desk, desk.lease_s)
        if desk.shown.activity is Activity.IN_CALL:
            self.is_heard(self.holds(desk)[0], ATTENDANT)
        return desk.shown.fence

    def _closed(self, staff: Staff) -> Attendant:
        return Attendant(
            id=staff.id,
            name=staff.name,
            function=staff.function,
            status=Status.OFFLINE,
            pause=None,
            activity=Activity.IDLE,
            units=staff.units,
            since_ms=self.now_ms,
            fence=Fence(0),
            tab=None,
            ticket=None,
            call=None,
            wrap_until_ms=None,
            wrap_extended=False,
            outcome=None,
        )

    def _fenced(self, desk: Desk, tab: TabId | None, actor: str) -> None:
        """Whatever page had the desk before, has it no more."""
        self.fence += 1
        desk.write(tab=tab, fence=Fence(self.fence))
        self.emit(EventKind.ATTENDANT_DESK, attendant=desk.shown.id, fence=self.fence, actor=actor)

    def choose_units(self, request: Request, attendant: AttendantId, fence: Fence, units: Sequence[UnitId]) -> None:
        self.once("choose_units", request, lambda: self._choose_units(self.desk_of(attendant, fence), tuple(units)))

    def _choose_units(self, desk: Desk, units: tuple[UnitId, ...]) -> None:
        before = " ".join(desk.shown.units)
        desk.write(units=units)
        self.sit(desk)
        self.emit(
            EventKind.ATTENDANT_UNITS,
            attendant=desk.shown.id,
            units=" ".join(units),
            before=before,
            actor=ATTENDANT,
        )

    def set_status(
        self, request: Request, attendant: AttendantId, fence: Fence, status: Status, pause: PauseReason | None
    ) -> None:
        self.once("set_status", request, lambda: self._set_status(self.desk_of(attendant, fence), status, pause))

    def _set_status(self, desk: Desk, status: Status, pause: PauseReason | None) -> None:
        desk.resumed = None
        self.turn(desk, ATTENDANT, status=status, pause=pause)
        self.desk_lease(desk, desk.lease_s)

    # the next person

    def call_next(
        self,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
    ) -> Rung:
        return self.once("call_next", request, lambda: self._call_next(self.desk_of(attendant, fence), new))

    def _call_next(self, desk: Desk, new: NewCall) -> Rung:
        self._ready(desk)
        units = [unit for unit in desk.shown.units if unit in new.names]
        rules = {unit: self.rule(unit, new.orders.get(unit, STRICTLY)) for unit in units}
        lines = {unit: self.line(unit) for unit in units}
        fresh = {unit: [row for row in line if not self._has_missed(row)] for unit, line in lines.items()}
        chosen = next_of(fresh, rules, desk.shown.id) or next_of(lines, rules, desk.shown.id)
        best = None if chosen is None else self.places[chosen[1]]
        for unit in units:
            here = best is not None and best.shown.unit == unit
            self._pass_by(desk, unit, rules[unit], None if best is None else best.in_line.score, here=here)
        if best is None:
            raise refusal(Code.NOBODY_WAITING)
        for unit in units:
            self.missed.pop(unit, None)
        return self._ring(desk, best, new, "next")

    @staticmethod
    def _ready(desk: Desk) -> None:
        if desk.shown.activity is not Activity.IDLE:
            raise refusal(Code.WRONG_STATE)
        if desk.shown.status is not Status.AVAILABLE:
            raise refusal(Code.NOT_AVAILABLE)

    def call_out_of_order(
        self,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
        ticket: TicketId,
        reason: OutOfOrder,
    ) -> Rung:
        def act() -> Rung:
            return self._call_out_of_order(self.desk_of(attendant, fence), new, ticket, reason)

        return self.once("call_out_of_order", request, act)

    def _call_out_of_order(self, desk: Desk, new: NewCall, ticket: TicketId, reason: OutOfOrder) -> Rung:
        self._ready(desk)
        place = self.places.get(ticket)
        if place is None:
            raise refusal(Code.TICKET_UNKNOWN)
        if place.shown.unit not in new.names or place.shown.unit not in desk.shown.units:
            raise refusal(Code.NOT_YOUR_UNIT)
        if not place.waiting or not place.callable:
            raise refusal(Code.NOT_WAITING)
        self.ended[place.shown.unit, place.day, "out_of_order"] += 1
        return self._ring(desk, place, new, "out_of_order", reason)

    def _has_missed(self, row: Waiting) -> bool:
        return row.ticket in self.missed.get(self.places[row.ticket].shown.unit, ())

    def _pass_by(self, desk: Desk, unit: UnitId, rule: Rule, score: int | None, *, here: bool) -> None:
        """Whoever is away and would have been called now, were they present, has so long to come back."""
        line = self.line(unit)
        present = [row for row in line if row.present]
        compared = [row for row in present if not self._has_missed(row)] or present
        for row in line:
            place = self.places[row.ticket]
            if row.present or place.shown.passed_ms is not None or place.shown.fetching:
                continue
            back = replace(row, present=True)
            if rule.order is Order.STRICT:
                first = score is None or row.score < score
            else:
                first = candidate([*compared, back], rule, desk.shown.id) == back
                first = first and (here or score is None or row.score < score)
            if first:
                place.write(passed_ms=self.now_ms)
                self.due("passed", place.id, self.now_ms + place.policy.passed_s * 1000)
                self.emit(EventKind.TICKET_PASSED, unit=unit, ticket=place.id)

    def _ring(self, desk: Desk, place: Place, new: NewCall, cause: str, reason: OutOfOrder | None = None) -> Rung:
        call, unit = new.id, place.shown.unit
        order, place.out_of_order = new.orders.get(unit, STRICTLY), cause == "out_of_order"
        policy, shown = place.policy, desk.shown
        last_sign = self.deadlines["visitor", place.id] - place.lease_ms
        place.left_from = self.place_of(place, order)
        self.missed.get(unit, set()).discard(place.id)
        if order.order is Order.RATIO and not place.out_of_order:
            self.runs[unit] = run_after_call(self.runs[unit], place.shown.tier)
        self.change(
            place,
            TicketState.CALLED,
            call=call,
            attendant=shown.id,
            called_ms=self.now_ms,
            more_time_used=False,
            near=True,
        )
        self.lease(place, policy.ring_line_lost_s, last_sign)
        until = self.now_ms + policy.ring_s * 1000
        self.due("ring", place.id, until)
        talk = self.talks[call] = Talk(
            Call(
                id=call,
                state=CallState.RINGING,
                unit=place.shown.unit,
                ticket=place.id,
                attendant=shown.id,
                rung_ms=self.now_ms,
                seen_ms=None,
                started_ms=None,
                ended_ms=None,
                ended_by=None,
                end=None,
                gone=None,
                interrupted_ms=None,
            )
        )
        clerk = {"name": shown.name, "function": shown.function, "unit": new.names[unit]}
        self.say(talk, None, None, "ring", {"type": "ring", "until_ms": until, "clerk": clerk})
        told = {"tries": place.shown.tries, "order": order.order, "reason": reason}
        self.moved(EventKind.TICKET_CALLED, place, cause, ATTENDANT, **told)
        self.turn(desk, ATTENDANT, activity=Activity.CALLING, ticket=place.id, call=call)
        self.remind(unit, order)
        return Rung(call, place.id, unit)

    # the person they have

    def having(self, attendant: AttendantId, fence: Fence, call: CallId) -> Place:
        """The person of that call, for the page of the desk that has them."""
        desk = self.desk_of(attendant, fence)
        if desk.shown.call != call:
            raise refusal(Code.CALL_UNKNOWN)
        return self.holds(desk)[1]

    def cancel_call(
        self, request: Request, attendant: AttendantId, fence: Fence, call: CallId, reason: CancelReason
    ) -> None:
        self.once("cancel_call", request, lambda: self._cancel(attendant, fence, call, reason))

    def _cancel(self, attendant: AttendantId, fence: Fence, call: CallId, reason: CancelReason) -> None:
        place = self.having(attendant, fence, call)
        if place.shown.state is not TicketState.CALLED:
            raise refusal(Code.WRONG_STATE)
        self.ended[place.shown.unit, place.day, "cancelled"] += 1
        desk = self.give_back(place, "cancelled", ATTENDANT, ATTENDANT, reason=reason)
        self.free(desk, ATTENDANT, status=Status.PAUSED, pause=PauseReason.CANCELLED)

    def finish(self, request: Request, attendant: AttendantId, fence: Fence, call: CallId, outcome: Outcome) -> None:
        self.once("finish", request, lambda: self._finish(attendant, fence, call, outcome))

    def _finish(self, attendant: AttendantId, fence: Fence, call: CallId, outcome: Outcome) -> None:
        self.having(attendant, fence, call)
        desk = self.desks[attendant]
        if desk.shown.activity is not Activity.WRAP_UP:
            raise refusal(Code.WRONG_STATE)
        self.finished(desk, ATTENDANT, outcome)

    def extend_wrap_up(self, request: Request, attendant: AttendantId, fence: Fence) -> None:
        self.once("extend_wrap_up", request, lambda: self._extend(self.desk_of(attendant, fence)))

    def _extend(self, desk: Desk) -> None:
        if desk.shown.activity is not Activity.WRAP_UP:
            raise refusal(Code.WRONG_STATE)
        if desk.shown.wrap_extended:
            raise refusal(Code.NO_MORE_TIME)
        talk, place = self.holds(desk)
        desk.write(wrap_extended=True)
        self.due("wrap_up", desk.shown.id, self.of(talk.shown.ended_ms) + place.policy.wrap_up_max_s * 1000)
        self.tell_status(desk, ATTENDANT)

    def hang_up_attendant(self, request: Request, attendant: AttendantId, fence: Fence, call: CallId) -> None:
        self.once("hang_up", request, lambda: self._hang_up_attendant(attendant, fence, call))

    def _hang_up_attendant(self, attendant: AttendantId, fence: Fence, call: CallId) -> None:
        talk = self.talks.get(call)
        if talk is None or talk.shown.attendant != attendant:
            raise refusal(Code.CALL_UNKNOWN)
        self.desk_of(attendant, fence)
        self.hang_up(talk, ATTENDANT)

    # what they say

    def signal_visitor(self, request: Request, holder: Holder, tab: TabId, call: CallId, saying: Saying) -> str:
        return self.once("signal", request, lambda: self._signal(VISITOR, holder, tab, call, saying))

    def signal_attendant(
        self, request: Request, attendant: AttendantId, fence: Fence, call: CallId, saying: Saying
    ) -> str:
        return self.once("signal", request, lambda: self._signal(ATTENDANT, attendant, fence, call, saying))

    def _signal(self, side: str, member: str, page: object, call: CallId, saying: Saying) -> str:
        talk = self.talks.get(call)
        if talk is None or saying.to == side or member != self.member(talk, side):
            raise refusal(Code.NOT_MEMBER)
        if talk.shown.state is CallState.ENDED:
            raise refusal(Code.WRONG_STATE)
        self.is_page(talk, side, page)
        size = talk.size + len(saying.body.encode()) + ENTRY_BYTES
        if size > LOG_BYTES:
            raise refusal(Code.CALL_LOG_FULL)
        talk.size = size
        self.say(talk, side, saying.to, saying.kind, json.loads(saying.body))
        return SAID

    def leg_attendant(
        self, request: Request, attendant: AttendantId, fence: Fence, call: CallId, *, alive: bool
    ) -> None:
        self.once("leg", request, lambda: self.leg(ATTENDANT, attendant, fence, call, alive=alive))

    def measured_attendant(
        self, request: Request, attendant: AttendantId, fence: Fence, call: CallId, measure: Measure
    ) -> None:
        self.once("measured", request, lambda: self.measured(ATTENDANT, attendant, fence, call, measure))

    # staff's

    def suspend(self, request: Request, unit: UnitId, actor: ParticipantId, told: Suspending) -> None:
        self.once("suspend", request, lambda: self._suspend(unit, actor, told))

    def _suspend(self, unit: UnitId, actor: ParticipantId, told: Suspending) -> None:
        self.suspensions[unit] = Suspension(told.message, told.alternative, self.now_ms, None)
        if told.until_ms is None:
            self.not_due("suspended", unit)
        else:
            self.due("suspended", unit, told.until_ms)
        self.emit(EventKind.UNIT_SUSPENDED, unit=unit, actor=actor, until_ms=told.until_ms)

    def resume_unit(self, request: Request, unit: UnitId, actor: ParticipantId) -> None:
        self.once("resume_unit", request, lambda: self._resume_unit(unit, actor))

    def _resume_unit(self, unit: UnitId, actor: ParticipantId) -> None:
        if unit not in self.suspensions:
            raise refusal(Code.WRONG_STATE)
        self.resumed(unit, actor)

    def resumed(self, unit: UnitId, actor: str) -> None:
        """New tickets are to be had again."""
        del self.suspensions[unit]
        self.not_due("suspended", unit)
        self.emit(EventKind.UNIT_RESUMED, unit=unit, actor=actor)

    # the supervisor's

    def sign_out(self, request: Request, attendant: AttendantId) -> None:
        self.once("sign_out", request, lambda: self._sign_out(attendant))

    def _sign_out(self, attendant: AttendantId) -> None:
        self.sessions = {key: one for key, one in self.sessions.items() if one.attendant != attendant}
        desk = self.desks.get(attendant)
        if desk is None:
            return
        self.not_due("attendant", attendant)
        self._fenced(desk, None, "supervisor")
        if desk.shown.activity in {Activity.CALLING, Activity.IN_CALL}:
            self.give_back(self.holds(desk)[1], "signed_out", "supervisor")
        elif desk.shown.activity is Activity.WRAP_UP:
            self.finished(desk, "supervisor", None)
        desk.resumed = None
        self.free(desk, "supervisor", status=Status.OFFLINE, pause=None)
