"""The visitor's verbs, as they must be."""

import dataclasses
from typing import Any

from rooms.errors import Code, refusal
from rooms.ids import CallId, Holder, Millis, Rev, TabId, TicketId, UnitId
from rooms.model.attendant import Activity
from rooms.model.call import ATTENDANT, VISITOR, CallState, EndOfCall, Gone
from rooms.model.events import EventKind, browser_of
from rooms.model.order import FIRST_OF_TIER, USUAL
from rooms.model.quality import Check, Found, Measure
from rooms.model.reminder import Subscribed
from rooms.model.snapshot import OneTicket
from rooms.model.ticket import TALKING, Media, Ticket, TicketState, Tier
from rooms.model.unit import Policy
from rooms.ports import Handover, Joined, NewTicket, Request
from tests.model.moves import CallMoves
from tests.model.records import Place, Talk
from tests.model.state import NEAR

JOINS_S = 600
CHECKS_TOLD = 20
"""What a ticket's check found is told so often; later ones are only kept."""


def ticket_of(**known: Any) -> Ticket:
    """A ticket that has met nothing yet."""
    fields = {one.name: None for one in dataclasses.fields(Ticket)}
    fields |= {"state": TicketState.WAITING, "rev": Rev(1), "present": True, "tries": 0, "hops": 0, "past": ()}
    flags = ("more_time_used", "near", "restored", "head_start", "came_back", "fetching")
    return Ticket(**fields | dict.fromkeys(flags, False) | known)


class Visitors(CallMoves):
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
        self.seq += 1
        tier, band = self._head_start(new)
        shown = ticket_of(
            id=new.id,
            court=self.court,
            unit=new.unit,
            number=self.next_number(new.unit, day, new.letters),
            tier=tier,
            band=band,
            seq=self.seq,
            visitor=new.visitor,
            joined_ms=self.now_ms,
            receipt=new.receipt,
            announced_low_min=new.announced_low_min,
            announced_high_min=new.announced_high_min,
            active_tab=new.tab,
            head_start=band == FIRST_OF_TIER,
        )
        place = self.arrive(Place(shown, new.holder, day, policy), "joined", VISITOR)
        self.refused.get((new.unit, day), set()).discard(new.holder)
        return Joined(new.id, place.shown.number, Rev(1))

    def next_number(self, unit: UnitId, day: str, letters: str) -> str:
        """The day's next; a store that came back older may have given some already."""
        self.numbers[unit, day] += self.skip - self.skipped[unit, day] + 1
        self.skipped[unit, day] = self.skip
        return f"{letters} {self.numbers[unit, day]:03d}"

    def arrive(self, place: Place, cause: str, actor: str) -> Place:
        """A place in the unit's line, and the browser's pointer to it."""
        self.places[place.id] = place
        position = self.place_of(place)
        place.write(original_position=position, near=position <= NEAR + 1)
        self.holders[place.holder] = place.id
        self.lease(place, place.policy.visitor_lease_s)
        shown = place.shown
        self.moved(
            EventKind.TICKET_JOINED,
            place,
            cause,
            actor,
            number=shown.number,
            seq=shown.seq,
            tier=int(shown.tier),
            band=shown.band,
            role=shown.visitor.role,
            receipt=shown.receipt,
            joined_ms=shown.joined_ms,
            browser=browser_of(place.holder),
            announced_low_min=shown.announced_low_min,
            announced_high_min=shown.announced_high_min,
            parent=shown.parent,
            hops=shown.hops or None,
        )
        return place

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
        if place.shown.state in TALKING:
            self.part(place, EndOfCall.HUNG_UP, VISITOR, VISITOR)
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
            self.heard_of(place)
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
        self.change(place, TicketState.IN_CALL, entered_ms=self.now_ms)
        self.lease(place, place.policy.visitor_lease_s)
        talk.write(state=CallState.ACTIVE, started_ms=self.now_ms, media=media)
        self.say(talk, VISITOR, None, "go", {"type": "go", "media": media})
        self.moved(EventKind.TICKET_ENTERED, place, "entered", VISITOR, media=media)
        self.turn(desk, VISITOR, activity=Activity.IN_CALL)
        self.desk_lease(desk, desk.lease_s)
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
        if talk.shown.state in {CallState.RINGING, CallState.ENDED}:
            raise refusal(Code.WRONG_STATE)
        self.part(self.places[talk.shown.ticket], EndOfCall.HUNG_UP, side, side)

    def leg_visitor(self, request: Request, holder: Holder, tab: TabId, call: CallId, *, alive: bool) -> None:
        self.once("leg", request, lambda: self.leg(VISITOR, holder, tab, call, alive=alive))

    def leg(self, side: str, member: str, page: object, call: CallId, *, alive: bool) -> None:
        """Whether a page hears the other side of its call."""
        talk = self.talks_on(side, member, page, call)
        (talk.dead.discard if alive else talk.dead.add)(side)
        self.weigh(talk)

    def talks_on(
        self, side: str, member: str, page: object, call: CallId, *, after: tuple[str, str] | None = None
    ) -> Talk:
        """The call of one of the two in it, for their page: begun, and not over but for what is heard `after` it."""
        talk = self.talks.get(call)
        if talk is None or member != self.member(talk, side):
            raise refusal(Code.NOT_MEMBER)
        over = talk.shown.state is CallState.ENDED and after not in self.deadlines
        if talk.shown.state is CallState.RINGING or over:
            raise refusal(Code.WRONG_STATE)
        self.is_page(talk, side, page)
        return talk

    def member(self, talk: Talk, side: str) -> str:
        return self.places[talk.shown.ticket].holder if side == VISITOR else talk.shown.attendant

    def is_page(self, talk: Talk, side: str, page: object) -> None:
        """It is the page that is active, or has the desk."""
        if side == ATTENDANT:
            self.desk_of(talk.shown.attendant, page)
        elif self.places[talk.shown.ticket].shown.active_tab != page:
            raise refusal(Code.NOT_ACTIVE_PAGE)

    def other_attendant(self, request: Request, holder: Holder, call: CallId) -> Rev:
        return self.once("other_attendant", request, lambda: self._other_attendant(holder, call))

    def _other_attendant(self, holder: Holder, call: CallId) -> Rev:
        place = self.mine(holder)
        if place.shown.call != call:
            raise refusal(Code.CALL_UNKNOWN)
        if self.held(place)[0].shown.gone is not Gone.ATTENDANT:
            raise refusal(Code.WRONG_STATE)
        self.vanish(self.give_back(place, "other_attendant", VISITOR, VISITOR), place)
        return place.shown.rev

    def ready(self, request: Request, holder: Holder, rev: Rev) -> Rev:
        return self.once("ready", request, lambda: self._ready_again(holder, rev))

    def _ready_again(self, holder: Holder, rev: Rev) -> Rev:
        place = self.mine(holder)
        self._is(place, rev)
        if not place.shown.fetching:
            raise refusal(Code.WRONG_STATE)
        self.is_ready(place, VISITOR)
        return place.shown.rev

    # how well they are heard

    def checked(self, request: Request, holder: Holder, ago_s: int, found: Found) -> None:
        self.once("checked", request, lambda: self._checked(holder, ago_s, found))

    def _checked(self, holder: Holder, ago_s: int, found: Found) -> None:
        place = self.mine(holder)
        place.write(check=Check(Millis(self.now_ms - ago_s * 1000), found))
        place.checks += 1
        shown = place.shown
        where = {"unit": shown.unit, "ticket": shown.id, "attendant": shown.attendant, "call": shown.call}
        if place.checks <= CHECKS_TOLD:
            self.emit(EventKind.TICKET_CHECKED, **where)

    def measured_visitor(self, request: Request, holder: Holder, tab: TabId, call: CallId, measure: Measure) -> None:
        self.once("measured", request, lambda: self.measured(VISITOR, holder, tab, call, measure))

    def measured(self, side: str, member: str, page: object, call: CallId, measure: Measure) -> None:
        """What is told of this side after the call's end; of each page, its last word."""
        found = self.talks_on(side, member, page, call, after=("measures", call)).measures[side]
        if found and found[-1].gauge == measure.gauge:
            found.pop()
        found.append(measure)

    # reminders

    def subscribe(self, holder: Holder, push: str) -> None:
        self.settle()
        self.mine(holder).push = push

    def unsubscribe(self, ticket: TicketId, push: str) -> None:
        place = self.places.get(ticket)
        if place is not None and place.push == push:
            place.push = None

    def reminder(self, ticket: TicketId) -> Subscribed | None:
        place = self.places.get(ticket)
        if place is None or place.push is None:
            return None
        shown, until = place.shown, self.deadlines.get
        looked_at = shown.present
        if shown.state is TicketState.CALLED:
            looked_at = self.held(place)[0].shown.seen_ms is not None
        passed, ring = until(("passed", ticket)), until(("ring", ticket))
        return Subscribed(ticket, place.push, shown.unit, shown.number, shown.state, looked_at, passed, ring)

    # other devices

    def hand_over(self, holder: Holder, link: str, short: str, ttl_s: int) -> Handover:
        self.settle()
        place = self.mine(holder)
        for code in place.codes:
            del self.codes[code]
        place.codes, place.codes_until_ms, place.redeemed_by = (link, short), self.now_ms + ttl_s * 1000, None
        self.codes |= dict.fromkeys(place.codes, place.id)
        return self._given(place)

    @staticmethod
    def _given(place: Place) -> Handover:
        return Handover(place.id, place.shown.number, place.shown.unit, Millis(place.codes_until_ms))

    def _carried(self, code: str, mine: Holder | None = None) -> Place:
        """The live ticket that this code carries, once; again for whoever did not hear the answer."""
        place = self.places.get(self.codes.get(code, TicketId("")))
        if place is None or not place.live or place.redeemed_by not in {None, mine}:
            raise refusal(Code.HANDOVER_UNKNOWN)
        if self.now_ms > place.codes_until_ms and (mine is None or place.redeemed_by != mine):
            raise refusal(Code.HANDOVER_UNKNOWN)
        return place

    def handover(self, code: str) -> Handover:
        self.settle()
        return self._given(self._carried(code))

    def redeem(self, code: str, mine: Holder, to: Holder) -> UnitId:
        self.settle()
        place = self._carried(code, mine)
        if (own := self.live_of(mine)) is not None:
            raise refusal(Code.TICKET_EXISTS, ticket=own.id)
        place.redeemed_by = mine
        self._rotate(place, to, "handover")
        return place.shown.unit

    def forget(self, holder: Holder) -> None:
        self.settle()
        place = self.live_of(holder)
        if place is not None:
            self._rotate(place, Holder(f"nobody:{place.id}"), "forgotten")
        self.holders.pop(holder, None)

    def _rotate(self, place: Place, holder: Holder, cause: str) -> None:
        """Another browser holds it, and no page is the active one until it opens one."""
        if self.holders.get(place.holder) == place.id:
            del self.holders[place.holder]
        self.holders[holder] = place.id
        place.holder, place.push = holder, None
        place.write(active_tab=None, check=None)
        self.emit(EventKind.TICKET_MOVED, unit=place.shown.unit, ticket=place.id, cause=cause)
