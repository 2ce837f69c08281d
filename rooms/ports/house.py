"""The supervisor's verbs, the house's own, and what is read."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

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
from rooms.ports.asked import Mended, Request, Round, Session, Suspending, Swept


class HouseVerbs(Protocol):
    """What the house does by itself or for a supervisor, and what it can be asked."""

    # staff's: an attendant of the unit, a supervisor
    async def suspend(
        self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId, told: Suspending
    ) -> None:
        """No new tickets; whoever is inside stays. Said again, it replaces what was said."""
        ...

    async def resume_unit(self, court: CourtId, request: Request, unit: UnitId, actor: ParticipantId) -> None:
        """Tickets again. WRONG_STATE: it is not suspended."""
        ...

    # the supervisor's
    async def clear_flood(self, court: CourtId, request: Request, network: str) -> None:
        """The network (its keyed hash) may ask again."""
        ...

    async def sign_out(self, court: CourtId, request: Request, attendant: AttendantId) -> None:
        """Offline at once, sessions and desk ended; whoever was called or in call becomes first of their tier."""
        ...

    async def remove_supervisor(self, court: CourtId, request: Request, ticket: TicketId, reason: RemoveReason) -> None:
        """Take somebody who waits off the line. TICKET_UNKNOWN (or over), WRONG_STATE (not waiting)."""
        ...

    async def set_tier_supervisor(
        self, court: CourtId, request: Request, ticket: TicketId, rev: Rev, tier: Tier, reason: TierReason
    ) -> Rev:
        """Correct anybody's tier; the sequence stays. TICKET_UNKNOWN (or over), STALE_REV."""
        ...

    # the house's
    async def renew(
        self,
        court: CourtId,
        tickets: Sequence[TicketId],
        desks: Sequence[tuple[AttendantId, Fence]],
        guests: Sequence[GuestId] = (),
    ) -> None:
        """These are here: leases renewed in one batch (≤ 500 each); an away ticket becomes present.

        Every ten seconds is often enough for every policy of ours (the shortest lease is 20 s).
        """
        ...

    async def sweep(self, court: CourtId) -> Swept:
        """Act on at most 100 deadlines; re-checks each; after an outage every deadline moves by its length instead."""
        ...

    async def reconcile(
        self, court: CourtId, at: Round, units: Sequence[UnitId], attendants: Sequence[AttendantId]
    ) -> tuple[Round, Sequence[Mended]] | None:
        """Put right what contradicts itself among some tickets and deadlines, these units (≤ 5), these desks (≤ 50).

        Answers how far the round has come and what was mended; None where a round began less than ten seconds ago.
        """
        ...

    async def close_unit(
        self, court: CourtId, unit: UnitId, joined_before_ms: Millis, head_start_until_ms: Millis
    ) -> int:
        """End a unit's waiting tickets of before that instant as CLOSED (at most 100 a call); answers how many.

        Until `head_start_until_ms` the receipt of each makes a new ticket there the first of its tier, once.
        """
        ...

    async def turn_away(self, court: CourtId, unit: UnitId, day: date, holder: Holder, reason: str) -> None:
        """Count somebody who was refused a ticket before `join` was asked; once a person, unit and day."""
        ...

    async def unsubscribe(self, court: CourtId, ticket: TicketId, push: str) -> None:
        """That subscription is over; a newer one stays."""
        ...

    async def hold_pusher(self, court: CourtId, node: str, ttl_ms: int, sent: EntryId | None) -> EntryId | None:
        """Become or stay the court's sender of reminders: the last event sent for, or None while another node is."""
        ...

    async def directory_changed(self, court: CourtId) -> None:
        """Tell every node that units or staff have changed."""
        ...

    async def adopt(self, court: CourtId, seen_n: int) -> int:
        """At start: the epoch; a higher one if the store's counter is behind `seen_n` (it came back older)."""
        ...

    # reads
    async def units(self, court: CourtId, units: Sequence[UnitId], days: Mapping[UnitId, date]) -> Units:
        """Several units (≤ 20) at one instant."""
        ...

    async def floods(self, court: CourtId) -> Sequence[Flood]:
        """The networks that are limited now, at most fifty."""
        ...

    async def reminder(self, court: CourtId, ticket: TicketId) -> Subscribed | None:
        """Where a ticket's reminders go, and what it is now; None without a subscription."""
        ...

    async def ticket_of(self, court: CourtId, holder: Holder) -> OneTicket:
        """The browser's ticket, live or ended less than an hour ago, with its call."""
        ...

    async def ticket(self, court: CourtId, ticket: TicketId) -> OneTicket:
        """That ticket, with its call."""
        ...

    async def desk(self, court: CourtId, attendant: AttendantId) -> Desk:
        """The attendant's desk with the ticket they hold and its call; all None for somebody who never opened one."""
        ...

    async def people(
        self, court: CourtId, holders: Sequence[Holder], attendants: Sequence[AttendantId], guests: Sequence[GuestId]
    ) -> People:
        """What `ticket_of`, `desk` and `guest` answer of each of them, at one instant."""
        ...

    # sign-in
    async def sign_in(self, court: CourtId, key: str, session: Session, ttl_s: int) -> None:
        """A session begins."""
        ...

    async def session(self, court: CourtId, key: str, ttl_s: int) -> Session | None:
        """The session of a cookie's hash, its life renewed."""
        ...

    async def end_session(self, court: CourtId, key: str) -> None:
        """The session is over; one that does not exist too."""
        ...

    async def attempt(
        self, court: CourtId, account: str, network: str, *, an_account: int = 10, a_network: int = 60
    ) -> None:
        """Count a sign-in attempt: so many an account and a network in 15 min. TOO_MANY_ATTEMPTS (details: retry_s).

        An empty network is not limited (allow-list).
        """
        ...

    async def now(self, court: CourtId) -> Millis:
        """Court time."""
        ...

    async def move_clock(self, court: CourtId, by_ms: int) -> Millis:
        """Add to `{court}:clock` (tests, practice); answers the new court time."""
        ...
