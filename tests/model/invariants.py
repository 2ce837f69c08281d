"""What must hold whatever happens. Each says its own sentence about what was seen, not what the model would do."""

from collections import Counter as Count
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rooms.ids import AttendantId, Fence, TicketId, UnitId
from rooms.model.attendant import Activity
from rooms.model.events import EventKind
from rooms.model.order import FIRST_OF_TIER
from rooms.model.snapshot import Waiting
from rooms.model.ticket import LIVE, TALKING, Ticket, TicketState
from rooms.model.transitions import TABLE, Effect, Move
from tests.model.counter import Counter
from tests.model.records import Told

ROWS = {(row.source, row.cause, row.to, row.event, row.actor): row for row in TABLE}
MOVES = frozenset(row.event for row in TABLE)
NEXT = {EventKind.TICKET_JOINED: TicketState.WAITING, EventKind.TICKET_RETURNED: TicketState.WAITING} | {
    row.event: row.to for row in TABLE if row.event not in {EventKind.TICKET_RETURNED, EventKind.TICKET_ENDED}
}
"""The state that each event of a move leads to; an end names its own."""

CALLED = TicketState.CALLED
BY_ACTIVITY = {
    Activity.CALLING: {TicketState.CALLED},
    Activity.IN_CALL: TALKING,
}
"""The states of the ticket of a desk that does this."""


class Watch:
    """Looks at the counter before and after each step. What it looks at was compared with the real one."""

    def __init__(self, model: Counter, seen: Count[object]) -> None:
        self._model, self._seen = model, seen
        self._n, self._epoch = 0, 1
        self._before: dict[TicketId, Ticket] = {}
        self._out_of_order: dict[TicketId, bool] = {}
        self._fences: dict[AttendantId, Fence] = {}

    @contextmanager
    def step(self, verb: str, args: Sequence[Any]) -> Iterator[None]:
        """Around one command: what may follow from it, and what may not."""
        model = self._model
        before = self._tickets()
        lines = {row.ticket: row for unit in self._units() for row in model.line(unit)}
        missed = {ticket for tickets in model.missed.values() for ticket in tickets}
        grace, told = model.grace, len(model.events)
        yield
        after, news = self._tickets(), model.events[told:]
        for event in news:
            if event.kind is EventKind.TICKET_CALLED:
                assert lines[event.ticket].present, "somebody was called who is not here"
                if verb == "call_next" and not args[3].orders:
                    self._lawful(event, args[3].names, lines, missed)
        for ticket, was in before.items():
            now = after[ticket]
            if not verb.startswith("set_tier"):
                assert (now.tier, now.band, now.seq) <= (was.tier, was.band, was.seq), "the key has become worse"
            if was.state in LIVE:
                self._not_worse(verb, args, was, now)
        if verb == "sweep" and (model.grace != grace or model.now_ms < grace):
            assert not news, "the house has just come back: nothing may end"

    def told(self, events: list[Told]) -> None:
        """The events of a step: contiguous, and every move in them and in the tickets is a row of the table."""
        expected = self._n
        for event in events:
            if event.kind is EventKind.EPOCH_RAISED:
                assert event.n > expected + 1, "an epoch rises when events were lost"
            else:
                assert event.n == expected + 1, "the counter has a gap"
            expected = event.n
        self._n = expected
        after = self._tickets()
        for ticket, now in after.items():
            moves = [event for event in events if event.ticket == ticket and event.kind in MOVES]
            self._explained(self._before.get(ticket), now, moves)
        self._before = after
        self._desks(after)

    def places(self, found: list[tuple[str, UnitId, str]]) -> None:
        """A live ticket is in exactly one place, the one its state says; an ended one is nowhere."""
        expected = [(now.id, now.unit, _place(now)) for now in self._before.values() if now.state in LIVE]
        assert sorted(found) == sorted(expected)

    # sentences

    def _lawful(
        self, event: Told, granted: Collection[UnitId], lines: dict[TicketId, Waiting], missed: set[TicketId]
    ) -> None:
        """Strictly: nobody present stood before the one who was called, unless they let a turn pass."""
        called = lines[event.ticket]
        units = {unit for unit in self._model.desks[event.attendant].shown.units if unit in granted}
        for row in lines.values():
            if row.present and row.score < called.score and self._model.places[row.ticket].shown.unit in units:
                assert row.ticket in missed, f"{row.ticket} stood before {called.ticket}"
        if called.ticket in missed:
            waiting = {row.ticket for row in lines.values() if row.present}
            here = {ticket for ticket in waiting if self._model.places[ticket].shown.unit in units}
            assert here <= missed, "somebody who has just missed a ring was called before somebody else"

    def _not_worse(self, verb: str, args: Sequence[Any], was: Ticket, now: Ticket) -> None:
        """A place ends only by a word or by a deadline that the person could know."""
        assert (now.joined_ms, now.original_position, now.number) == (was.joined_ms, was.original_position, was.number)
        assert now.tries <= was.tries + 1
        policy, since = self._model.places[now.id].policy, self._model.now_ms
        match now.state:
            case TicketState.LOST:
                assert verb == "sweep"
                assert not was.present
                assert was.passed_ms is not None
                assert since - was.passed_ms >= policy.passed_s * 1000
            case TicketState.NO_SHOW:
                assert verb == "sweep"
                assert now.tries == policy.tries
            case TicketState.CLOSED:
                assert verb == "close_unit"
                assert was.state is TicketState.WAITING
                assert args[0] == now.unit
            case TicketState.LEFT:
                assert verb == "leave"
                assert was.state not in TALKING
            case TicketState.SERVED:
                assert was.state in TALKING
                assert verb in {"leave", "hang_up_visitor", "hang_up_attendant", "sweep"}
            case TicketState.REMOVED:
                assert verb in {"remove_attendant", "remove_supervisor"}
            case TicketState.TRANSFERRED:
                assert verb == "transfer"
                self._carried(was)

    def _carried(self, was: Ticket) -> None:
        """Whoever is transferred waits in the other unit as if they had come there then."""
        after = self._tickets().values()
        child = next(one for one in after if one.parent == was.id)
        assert (child.tier, child.seq, child.joined_ms) == (was.tier, was.seq, was.joined_ms)
        assert (child.visitor, child.note) == (was.visitor, was.note)

    def _explained(self, was: Ticket | None, now: Ticket, moves: list[Told]) -> None:
        """From what it was to what it is by rows of the table, each told by its event, each with its effect."""
        state = None if was is None else was.state
        band, tries = (now.band, 0) if was is None else (was.band, was.tries)
        for event in moves:
            to = TicketState(event.facts["state"]) if event.kind is EventKind.TICKET_ENDED else NEXT[event.kind]
            row = ROWS.get((state, event.facts["cause"], to, event.kind, event.facts["actor"]))
            assert row is not None, f"no such move: {state} {event}"
            self._seen[row] += 1
            state = row.to
            if row.to is CALLED:
                self._out_of_order[now.id] = row.cause == "out_of_order"
            if row.effect is Effect.FIRST and not (row.source is CALLED and self._out_of_order[now.id]):
                band = FIRST_OF_TIER
            tries += row.effect is Effect.TRY or row.cause == "no_show"
            if row.effect is Effect.AGAIN:
                tries = self._model.places[now.id].policy.tries - 1
        assert now.state is state, f"{now.id} moved from {state} to {now.state} and no event tells it"
        assert (now.band, now.tries) == (band, tries), f"{now.id}: the effect is not the table's"
        if was is not None:
            assert now.rev >= was.rev + len(moves), "a move without a new version"

    def _desks(self, tickets: dict[TicketId, Ticket]) -> None:
        """An attendant has one person at most, who is with them alone; a fence never falls."""
        held = Count(now.attendant for now in tickets.values() if now.state in LIVE and now.attendant is not None)
        assert all(times == 1 for times in held.values())
        for attendant, desk in self._model.desks.items():
            shown = desk.shown
            ticket = tickets.get(shown.ticket) if shown.ticket is not None else None
            assert (shown.activity in BY_ACTIVITY) is (attendant in held)
            if shown.activity in BY_ACTIVITY:
                assert ticket is not None
                assert ticket.attendant == attendant
                assert ticket.call == shown.call
                assert ticket.state in BY_ACTIVITY[shown.activity]
            if shown.activity is Activity.IDLE:
                assert shown.ticket is None
                assert shown.call is None
            assert shown.fence >= self._fences.get(attendant, 0)
            self._fences[attendant] = shown.fence

    def _tickets(self) -> dict[TicketId, Ticket]:
        return {ticket: place.shown for ticket, place in self._model.places.items()}

    def _units(self) -> set[UnitId]:
        return {place.shown.unit for place in self._model.places.values()}


def _place(now: Ticket) -> str:
    if now.state is TicketState.WAITING:
        return "line" if now.present and not now.fetching else "away"
    return "called" if now.state is CALLED else "in_call"


def never_seen(seen: Count[object]) -> list[Move]:
    """Rows of the table that no story has shown."""
    return [row for row in TABLE if not seen[row]]
