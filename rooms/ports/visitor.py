"""The visitor's verbs."""

from typing import Protocol

from rooms.ids import CallId, CourtId, EntryId, Holder, Rev, TabId, UnitId
from rooms.model.quality import Found, Measure
from rooms.model.snapshot import OneTicket
from rooms.model.ticket import Media
from rooms.model.unit import Policy
from rooms.ports.asked import Handover, Joined, NewTicket, Request, Saying


class VisitorVerbs(Protocol):
    """What a visitor may do, known by the browser that holds the ticket."""

    async def join(self, court: CourtId, request: Request, new: NewTicket, policy: Policy) -> Joined:
        """Take a place.

        TICKET_EXISTS (details: ticket), UNIT_SUSPENDED, UNIT_FULL (waiting), TOO_MANY_JOINS, REQUEST_REUSED.
        """
        ...

    async def leave(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> None:
        """Give the place up, waiting or called; in a call it hangs up too. TICKET_UNKNOWN, STALE_REV."""
        ...

    async def open_page(self, court: CourtId, holder: Holder, tab: TabId, *, opened: bool) -> OneTicket:
        """A page of the visitor is here: present again, its lease renewed; with `opened` it becomes the active page.

        A place that was LOST less than `lost_back_s` ago is theirs again, once.
        """
        ...

    async def come_back(self, court: CourtId, request: Request, holder: Holder, rev: Rev, tab: TabId) -> Rev:
        """After NO_SHOW: the same place, one more ring, once. TICKET_UNKNOWN, WRONG_STATE, STALE_REV, TOO_LATE."""
        ...

    async def subscribe(self, court: CourtId, holder: Holder, push: str) -> None:
        """The live ticket's reminders go there when no page is open. TICKET_UNKNOWN."""
        ...

    async def seen(self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId) -> None:
        """The active page shows the ring. WRONG_STATE, NOT_ACTIVE_PAGE."""
        ...

    async def more_time(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        """Sixty seconds more, once. WRONG_STATE, STALE_REV, NO_MORE_TIME."""
        ...

    async def enter(
        self, court: CourtId, request: Request, holder: Holder, call: CallId, tab: TabId, media: Media
    ) -> Rev:
        """Into the call: `go` is appended to its log. WRONG_STATE, CALL_UNKNOWN, NOT_ACTIVE_PAGE."""
        ...

    async def hand_over(self, court: CourtId, holder: Holder, link: str, short: str, ttl_s: int) -> Handover:
        """Let the browser's ticket be taken to another device, once, by either code (their hashes). TICKET_UNKNOWN."""
        ...

    async def handover(self, court: CourtId, code: str) -> Handover:
        """What that code (its hash) would take along. HANDOVER_UNKNOWN: unknown, over, or used."""
        ...

    async def redeem(self, court: CourtId, code: str, mine: Holder, to: Holder) -> UnitId:
        """Take the ticket to the browser that will hold `to`; the pages that had it are told (`ticket.moved`).

        `mine` is what that browser holds now: it may ask again. HANDOVER_UNKNOWN; TICKET_EXISTS (details: ticket).
        """
        ...

    async def forget(self, court: CourtId, holder: Holder) -> None:
        """This browser holds nothing any more; a live ticket keeps its place as one whose visitor is away."""
        ...

    async def hang_up_visitor(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> None:
        """End the call for both: SERVED, the attendant in wrap-up. CALL_UNKNOWN, WRONG_STATE."""
        ...

    async def signal_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, saying: Saying
    ) -> EntryId:
        """Append to the call's log.

        NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE (ended), CALL_LOG_FULL (2 MB), STORE_FULL.
        """
        ...

    async def leg_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, *, alive: bool
    ) -> None:
        """The active page says whether it hears the attendant.

        NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE (the call has not begun, or is over).
        """
        ...

    async def measured_visitor(
        self, court: CourtId, request: Request, holder: Holder, tab: TabId, call: CallId, measure: Measure
    ) -> None:
        """How the call has gone so far on the visitor's page; told a little after its end, until when it is heard.

        NOT_MEMBER, NOT_ACTIVE_PAGE, WRONG_STATE (the call has not begun, or was told).
        """
        ...

    async def checked(self, court: CourtId, request: Request, holder: Holder, ago_s: int, found: Found) -> None:
        """Devices and internet were checked `ago_s` before now; kept with the live ticket. TICKET_UNKNOWN."""
        ...

    async def other_attendant(self, court: CourtId, request: Request, holder: Holder, call: CallId) -> Rev:
        """Do not wait for an attendant who is gone: first of one's tier, that desk paused (VANISHED).

        TICKET_UNKNOWN, CALL_UNKNOWN, WRONG_STATE (it is not the attendant who is gone).
        """
        ...

    async def ready(self, court: CourtId, request: Request, holder: Holder, rev: Rev) -> Rev:
        """What was to be fetched is there: nominated again. TICKET_UNKNOWN, STALE_REV, WRONG_STATE."""
        ...
