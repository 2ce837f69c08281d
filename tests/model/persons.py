"""What a clerk can do with the person they have, as it must be."""

from rooms.errors import Code, refusal
from rooms.ids import AttendantId, CallId, Fence, Millis, Rev, TicketId
from rooms.model.attendant import Activity
from rooms.model.call import ATTENDANT, VISITOR, CallState, EndOfCall, Gone, Outcome
from rooms.model.events import EventKind
from rooms.model.order import USUAL
from rooms.model.ticket import TALKING, FetchReason, RemoveReason, TicketState, Tier, TierReason
from rooms.model.unit import Policy
from rooms.ports import Destination, Request
from tests.model.attendants import Attendants
from tests.model.records import Place
from tests.model.visitors import ticket_of

MOST_HOPS = 3
SUPERVISOR = "supervisor"


class Persons(Attendants):
    """Wait or not, note, hold, send back, transfer, correct, remove."""

    def _talks(self, attendant: AttendantId, fence: Fence, call: CallId) -> Place:
        place = self.having(attendant, fence, call)
        if place.shown.state not in TALKING:
            raise refusal(Code.WRONG_STATE)
        return place

    def release(self, request: Request, attendant: AttendantId, fence: Fence, call: CallId) -> None:
        self.once("release", request, lambda: self._release(attendant, fence, call))

    def _release(self, attendant: AttendantId, fence: Fence, call: CallId) -> None:
        place = self.having(attendant, fence, call)
        if self.talks[call].shown.gone is not Gone.VISITOR:
            raise refusal(Code.WRONG_STATE)
        self.free(self.give_back(place, "released", ATTENDANT, ATTENDANT), ATTENDANT)

    def note(self, request: Request, attendant: AttendantId, fence: Fence, call: CallId, text: str) -> None:
        self.once("note", request, lambda: self._note(attendant, fence, call, text))

    def _note(self, attendant: AttendantId, fence: Fence, call: CallId, text: str) -> None:
        place = self.having(attendant, fence, call)
        if not place.live:
            raise refusal(Code.WRONG_STATE)
        place.write(note=text or None)
        unit = place.shown.unit
        self.emit(EventKind.TICKET_NOTED, unit=unit, ticket=place.id, attendant=attendant, call=call, actor=ATTENDANT)

    def send_back(
        self, request: Request, attendant: AttendantId, fence: Fence, call: CallId, reason: FetchReason
    ) -> None:
        self.once("send_back", request, lambda: self._send_back(attendant, fence, call, reason))

    def _send_back(self, attendant: AttendantId, fence: Fence, call: CallId, reason: FetchReason) -> None:
        place = self._talks(attendant, fence, call)
        desk = self.give_back(place, "sent_back", ATTENDANT, ATTENDANT, first=False, reason=reason, fetching=True)
        self.due("fetch", place.id, self.now_ms + place.policy.fetch_s * 1000)
        self.free(desk, ATTENDANT)
        self.remind(place.shown.unit, place.policy)

    def hold(self, request: Request, attendant: AttendantId, fence: Fence, call: CallId) -> Millis:
        return self.once("hold", request, lambda: self._hold(attendant, fence, call))

    def _hold(self, attendant: AttendantId, fence: Fence, call: CallId) -> Millis:
        place = self.having(attendant, fence, call)
        if place.shown.state is not TicketState.IN_CALL:
            raise refusal(Code.WRONG_STATE)
        talk, until = self.talks[call], Millis(self.now_ms + place.policy.hold_s * 1000)
        talk.write(state=CallState.ON_HOLD)
        self.change(place, TicketState.ON_HOLD)
        self.due("hold", place.id, until)
        self.say(talk, ATTENDANT, None, "hold", {"type": "hold", "until_ms": until})
        self.moved(EventKind.TICKET_HELD, place, "hold", ATTENDANT, until_ms=until)
        return until

    def unhold(self, request: Request, attendant: AttendantId, fence: Fence, call: CallId) -> None:
        self.once("unhold", request, lambda: self._unhold(attendant, fence, call))

    def _unhold(self, attendant: AttendantId, fence: Fence, call: CallId) -> None:
        place = self.having(attendant, fence, call)
        if place.shown.state is not TicketState.ON_HOLD:
            raise refusal(Code.WRONG_STATE)
        self.is_unheld(place, ATTENDANT)

    def transfer(
        self,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        to: Destination,
        policy: Policy,
    ) -> str:
        return self.once("transfer", request, lambda: self._transfer(attendant, fence, call, to, policy))

    def _transfer(self, attendant: AttendantId, fence: Fence, call: CallId, to: Destination, policy: Policy) -> str:
        place = self._talks(attendant, fence, call)
        if place.shown.unit == to.unit:
            raise refusal(Code.WRONG_STATE)
        if place.shown.hops >= MOST_HOPS:
            raise refusal(Code.TOO_MANY_TRANSFERS, hops=place.shown.hops)
        if to.unit in self.suspensions:
            raise refusal(Code.UNIT_SUSPENDED)
        if (waiting := len(self.line(to.unit))) >= policy.max_waiting:
            raise refusal(Code.UNIT_FULL, waiting=waiting)
        if not self.available.get(to.unit):
            raise refusal(Code.UNIT_UNATTENDED)
        over = {"state": TicketState.TRANSFERRED, "outcome": Outcome.FORWARDED}
        self.part(place, EndOfCall.TRANSFERRED, ATTENDANT, ATTENDANT, **over)
        self.remember(place, "transferred", place.shown.unit)
        shown, day = place.shown, to.day.isoformat()
        child = ticket_of(
            id=to.ticket,
            court=self.court,
            unit=to.unit,
            number=self.next_number(to.unit, day, to.letters),
            tier=shown.tier,
            band=USUAL,
            seq=shown.seq,
            visitor=shown.visitor,
            joined_ms=shown.joined_ms,
            receipt=to.receipt,
            active_tab=shown.active_tab,
            note=shown.note,
            check=shown.check,
            past=shown.past,
            parent=shown.id,
            hops=shown.hops + 1,
        )
        arrived = self.arrive(Place(child, place.holder, day, policy), "transferred", ATTENDANT)
        if VISITOR in self.talks[call].silent:
            self.not_due("visitor", arrived.id)
            self.goes_away(arrived)
        return child.number

    def remove_attendant(
        self, request: Request, attendant: AttendantId, fence: Fence, ticket: TicketId, reason: RemoveReason
    ) -> None:
        self.once("remove", request, lambda: self._remove(attendant, fence, ticket, reason))

    def _remove(self, attendant: AttendantId, fence: Fence, ticket: TicketId, reason: RemoveReason) -> None:
        place = self._alive(ticket)
        desk = self.desk_of(attendant, fence)
        if desk.shown.ticket != ticket:
            raise refusal(Code.NOT_YOURS)
        if desk.shown.activity is Activity.CALLING:
            self.end_call(self.held(place)[0], EndOfCall.REMOVED, ATTENDANT)
            self.end_ticket(place, TicketState.REMOVED, "removed", ATTENDANT, reason)
            self.free(desk, ATTENDANT)
        else:
            self.part(place, EndOfCall.REMOVED, ATTENDANT, ATTENDANT, TicketState.REMOVED, reason=reason)

    def remove_supervisor(self, request: Request, ticket: TicketId, reason: RemoveReason) -> None:
        self.once("remove", request, lambda: self._remove_waiting(ticket, reason))

    def _remove_waiting(self, ticket: TicketId, reason: RemoveReason) -> None:
        place = self._alive(ticket)
        if not place.waiting:
            raise refusal(Code.WRONG_STATE)
        self.end_ticket(place, TicketState.REMOVED, "removed", SUPERVISOR, reason)

    def _alive(self, ticket: TicketId) -> Place:
        place = self.places.get(ticket)
        if place is None or not place.live:
            raise refusal(Code.TICKET_UNKNOWN)
        return place

    def set_tier_attendant(
        self,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        ticket: TicketId,
        rev: Rev,
        tier: Tier,
        reason: TierReason,
    ) -> Rev:
        def act() -> Rev:
            place = self._alive(ticket)
            if self.desk_of(attendant, fence).shown.ticket != ticket:
                raise refusal(Code.NOT_YOURS)
            return self._set_tier(place, rev, tier, reason, ATTENDANT)

        return self.once("set_tier", request, act)

    def set_tier_supervisor(self, request: Request, ticket: TicketId, rev: Rev, tier: Tier, reason: TierReason) -> Rev:
        return self.once(
            "set_tier", request, lambda: self._set_tier(self._alive(ticket), rev, tier, reason, SUPERVISOR)
        )

    def _set_tier(self, place: Place, rev: Rev, tier: Tier, reason: TierReason, actor: str) -> Rev:
        self._is(place, rev)
        before = place.shown
        self.change(place, before.state, tier=tier, tier_reason=reason)
        if place.waiting:
            self.remind(before.unit, place.policy)
        self.emit(
            EventKind.TICKET_TIER,
            unit=before.unit,
            ticket=place.id,
            attendant=before.attendant,
            call=before.call,
            actor=actor,
            reason=reason,
            tier=int(tier),
            before=int(before.tier),
        )
        return place.shown.rev
