"""The moves that several verbs share, of tickets, of calls and of desks."""

from typing import Any

from rooms.ids import Rev
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import ATTENDANT, VISITOR, CallState, EndOfCall, Gone, Outcome
from rooms.model.events import EventKind
from rooms.model.order import FIRST_OF_TIER, run_after_return
from rooms.model.ticket import TALKING, Cause, Met, TicketState
from rooms.model.unit import Order
from tests.model.reads import Reads
from tests.model.records import Desk, Place, Talk
from tests.model.state import STAYS

LEFT = frozenset({TicketState.LEFT, TicketState.LOST, TicketState.NO_SHOW, TicketState.REMOVED})
"""The ends that a unit counts as gone without having been served."""
HOUSE = "house"
PASTS = 20
LAST_WORD_MS = 15_000


class TicketMoves(Reads):
    """From one state to another, each told by its event."""

    def change(self, place: Place, state: TicketState, **fields: Any) -> None:
        if state is not place.shown.state:
            for kind in STAYS:
                self.not_due(kind, place.id)
        place.write(state=state, rev=Rev(place.shown.rev + 1), **fields)

    def remember(self, place: Place, cause: str, detail: str | None) -> None:
        """For whoever has the person next."""
        past = (*place.shown.past, Met(self.now_ms, Cause(cause), detail))
        place.write(past=past[-PASTS:])

    def back_to_line(self, place: Place, cause: str, actor: str, reason: str | None = None, **fields: Any) -> None:
        before = place.shown
        if before.state is TicketState.CALLED and place.out_of_order:
            fields.pop("band", None)  # not the first for having been called before their turn
        counted = place.live and not place.out_of_order and cause != "not_entered"
        if counted and place.policy.order is Order.RATIO:
            run = run_after_return(self.runs[before.unit], before.tier, place.policy.ratio_k)
            self.runs[before.unit] = run
        self.change(place, TicketState.WAITING, call=None, attendant=None, entered_ms=None, **fields)
        self.remember(place, cause, reason)
        if place.shown.present:
            self.lease(place, place.policy.visitor_lease_s)
        else:
            self.not_due("visitor", place.id)
        shown = place.shown
        told = {"band": shown.band, "tries": shown.tries, "reason": reason}
        self.moved(EventKind.TICKET_RETURNED, place, cause, actor, before, **told)

    def end_ticket(self, place: Place, state: TicketState, cause: str, actor: str, reason: str | None = None) -> None:
        place.left_from, waited = self.place_of(place), place.waiting
        self.missed.get(place.shown.unit, set()).discard(place.id)
        for kind in ("visitor", "passed"):
            self.not_due(kind, place.id)
        self.change(place, state, ended_ms=self.now_ms, end_reason=reason or cause)
        self.count(place, 1)
        self.moved(EventKind.TICKET_ENDED, place, cause, actor, state=state, reason=reason)
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
        fields |= {"present": True, "passed_ms": None, "ended_ms": None, "end_reason": None}
        self.back_to_line(place, cause, VISITOR, **fields)

    def goes_away(self, place: Place) -> None:
        """Skipped from now on, at the same place."""
        place.write(present=False)
        self.emit(EventKind.TICKET_AWAY, unit=place.shown.unit, ticket=place.id)
        self.remind(place.shown.unit, place.policy)

    def is_ready(self, place: Place, actor: str) -> None:
        """What was to be fetched is there, or had its time."""
        place.write(fetching=False, rev=Rev(place.shown.rev + 1))
        self.not_due("fetch", place.id)
        self.emit(
            EventKind.TICKET_READY,
            unit=place.shown.unit,
            ticket=place.id,
            actor=actor,
            position=self.place_of(place),
            original_position=place.shown.original_position,
        )


class DeskMoves(TicketMoves):
    """Of a desk, and of what it has to do with calls."""

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
        self.turn(desk, actor, activity=Activity.IDLE, ticket=None, call=None, outcome=None, **fields)

    def vanish(self, desk: Desk, place: Place) -> None:
        """It is expected for a while yet."""
        self.free(desk, HOUSE, status=Status.PAUSED, pause=PauseReason.VANISHED)
        self.desk_lease(desk, place.policy.interrupted_s)

    def finished(self, desk: Desk, actor: str, outcome: Outcome | None) -> None:
        """Ready again; an outcome that is plain need not be said."""
        shown = desk.shown
        talk, place = self.holds(desk)
        outcome = outcome or shown.outcome
        place.write(outcome=outcome)
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


class CallMoves(DeskMoves):
    """Of a call with its two sides."""

    def end_call(self, talk: Talk, end: EndOfCall, by: str | None) -> None:
        if talk.shown.state is not CallState.RINGING:
            self.due("measures", talk.shown.id, self.now_ms + LAST_WORD_MS)
        talk.write(state=CallState.ENDED, ended_ms=self.now_ms, ended_by=by, end=end, gone=None)
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

    def part(
        self,
        place: Place,
        end: EndOfCall,
        by: str | None,
        actor: str,
        state: TicketState = TicketState.SERVED,
        *,
        reason: str | None = None,
        outcome: Outcome | None = None,
    ) -> None:
        """The conversation is over and was one: the desk owes the outcome, where it is not plain."""
        talk, desk = self.held(place)
        self.end_call(talk, end, by)
        self.end_ticket(place, state, end, actor, reason)
        self.turn(desk, actor, activity=Activity.WRAP_UP, wrap_extended=False, outcome=outcome)
        self.due("wrap_up", desk.shown.id, self.now_ms + place.policy.wrap_up_s * 1000)
        self.desk_lease(desk, desk.lease_s)

    def give_back(
        self, place: Place, cause: str, actor: str, by: str | None = None, *, first: bool = True, **fields: Any
    ) -> Desk:
        """The call is over and the person in line again, away where their page is silent. Answers the desk."""
        talk, desk = self.held(place)
        self.end_call(talk, EndOfCall(cause), by)
        if VISITOR in talk.silent:
            place.write(present=False)
        fields |= {"band": FIRST_OF_TIER} if first else {}
        self.back_to_line(place, cause, actor, **fields)
        return desk

    # who is there

    def is_silent(self, talk: Talk, side: str) -> None:
        talk.silent.add(side)
        self.weigh(talk)

    def is_heard(self, talk: Talk, side: str) -> None:
        if side in talk.silent:
            talk.silent.discard(side)
            self.weigh(talk)

    def weigh(self, talk: Talk) -> None:
        """Interrupted, resumed, interrupted by another, or as it was."""
        gone, place = talk.gone, self.places[talk.shown.ticket]
        if gone == talk.shown.gone:
            return
        if gone is None:
            talk.write(state=CallState.ACTIVE, gone=None, interrupted_ms=None)
            self.change(place, TicketState.IN_CALL)
            self.say(talk, None, None, "resumed", {"type": "resumed"})
            self.moved(EventKind.TICKET_RESUMED, place, "back", HOUSE)
            return
        wait_s = place.policy.attendant_back_s if gone is Gone.ATTENDANT else place.policy.interrupted_s
        until = self.now_ms + wait_s * 1000
        since = talk.shown.interrupted_ms or self.now_ms
        talk.write(state=CallState.INTERRUPTED, gone=gone, interrupted_ms=since)
        talk.dead = {VISITOR, ATTENDANT}
        self.change(place, TicketState.INTERRUPTED)
        self.due("interrupted", place.id, until)
        self.say(talk, None, None, "interrupted", {"type": "interrupted", "gone": gone, "until_ms": until})
        self.moved(EventKind.TICKET_INTERRUPTED, place, f"{gone}_gone", HOUSE, until_ms=until)

    def is_unheld(self, place: Place, actor: str) -> None:
        """They talk again."""
        talk, _ = self.held(place)
        talk.write(state=CallState.ACTIVE)
        self.change(place, TicketState.IN_CALL)
        self.say(talk, None if actor == HOUSE else actor, None, "unhold", {"type": "unhold"})
        self.moved(EventKind.TICKET_UNHELD, place, "hold_over" if actor == HOUSE else "unhold", actor)

    def heard_of(self, place: Place) -> None:
        """A sign of life of a visitor, in whatever state."""
        self.shows_itself(place)
        if place.shown.state in TALKING:
            self.is_heard(self.held(place)[0], VISITOR)
