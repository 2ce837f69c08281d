"""What the house and its supervisors do, and what is read, one method, one script."""

from collections.abc import Mapping, Sequence
from datetime import date

from rooms.ids import (
    AttendantId,
    CourtId,
    EntryId,
    Fence,
    GuestId,
    Holder,
    Millis,
    ParticipantId,
    Rev,
    TicketId,
    UnitId,
)
from rooms.model.reminder import Subscribed
from rooms.model.snapshot import Desk, Flood, OneTicket, People, Units
from rooms.model.ticket import RemoveReason, Tier, TierReason
from rooms.ports import HouseVerbs, Mended, Request, Round, Session, Suspending, Swept
from rooms.redis.answers import (
    NO_ATTENDANT,
    NO_FENCE,
    Verbs,
    maybe,
    once,
    one_desk,
    one_guest,
    one_ticket,
    subscribed_from,
    true_at,
)
from rooms.redis.records import flood_from, mended_from, unit_from
from rooms.redis.script import answered


class RedisHouseVerbs(Verbs, HouseVerbs):
    """`rooms.ports.HouseVerbs`."""

    # staff's

    async def suspend(
        self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId, told: Suspending
    ) -> None:
        await self._scripts.run(
            "suspend",
            court,
            **once(request),
            unit=unit,
            actor=actor,
            message=told.message,
            alternative=told.alternative or "",
            until_ms=maybe(told.until_ms),
        )

    async def resume_unit(self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId) -> None:
        await self._scripts.run("resume_unit", court, **once(request), unit=unit, actor=actor)

    # the supervisor's

    async def clear_flood(self, court: CourtId, request: Request, network: str) -> None:
        await self._scripts.run("clear_flood", court, **once(request), network=network)

    async def sign_out(self, court: CourtId, request: Request, attendant: AttendantId) -> None:
        await self._scripts.run("sign_out", court, **once(request), attendant=attendant)

    async def remove_supervisor(self, court: CourtId, request: Request, ticket: TicketId, reason: RemoveReason) -> None:
        await self._scripts.run(
            "remove", court, **once(request), ticket=ticket, reason=reason, attendant=NO_ATTENDANT, fence=NO_FENCE
        )

    async def set_tier_supervisor(
        self, court: CourtId, request: Request, ticket: TicketId, rev: Rev, tier: Tier, reason: TierReason
    ) -> Rev:
        answer = await self._scripts.run(
            "set_tier",
            court,
            **once(request),
            ticket=ticket,
            rev=rev,
            tier=tier,
            reason=reason,
            attendant=NO_ATTENDANT,
            fence=NO_FENCE,
        )
        return Rev(answer.number("rev"))

    # the house's

    async def renew(
        self,
        court: CourtId,
        tickets: Sequence[TicketId],
        desks: Sequence[tuple[AttendantId, Fence]],
        guests: Sequence[GuestId] = (),
    ) -> None:
        await self._scripts.run(
            "renew",
            court,
            tickets=" ".join(tickets),
            desks=" ".join(f"{attendant}:{fence}" for attendant, fence in desks),
            guests=" ".join(guests),
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

    async def unsubscribe(self, court: CourtId, ticket: TicketId, push: str) -> None:
        await self._scripts.run("unsubscribe", court, ticket=ticket, push=push)

    async def hold_pusher(self, court: CourtId, node: str, ttl_ms: int, sent: EntryId | None) -> EntryId | None:
        answer = await self._scripts.run("hold_pusher", court, node=node, ttl_ms=ttl_ms, sent=sent or "")
        return EntryId(answer.text("sent")) if answer.fields else None

    async def directory_changed(self, court: CourtId) -> None:
        await self._scripts.run("directory_changed", court)

    async def adopt(self, court: CourtId, seen_n: int) -> int:
        return (await self._scripts.run("adopt", court, seen_n=seen_n)).number("epoch")

    # reads

    async def units(self, court: CourtId, units: Sequence[UnitId], days: Mapping[UnitId, date]) -> Units:
        answer = await self._scripts.run(
            "units", court, units=" ".join(f"{unit}:{days[unit].isoformat()}" for unit in units)
        )
        return Units(true_at(answer), tuple(unit_from(state) for state in answer.list("states")))

    async def floods(self, court: CourtId) -> Sequence[Flood]:
        return [flood_from(row) for row in (await self._scripts.run("floods", court)).list("found")]

    async def reminder(self, court: CourtId, ticket: TicketId) -> Subscribed | None:
        answer = await self._scripts.run("reminder", court, ticket=ticket)
        return subscribed_from(ticket, answer) if answer.fields else None

    async def ticket_of(self, court: CourtId, holder: Holder) -> OneTicket:
        return one_ticket(court, await self._scripts.run("ticket_of", court, holder=holder))

    async def ticket(self, court: CourtId, ticket: TicketId) -> OneTicket:
        return one_ticket(court, await self._scripts.run("ticket", court, ticket=ticket))

    async def desk(self, court: CourtId, attendant: AttendantId) -> Desk:
        return one_desk(court, attendant, await self._scripts.run("desk", court, attendant=attendant))

    async def people(
        self, court: CourtId, holders: Sequence[Holder], attendants: Sequence[AttendantId], guests: Sequence[GuestId]
    ) -> People:
        answer = await self._scripts.run(
            "people", court, holders=" ".join(holders), attendants=" ".join(attendants), guests=" ".join(guests)
        )
        tickets, desks, seats = (answer.list(part) for part in ("tickets", "desks", "guests"))
        return People(
            true_at(answer),
            {who: one_ticket(court, answered("ticket_of", row)) for who, row in zip(holders, tickets, strict=True)},
            {who: one_desk(court, who, answered("desk", row)) for who, row in zip(attendants, desks, strict=True)},
            {who: one_guest(who, answered("guest", row)) for who, row in zip(guests, seats, strict=True)},
        )

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
