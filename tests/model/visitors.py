"""The visitor's verbs, as they must be."""

from rooms.errors import Code, refusal
from rooms.ids import CallId, Holder, Rev, TabId, TicketId
from rooms.model.attendant import Activity
from rooms.model.call import ATTENDANT, VISITOR, CallState, EndOfCall
from rooms.model.events import EventKind
from rooms.model.order import FIRST_OF_TIER, USUAL
from rooms.model.snapshot import OneTicket
from rooms.model.ticket import Media, Ticket, TicketState, Tier
from rooms.model.unit import Policy
from rooms.ports import Joined, NewTicket, Request
from tests.model.reads import Reads
from tests.model.state import NEAR, Place, Talk

RENUMBERED = 100
JOINS_S = 600


class Visitors(Reads):
    """Join, wait, be called, enter, leave."""

    def join(self, request: Request, new: NewTicket, policy: Policy) -> Joined:
        return self.once("join", request, lambda: self._join(new, policy))

    def _join(self, new: NewTicket, policy: Policy) -> Joined:
        if (mine := self.live_of(new.holder)) is not None:
            raise refusal(Code.TICKET_EXISTS, ticket=mine.id)
        day = new.day.isoformat()
        if new.unit in self.suspensions:
            self.turned_away(new.unit, day, new.holder, "suspended")
            raise refusal(Code.UNIT_SUSPENDED)
        line = self.line(new.unit)
        if len(line) >= policy.max_waiting:
            self.turned_away(new.unit, day, new.holder, "full")
            raise refusal(Code.UNIT_FULL, waiting=len(line))
        if new.network and self.beyond("joins", new.network, new.network_limit, JOINS_S):
            raise refusal(Code.TOO_MANY_JOINS)
        if self.renumber and (new.unit, day) not in self.renumbered:
            self.renumbered.add((new.unit, day))
            self.numbers[new.unit, day] += RENUMBERED
        self.numbers[new.unit, day] += 1
        self.seq += 1
        tier, band = self._head_start(new)
        shown = Ticket(
            id=new.id,
            court=self.court,
            unit=new.unit,
            number=f"{new.letters} {self.numbers[new.unit, day]:03d}",
            state=TicketState.WAITING,
            rev=Rev(1),
            tier=tier,
            band=band,
            seq=self.seq,
            visitor=new.visitor,
            joined_ms=self.now_ms,
            present=True,
            tries=0,
            original_position=0,
            receipt=new.receipt,
            announced_low_min=new.announced_low_min,
            announced_high_min=new.announced_high_min,
            active_tab=new.tab,
            call=None,
            attendant=None,
            until_ms=None,
            more_time_used=False,
            near=False,
            passed_ms=None,
            restored=False,
            head_start=band == FIRST_OF_TIER,
            head_start_until_ms=None,
            came_back=False,
            called_ms=None,
            entered_ms=None,
            ended_ms=None,
            end_reason=None,
            outcome=None,
        )
        place = self.places[new.id] = Place(shown, new.holder, day, policy)
        position = self.place_of(place)
        place.write(original_position=position, near=position <= NEAR + 1)
        self.holders[new.holder] = new.id
        self.refused.get((new.unit, day), set()).discard(new.holder)
        self.lease(place, policy.visitor_lease_s)
        self.moved(
            EventKind.TICKET_JOINED,
            place,
            "joined",
            VISITOR,
            number=shown.number,
            seq=shown.seq,
            tier=int(shown.tier),
            band=shown.band,
            role=shown.visitor.role,
            receipt=shown.receipt,
            announced_low_min=shown.announced_low_min,
            announced_high_min=shown.announced_high_min,
        )
        return Joined(new.id, shown.number, Rev(1))

    def _head_start(self, new: NewTicket) -> tuple[Tier, int]:
        """What a ticket that closing ended gives, once; whoever declares a higher priority than then keeps it."""
        unit, tier, until_ms = self.head_starts.get(new.head_start, (None, new.tier, 0))
        if unit != new.unit or self.now_ms > until_ms or new.tier < tier:
            return new.tier, USUAL
        del self.head_starts[new.head_start]
        return tier, FIRST_OF_TIER

    def leave(self, request: Request, holder: Holder, rev: Rev) -> None:
        self.once("leave", request, lambda: self._leave(holder, rev))

    def _leave(self, holder: Holder, rev: Rev) -> None:
        place = self.mine(holder)
        self._is(place, rev)
        if place.shown.state is TicketState.IN_CALL:
            talk, desk = self.held(place)
            self.part(talk, place, desk, EndOfCall.HUNG_UP, VISITOR, VISITOR)
            return
        if place.shown.state is TicketState.CALLED:
            talk, desk = self.held(place)
            self.end_call(talk, EndOfCall.VISITOR_LEFT, VISITOR)
            self.free(desk, VISITOR)
        self.end_ticket(place, TicketState.LEFT, "left", VISITOR)

    @staticmethod
    def _is(place: Place, rev: Rev) -> None:
        if place.shown.rev != rev:
            raise refusal(Code.STALE_REV, rev=place.shown.rev)

    def open_page(self, holder: Holder, tab: TabId, *, opened: bool) -> OneTicket:
        self.settle()
        place = self.places.get(self.holders.get(holder, TicketId("")))
        lost = place is not None and place.shown.state is TicketState.LOST and not place.shown.restored
        if lost and self._within(place, place.policy.lost_back_s):
            self.restore(place, "lost_back", restored=True)
        if place is not None and place.live:
            self.due("visitor", place.id, self.now_ms + place.lease_ms)
            self.shows_itself(place)
            if opened and place.shown.active_tab != tab:
                place.write(active_tab=tab)
                self.emit(EventKind.TICKET_PAGE, unit=place.shown.unit, ticket=place.id)
        return self.ticket_of(holder)

    def come_back(self, request: Request, holder: Holder, rev: Rev, tab: TabId) -> Rev:
        return self.once("come_back", request, lambda: self._come_back(holder, rev, tab))

    def _come_back(self, holder: Holder, rev: Rev, tab: TabId) -> Rev:
        place = self.places.get(self.holders.get(holder, TicketId("")))
        if place is None:
            raise refusal(Code.TICKET_UNKNOWN)
        if place.shown.state is not TicketState.NO_SHOW:
            raise refusal(Code.WRONG_STATE)
        self._is(place, rev)
        if place.shown.came_back or not self._within(place, place.policy.no_show_back_s):
            raise refusal(Code.TOO_LATE)
        self.restore(place, "no_show_back", came_back=True, tries=place.policy.tries - 1, active_tab=tab)
        return place.shown.rev

    def _within(self, place: Place, seconds: int) -> bool:
        return self.now_ms - self.of(place.shown.ended_ms) <= seconds * 1000

    def _rung(self, holder: Holder, call: CallId, tab: TabId) -> Place:
        """The called person, on the page that is theirs now."""
        place = self.mine(holder)
        if place.shown.call != call:
            raise refusal(Code.CALL_UNKNOWN)
        if place.shown.state is not TicketState.CALLED:
            raise refusal(Code.WRONG_STATE)
        if place.shown.active_tab != tab:
            raise refusal(Code.NOT_ACTIVE_PAGE)
        return place

    def seen(self, request: Request, holder: Holder, call: CallId, tab: TabId) -> None:
        self.once("seen", request, lambda: self._seen(holder, call, tab))

    def _seen(self, holder: Holder, call: CallId, tab: TabId) -> None:
        place = self._rung(holder, call, tab)
        talk, desk = self.held(place)
        if talk.shown.seen_ms is not None:
            return
        talk.write(seen_ms=self.now_ms)
        self.say(talk, VISITOR, ATTENDANT, "seen", {"type": "seen"})
        unit = place.shown.unit
        self.emit(EventKind.TICKET_SEEN, unit=unit, ticket=place.id, attendant=desk.shown.id, call=call)

    def more_time(self, request: Request, holder: Holder, rev: Rev) -> Rev:
        return self.once("more_time", request, lambda: self._more_time(holder, rev))

    def _more_time(self, holder: Holder, rev: Rev) -> Rev:
        place = self.mine(holder)
        if place.shown.state is not TicketState.CALLED:
            raise refusal(Code.WRONG_STATE)
        self._is(place, rev)
        if place.shown.more_time_used:
            raise refusal(Code.NO_MORE_TIME)
        self.change(place, TicketState.CALLED, more_time_used=True)
        until = self.deadlines["ring", place.id] + place.policy.more_time_s * 1000
        self.due("ring", place.id, until)
        talk, desk = self.held(place)
        self.say(talk, VISITOR, ATTENDANT, "extended", {"type": "extended", "until_ms": until})
        self.emit(
            EventKind.TICKET_MORE_TIME,
            unit=place.shown.unit,
            ticket=place.id,
            attendant=desk.shown.id,
            call=talk.shown.id,
            ring_until_ms=until,
        )
        return place.shown.rev

    def enter(self, request: Request, holder: Holder, call: CallId, tab: TabId, media: Media) -> Rev:
        return self.once("enter", request, lambda: self._enter(holder, call, tab, media))

    def _enter(self, holder: Holder, call: CallId, tab: TabId, media: Media) -> Rev:
        place = self._rung(holder, call, tab)
        talk, desk = self.held(place)
        self.not_due("ring", place.id)
        self.change(place, TicketState.IN_CALL, entered_ms=self.now_ms)
        self.lease(place, place.policy.interrupted_s)
        talk.write(state=CallState.ACTIVE, started_ms=self.now_ms)
        self.say(talk, VISITOR, None, "go", {"type": "go", "media": media})
        self.moved(EventKind.TICKET_ENTERED, place, "entered", VISITOR, media=media)
        self.turn(desk, VISITOR, activity=Activity.IN_CALL)
        self.desk_lease(desk, place.policy.interrupted_s)
        return place.shown.rev

    def hang_up_visitor(self, request: Request, holder: Holder, call: CallId) -> None:
        self.once("hang_up", request, lambda: self._hang_up_visitor(holder, call))

    def _hang_up_visitor(self, holder: Holder, call: CallId) -> None:
        talk = self.talks.get(call)
        if talk is None or self.places[talk.shown.ticket].holder != holder:
            raise refusal(Code.CALL_UNKNOWN)
        self.hang_up(talk, VISITOR)

    def hang_up(self, talk: Talk, side: str) -> None:
        """The call is over for both."""
        if talk.shown.state is not CallState.ACTIVE:
            raise refusal(Code.WRONG_STATE)
        place, desk = self.places[talk.shown.ticket], self.desks[talk.shown.attendant]
        self.part(talk, place, desk, EndOfCall.HUNG_UP, side, side)
