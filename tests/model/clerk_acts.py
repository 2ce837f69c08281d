"""What clerks do in a story."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rooms.ids import CallId, Fence, Rev, TicketId
from rooms.model.attendant import CHOSEN_PAUSES, Activity, Status
from rooms.model.call import Outcome, OutOfOrder
from rooms.model.ticket import CancelReason, FetchReason, RemoveReason, TicketState, Tier, TierReason
from rooms.ports import Destination, NewCall, Saying, Suspending
from tests.model.both import UNITS, Clerk
from tests.model.records import Place
from tests.model.words import NO_TICKET, a_measure, any_call
from tests.scene import CIVEL, DAY, FAMILIA, LETTERS, NAMES

if TYPE_CHECKING:
    from tests.model.machine import Story

Act = Callable[["Story", Clerk], None]


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
    reason = story.words.of(*CancelReason)
    story.both("cancel_call", story.words.request(who), who.id, _fence(story, who), _held(story, who), reason)


def hang_up(story: "Story", who: Clerk) -> None:
    story.both("hang_up_attendant", story.words.request(who), who.id, _fence(story, who), _held(story, who))


def finish(story: "Story", who: Clerk) -> None:
    outcome = story.words.of(*Outcome)
    story.both("finish", story.words.request(who), who.id, _fence(story, who), _held(story, who), outcome)


def extend_wrap_up(story: "Story", who: Clerk) -> None:
    story.both("extend_wrap_up", story.words.request(who), who.id, _fence(story, who))


def says(story: "Story", who: Clerk) -> None:
    words = story.words
    saying = Saying(words.slip(None, "visitor", "attendant"), "chat", '{"type":"chat","text":"bom dia"}')
    story.both("signal_attendant", words.request(who), who.id, _fence(story, who), _held(story, who), saying)


def leg(story: "Story", who: Clerk, *, alive: bool | None = None) -> None:
    words = story.words
    alive = words.of(True, False) if alive is None else alive
    story.both("leg_attendant", words.request(who), who.id, _fence(story, who), _held(story, who), alive=alive)


def measured(story: "Story", who: Clerk) -> None:
    words = story.words
    story.both(
        "measured_attendant", words.request(who), who.id, _fence(story, who), _held(story, who), a_measure(words)
    )


def release(story: "Story", who: Clerk) -> None:
    story.both("release", story.words.request(who), who.id, _fence(story, who), _held(story, who))


def note(story: "Story", who: Clerk) -> None:
    text = story.words.of("Trouxe o documento.", "")
    story.both("note", story.words.request(who), who.id, _fence(story, who), _held(story, who), text)


def send_back(story: "Story", who: Clerk) -> None:
    reason = story.words.of(*FetchReason)
    story.both("send_back", story.words.request(who), who.id, _fence(story, who), _held(story, who), reason)


def hold(story: "Story", who: Clerk) -> None:
    story.both("hold", story.words.request(who), who.id, _fence(story, who), _held(story, who))


def unhold(story: "Story", who: Clerk) -> None:
    story.both("unhold", story.words.request(who), who.id, _fence(story, who), _held(story, who))


def transfer(story: "Story", who: Clerk) -> None:
    words, place = story.words, _person(story, who)
    here = CIVEL if place is None else place.shown.unit
    unit = words.slip(next(unit for unit in UNITS if unit != here), here)
    to = Destination(TicketId(words.new("ticket")), unit, LETTERS[unit], DAY, words.new("receipt"))
    story.both("transfer", words.request(who), who.id, _fence(story, who), _held(story, who), to, story.policies[unit])


def remove(story: "Story", who: Clerk) -> None:
    words = story.words
    ticket = _ticket(story, who)
    story.both("remove_attendant", words.request(who), who.id, _fence(story, who), ticket, words.of(*RemoveReason))


def set_tier(story: "Story", who: Clerk) -> None:
    words, model = story.words, story.both.model
    ticket = _ticket(story, who)
    right = model.places[ticket].shown.rev if ticket in model.places else Rev(1)
    rev, tier, reason = Rev(words.slip(right, right - 1)), words.of(*Tier), words.of(*TierReason)
    story.both("set_tier_attendant", words.request(who), who.id, _fence(story, who), ticket, rev, tier, reason)


def _person(story: "Story", who: Clerk) -> Place | None:
    desk = story.both.model.desks.get(who.id)
    return None if desk is None or desk.shown.ticket is None else story.both.model.places[desk.shown.ticket]


def _ticket(story: "Story", who: Clerk) -> TicketId:
    place = _person(story, who)
    return story.words.slip(NO_TICKET if place is None else place.id, NO_TICKET, *story.both.model.places)


ANY_CLERK: tuple[Act, ...] = (
    open_desk,
    set_status,
    choose_units,
    call_next,
    call_out_of_order,
    suspend,
    resume_unit,
    cancel_call,
    hang_up,
    finish,
    extend_wrap_up,
    says,
    leg,
    measured,
    release,
    note,
    send_back,
    hold,
    unhold,
    transfer,
    remove,
    set_tier,
)
BY_ACTIVITY: dict[Activity | None, tuple[Act, ...]] = {
    None: (open_desk,),
    Activity.IDLE: (*(call_next,) * 8, call_out_of_order, set_status, choose_units, open_desk, resume_unit),
    Activity.CALLING: (cancel_call, says, set_status, choose_units, note, set_tier, remove),
    Activity.IN_CALL: (
        *(says, leg, hold, note) * 3,
        *(measured, hang_up, transfer, *(send_back,) * 2, remove, set_tier, set_status, open_desk),
    ),
    Activity.WRAP_UP: (finish, extend_wrap_up, measured, set_status, hang_up),
}
"""What fits what one's desk is doing."""
BY_STATE: dict[TicketState, tuple[Act, ...]] = {
    TicketState.INTERRUPTED: (leg, open_desk, *(release,) * 2, send_back, transfer, hang_up, remove),
    TicketState.ON_HOLD: (unhold, leg, says, note, hang_up, transfer, send_back, remove),
}
"""What fits the state of somebody whose call is not as it should be."""


def fitting(story: "Story", who: Clerk) -> tuple[Act, ...]:
    desk = story.both.model.desks.get(who.id)
    if desk is None or not who.alive:
        return (open_desk,)
    if desk.shown.activity is Activity.IN_CALL and desk.shown.ticket is not None:
        state = story.both.model.places[desk.shown.ticket].shown.state
        if state is not TicketState.IN_CALL:
            return BY_STATE[state]
    fits = BY_ACTIVITY[desk.shown.activity]
    if desk.shown.activity is Activity.IDLE and desk.shown.status is not Status.AVAILABLE:
        return (*(set_status,) * 9, *fits)
    return fits


def _fence(story: "Story", who: Clerk) -> Fence:
    return story.words.slip(who.fences[-1], *who.fences)


def _held(story: "Story", who: Clerk) -> CallId:
    desk = story.both.model.desks.get(who.id)
    return any_call(story, None if desk is None else desk.shown.call)
