"""What visitors do in a story."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from rooms.ids import CallId, Holder, Rev, TabId, TicketId
from rooms.model.quality import Found, Path
from rooms.model.ticket import Media, Role, Ticket, TicketState, Tier, Visitor
from rooms.ports import NewTicket, Saying
from tests.model.both import UNITS, Person
from tests.model.words import NO_TICKET, a_measure, any_call
from tests.scene import DAY, LETTERS

if TYPE_CHECKING:
    from tests.model.machine import Story

Act = Callable[["Story", Person], None]


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
        visitor=Visitor(who.name, words.of(*Role), words.of(None, "OAB/MT 12345"), None, words.of(False, True)),
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


def leg(story: "Story", who: Person, *, alive: bool | None = None) -> None:
    words = story.words
    alive = words.of(True, False) if alive is None else alive
    story.both("leg_visitor", words.request(who), who.holder, _tab(story, who), _call(story, who), alive=alive)


def checked(story: "Story", who: Person) -> None:
    words = story.words
    found = Found(
        camera=words.of(True, False),
        microphone=True,
        path=words.of(*Path),
        round_trip_ms=words.of(None, 0, 40),
        lost_percent=words.of(None, 2),
        kbit_per_s=words.of(None, 900),
        udp=words.of(None, True, False),
        relay=words.of(None, True, False),
    )
    story.both("checked", words.request(who), who.holder, words.of(0, 90), found)


def measured(story: "Story", who: Person) -> None:
    words = story.words
    where = (_tab(story, who), _call(story, who))
    story.both("measured_visitor", words.request(who), who.holder, *where, a_measure(words))


def other_attendant(story: "Story", who: Person) -> None:
    story.both("other_attendant", story.words.request(who), who.holder, _call(story, who))


def ready(story: "Story", who: Person) -> None:
    story.both("ready", story.words.request(who), who.holder, _rev(story, who))


def hand_over(story: "Story", who: Person) -> None:
    words = story.words
    link, short = words.new("link"), words.new("short")
    if story.both("hand_over", who.holder, link, short, 60) is not None:
        story.codes = [*story.codes[-3:], link, short]


def handover(story: "Story", who: Person) -> None:
    story.both("handover", _code(story))


def redeem(story: "Story", who: Person) -> None:
    """On another device, or on this one under another name."""
    words = story.words
    to = Holder(words.new("holder"))  # as a hash is: no letter of two bytes
    if story.both("redeem", _code(story), who.holder, to) is not None:
        who.holder, who.alive = to, words.of(True, False)


def _code(story: "Story") -> str:
    """The newest, mostly."""
    return story.words.slip(story.codes[-1] if story.codes else "no-code", "no-code", *story.codes)


def forget(story: "Story", who: Person) -> None:
    story.both("forget", who.holder)


ANY_VISITOR: tuple[Act, ...] = (
    join,
    leave,
    open_page,
    come_back,
    seen,
    more_time,
    enter,
    hang_up,
    says,
    leg,
    checked,
    measured,
    other_attendant,
    ready,
    hand_over,
    handover,
    redeem,
    forget,
)
BY_STATE: dict[TicketState | None, tuple[Act, ...]] = {
    None: (*(join,) * 5, open_page, come_back, redeem, redeem),
    TicketState.LOST: (open_page, open_page, join),
    TicketState.NO_SHOW: (come_back, come_back, join),
    TicketState.WAITING: (*(open_page,) * 5, *(ready,) * 4, hand_over, leave),
    TicketState.CALLED: (*(seen,) * 3, *(enter,) * 4, more_time, more_time, open_page, leave),
    TicketState.IN_CALL: (*(says, leg, open_page) * 3, measured, hang_up, leave),
    TicketState.INTERRUPTED: (open_page, open_page, leg, leg, other_attendant, hang_up, leave),
    TicketState.ON_HOLD: (open_page, leg, says, hang_up, leave),
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
    return any_call(story, None if mine is None else mine.call)
