"""From the store's flat fields to the model's records. An empty or absent field is None."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Self

from rooms.ids import (
    AttendantId,
    CallId,
    CourtId,
    EntryId,
    Fence,
    GuestId,
    Millis,
    ParticipantId,
    Rev,
    TabId,
    TicketId,
    UnitId,
)
from rooms.model.attendant import Activity, Attendant, PauseReason, Status
from rooms.model.call import (
    Asked,
    Call,
    CallState,
    EndOfCall,
    Gone,
    GuestKind,
    LogEntry,
    NotComing,
    Outcome,
    WhyLeft,
)
from rooms.model.events import Event, EventKind
from rooms.model.guest import AskedIn, Guest, Helping, Offer, Offered
from rooms.model.order import tier_of
from rooms.model.quality import Check, Found, Path
from rooms.model.snapshot import DeskState, Flood, Flooded, Suspension, UnitState, Waiting
from rooms.model.ticket import Cause, Media, Met, Role, Ticket, TicketState, Tier, TierReason, Visitor
from rooms.ports import Mended

WAITING_KEPT = 8_192
"""Places in line that need not be made anew at each reading; more than that cost what they did."""
NAMED = frozenset({"n", "at", "kind", "unit", "ticket", "attendant", "call"})
"""Fields of an event's entry that have a place of their own; all others are facts."""


_by_score = attrgetter("score")


class Kept:
    """A hash, or a stream's entry, as the store keeps it: names and texts."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields

    @classmethod
    def of(cls, pairs: Iterable[object]) -> Self:
        """From names and values in turn, as a script answers them."""
        words = [str(word) for word in pairs]
        return cls(dict(zip(words[::2], words[1::2], strict=True)))

    def __bool__(self) -> bool:
        """Whether there is such a record."""
        return bool(self._fields)

    def text(self, name: str) -> str:
        """A field that every such record has."""
        return self._fields[name]

    def maybe(self, name: str) -> str | None:
        """A field that may be missing."""
        return self._fields.get(name) or None

    def number(self, name: str) -> int:
        """A whole number that every such record has."""
        return int(self._fields[name])

    def maybe_number(self, name: str) -> int | None:
        """A whole number that may be missing."""
        found = self.maybe(name)
        return None if found is None else int(found)

    def at(self, name: str) -> Millis | None:
        """An instant that may not have come."""
        found = self.maybe_number(name)
        return None if found is None else Millis(found)

    def rest(self, without: frozenset[str]) -> Mapping[str, str]:
        """The other fields that are not empty."""
        return {name: value for name, value in self._fields.items() if name not in without and value}


def maybe_millis(text: str) -> Millis | None:
    """A deadline's score as the store writes it."""
    return Millis(int(float(text))) if text else None


def ticket_from(court: CourtId, ticket: TicketId, kept: Kept, until_ms: Millis | None) -> Ticket:
    """A ticket's hash."""
    call, attendant, tab = kept.maybe("call"), kept.maybe("attendant"), kept.maybe("tab")
    parent, tier_reason, check = kept.maybe("parent"), kept.maybe("tier_reason"), kept.maybe("check")
    return Ticket(
        id=ticket,
        court=court,
        unit=UnitId(kept.text("unit")),
        number=kept.text("number"),
        state=TicketState(kept.text("state")),
        rev=Rev(kept.number("rev")),
        tier=Tier(kept.number("tier")),
        band=kept.number("band"),
        seq=kept.number("seq"),
        visitor=Visitor(
            kept.text("name"),
            Role(kept.text("role")),
            kept.maybe("oab"),
            kept.maybe("case"),
            kept.maybe("libras") == "1",
        ),
        joined_ms=Millis(kept.number("joined_ms")),
        present=kept.text("present") == "1",
        tries=kept.number("tries"),
        original_position=kept.number("original_position"),
        receipt=kept.text("receipt"),
        announced_low_min=kept.maybe_number("low"),
        announced_high_min=kept.maybe_number("high"),
        active_tab=TabId(tab) if tab else None,
        call=CallId(call) if call else None,
        attendant=AttendantId(attendant) if attendant else None,
        until_ms=until_ms,
        more_time_used=kept.maybe("more_time") == "1",
        near=kept.maybe("near") == "1",
        passed_ms=kept.at("passed_ms"),
        head_start=kept.maybe("head_start") == "1",
        head_start_until_ms=kept.at("head_start_until_ms"),
        restored=kept.maybe("restored") == "1",
        came_back=kept.maybe("came_back") == "1",
        called_ms=kept.at("called_ms"),
        entered_ms=kept.at("entered_ms"),
        ended_ms=kept.at("ended_ms"),
        end_reason=kept.maybe("end_reason"),
        outcome=kept.maybe("outcome"),
        fetching=kept.maybe("fetching") == "1",
        note=kept.maybe("note"),
        check=None if check is None else _check(check, kept.maybe("check_ways") or ":"),
        past=tuple(_met(told) for told in (kept.maybe("past") or "").split()),
        parent=TicketId(parent) if parent else None,
        hops=kept.maybe_number("hops") or 0,
        tier_reason=TierReason(tier_reason) if tier_reason else None,
    )


def _met(told: str) -> Met:
    """What `remember` of `_ticket.lua` wrote."""
    at_ms, cause, detail = told.split(":")
    return Met(Millis(int(at_ms)), Cause(cause), detail or None)


def _check(told: str, ways: str) -> Check:
    """What `checked` wrote; an older release knows nothing of the ways, and reads the rest as ever."""
    at_ms, camera, microphone, path, round_trip_ms, lost_percent, kbit_per_s = told.split(":")
    udp, relay = (None if passes == "" else passes == "1" for passes in ways.split(":"))
    found = Found(
        camera=camera == "1",
        microphone=microphone == "1",
        path=Path(path),
        round_trip_ms=int(round_trip_ms) if round_trip_ms else None,
        lost_percent=int(lost_percent) if lost_percent else None,
        kbit_per_s=int(kbit_per_s) if kbit_per_s else None,
        udp=udp,
        relay=relay,
    )
    return Check(Millis(int(at_ms)), found)


def call_from(call: CallId, kept: Kept, asked_until_ms: Millis | None = None) -> Call:
    """A call's hash; until when it rings for somebody who was asked into it, where it does."""
    by, end, gone = kept.maybe("ended_by"), kept.maybe("end"), kept.maybe("gone")
    media = kept.maybe("media")
    return Call(
        id=call,
        state=CallState(kept.text("state")),
        unit=UnitId(kept.text("unit")),
        ticket=TicketId(kept.text("ticket")),
        attendant=AttendantId(kept.text("attendant")),
        rung_ms=Millis(kept.number("rung_ms")),
        seen_ms=kept.at("seen_ms"),
        started_ms=kept.at("started_ms"),
        ended_ms=kept.at("ended_ms"),
        ended_by=ParticipantId(by) if by else None,
        end=EndOfCall(end) if end else None,
        gone=Gone(gone) if gone else None,
        interrupted_ms=kept.at("interrupted_ms"),
        media=Media(media) if media else None,
        invited_until_ms=kept.at("invited_until_ms"),
        asked=_asked(kept, asked_until_ms),
    )


def _asked(kept: Kept, until_ms: Millis | None) -> Asked | None:
    answer, kind = kept.maybe("answer"), kept.maybe("asked_as")
    if kind is None or (until_ms is None and answer is None):
        return None
    return Asked(GuestKind(kind), kept.maybe("asked_name"), until_ms, NotComing(answer) if answer else None)


def guest_from(guest: GuestId, kept: Kept) -> Guest:
    """A guest's hash."""
    tab, left = kept.maybe("tab"), kept.maybe("left")
    return Guest(
        id=guest,
        call=CallId(kept.text("call")),
        kind=GuestKind(kept.text("kind")),
        name=kept.text("name"),
        function=kept.maybe("job"),
        party=ParticipantId(kept.text("party")),
        since=EntryId(kept.text("since")),
        tab=TabId(tab) if tab else None,
        left=WhyLeft(left) if left else None,
    )


def guests_from(rows: Sequence[object]) -> tuple[Guest, ...]:
    """What `desk.lua` answers of who else is in the call."""
    return tuple(guest_from(GuestId(str(guest)), Kept.of(_row(kept))) for guest, kept in map(_row, rows))


def asked_in_from(row: Sequence[object]) -> AskedIn | None:
    """What `desk.lua` answers of a call into which it rings there."""
    if not row:
        return None
    call, unit, number, name, job, kind, until = map(str, row)
    at_ms = Millis(int(float(until)))
    return AskedIn(CallId(call), UnitId(unit), number, name, job, GuestKind(kind), at_ms)


def helping_from(row: Sequence[object]) -> Helping | None:
    """What `desk.lua` answers of another's call that they are in."""
    if not row:
        return None
    call, call_fields, guest, guest_fields, number, until = row
    return Helping(
        guest_from(GuestId(str(guest)), Kept.of(_row(guest_fields))),
        call_from(CallId(str(call)), Kept.of(_row(call_fields))),
        str(number),
        maybe_millis(str(until)),
    )


def offer_from(kept: Kept, until_ms: Millis | None) -> Offer | None:
    """What a desk's hash tells of the unit that the interpreter at it offers to help."""
    unit, answer = kept.maybe("offer_unit"), kept.maybe("offer_answer")
    if unit is None or (until_ms is None and answer is None):
        return None
    return Offer(UnitId(unit), until_ms, NotComing(answer) if answer else None)


def offered_from(row: Sequence[object]) -> Offered | None:
    """What `desk.lua` answers of an interpreter who offers to come."""
    if not row:
        return None
    interpreter, name, job, until = map(str, row)
    return Offered(AttendantId(interpreter), name, job, Millis(int(float(until))))


def attendant_from(attendant: AttendantId, kept: Kept, wrap_until_ms: Millis | None) -> Attendant:
    """A desk's hash."""
    pause, tab, ticket, call = kept.maybe("pause"), kept.maybe("tab"), kept.maybe("ticket"), kept.maybe("call")
    outcome = kept.maybe("outcome")
    return Attendant(
        id=attendant,
        name=kept.text("name"),
        function=kept.text("job"),
        status=Status(kept.text("status")),
        pause=PauseReason(pause) if pause else None,
        activity=Activity(kept.text("activity")),
        units=tuple(UnitId(unit) for unit in kept.text("units").split()),
        since_ms=Millis(kept.number("since_ms")),
        fence=Fence(kept.number("fence")),
        tab=TabId(tab) if tab else None,
        ticket=TicketId(ticket) if ticket else None,
        call=CallId(call) if call else None,
        wrap_until_ms=wrap_until_ms,
        wrap_extended=kept.maybe("wrap_extended") == "1",
        outcome=Outcome(outcome) if outcome else None,
    )


def unit_from(state: object) -> UnitState:
    """One entry of `units.lua`'s answer."""
    (
        unit,
        line,
        away,
        cards,
        desks,
        called,
        in_call,
        served,
        left,
        cancelled,
        refused,
        unattended,
        run,
        out_of_order,
        suspended,
    ) = _row(state)
    told = Kept.of(_row(cards))
    waiting = [*_waiting(_row(line), told, present=True), *_waiting(_row(away), told, present=False)]
    return UnitState(
        unit=UnitId(str(unit)),
        line=tuple(sorted(waiting, key=_by_score)),
        attendants=tuple(sorted((_desk_state(row) for row in _row(desks)), key=lambda desk: desk.attendant)),
        called=int(str(called)),
        in_call=int(str(in_call)),
        served_today=int(str(served)),
        left_today=int(str(left)),
        refused_today=int(str(refused)),
        cancelled_today=int(str(cancelled)),
        unattended_since_ms=Millis(int(str(unattended))) if unattended else None,
        run=int(str(run)),
        out_of_order_today=int(str(out_of_order)),
        suspension=_suspension(*(str(word) for word in _row(suspended))),
    )


def mended_from(rows: Sequence[object]) -> tuple[Mended, ...]:
    """What `reconcile.lua` answers of what it put right."""
    return tuple(Mended(str(cause), str(of)) for cause, of in map(_row, rows))


def flood_from(row: object) -> Flood:
    """One row of `floods.lua`'s answer."""
    network, what, count, until = (str(word) for word in _row(row))
    return Flood(network, Flooded(what), int(count), Millis(int(float(until))))


def event_from(entry: EntryId, kept: Kept) -> Event:
    """An entry of `{court}:events`."""
    unit, ticket, attendant, call = (kept.maybe(name) for name in ("unit", "ticket", "attendant", "call"))
    return Event(
        id=entry,
        n=kept.number("n"),
        at_ms=Millis(kept.number("at")),
        kind=EventKind(kept.text("kind")),
        unit=UnitId(unit) if unit else None,
        ticket=TicketId(ticket) if ticket else None,
        attendant=AttendantId(attendant) if attendant else None,
        call=CallId(call) if call else None,
        facts=kept.rest(NAMED),
    )


def log_entry_from(entry: EntryId, kept: Kept) -> LogEntry:
    """An entry of `{court}:signals` or of a call's log."""
    sender, to = kept.maybe("from"), kept.maybe("to")
    return LogEntry(
        id=entry,
        n=kept.number("n"),
        call=CallId(kept.text("call")),
        ticket=TicketId(kept.text("ticket")),
        attendant=AttendantId(kept.text("attendant")),
        at_ms=Millis(kept.number("at")),
        sender=ParticipantId(sender) if sender else None,
        to=ParticipantId(to) if to else None,
        kind=kept.text("kind"),
        body=kept.text("body"),
    )


def _row(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"not a list: {value!r}")
    return value


def _waiting(members: Sequence[object], told: Kept, *, present: bool) -> Iterator[Waiting]:
    """The members of one index with their scores in turn, and what their cards tell: when they came, and the number."""
    for ticket, score in zip(members[::2], members[1::2], strict=True):
        yield _one_waiting(str(ticket), str(score), told.text(str(ticket)), present=present)


@lru_cache(WAITING_KEPT)
def _one_waiting(ticket: str, kept_score: str, card: str, *, present: bool) -> Waiting:
    """The same as when it was read last, for whoever stands where they stood: most of a line, at each reading."""
    score = int(kept_score)
    joined, number = card.split(" ", 1)
    return Waiting(TicketId(ticket), number, tier_of(score), score, Millis(int(joined)), present)


def _suspension(since: str, message: str, alternative: str, until: str) -> Suspension | None:
    if not since:
        return None
    return Suspension(message, alternative or None, Millis(int(since)), maybe_millis(until))


def _desk_state(row: object) -> DeskState:
    attendant, name, status, pause, activity, since, units = (str(word) for word in _row(row))
    return DeskState(
        AttendantId(attendant),
        name,
        Status(status),
        PauseReason(pause) if pause else None,
        Activity(activity),
        Millis(int(since)),
        int(units),
    )
