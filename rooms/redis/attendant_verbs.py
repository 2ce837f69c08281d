"""What attendants do, one method, one script."""

import dataclasses
import json
from collections.abc import Sequence

from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, Millis, Rev, TabId, TicketId, UnitId
from rooms.model.attendant import PauseReason, Staff, Status
from rooms.model.call import ATTENDANT, Outcome, OutOfOrder
from rooms.model.quality import Measure
from rooms.model.snapshot import Rung
from rooms.model.ticket import CancelReason, FetchReason, RemoveReason, Tier, TierReason
from rooms.model.unit import Policy
from rooms.ports import AttendantVerbs, Destination, NewCall, Request, Saying
from rooms.redis.answers import Verbs, measured, once, said
from rooms.redis.script import Answer


class RedisAttendantVerbs(Verbs, AttendantVerbs):
    """`rooms.ports.AttendantVerbs`."""

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
            "choose_units", court, **once(request), attendant=attendant, fence=fence, units=" ".join(units)
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
            "set_status", court, **once(request), attendant=attendant, fence=fence, status=status, pause=pause or ""
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
            **once(request),
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
            **once(request),
            attendant=attendant,
            fence=fence,
            ticket=ticket,
            reason=reason,
            **_rings(new),
        )
        return _rung(answer)

    async def cancel_call(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        reason: CancelReason,
    ) -> None:
        await self._scripts.run(
            "cancel_call", court, **once(request), attendant=attendant, fence=fence, call=call, reason=reason
        )

    async def finish(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, outcome: Outcome
    ) -> None:
        await self._scripts.run(
            "finish", court, **once(request), attendant=attendant, fence=fence, call=call, outcome=outcome
        )

    async def extend_wrap_up(self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence) -> None:
        await self._scripts.run("extend_wrap_up", court, **once(request), attendant=attendant, fence=fence)

    async def hang_up_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run(
            "hang_up", court, **once(request), side=ATTENDANT, member=attendant, fence=fence, call=call
        )

    async def signal_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, saying: Saying
    ) -> EntryId:
        answer = await self._scripts.run(
            "signal", court, **once(request), side=ATTENDANT, member=attendant, page=fence, call=call, **said(saying)
        )
        return EntryId(answer.text("entry"))

    async def leg_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, *, alive: bool
    ) -> None:
        await self._scripts.run(
            "leg", court, **once(request), side=ATTENDANT, member=attendant, page=fence, call=call, alive=int(alive)
        )

    async def measured_attendant(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, measure: Measure
    ) -> None:
        told = measured(measure)
        await self._scripts.run(
            "measured", court, **once(request), side=ATTENDANT, member=attendant, page=fence, call=call, measure=told
        )

    # with the person at the desk

    async def release(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run("release", court, **once(request), attendant=attendant, fence=fence, call=call)

    async def note(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, text: str
    ) -> None:
        await self._scripts.run("note", court, **once(request), attendant=attendant, fence=fence, call=call, text=text)

    async def send_back(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId, reason: FetchReason
    ) -> None:
        await self._scripts.run(
            "send_back", court, **once(request), attendant=attendant, fence=fence, call=call, reason=reason
        )

    async def hold(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> Millis:
        answer = await self._scripts.run("hold", court, **once(request), attendant=attendant, fence=fence, call=call)
        return Millis(answer.number("until_ms"))

    async def unhold(
        self, court: CourtId, request: Request, attendant: AttendantId, fence: Fence, call: CallId
    ) -> None:
        await self._scripts.run("unhold", court, **once(request), attendant=attendant, fence=fence, call=call)

    async def transfer(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        call: CallId,
        to: Destination,
        policy: Policy,
    ) -> str:
        answer = await self._scripts.run(
            "transfer",
            court,
            **once(request),
            attendant=attendant,
            fence=fence,
            call=call,
            ticket=to.ticket,
            unit=to.unit,
            letters=to.letters,
            day=to.day.isoformat(),
            receipt=to.receipt,
            policy=json.dumps(dataclasses.asdict(policy)),
        )
        return answer.text("number")

    async def remove_attendant(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        ticket: TicketId,
        reason: RemoveReason,
    ) -> None:
        await self._scripts.run(
            "remove", court, **once(request), ticket=ticket, reason=reason, attendant=attendant, fence=fence
        )

    async def set_tier_attendant(
        self,
        court: CourtId,
        request: Request,
        attendant: AttendantId,
        fence: Fence,
        ticket: TicketId,
        rev: Rev,
        tier: Tier,
        reason: TierReason,
    ) -> Rev:
        answer = await self._scripts.run(
            "set_tier",
            court,
            **once(request),
            ticket=ticket,
            rev=rev,
            tier=tier,
            reason=reason,
            attendant=attendant,
            fence=fence,
        )
        return Rev(answer.number("rev"))


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
