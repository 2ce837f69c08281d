"""What is read again and when, who is found by what, and signals in order, with nothing connected."""

import asyncio
from dataclasses import replace
from typing import get_args

from pydantic import BaseModel

from rooms.ids import AttendantId, CallId, CourtId, EntryId, Fence, Holder, Millis, TabId, TicketId, UnitId
from rooms.model.call import ATTENDANT, VISITOR, EndOfCall, LogEntry
from rooms.model.snapshot import AsOf, OneTicket
from signaling.auth.capability import Cookie, new_secret
from signaling.fanout.calls import Calls, position
from signaling.fanout.dirt import EVERY_S, LONGEST_REST_S, Dirt
from signaling.fanout.pages import BoardPage, DeskPage, Pages, VisitorPage
from signaling.protocol import views
from signaling.protocol.commands import Hello
from signaling.protocol.signals import Chat, Description, End
from signaling.sockets.seat import Handshake
from signaling.sockets.visitor import Visitors
from signaling.turns import LONG
from tests.unit.test_views import ticket

ONE, TWO = UnitId("one"), UnitId("two")


class Heard:
    """A page that remembers what it was told."""

    def __init__(self):
        self.said = []

    def show(self, view):
        raise AssertionError(view)

    def say(self, entry):
        self.said.append(entry.body.text if entry.body.type == "chat" else entry.body.type)

    def goodbye(self, reason):
        raise AssertionError(reason)


def test_every_view_begins_with_its_kind_and_when_it_was_read():
    """What comes behind these two is what a page shows."""
    for view in get_args(get_args(views.View)[0]):
        assert list(view.model_fields)[:2] == ["kind", "as_of"]
    assert not any(issubclass(field.annotation, BaseModel) for field in views.AsOf.model_fields.values()), (
        "one brace ends it"
    )


def test_a_quiet_unit_is_read_at_once_a_busy_one_once_a_second():
    dirt = Dirt()
    dirt.units.add(ONE)
    assert dirt.take_units(10.0) == [ONE]
    dirt.units |= {ONE, TWO}
    assert dirt.take_units(10.1) == [TWO]
    assert dirt.wait_s(10.1) == EVERY_S - (10.1 - 10.0)
    assert dirt.take_units(10.0 + EVERY_S) == [ONE]
    assert dirt.wait_s(12.0) is None


def test_after_a_long_showing_lines_rest_as_long_and_people_do_not():
    dirt = Dirt()
    dirt.units.add(ONE)
    dirt.rest(10.0, 0.3)
    dirt.holders.add(Holder("h"))
    assert (dirt.take_units(10.2), dirt.take_holders()) == ([], {"h"})
    assert dirt.wait_s(10.2) == 10.3 - 10.2
    assert dirt.take_units(10.3) == [ONE]
    dirt.units.add(TWO)
    dirt.rest(10.3, 60.0)
    assert dirt.take_units(10.3 + LONGEST_REST_S) == [TWO]


def test_people_do_not_wait():
    dirt = Dirt()
    dirt.holders.add(Holder("h"))
    assert dirt.wait_s(0.0) == 0.0
    assert dirt.take_holders() == {"h"}
    assert dirt.take_holders() == set()


def test_the_board_is_shown_at_most_once_a_second():
    dirt = Dirt(board=True)
    assert dirt.due_board(5.0)
    dirt.board_shown(5.0)
    dirt.board = True
    assert not dirt.due_board(5.9)
    assert dirt.due_board(6.0)


def test_after_a_gap_everything_is_read_whatever_was_read_just_now():
    dirt = Dirt()
    dirt.units.add(ONE)
    dirt.take_units(10.0)
    dirt.everything([ONE, TWO], [Holder("h")], [AttendantId("ana")])
    assert dirt.take_units(10.0) == [ONE, TWO]
    assert (dirt.take_holders(), dirt.take_desks(), dirt.board) == ({"h"}, {"ana"}, True)


def entry(n, text, *, to=None, call="c", ticket="t", stream=None):
    return LogEntry(
        EntryId(stream or f"{n}-0"), n, CallId(call), TicketId(ticket), AttendantId("ana"), Millis(1), VISITOR, to,
        "chat", Chat(text=text).model_dump_json(),
    )  # fmt: skip


def end(n, *, call="c"):
    body = End(by=None, reason=EndOfCall.HUNG_UP).model_dump_json()
    return replace(entry(n, "-", call=call), sender=None, kind="end", body=body)


class Logged:
    """A log of one call, to be read behind an entry."""

    def __init__(self, *entries):
        self.entries = entries
        self.asked = []

    async def call_log(self, _court, _call, after, _count):
        self.asked.append(after)
        floor = position(after) if after else (0, 0)
        return [each for each in self.entries if position(each.id) > floor]


def crowd():
    pages, visitor, clerk = Pages(), Heard(), Heard()
    pages.add(VisitorPage(visitor, Holder("h"), TabId("tab")))
    pages.expect(Holder("h"), TicketId("t"))
    pages.add(DeskPage(clerk, AttendantId("ana"), "session", Fence(1)))
    return pages, visitor, clerk


async def test_what_is_said_to_everybody_comes_to_both_and_what_is_said_to_one_to_that_one():
    pages, visitor, clerk = crowd()
    calls = Calls(CourtId("c"), Logged(), pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a"), entry(2, "b", to=ATTENDANT), entry(3, "c", to=VISITOR)])
    assert visitor.said == ["a", "c"]
    assert clerk.said == ["a", "b"]


async def test_whoever_waits_has_their_turn_between_two_long_words():
    pages, visitor, _ = crowd()
    calls = Calls(CourtId("c"), Logged(), pages)
    calls.start(0)
    long = Description(number=1, kind="offer", sdp="x" * LONG).model_dump_json()
    said = [replace(entry(n, "-"), kind="description", body=long) for n in (1, 2)]
    passing = asyncio.create_task(calls.pass_on(said))
    await asyncio.sleep(0)
    assert len(visitor.said) == 1
    await passing
    assert len(visitor.said) == 2


async def test_a_desk_that_is_elsewhere_hears_nothing():
    pages, _, clerk = crowd()
    pages.desks[AttendantId("ana")].pages[0].fence = None
    calls = Calls(CourtId("c"), Logged(), pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a")])
    assert clerk.said == []


async def test_an_entry_of_another_persons_call_is_for_nobody_here():
    pages = Pages()
    visitor = Heard()
    pages.add(VisitorPage(visitor, Holder("h"), TabId("tab")))
    pages.expect(Holder("h"), TicketId("mine"))
    calls = Calls(CourtId("c"), Logged(), pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a", ticket="another")])
    assert visitor.said == []


async def test_no_entry_is_passed_on_twice():
    pages, visitor, _ = crowd()
    calls = Calls(CourtId("c"), Logged(entry(1, "a")), pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a"), entry(1, "a")])
    assert visitor.said == ["a"]
    assert calls.gaps == 1


async def test_what_was_trimmed_unread_is_passed_on_although_nothing_follows():
    pages, visitor, _ = crowd()
    log = Logged(entry(1, "a"), entry(2, "b"), entry(3, "c"))
    calls = Calls(CourtId("c"), log, pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a")])
    await calls.look_back(1)
    assert (visitor.said, calls.gaps) == (["a"], 0)
    await calls.look_back(3)
    assert (visitor.said, calls.gaps) == (["a", "b", "c"], 1)
    await calls.pass_on([entry(4, "d")])
    assert (visitor.said, calls.gaps) == (["a", "b", "c", "d"], 1)


async def test_what_was_missed_is_read_from_the_calls_own_log_before_what_came_later():
    pages, visitor, clerk = crowd()
    missed = [entry(1, "a"), entry(2, "b"), entry(3, "c", to=ATTENDANT)]
    log = Logged(*missed, entry(4, "d"))
    calls = Calls(CourtId("c"), log, pages)
    calls.start(0)
    await calls.pass_on(missed[:1])
    await calls.pass_on([entry(4, "d")])
    assert (visitor.said, clerk.said) == (["a", "b", "d"], ["a", "b", "c", "d"])
    assert log.asked == ["1-0", "4-0", None], "the last: whether there is a log at all"


async def test_a_call_that_ended_within_the_gap_is_told_once():
    """The end itself must not make what was said before it look unsaid."""
    pages, visitor, _ = crowd()
    calls = Calls(CourtId("c"), Logged(entry(1, "a"), entry(2, "b"), end(3)), pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a")])
    await calls.pass_on([end(3), entry(4, "x", ticket="another", call="other")])
    assert visitor.said == ["a", "b", "end"]


async def test_a_gap_is_caught_up_although_a_calls_pages_have_gone():
    pages, visitor, clerk = crowd()
    calls = Calls(CourtId("c"), Logged(entry(1, "a"), entry(2, "b")), pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a")])
    pages.remove(pages.visitors[Holder("h")].pages[0])
    pages.remove(pages.desks[AttendantId("ana")].pages[0])
    await calls.pass_on([entry(3, "x", ticket="another", call="other")])
    assert (visitor.said, clerk.said) == (["a"], ["a"])


async def test_a_call_whose_log_has_expired_is_asked_for_once_more_and_never_again():
    """Its end was trimmed, or another page's: else each gap would read all that ever were before anybody is told."""
    pages, _, _ = crowd()
    log = Logged(entry(1, "a"))
    calls = Calls(CourtId("c"), log, pages)
    calls.start(0)
    await calls.pass_on([entry(1, "a")])
    log.entries = ()
    await calls.pass_on([entry(3, "x", ticket="another", call="other")])
    assert log.asked == ["1-0", None]
    await calls.pass_on([entry(5, "x", ticket="another", call="other")])
    assert (calls.gaps, log.asked.count("1-0")) == (2, 1)


def test_stream_ids_are_ordered_as_numbers():
    assert position(EntryId("9-10")) > position(EntryId("9-9"))
    assert position(EntryId("10-0")) > position(EntryId("9-99"))


def test_who_leaves_is_forgotten():
    pages = Pages()
    visitor = VisitorPage(Heard(), Holder("h"), TabId("a"))
    again = VisitorPage(Heard(), Holder("h"), TabId("b"))
    desk = DeskPage(Heard(), AttendantId("ana"), "s", None)
    board = BoardPage(Heard(), "s")
    for each in (visitor, again, desk, board):
        pages.add(each)
    pages.remove(visitor)
    assert list(pages.visitors) == ["h"]
    for each in (again, desk, board):
        pages.remove(each)
    assert (pages.visitors, pages.desks, pages.boards) == ({}, {}, [])
    assert list(pages.held_desks()) == []


def test_a_ticket_that_was_expected_is_forgotten_with_its_page():
    pages = Pages()
    visitor = VisitorPage(Heard(), Holder("h"), TabId("a"))
    pages.add(visitor)
    pages.expect(Holder("h"), TicketId("t"))
    assert pages.holder_of(TicketId("t")) == "h"
    pages.remove(visitor)
    assert pages.holder_of(TicketId("t")) is None


async def test_a_page_that_comes_is_known_by_its_ticket_before_that_is_read():
    """Else what is said in its call between its replay and that reading would be for nobody."""
    told = []

    class Opens:
        async def open_page(self, _court, _holder, _tab, *, opened):
            return one(ticket(5))

    class Told:
        def visitor_came(self, _court, page, _holder, _tab):
            told.append(page)

        def joined(self, page, known):
            told.append((page, known))

    handshake = Handshake(CourtId("c"), {Cookie.VISITOR: new_secret()}, "", Hello(tab="a" * 16, opened=False), "")
    seat = await Visitors(Opens(), Told(), None).admit(handshake, "page")
    seat.come()
    assert told == ["page", ("page", ticket(5).id)]


def one(held):
    return OneTicket(AsOf(1, 1, Millis(0)), held, None)


def test_a_ticket_that_moves_is_found_at_both_browsers_until_the_old_one_is_read():
    pages = Pages()
    for holder in ("old", "new", "other"):
        pages.add(VisitorPage(Heard(), Holder(holder), TabId(holder)))
    moving = ticket(5)
    pages.hold(Holder("old"), one(moving))
    pages.hold(Holder("new"), one(moving))
    pages.hold(Holder("other"), one(ticket(6)))
    assert pages.holders_of(moving.id) == ["old", "new"]
    pages.hold(Holder("old"), one(None))
    assert pages.holders_of(moving.id) == ["new"]
    assert pages.holder_of(moving.id) == "new", "reading the old one does not unfind the new one"
