"""What people do in a story, and with which words. Mostly what fits the moment, now and then what does not."""

from collections.abc import Callable
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

from rooms.ids import CallId, Fence, RequestId, Rev, TabId, TicketId
from rooms.model.attendant import CHOSEN_PAUSES, Activity, Status
from rooms.model.call import Outcome, OutOfOrder
from rooms.model.ticket import Media, Role, Ticket, TicketState, Tier, Visitor
from rooms.ports import NewCall, NewTicket, Request, Saying, Suspending
from tests.model.both import Clerk, Person
from tests.scene import CIVEL, DAY, FAMILIA, LETTERS, NAMES

if TYPE_CHECKING:
    from tests.model.machine import Story

UNITS = (CIVEL, FAMILIA)
NO_CALL = CallId("no-call")
NO_TICKET = TicketId("no-ticket")
SLIPS = 0.1
Act = Callable[["Story", Any], None]
"""Somebody does one thing."""


class Words:
    """Chooses the words of a command."""

    def __init__(self) -> None:
        self.chance: Random
        self._ids = count(1)

    def of(self, *choices: Any) -> Any:
        return self.chance.choice(choices)

    def slip(self, right: Any, *wrong: Any) -> Any:
        """Nine times of ten the right word."""
        return self.of(*wrong) if wrong and self.chance.random() < SLIPS else right

    def new(self, kind: str) -> str:
        return f"{kind}-{next(self._ids)}"

    def request(self, who: Person | Clerk) -> Request:
        return Request(who.principal, RequestId(self.new("request")), "as asked")


# the visitor's


def join(story: "Story", who: Person) -> None:
    words = story.words
    unit = words.of(*UNITS)
    new = NewTicket(
        id=TicketId(words.new("ticket")),
        unit=unit,
        letters=LETTERS[unit],
        day=DAY,
        holder=who.holder,
        tab=words.of(*who.tabs),
        tier=words.of(*Tier),
        visitor=Visitor(who.name, words.of(*Role), words.of(None, "OAB/MT 12345"), None),
        receipt=words.new("receipt"),
        head_start=words.of("", *story.both.model.head_starts),
        network=words.of("", "", "mobile"),
        network_limit=4,
        announced_low_min=words.of(None, 10),
        announced_high_min=words.of(None, 20),
    )
    if story.both("join", words.request(who), new, story.policies[unit]) is not None:
        who.alive = True


def leave(story: "Story", who: Person) -> None:
    story.both("leave", story.words.request(who), who.holder, _rev(story, who))


def open_page(story: "Story", who: Person) -> None:
    who.alive, who.node = True, story.words.of(0, 1)
    story.both("open_page", who.holder, story.words.of(*who.tabs), opened=story.words.of(True, False))


def come_back(story: "Story", who: Person) -> None:
    place = story.both.model.places.get(story.both.model.holders.get(who.holder, TicketId("")))
    rev = story.words.slip(1 if place is None else place.shown.rev, Rev(1))
    story.both("come_back", story.words.request(who), who.holder, rev, story.words.of(*who.tabs))


def seen(story: "Story", who: Person) -> None:
    story.both("seen", story.words.request(who), who.holder, _call(story, who), _tab(story, who))


def more_time(story: "Story", who: Person) -> None:
    story.both("more_time", story.words.request(who), who.holder, _rev(story, who))


def enter(story: "Story", who: Person) -> None:
    media = story.words.of(*Media)
    story.both("enter", story.words.request(who), who.holder, _call(story, who), _tab(story, who), media)


def hang_up(story: "Story", who: Person) -> None:
    story.both("hang_up_visitor", story.words.request(who), who.holder, _call(story, who))


def says(story: "Story", who: Person) -> None:
    words = story.words
    saying = Saying(words.slip("attendant", None, "visitor"), "chat", '{"type":"chat","text":"olá, é aqui?"}')
    story.both("signal_visitor", words.request(who), who.holder, _tab(story, who), _call(story, who), saying)


ANY_VISITOR: tuple[Act, ...] = (join, leave, open_page, come_back, seen, more_time, enter, hang_up, says)
BY_STATE: dict[TicketState | None, tuple[Act, ...]] = {
    None: (*(join,) * 5, open_page, come_back),
    TicketState.LOST: (open_page, open_page, join),
    TicketState.NO_SHOW: (come_back, come_back, join),
    TicketState.WAITING: (*(open_page,) * 7, leave),
    TicketState.CALLED: (*(seen,) * 5, *(enter,) * 3, more_time, open_page, leave),
    TicketState.IN_CALL: (*(says,) * 5, open_page, open_page, hang_up, leave),
}
"""What fits the state of one's ticket; as if there were none after any other end."""


def fitting(story: "Story", who: Person) -> tuple[Act, ...]:
    place = story.both.model.places.get(story.both.model.holders.get(who.holder, NO_TICKET))
    return BY_STATE.get(None if place is None else place.shown.state, BY_STATE[None])


def _mine(story: "Story", who: Person) -> Ticket | None:
    place = story.both.model.live_of(who.holder)
    return None if place is None else place.shown


def _rev(story: "Story", who: Person) -> Rev:
    mine = _mine(story, who)
    right = 1 if mine is None else mine.rev
    return Rev(story.words.slip(right, right - 1, right + 1))


def _tab(story: "Story", who: Person) -> TabId:
    mine = _mine(story, who)
    return story.words.slip(mine.active_tab if mine is not None and mine.active_tab else who.tabs[0], *who.tabs)


def _call(story: "Story", who: Person) -> CallId:
    mine = _mine(story, who)
    others = sorted(story.both.model.talks)
    right = others[-1] if others else NO_CALL
    return story.words.slip(mine.call if mine is not None and mine.call else right, NO_CALL, *others)


# the attendant's


def open_desk(story: "Story", who: Clerk) -> None:
    words = story.words
    fence = story.both(
        "open_desk", who.staff, words.of(*who.tabs), story.policies[CIVEL], take_over=words.of(False, True)
    )
    if fence is not None:
        who.fences.append(fence)
        who.alive, who.node = True, words.of(0, 1)


def set_status(story: "Story", who: Clerk) -> None:
    words = story.words
    status = words.of(*(Status.AVAILABLE,) * 5, Status.PAUSED, Status.OFFLINE)
    pause = words.of(*CHOSEN_PAUSES) if status is Status.PAUSED else None
    story.both("set_status", words.request(who), who.id, _fence(story, who), status, pause)


def choose_units(story: "Story", who: Clerk) -> None:
    chosen = story.words.of((CIVEL,), (FAMILIA,), (CIVEL, FAMILIA), (FAMILIA, CIVEL))
    story.both("choose_units", story.words.request(who), who.id, _fence(story, who), chosen)


def call_next(story: "Story", who: Clerk) -> None:
    words = story.words
    story.both("call_next", words.request(who), who.id, _fence(story, who), _new_call(story))


def call_out_of_order(story: "Story", who: Clerk) -> None:
    words, places = story.words, story.both.model.places
    waiting = [place.id for place in places.values() if place.waiting and place.shown.unit in who.staff.units]
    ticket = words.slip(words.of(*(waiting or [NO_TICKET])), NO_TICKET, *places)
    reason = words.of(*OutOfOrder)
    story.both("call_out_of_order", words.request(who), who.id, _fence(story, who), _new_call(story), ticket, reason)


def _new_call(story: "Story") -> NewCall:
    words = story.words
    granted = words.slip(NAMES, {CIVEL: NAMES[CIVEL]}, {})
    return NewCall(CallId(words.new("call")), granted, words.slip(story.orders, {}))


def suspend(story: "Story", who: Clerk) -> None:
    words = story.words
    told = Suspending("Sem sistema.", words.of(None, "Ligue."), words.of(None, story.both.model.now_ms + 60_000))
    story.both("suspend", words.request(who), words.of(*UNITS), "attendant", told)


def resume_unit(story: "Story", who: Clerk) -> None:
    story.both("resume_unit", story.words.request(who), story.words.of(*UNITS), "attendant")


def cancel_call(story: "Story", who: Clerk) -> None:
    story.both("cancel_call", story.words.request(who), who.id, _fence(story, who), _held(story, who))


def clerk_hangs_up(story: "Story", who: Clerk) -> None:
    story.both("hang_up_attendant", story.words.request(who), who.id, _fence(story, who), _held(story, who))


def finish(story: "Story", who: Clerk) -> None:
    outcome = story.words.of(*Outcome)
    story.both("finish", story.words.request(who), who.id, _fence(story, who), _held(story, who), outcome)


def extend_wrap_up(story: "Story", who: Clerk) -> None:
    story.both("extend_wrap_up", story.words.request(who), who.id, _fence(story, who))


def clerk_says(story: "Story", who: Clerk) -> None:
    words = story.words
    saying = Saying(words.slip(None, "visitor", "attendant"), "chat", '{"type":"chat","text":"bom dia"}')
    story.both("signal_attendant", words.request(who), who.id, _fence(story, who), _held(story, who), saying)


ANY_CLERK: tuple[Act, ...] = (
    open_desk,
    set_status,
    choose_units,
    call_next,
    call_out_of_order,
    suspend,
    resume_unit,
    cancel_call,
    clerk_hangs_up,
    finish,
    extend_wrap_up,
    clerk_says,
)
BY_ACTIVITY: dict[Activity | None, tuple[Act, ...]] = {
    None: (open_desk,),
    Activity.IDLE: (*(call_next,) * 8, call_out_of_order, set_status, choose_units, open_desk, resume_unit),
    Activity.CALLING: (cancel_call, clerk_says, set_status, choose_units),
    Activity.IN_CALL: (*(clerk_says,) * 5, clerk_hangs_up, clerk_hangs_up, set_status, open_desk),
    Activity.WRAP_UP: (finish, extend_wrap_up, set_status, clerk_hangs_up),
}
"""What fits what one's desk is doing."""


def _fence(story: "Story", who: Clerk) -> Fence:
    return story.words.slip(who.fences[-1], *who.fences)


def _held(story: "Story", who: Clerk) -> CallId:
    desk = story.both.model.desks.get(who.id)
    others = sorted(story.both.model.talks)
    right = others[-1] if others else NO_CALL
    return story.words.slip(desk.shown.call if desk is not None and desk.shown.call else right, NO_CALL, *others)
