"""The counter's live state on Redis or Valkey: `rooms.ports.Store`, one method, one script."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from datetime import date

from rooms.ids import (
    AttendantId,
    CallId,
    CourtId,
    EntryId,
    Fence,
    Holder,
    Millis,
    ParticipantId,
    Rev,
    TabId,
    TicketId,
    UnitId,
)
from rooms.model.attendant import PauseReason, Staff, Status
from rooms.model.call import ATTENDANT, VISITOR, Outcome, OutOfOrder
from rooms.model.snapshot import AsOf, Desk, Flood, OneTicket, Rung, Units
from rooms.model.ticket import Media
from rooms.model.unit import Policy
from rooms.ports import Joined, Mended, NewCall, NewTicket, Request, Round, Saying, Session, Store, Suspending, Swept
from rooms.redis.client import Client
from rooms.redis.records import (
    Kept,
    attendant_from,
    call_from,
    flood_from,
    maybe_millis,
    mended_from,
    ticket_from,
    unit_from,
)
from rooms.redis.script import Answer, Scripts

NO_FENCE = ""


class RedisStore(Store):
    """Every verb of every court."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._scripts = Scripts(client)

    async def ping(self) -> None:
        """The store answers. STORE_AWAY."""
        await self._client.call("PING")

    # the visitor's verbs

    async def join(self, court: CourtId, request: Request, new: NewTicket, policy: Policy) -> Joined:
        answer = await self._scripts.run(
            "join",
            court,
            **_once(request),
            ticket=new.id,
            unit=new.unit,
            letters=new.letters,
            day=new.day.isoformat(),
            holder=new.holder,
            tab=new.tab,
            tier=new.tier,
            name=new.visitor.name,
            role=new.visitor.role,
            oab=new.visitor.oab or "",
            case=new.visitor.case_number or "",
            receipt=new.receipt,
            head_start=new.head_start,
            network=new.network,
            network_limit=new.network_limit,
            low=_maybe(new.announced_low_min),
            high=_maybe(new.announced_high_min),
            policy=json.dumps(dataclasses.asdict(policy)),
        )
        return Joined(TicketId(answer.text("ticket")), answer.text("number"), Rev(answer.number("rev")))

    async def leave(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> None:
        await self._scripts.run("leave", court, **_once(request), holder=holder, rev=rev)

    async def open_page(self, court: CourtId, holder: Holder, tab: TabId, *, opened: bool) -> OneTicket:
        return _one_ticket(
            court, await self._scripts.run("open_page", court, holder=holder, tab=tab, opened=int(opened))
        )

    async def come_back(self, court: CourtId, request: Request, holder: Holder, rev: Rev, tab: TabId) -> Rev:
        answer = await self._scripts.run("come_back", court, **_once(request), holder=holder, rev=rev, tab=tab)
        return Rev(answer.number("rev"))

    async def seen(self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId) -> None:
        await self._scripts.run("seen", court, **_once(request), holder=holder, call=call, tab=tab)

    async def more_time(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        answer = await self._scripts.run("more_time", court, **_once(request), holder=holder, rev=rev)
        return Rev(answer.number("rev"))

    async def enter(
        self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId, media: Media
    ) -> Rev:
        answer = await self._scripts.run(
            "enter", court, **_once(request), holder=holder, call=call, tab=tab, media=media
        )
        return Rev(answer.number("rev"))

    # the attendant's verbs

    async def open_desk(self, court: CourtId, staff: Staff, tab: TabId, policy: Policy, *, take_over: bool) -> Fence:
        answer = await self._scripts.run(
            "open_desk",
            court,
            attendant=staff.id,
            name=staff.name,
            job=staff.function,
            units=" ".join(staff.units),
            tab=tab,
            lease_s=policy.attendant_lease_s,
            take_over=int(take_over),
        )
        return Fence(answer.number("fence"))

    async def choose_units(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, units: Sequence[UnitId]
    ) -> None:
        await self._scripts.run(
            "choose_units", court, **_once(request), attendant=attendant, fence=fence, units=" ".join(units)
        )

    async def set_status(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        status: Status,
        pause: PauseReason | None,
    ) -> None:
        await self._scripts.run(
            "set_status", court, **_once(request), attendant=attendant, fence=fence, status=status, pause=pause or ""
        )

    async def call_next(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
    ) -> Rung:
        answer = await self._scripts.run(
            "call_next",
            court,
            **_once(request),
            attendant=attendant,
            fence=fence,
            **_rings(new),
        )
        return _rung(answer)

    async def call_out_of_order(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        new: NewCall,
        ticket: TicketId,
        reason: OutOfOrder,
    ) -> Rung:
        answer = await self._scripts.run(
            "call_out_of_order",
            court,
            **_once(request),
            attendant=attendant,
            fence=fence,
            ticket=ticket,
            reason=reason,
            **_rings(new),
        )
        return _rung(answer)

    async def cancel_call(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run("cancel_call", court, **_once(request), attendant=attendant, fence=fence, call=call)

    async def finish(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, outcome: Outcome
    ) -> None:
        await self._scripts.run(
            "finish", court, **_once(request), attendant=attendant, fence=fence, call=call, outcome=outcome
        )

    async def extend_wrap_up(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> None:
        await self._scripts.run("extend_wrap_up", court, **_once(request), attendant=attendant, fence=fence)

    # both sides'

    async def hang_up_visitor(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> None:
        await self._scripts.run(
            "hang_up", court, **_once(request), side=VISITOR, member=holder, fence=NO_FENCE, call=call
        )

    async def hang_up_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run(
            "hang_up", court, **_once(request), side=ATTENDANT, member=attendant, fence=fence, call=call
        )

    async def signal_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        answer = await self._scripts.run(
            "signal", court, **_once(request), side=VISITOR, member=holder, page=tab, call=call, **_said(saying)
        )
        return EntryId(answer.text("entry"))

    async def signal_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, saying: Saying
    ) -> EntryId:
        answer = await self._scripts.run(
            "signal", court, **_once(request), side=ATTENDANT, member=attendant, page=fence, call=call, **_said(saying)
        )
        return EntryId(answer.text("entry"))

    # staff's

    async def suspend(
        self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId, told: Suspending
    ) -> None:
        await self._scripts.run(
            "suspend",
            court,
            **_once(request),
            unit=unit,
            actor=actor,
            message=told.message,
            alternative=told.alternative or "",
            until_ms=_maybe(told.until_ms),
        )

    async def resume_unit(self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId) -> None:
        await self._scripts.run("resume_unit", court, **_once(request), unit=unit, actor=actor)

    # the supervisor's

    async def clear_flood(self, court: CourtId, request: Request, network: str) -> None:
        await self._scripts.run("clear_flood", court, **_once(request), network=network)

    async def sign_out(self, court: CourtId, request: Request, attendant: AttendantId) -> None:
        await self._scripts.run("sign_out", court, **_once(request), attendant=attendant)

    # the house's

    async def renew(
        self, court: CourtId, tickets: Sequence[TicketId], desks: Sequence[tuple[AttendantId, Fence]]
    ) -> None:
        await self._scripts.run(
            "renew",
            court,
            tickets=" ".join(tickets),
            desks=" ".join(f"{attendant}:{fence}" for attendant, fence in desks),
        )

    async def sweep(self, court: CourtId) -> Swept:
        answer = await self._scripts.run("sweep", court)
        return Swept(answer.number("acted"), answer.number("credited_ms"), bool(answer.text("more")))

    async def reconcile(
        self, court: CourtId, at: Round, units: Sequence[UnitId], attendants: Sequence[AttendantId]
    ) -> tuple[Round, Sequence[Mended]] | None:
        answer = await self._scripts.run(
            "reconcile",
            court,
            live_from=at.live,
            due_from=at.due,
            units=" ".join(units),
            attendants=" ".join(attendants),
        )
        if not answer.fields:
            return None
        return Round(answer.text("live_from"), answer.text("due_from")), mended_from(answer.list("mended"))

    async def close_unit(
        self, court: CourtId, unit: UnitId, joined_before_ms: Millis, head_start_until_ms: Millis
    ) -> int:
        answer = await self._scripts.run(
            "close_unit", court, unit=unit, before_ms=joined_before_ms, head_start_ms=head_start_until_ms
        )
        return answer.number("ended")

    async def turn_away(self, court: CourtId, unit: UnitId, day: date, holder: Holder, reason: str) -> None:
        await self._scripts.run("turn_away", court, unit=unit, day=day.isoformat(), holder=holder, reason=reason)

    async def directory_changed(self, court: CourtId) -> None:
        await self._scripts.run("directory_changed", court)

    async def adopt(self, court: CourtId, seen_n: int) -> int:
        return (await self._scripts.run("adopt", court, seen_n=seen_n)).number("epoch")

    # reads

    async def units(self, court: CourtId, units: Sequence[UnitId], days: Mapping[UnitId, date]) -> Units:
        answer = await self._scripts.run(
            "units", court, units=" ".join(f"{unit}:{days[unit].isoformat()}" for unit in units)
        )
        return Units(_as_of(answer), tuple(unit_from(state) for state in answer.list("states")))

    async def floods(self, court: CourtId) -> Sequence[Flood]:
        return [flood_from(row) for row in (await self._scripts.run("floods", court)).list("found")]

    async def ticket_of(self, court: CourtId, holder: Holder) -> OneTicket:
        return _one_ticket(court, await self._scripts.run("ticket_of", court, holder=holder))

    async def ticket(self, court: CourtId, ticket: TicketId) -> OneTicket:
        return _one_ticket(court, await self._scripts.run("ticket", court, ticket=ticket))

    async def desk(self, court: CourtId, attendant: AttendantId) -> Desk:
        answer = await self._scripts.run("desk", court, attendant=attendant)
        kept = Kept.of(answer.list("fields"))
        one = _one_ticket(court, answer, prefix="ticket_")
        found = attendant_from(attendant, kept, maybe_millis(answer.text("wrap_until_ms"))) if kept else None
        return Desk(one.as_of, found, one.ticket, one.call)

    # sign-in

    async def sign_in(self, court: CourtId, key: str, session: Session, ttl_s: int) -> None:
        await self._scripts.run(
            "sign_in", court, session=key, attendant=session.attendant, role=session.role, ttl_s=ttl_s
        )

    async def session(self, court: CourtId, key: str, ttl_s: int) -> Session | None:
        answer = await self._scripts.run("session", court, session=key, ttl_s=ttl_s)
        return Session(AttendantId(answer.text("attendant")), answer.text("role")) if answer.fields else None

    async def end_session(self, court: CourtId, key: str) -> None:
        await self._scripts.run("end_session", court, session=key)

    async def attempt(
        self, court: CourtId, account: str, network: str, *, an_account: int = 10, a_network: int = 60
    ) -> None:
        await self._scripts.run(
            "attempt", court, account=account, network=network, an_account=an_account, a_network=a_network
        )

    async def now(self, court: CourtId) -> Millis:
        return Millis((await self._scripts.run("now", court)).number("now_ms"))

    async def move_clock(self, court: CourtId, by_ms: int) -> Millis:
        return Millis((await self._scripts.run("move_clock", court, by_ms=by_ms)).number("now_ms"))


def _once(request: Request) -> dict[str, str]:
    return {"principal": request.principal, "request": request.id, "fingerprint": request.fingerprint}


def _said(saying: Saying) -> dict[str, str]:
    return {"to": saying.to or "", "kind": saying.kind, "body": saying.body}


def _rings(new: NewCall) -> dict[str, str]:
    return {
        "call": new.id,
        "names": json.dumps(dict(new.names)),
        "orders": json.dumps({unit: _order(policy) for unit, policy in new.orders.items()}),
    }


def _rung(answer: Answer) -> Rung:
    return Rung(CallId(answer.text("call")), TicketId(answer.text("ticket")), UnitId(answer.text("unit")))


def _order(policy: Policy) -> dict[str, object]:
    return {
        "order": policy.order,
        "ratio_k": policy.ratio_k,
        "head_start_min": policy.head_start_min,
        "dedicated": policy.dedicated,
    }


def _maybe(number: int | None) -> str | int:
    return "" if number is None else number


def _as_of(answer: Answer) -> AsOf:
    return AsOf(answer.number("epoch"), answer.number("n"), Millis(answer.number("now_ms")))


def _one_ticket(court: CourtId, answer: Answer, prefix: str = "") -> OneTicket:
    ticket, call = Kept.of(answer.list(f"{prefix}fields")), Kept.of(answer.list("call_fields"))
    return OneTicket(
        as_of=_as_of(answer),
        ticket=ticket_from(court, TicketId(answer.text("ticket")), ticket, maybe_millis(answer.text("ring_until_ms")))
        if ticket
        else None,
        call=call_from(CallId(answer.text("call")), call) if call else None,
    )
