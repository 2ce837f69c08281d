"""The visitor's view: one's own place, the ring, the call, the end."""

from dataclasses import dataclass

from rooms.ids import TabId
from rooms.model.attendant import Staff
from rooms.model.call import Call, Outcome
from rooms.model.order import Key, order_of, score_of
from rooms.model.receipt import protocol_of
from rooms.model.snapshot import AsOf as ModelAsOf
from rooms.model.snapshot import Waiting
from rooms.model.ticket import LIVE, TALKING, Ticket, TicketState, back_until
from signaling.protocol.signals import Clerk
from signaling.protocol.views import (
    CallView,
    EndView,
    Estimate,
    PublicUnit,
    RingView,
    TicketBody,
    TicketView,
    Worsening,
)
from signaling.views.unit import UnitNow, as_of, met, present


@dataclass(frozen=True, slots=True)
class Place:
    """Where a waiting ticket stands."""

    ahead: int
    estimate: Estimate | None


def place_of(ticket: Ticket, now: UnitNow) -> Place | None:
    """The ticket's place; None when it does not wait."""
    if ticket.state is not TicketState.WAITING:
        return None
    one = _waiting(ticket)
    return Place(now.ahead(one), now.estimate(one))


def worsening(told: Worsening | None, ticket: Ticket, before: UnitNow | None, now: UnitNow) -> Worsening | None:
    """Why the place is worse than it was, if it is; what was told before stays until the place gets better."""
    was = place_of(ticket, before) if before is not None else None
    place = place_of(ticket, now)
    if before is None or was is None or place is None:
        return None
    if place.ahead > was.ahead:
        return _who_came(ticket, before, now)
    if _rose(was.estimate, place.estimate):
        fewer = now.staffing.weight < before.staffing.weight
        return Worsening.ATTENDANT_LEFT if fewer else Worsening.SLOWER
    better = place.ahead < was.ahead or _rose(place.estimate, was.estimate)
    return None if better else told


def ticket_view(
    model: ModelAsOf,
    ticket: Ticket | None,
    call: Call | None,
    now: UnitNow | None,
    public: PublicUnit | None,
    *,
    tab: TabId,
    clerk: Staff | None,
    reason: Worsening | None,
) -> TicketView:
    """The visitor's view on one page. `clerk` is the ticket's attendant, `reason` what `worsening` said.

    `now` and `public` are the ticket's unit, the second as `public_unit` made it.
    """
    if ticket is None or now is None or public is None:
        return TicketView(as_of=as_of(model), mirror=False, ticket=None)
    place = place_of(ticket, now)
    waits = ticket.state is TicketState.WAITING
    named = None if clerk is None else Clerk(name=clerk.name, function=clerk.function, unit=now.unit.name)
    return TicketView(
        as_of=as_of(model),
        mirror=ticket.state in LIVE and ticket.active_tab not in {None, tab},
        ticket=TicketBody(
            id=ticket.id,
            rev=ticket.rev,
            number=ticket.number,
            unit=public,
            state=ticket.state,
            tier=ticket.tier,
            name=ticket.visitor.name,
            joined_ms=ticket.joined_ms,
            present=ticket.present,
            ahead=None if place is None else place.ahead,
            original_ahead=ticket.original_position - 1,
            near=ticket.near,
            head_start=ticket.head_start,
            kept_s=now.unit.policy.passed_s,
            estimate=None if place is None else place.estimate,
            worsening=reason,
            tries=ticket.tries,
            returned=met(ticket.past[-1]) if waits and ticket.past else None,
            fetch_until_ms=ticket.until_ms if ticket.fetching else None,
            tier_corrected=ticket.tier_reason,
            ring=_ring(ticket, named),
            call=_call(ticket, call, named),
            end=_end(ticket, now, named),
        ),
    )


def _waiting(ticket: Ticket) -> Waiting:
    score = score_of(Key(ticket.tier, ticket.band, ticket.seq))
    return Waiting(ticket.id, ticket.number, ticket.tier, score, ticket.joined_ms, present=True)


def _who_came(ticket: Ticket, before: UnitNow, now: UnitNow) -> Worsening:
    """Somebody new of a higher tier, somebody who had stood ahead and is back, or other hands and another order."""
    known = {waiting.ticket for waiting in before.state.line}
    here = {waiting.ticket for waiting in present(before.state.line)}
    ahead = order_of(now.state.line, now.rule)[: now.ahead(_waiting(ticket))]
    came = [waiting for waiting in ahead if waiting.ticket not in here]
    if any(waiting.tier < ticket.tier and waiting.ticket not in known for waiting in came):
        return Worsening.PRIORITY_ENTERED
    return Worsening.RETURNED if came else Worsening.ORDER


def _rose(before: Estimate | None, now: Estimate | None) -> bool:
    """Whether the range is later at either edge; a number that is gone, or new, has not risen."""
    if before is None or now is None:
        return False
    return now.low_min > before.low_min or now.high_min > before.high_min


def _ring(ticket: Ticket, clerk: Clerk | None) -> RingView | None:
    if ticket.state is not TicketState.CALLED or ticket.call is None or ticket.until_ms is None or clerk is None:
        return None
    return RingView(call=ticket.call, until_ms=ticket.until_ms, more_time=not ticket.more_time_used, clerk=clerk)


def _call(ticket: Ticket, call: Call | None, clerk: Clerk | None) -> CallView | None:
    if ticket.state not in TALKING or call is None or clerk is None:
        return None
    return CallView(
        call=call.id,
        started_ms=call.started_ms or call.rung_ms,
        clerk=clerk,
        gone=call.gone,
        until_ms=ticket.until_ms,
        media=call.media,
    )


def _end(ticket: Ticket, now: UnitNow, clerk: Clerk | None) -> EndView | None:
    if ticket.state in LIVE or ticket.ended_ms is None:
        return None
    return EndView(
        at_ms=ticket.ended_ms,
        outcome=Outcome(ticket.outcome) if ticket.outcome else None,
        reason=ticket.end_reason or None,
        clerk=clerk,
        protocol=protocol_of(ticket.joined_ms, ticket.seq, now.unit.hours.zone),
        receipt=ticket.receipt,
        head_start_until_ms=ticket.head_start_until_ms,
        back_until_ms=back_until(ticket, now.unit.policy) if ticket.state is TicketState.NO_SHOW else None,
    )
