"""The house's verbs, as they must be; with them the model is the whole counter."""

import dataclasses
import functools
from collections.abc import Sequence
from datetime import date

from rooms.errors import Code, refusal
from rooms.ids import AttendantId, CallId, Fence, Holder, Millis, TicketId, UnitId
from rooms.model.attendant import Activity, Status
from rooms.model.call import ATTENDANT, VISITOR, EndOfCall, Gone, Outcome
from rooms.model.events import EventKind
from rooms.model.quality import joined
from rooms.model.ticket import TALKING, TicketState
from rooms.ports import Request, Round, Session, Swept
from tests.model.moves import HOUSE
from tests.model.persons import Persons

FENCES = 1_000_000
LOST = 100
SIGN_INS_S = 900


class Deadlines(Persons):
    """What each kind of deadline means when it is over."""

    def visitor_over(self, ticket: TicketId) -> None:
        """The visitor has been silent too long for the state they are in."""
        place = self.places[ticket]
        if not place.live:
            return
        if place.waiting:
            self.goes_away(place)
            return
        talk, desk = self.held(place)
        if place.shown.state in TALKING:
            self.is_silent(talk, VISITOR)
            return
        place.write(present=False)
        self.end_call(talk, EndOfCall.VISITOR_GONE, None)
        self.back_to_line(place, "line_lost", HOUSE)
        self.free(desk, HOUSE)

    def ring_over(self, ticket: TicketId) -> None:
        """Nobody entered; it is a try if a live page had shown the ring."""
        place = self.places[ticket]
        if place.shown.state is not TicketState.CALLED:
            return
        talk, desk = self.held(place)
        self.end_call(talk, EndOfCall.NOT_ENTERED, None)
        shown = talk.shown.seen_ms is not None
        if shown:
            place.write(tries=place.shown.tries + 1)
        if place.shown.tries >= place.policy.tries:
            self.end_ticket(place, TicketState.NO_SHOW, "no_show", HOUSE)
        else:
            self.back_to_line(place, "not_entered" if shown else "not_seen", HOUSE)
            self.missed.setdefault(place.shown.unit, set()).add(ticket)
        self.free(desk, HOUSE)

    def interrupted_over(self, ticket: TicketId) -> None:
        """Who was gone has not come back. A person never ends for a clerk's silence, nor for that of both."""
        place = self.places[ticket]
        if place.shown.state is not TicketState.INTERRUPTED:
            return
        gone = self.held(place)[0].shown.gone
        if gone is Gone.VISITOR:
            self.part(place, EndOfCall.VISITOR_GONE, None, HOUSE, outcome=Outcome.INTERRUPTED)
        else:
            self.vanish(self.give_back(place, f"{gone}_gone", HOUSE), place)

    def hold_over(self, ticket: TicketId) -> None:
        """A hold has been as long as it may."""
        place = self.places[ticket]
        if place.shown.state is TicketState.ON_HOLD:
            self.is_unheld(place, HOUSE)

    def fetch_over(self, ticket: TicketId) -> None:
        """What was to be fetched must be there by now."""
        place = self.places[ticket]
        if place.waiting and place.shown.fetching:
            self.is_ready(place, HOUSE)

    def passed_over(self, ticket: TicketId) -> None:
        """The turn has passed and nobody came back."""
        place = self.places[ticket]
        if place.waiting and not place.shown.present:
            self.end_ticket(place, TicketState.LOST, "passed", HOUSE)

    def attendant_over(self, attendant: AttendantId) -> None:
        """The attendant has been silent too long for what they are doing."""
        desk = self.desks[attendant]
        if desk.shown.activity is Activity.IN_CALL:
            self.is_silent(self.holds(desk)[0], ATTENDANT)
            return
        if desk.shown.activity is Activity.CALLING:
            place = self.holds(desk)[1]
            self.vanish(self.give_back(place, "attendant_gone", HOUSE), place)
            return
        if desk.shown.activity is Activity.WRAP_UP:
            self.finished(desk, HOUSE, None)
        if desk.shown.status is not Status.OFFLINE:
            desk.resumed = (desk.shown.status, desk.shown.pause)
            self.turn(desk, HOUSE, status=Status.OFFLINE, pause=None)

    def suspended_over(self, unit: UnitId) -> None:
        if unit in self.suspensions:
            self.resumed(unit, HOUSE)

    def wrap_up_over(self, attendant: AttendantId) -> None:
        desk = self.desks[attendant]
        if desk.shown.activity is Activity.WRAP_UP:
            self.finished(desk, HOUSE, None)

    def measures_over(self, call: CallId) -> None:
        """Nobody has more to say of how it went."""
        talk = self.talks[call]
        shown = talk.shown
        where = {"unit": shown.unit, "ticket": shown.ticket, "attendant": shown.attendant, "call": call}
        for side in (VISITOR, ATTENDANT):
            if found := talk.measures[side]:
                told = dataclasses.asdict(functools.reduce(joined, found))
                del told["gauge"]
                self.emit(EventKind.CALL_MEASURED, **where, by=side, pages=len(found), **told)


class Counter(Deadlines):
    """The whole counter: renewals, deadlines, outages and closing beside what people ask."""

    def renew(self, tickets: Sequence[TicketId], desks: Sequence[tuple[AttendantId, Fence]]) -> None:
        self.settle()
        for ticket in tickets:
            place = self.places.get(ticket)
            if place is not None and place.live:
                self.due("visitor", ticket, self.now_ms + place.lease_ms)
                self.heard_of(place)
        for attendant, fence in desks:
            desk = self.desks.get(attendant)
            if desk is not None and desk.shown.fence == fence:
                self.due("attendant", attendant, self.now_ms + desk.lease_ms)
                if desk.shown.activity is Activity.IN_CALL:
                    self.is_heard(self.holds(desk)[0], ATTENDANT)

    def sweep(self) -> Swept:
        gap, self.swept = self.settle(), self.now_ms
        if self.now_ms < self.grace:
            return Swept(0, gap, more=False)
        over = sorted((at_ms, f"{kind}:{who}") for (kind, who), at_ms in self.deadlines.items() if at_ms <= self.now_ms)
        for _, member in over:
            kind, who = member.split(":", 1)
            self.not_due(kind, who)
            getattr(self, f"{kind}_over")(who)
        return Swept(len(over), 0, more=False)

    def reconcile(self, at: Round, units: Sequence[UnitId], attendants: Sequence[AttendantId]) -> tuple[Round, tuple]:
        """Nothing that verbs do needs mending."""
        self.settle()
        return Round("", ""), ()

    def close_unit(self, unit: UnitId, joined_before_ms: Millis, head_start_until_ms: Millis) -> int:
        self.settle()
        late = [row for row in self.line(unit) if row.joined_ms < joined_before_ms]
        for row in sorted(late, key=lambda row: not row.present):
            place = self.places[row.ticket]
            place.write(head_start_until_ms=head_start_until_ms)
            self.end_ticket(place, TicketState.CLOSED, "closed", HOUSE)
            self.head_starts[place.shown.receipt] = (unit, place.shown.tier, head_start_until_ms)
        return len(late)

    def turn_away(self, unit: UnitId, day: date, holder: Holder, reason: str) -> None:
        self.settle()
        self.turned_away(unit, day.isoformat(), holder, reason)

    def directory_changed(self) -> None:
        self.emit(EventKind.DIRECTORY_CHANGED)

    def adopt(self, seen_n: int) -> int:
        if self.n < seen_n:
            self.epoch += 1
            self.n = seen_n
            self.fence += FENCES
            self.skip += LOST
            self.emit(EventKind.EPOCH_RAISED, epoch=self.epoch)
        return self.epoch

    def move_clock(self, by_ms: int) -> Millis:
        """Later, and the house was at work meanwhile."""
        self.passes(by_ms)
        if self.swept is not None:
            self.swept += by_ms
        return self.now_ms

    def passes(self, by_ms: int) -> None:
        """Later, and nobody was at work."""
        self.now_ms = Millis(self.now_ms + by_ms)

    # limits and staff sign-ins

    def attempt(self, account: str, network: str, *, an_account: int, a_network: int) -> None:
        if network and self.beyond("sign_ins", network, a_network, SIGN_INS_S):
            raise refusal(Code.TOO_MANY_ATTEMPTS)
        self.asked["account", account] += 1
        if self.asked["account", account] > an_account:
            raise refusal(Code.TOO_MANY_ATTEMPTS)

    def clear_flood(self, request: Request, network: str) -> None:
        self.once("clear_flood", request, lambda: self._clear_flood(network), deadlines=False)

    def _clear_flood(self, network: str) -> None:
        for what in ("joins", "sign_ins"):
            self.asked.pop((what, network), None)
            self.floods.pop((what, network), None)
        self.emit(EventKind.NETWORK_CLEARED, network=network, actor="supervisor")

    def sign_in(self, key: str, session: Session, ttl_s: int) -> None:
        self.sessions[key] = session

    def session(self, key: str, ttl_s: int) -> Session | None:
        return self.sessions.get(key)

    def end_session(self, key: str) -> None:
        self.sessions.pop(key, None)
