"""What the verbs of a court share: how they are asked, and their answers as the model's records."""

import dataclasses
import json

from rooms.ids import AttendantId, CallId, CourtId, GuestId, Millis, TicketId, UnitId
from rooms.model.quality import Measure
from rooms.model.reminder import Subscribed
from rooms.model.snapshot import AsOf, Desk, OneGuest, OneTicket
from rooms.model.ticket import TicketState
from rooms.ports import Request, Saying
from rooms.redis.records import (
    Kept,
    asked_in_from,
    attendant_from,
    call_from,
    guest_from,
    guests_from,
    helping_from,
    maybe_millis,
    offer_from,
    offered_from,
    ticket_from,
)
from rooms.redis.script import Answer, Scripts

NO_FENCE = ""
NO_ATTENDANT = ""


class Verbs:
    """Those of one kind of person."""

    def __init__(self, scripts: Scripts) -> None:
        self._scripts = scripts


def once(request: Request) -> dict[str, str]:
    """The first three arguments of every idempotent script."""
    return {"principal": request.principal, "request": request.id, "fingerprint": request.fingerprint}


def said(saying: Saying) -> dict[str, str]:
    """What a page says, as `signal` takes it."""
    return {"to": saying.to or "", "kind": saying.kind, "body": saying.body}


def measured(measure: Measure) -> str:
    """How a call went, as `measured` keeps it: what was not measured is left out."""
    return json.dumps({name: value for name, value in dataclasses.asdict(measure).items() if value is not None})


def maybe(number: int | None) -> str | int:
    """A number that there may not be."""
    return "" if number is None else number


def true_at(answer: Answer) -> AsOf:
    """The position that a read is true for."""
    return AsOf(answer.number("epoch"), answer.number("n"), Millis(answer.number("now_ms")))


def one_ticket(court: CourtId, answer: Answer, prefix: str = "", asked_until_ms: Millis | None = None) -> OneTicket:
    """What `one_ticket` of `_snapshot.lua` answered; until when it rings for somebody asked into the call."""
    ticket, call = Kept.of(answer.list(f"{prefix}fields")), Kept.of(answer.list("call_fields"))
    return OneTicket(
        as_of=true_at(answer),
        ticket=ticket_from(court, TicketId(answer.text("ticket")), ticket, maybe_millis(answer.text("until_ms")))
        if ticket
        else None,
        call=call_from(CallId(answer.text("call")), call, asked_until_ms) if call else None,
    )


def one_guest(guest: GuestId, answer: Answer) -> OneGuest:
    """What `one_guest` of `_snapshot.lua` answered."""
    kept, call = Kept.of(answer.list("fields")), Kept.of(answer.list("call_fields"))
    return OneGuest(
        as_of=true_at(answer),
        guest=guest_from(guest, kept) if kept else None,
        call=call_from(CallId(kept.text("call")), call) if call else None,
        until_ms=maybe_millis(answer.text("until_ms")),
    )


def one_desk(court: CourtId, attendant: AttendantId, answer: Answer) -> Desk:
    """What `one_desk` of `_snapshot.lua` answered."""
    kept = Kept.of(answer.list("fields"))
    one = one_ticket(court, answer, "ticket_", maybe_millis(answer.text("asked_until_ms")))
    found = attendant_from(attendant, kept, maybe_millis(answer.text("wrap_until_ms"))) if kept else None
    return Desk(
        one.as_of,
        found,
        one.ticket,
        one.call,
        guests_from(answer.list("guests")),
        asked_in_from(answer.list("asked")),
        helping_from(answer.list("helping")),
        offer_from(kept, maybe_millis(answer.text("offer_until_ms"))),
        offered_from(answer.list("offered")),
    )


def subscribed_from(ticket: TicketId, answer: Answer) -> Subscribed:
    """What `reminder.lua` answered of a ticket with a subscription."""
    return Subscribed(
        ticket=ticket,
        push=answer.text("push"),
        unit=UnitId(answer.text("unit")),
        number=answer.text("number"),
        state=TicketState(answer.text("state")),
        looked_at=answer.text("looked_at") == "1",
        passed_until_ms=maybe_millis(answer.text("passed_until_ms")),
        ring_until_ms=maybe_millis(answer.text("ring_until_ms")),
    )
