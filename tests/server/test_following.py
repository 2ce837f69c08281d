"""The fan-out: what was missed is read again, and a slow page gets the newest view only."""

import asyncio

from rooms.model.ticket import CancelReason, Tier
from rooms.redis.client import Client
from signaling.protocol import commands as say
from signaling.protocol.signals import Chat, Description, Party
from signaling.protocol.views import Attention, Worsening
from tests.bench.lines import lines
from tests.server.conftest import Crowd
from tests.server.harness import COURT, WITHIN_S, talk

LOSE = """
local n = redis.call("INCR", KEYS[1] .. ":said")
local id = redis.call("XADD", KEYS[1] .. ":signals", "*", "n", n, unpack(ARGV, 2))
redis.call("XADD", KEYS[1] .. ":call:" .. ARGV[1], id, "n", n, unpack(ARGV, 2))
redis.call("XDEL", KEYS[1] .. ":signals", id)
"""
"""Says something in a call that the court's stream then never shows."""
LONG, LONG_WORDS = 40_000, 12
"""Half a megabyte in all."""


def gaps(server) -> int:
    return sum(court.gaps for court in server.fanout.figures())


async def test_a_gap_in_what_happened_is_seen_and_all_is_read_again(place, server, crowd):
    """The counter says that an entry was lost; the line it told of is on the board all the same."""
    board, visitor = await crowd.supervisor(), await crowd.visitor()
    await visitor.join()
    await board.until(lambda view: view.waiting == 1)
    client = Client(place.store.url)
    # A change of which no event tells, and a counter that says there was one.
    lost = visitor.view.ticket.unit.slug
    await client.call("SET", f"{{{COURT}}}:lost-by-the-test", lost)
    await client.call("INCR", f"{{{COURT}}}:n")
    assert gaps(server) == 0
    await visitor.do(say.Leave(rev=visitor.view.ticket.rev))
    await board.until(lambda view: view.waiting == 0)
    assert gaps(server) == 1
    await client.close()


async def test_a_signal_that_was_missed_comes_before_the_next(place, server, crowd):
    """An entry that the court's stream lost is read from the call's own log, in its place."""
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    call = await talk(visitor, clerk)
    await clerk.do(say.Signal(call=call, to=None, body=Chat(text="primeira")))
    await visitor.until_said("chat")
    client = Client(place.store.url)
    ticket = visitor.view.ticket.id
    fields = {
        "at": 1,
        "call": call,
        "ticket": ticket,
        "attendant": "ana",
        "from": "attendant",
        "to": "",
        "kind": "chat",
    }
    fields["body"] = Chat(text="segunda").model_dump_json()
    await client.call("EVAL", LOSE, 1, f"{{{COURT}}}", call, *(part for pair in fields.items() for part in pair))
    await clerk.do(say.Signal(call=call, to=None, body=Chat(text="terceira")))
    await visitor._until(
        lambda: (
            [entry.body.text for entry in visitor.signals if entry.body.type == "chat"]
            == ["primeira", "segunda", "terceira"]
        ),
        lambda: str(visitor.signals),
    )
    await client.close()


async def test_a_page_that_takes_no_view_gets_only_the_newest_afterwards(crowd):
    """One view is in flight; what changes meanwhile replaces what waits."""
    slow = await crowd.visitor()
    await slow.until(lambda view: view.ticket is None)
    slow.takes_views = False
    await slow.join()
    await slow.until(lambda view: view.ticket)
    rev = slow.view.ticket.rev
    taken = len(slow.views)
    clerk = await crowd.attendant()
    await clerk.available()
    call = (await clerk.do(say.CallNext())).call
    await slow.until_said("ring")
    await clerk.do(say.CancelCall(call=call, reason=CancelReason.MISTAKE))
    await slow.until_said("end")
    assert (len(slow.views), slow.view.ticket.rev) == (taken, rev), "the one that it has not taken is the last it got"


async def test_a_page_that_does_not_read_is_cut_before_it_costs_half_a_megabyte(place):
    """What it is told waits neither in the kernel nor in a buffer that nobody counts; others hear all of it."""
    async with place.server(flood_bytes=2**22) as server, lines(server.url) as pages:
        crowd = Crowd(server)
        visitor, clerk = await crowd.visitor(), await (await crowd.attendant()).available()
        await visitor.join()
        call = await talk(visitor, clerk)
        deaf = await pages.open(visitor.namespace.value, {"tab": "f" * 16, "opened": False}, visitor.cookies)
        deaf.stop_reading()
        for number in range(1, LONG_WORDS + 1):
            offer = Description(number=number, kind="offer", sdp="x" * LONG)
            await clerk.do(say.Signal(call=call, to=Party.VISITOR, body=offer))
            await visitor.until_heard(lambda entry, offer=offer: entry.body == offer)
        deaf.read_on()
        async with asyncio.timeout(WITHIN_S):
            await deaf.ended.wait()
        await crowd.leave()


async def test_who_comes_before_somebody_is_explained(crowd):
    """A priority that enters later stands ahead; whoever falls back is told why."""
    waiting, older = await crowd.visitor(), await crowd.visitor()
    await waiting.join()
    await waiting.until(lambda view: view.ticket and view.ticket.ahead == 0)
    await older.join(name="Joaquim", tier=Tier.EIGHTY)
    view = await waiting.until(lambda view: view.ticket.ahead == 1)
    assert view.ticket.worsening is Worsening.PRIORITY_ENTERED
    await older.until(lambda view: view.ticket and view.ticket.ahead == 0)
    await older.do(say.Leave(rev=older.view.ticket.rev))
    view = await waiting.until(lambda view: view.ticket.ahead == 0)
    assert view.ticket.worsening is None


async def test_a_unit_with_somebody_waiting_and_nobody_there_leads_the_board(crowd):
    board, visitor = await crowd.supervisor(), await crowd.visitor()
    await visitor.join(unit="civel-4-sinop")
    row = (await board.until(lambda view: view.waiting == 1)).units[0]
    assert (row.slug, row.attention, row.waiting) == ("civel-4-sinop", Attention.UNATTENDED_WAITING, 1)


async def test_views_of_a_page_never_go_back(crowd):
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    await talk(visitor, clerk)
    for person in (visitor, clerk):
        stamps = [(view.as_of.epoch, view.as_of.n) for view in person.views]
        assert stamps == sorted(stamps)
