"""What a visitor may say: take a place, keep it, answer the ring, talk, go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rooms.clock import at_utc, random_code, random_id
from rooms.errors import ClosedError, Code, ForbiddenError, InvalidError
from rooms.ids import CallId, CourtId, EntryId, Holder, Rev, TabId, TicketId, UnitId
from rooms.model.call import VISITOR, CallState, LogEntry
from rooms.model.case_number import parse_case_number
from rooms.model.estimate import Estimate, Overtaken, estimate, staffing_of
from rooms.model.hours import Closed, local_day, service_end, status_at
from rooms.model.oab import parse_oab
from rooms.model.order import ahead_for, newcomer, room_before, rule_of
from rooms.model.quality import Found, Measure
from rooms.model.receipt import parse_receipt_code
from rooms.model.snapshot import OneTicket
from rooms.model.ticket import Media, Role, Tier, Visitor
from rooms.model.unit import Unit
from rooms.ports import Joined, Log, NewTicket, Request, Saying, Store
from rooms.services.house import House
from rooms.services.replay import replayed

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class JoinForm:
    """What the visitor filled in, as typed."""

    unit: UnitId
    name: str
    role: Role
    oab: str | None
    case_number: str | None
    tier: Tier
    terms: bool
    head_start: str | None = None
    """The receipt of a ticket that closing ended, as the link or the browser kept it."""
    libras: bool = False
    """They ask for an interpreter."""


def name_of(typed: str) -> str:
    """A person's name in canonical spelling.

    Raises:
        InvalidError: NAME_MISSING.

    """
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidError(Code.NAME_MISSING, field="name")
    return name


def visitor_of(form: JoinForm) -> Visitor:
    """The form, checked and in canonical spelling.

    Raises:
        InvalidError: NAME_MISSING, OAB_WRONG (lawyers), CASE_NUMBER_WRONG, TERMS_MISSING; the detail `field` names it.

    """
    name = name_of(form.name)
    oab = str(parse_oab(form.oab or "")) if form.role is Role.LAWYER else None
    case_number = str(parse_case_number(form.case_number)) if form.case_number and form.case_number.strip() else None
    if not form.terms:
        raise InvalidError(Code.TERMS_MISSING, field="terms")
    return Visitor(name, form.role, oab, case_number, form.libras)


class Reception:
    """The visitor's verbs, idempotent under their request; refusals as `rooms.ports.Store` tells them."""

    def __init__(self, store: Store, log: Log, house: House, *, network_limit: int = 120) -> None:
        self._store = store
        self._log = log
        self._house = house
        self._network_limit = network_limit

    async def join(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, network: str, form: JoinForm
    ) -> Joined:
        """A place in the unit's line.

        Raises:
            InvalidError: a field is wrong (see `visitor_of`).
            NotFoundError: UNIT_UNKNOWN.
            ClosedError: UNIT_CLOSED (outside its hours), UNIT_CLOSING (the wait would pass closing time; details:
                waiting), UNIT_SUSPENDED, UNIT_FULL (details: waiting, and the wait where it is known).
            ConflictError: TICKET_EXISTS (this browser has a live ticket), REQUEST_REUSED.
            LimitError: TOO_MANY_JOINS from this network.

        """
        visitor = visitor_of(form)
        unit = self._house.unit(court, form.unit)
        announced, day = await self._admit(court, unit, form.tier, holder)
        new = NewTicket(
            id=TicketId(random_id()),
            unit=unit.id,
            letters=unit.letters,
            day=day,
            holder=holder,
            tab=tab,
            tier=form.tier,
            visitor=visitor,
            receipt=random_code(),
            head_start=parse_receipt_code(form.head_start or "") or "",
            network=network,
            network_limit=self._network_limit,
            announced_low_min=announced.low_min if announced else None,
            announced_high_min=announced.high_min if announced else None,
        )
        try:
            return await self._store.join(court, request, new, unit.policy)
        except ClosedError as refused:
            if refused.code is not Code.UNIT_FULL or announced is None:
                raise
            wait = {"low_min": announced.low_min, "high_min": announced.high_min}
            raise ClosedError(Code.UNIT_FULL, **refused.details, **wait) from None

    async def leave(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> None:
        """The place is given up; in a call it hangs up too. TICKET_UNKNOWN, STALE_REV."""
        await self._store.leave(court, request, holder, rev)

    async def open_page(self, court: CourtId, holder: Holder, tab: TabId, *, opened: bool) -> OneTicket:
        """A page is here: present again.

        `opened` (a page load, or "Continuar aqui") makes it the active one; a reconnect does not.
        """
        return await self._store.open_page(court, holder, tab, opened=opened)

    async def come_back(self, court: CourtId, request: Request, holder: Holder, rev: Rev, tab: TabId) -> Rev:
        """After rings that nobody entered ("Voltei"): the same place, one more ring, once.

        TICKET_UNKNOWN, WRONG_STATE, STALE_REV, TOO_LATE.
        """
        return await self._store.come_back(court, request, holder, rev, tab)

    async def seen(self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId) -> None:
        """The active page shows the ring. WRONG_STATE, CALL_UNKNOWN, NOT_ACTIVE_PAGE."""
        await self._store.seen(court, request, holder, call, tab)

    async def more_time(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        """The ring lasts longer, once. WRONG_STATE, STALE_REV, NO_MORE_TIME."""
        return await self._store.more_time(court, request, holder, rev)

    async def enter(
        self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId, media: Media
    ) -> Rev:
        """Into the call. WRONG_STATE, CALL_UNKNOWN, NOT_ACTIVE_PAGE."""
        return await self._store.enter(court, request, holder, call, tab, media)

    async def hang_up(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> None:
        """The call is over for both. CALL_UNKNOWN, WRONG_STATE."""
        await self._store.hang_up_visitor(court, request, holder, call)

    async def leg(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, *, alive: bool
    ) -> None:
        """The active page says whether it hears the attendant. NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE."""
        await self._store.leg_visitor(court, request, holder, tab, call, alive=alive)

    async def measured(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, measure: Measure
    ) -> None:
        """How the call goes for the visitor, told after its end. NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE."""
        await self._store.measured_visitor(court, request, holder, tab, call, measure)

    async def checked(self, court: CourtId, request: Request, holder: Holder, ago_s: int, found: Found) -> None:
        """What a check found, for whoever serves this browser's ticket. TICKET_UNKNOWN."""
        await self._store.checked(court, request, holder, ago_s, found)

    async def other_attendant(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> Rev:
        """Back in line, first of one's tier, without waiting for an attendant who is gone.

        TICKET_UNKNOWN, CALL_UNKNOWN, WRONG_STATE.
        """
        return await self._store.other_attendant(court, request, holder, call)

    async def ready(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        """What was to be fetched is there: may be called again. TICKET_UNKNOWN, STALE_REV, WRONG_STATE."""
        return await self._store.ready(court, request, holder, rev)

    async def signal(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        """Appended to the call's log for the others.

        NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE (ended), CALL_LOG_FULL, STORE_FULL.
        """
        return await self._store.signal_visitor(court, request, holder, tab, call, saying)

    async def replay(
        self, court: CourtId, holder: Holder, call: CallId, after: EntryId | None
    ) -> tuple[Sequence[LogEntry], bool, bool]:
        """The call's entries for the visitor behind `after`, whether there are more, and whether the call still lives.

        Raises:
            ForbiddenError: NOT_MEMBER: it is not the call of this browser's ticket.

        """
        one = await self._store.ticket_of(court, holder)
        if one.call is None or one.call.id != call:
            raise ForbiddenError(Code.NOT_MEMBER)
        entries, more = await replayed(self._log, court, call, after, lambda entry: entry.concerns(VISITOR))
        return entries, more, one.call.state is not CallState.ENDED

    async def _admit(self, court: CourtId, unit: Unit, tier: Tier, holder: Holder) -> tuple[Estimate | None, date]:
        """The estimate to announce and the unit's local day, or UNIT_CLOSED, UNIT_CLOSING."""
        now_ms = await self._store.now(court)
        now = at_utc(now_ms)
        hours = status_at(unit.hours, now)
        if isinstance(hours, Closed):
            raise ClosedError(Code.UNIT_CLOSED)
        units = await self._store.units(court, [unit.id], self._house.days(court, [unit.id], now_ms))
        state = units.units[0]
        last, rule = newcomer(tier, now_ms), rule_of(unit.policy, state)
        ahead = ahead_for(last, state.line, rule)
        overtaken = Overtaken(rule, room_before(last, state.line, rule))
        pace = await self._house.pace(court, unit.id)
        announced = estimate(ahead, tier, pace, staffing_of(state.attendants), overtaken)
        # DESIGN §4, closing: whoever would still wait at closing time is told now, not after an hour in line.
        day, end = local_day(unit.hours, now), service_end(unit.hours, hours)
        if announced and end and now + timedelta(minutes=announced.high_min) > end:
            await self._store.turn_away(court, unit.id, day, holder, "closing")
            raise ClosedError(Code.UNIT_CLOSING, waiting=ahead)
        return announced, day
