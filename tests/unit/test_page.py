"""What is on its way to one page: bounded, whatever the page does not do."""

import asyncio
import json
from dataclasses import replace

from signaling.protocol.signals import Chat, SignalEntry
from signaling.sockets import page as pages
from signaling.sockets.page import UNSENT_BYTES, UNSENT_SIGNALS, ConnectedPage
from signaling.views.ticket import ticket_view
from tests.unit.test_views import AS_OF, TAB


class Wire:
    """A socket that says what it was given; `behind` is what the network has not taken."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.taken = None
        self.behind = 0
        self.cuts = 0
        self.cut_off = asyncio.Event()

    def emit(self, event, body, taken):
        self.sent.append((event.value, body))
        self.taken = taken or self.taken

    def cut(self):
        self.cuts += 1
        self.cut_off.set()

    async def end(self):
        self.sent.append(("end", ""))

    def unsent(self):
        return self.behind


def said(number: int) -> SignalEntry:
    return SignalEntry(id=f"{number}-0", call="c" * 16, at_ms=1, sender=None, to=None, body=Chat(text=f"{number}"))


def view(n: int) -> str:
    read = replace(AS_OF, n=n)
    return ticket_view(read, None, None, None, None, tab=TAB, clerk=None, reason=None).model_dump_json()


async def comes_to_rest(page: ConnectedPage) -> None:
    while page._sending is not None or (page._ending is not None and not page._ending.done()):  # noqa: ASYNC110 - it is the loop that is waited for
        await asyncio.sleep(0)


async def test_one_view_is_on_its_way_and_the_newest_waits():
    wire = Wire()
    page = ConnectedPage(wire)
    for n in (1, 2, 3):
        page.show(view(n))
        await comes_to_rest(page)
    assert [json.loads(body)["as_of"]["n"] for _, body in wire.sent] == [1]
    wire.taken()
    await comes_to_rest(page)
    assert [json.loads(body)["as_of"]["n"] for _, body in wire.sent] == [1, 3]
    page.close()


async def test_signals_do_not_wait_for_a_view():
    wire = Wire()
    page = ConnectedPage(wire)
    page.show(view(1))
    page.say(said(1))
    page.say(said(2))
    await comes_to_rest(page)
    assert [event for event, _ in wire.sent] == ["signal", "signal", "view"]
    page.close()


async def test_a_page_that_takes_nothing_is_cut_before_it_costs_half_a_megabyte():
    wire = Wire()
    page = ConnectedPage(wire)
    wire.behind = UNSENT_BYTES
    page.say(said(1))
    await comes_to_rest(page)
    assert (len(wire.sent), wire.cuts) == (1, 0)
    wire.behind += 1
    page.say(said(2))
    await comes_to_rest(page)
    assert (len(wire.sent), wire.cuts) == (1, 1)
    assert page.cut_if_behind(), "what it asks meanwhile is not answered either"


async def test_a_page_is_not_cut_for_the_length_of_the_one_view_that_it_is_shown():
    """A supervisor's view of hundreds of units, on a slow line; what else is behind still counts."""
    wire = Wire()
    page = ConnectedPage(wire)
    page.show(long := "x" * (2 * UNSENT_BYTES))
    await comes_to_rest(page)
    wire.behind = len(long) + UNSENT_BYTES
    assert not page.cut_if_behind()
    wire.behind += 1
    assert page.cut_if_behind()
    wire.behind = len(long)
    wire.taken()
    assert page.cut_if_behind(), "it was taken long ago"
    page.close()


async def test_a_page_to_which_too_much_is_said_at_once_is_cut():
    wire = Wire()
    page = ConnectedPage(wire)
    for number in range(UNSENT_SIGNALS + 1):
        page.say(said(number))
    await comes_to_rest(page)
    assert (wire.sent, wire.cuts) == ([], 1)


async def test_a_page_that_stays_silent_is_cut(monkeypatch):
    monkeypatch.setattr(pages, "ACKNOWLEDGED_WITHIN_S", 0.0)
    wire = Wire()
    page = ConnectedPage(wire)
    page.show(view(1))
    await wire.cut_off.wait()
    assert wire.cuts == 1
    page.close()
