"""One whole visit through real sockets: the line, the ring, the call, the end, the receipt."""

from rooms.model.attendant import Activity, Status
from rooms.model.call import EndOfCall, Outcome
from rooms.model.ticket import Media, TicketState, Tier
from signaling.protocol import commands as say
from signaling.protocol.signals import Chat, Description, Party
from tests.server.harness import form, talk


async def test_from_the_line_to_the_receipt(crowd):
    visitor, clerk, board = await crowd.visitor(), await crowd.attendant(), await crowd.supervisor()
    assert (await visitor.until(lambda view: view.ticket is None)).mirror is False
    await clerk.available()

    joined = await visitor.join()
    view = await visitor.until(lambda view: view.ticket)
    assert (view.ticket.number, view.ticket.ahead, view.ticket.state) == (joined.number, 0, TicketState.WAITING)
    desk = await clerk.until(lambda view: view.waiting == 1)
    assert [(row.number, row.tier) for row in desk.line] == [(joined.number, Tier.EVERYONE)]
    assert desk.person is None
    await board.until(lambda view: view.waiting == 1 and view.attending == 1)

    ringing = await clerk.do(say.CallNext())
    view = await visitor.until(lambda view: view.ticket.ring)
    assert view.ticket.ring.call == ringing.call
    assert view.ticket.ring.clerk.name == clerk.view.name
    desk = await clerk.until(lambda view: view.person)
    assert (desk.person.name, desk.call.state, desk.call.seen) == ("Maria da Silva", "ringing", False)

    await visitor.do(say.RingSeen(call=ringing.call))
    await clerk.until(lambda view: view.call.seen)
    await visitor.do(say.Enter(call=ringing.call, media=Media.VIDEO))
    await visitor.until(lambda view: view.ticket.state is TicketState.IN_CALL and view.ticket.call)
    await clerk.until(lambda view: view.activity is Activity.IN_CALL)
    assert (await clerk.until_said("go")).body.media is Media.VIDEO
    await board.until(lambda view: view.in_call == 1 and view.waiting == 0)

    await clerk.do(say.HangUp(call=ringing.call))
    assert (await visitor.until_said("end")).body.reason is EndOfCall.HUNG_UP
    view = await visitor.until(lambda view: view.ticket.end)
    assert view.ticket.state is TicketState.SERVED
    await clerk.until(lambda view: view.activity is Activity.WRAP_UP)
    await clerk.do(say.Finish(call=ringing.call, outcome=Outcome.INFORMED))
    await clerk.until(lambda view: view.activity is Activity.IDLE and view.status is Status.AVAILABLE)
    await board.until(lambda view: view.served_today == 1)

    view = await visitor.until(lambda view: view.ticket.end.outcome is Outcome.INFORMED)
    status, receipt = await visitor.request("GET", f"receipts/{view.ticket.end.receipt}")
    assert (status, receipt["number"], receipt["protocol"]) == (200, joined.number, view.ticket.end.protocol)
    assert "Maria" not in str(receipt)


async def test_what_one_side_says_the_other_hears_in_order(crowd):
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    call = await talk(visitor, clerk)

    offer = Description(number=1, kind="offer", sdp="v=0")
    await visitor.do(say.Signal(call=call, to=Party.ATTENDANT, body=offer))
    for number in range(20):
        await visitor.do(say.Signal(call=call, to=None, body=Chat(text=f"linha {number}")))
    await clerk.until_said("chat")
    await clerk.do(say.Signal(call=call, to=Party.VISITOR, body=Chat(text="fim")))
    await visitor.until_said("chat")
    await visitor._until(lambda: visitor.signals[-1].body == Chat(text="fim"), lambda: str(visitor.signals[-1]))

    heard = [entry for entry in clerk.signals if entry.sender is Party.VISITOR]
    assert [entry.body.text for entry in heard if entry.body.type == "chat"] == [f"linha {n}" for n in range(20)]
    assert [entry.body for entry in clerk.signals if entry.body.type == "description"] == [offer]
    assert not any(entry.body.type == "description" for entry in visitor.signals), "directed to the attendant alone"
    assert [entry.id for entry in clerk.signals] == sorted(
        (entry.id for entry in clerk.signals), key=lambda text: tuple(map(int, text.split("-")))
    )


async def test_a_page_that_comes_back_gets_the_calls_log_from_where_it_was(crowd):
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    call = await talk(visitor, clerk)
    await visitor.do(say.Signal(call=call, to=Party.ATTENDANT, body=Description(number=0, kind="offer", sdp="v=0")))
    await clerk.do(say.Signal(call=call, to=None, body=Chat(text="antes")))
    last = await visitor.until_said("chat")
    await visitor.close()
    await clerk.do(say.Signal(call=call, to=None, body=Chat(text="depois")))

    await visitor.connect(opened=False)
    await visitor.until(lambda view: view.ticket and view.ticket.call)
    behind = await visitor.do(say.Replay(call=call, after=last.id))
    assert [entry.body for entry in behind.entries] == [Chat(text="depois")]
    whole = await visitor.do(say.Replay(call=call, after=None))
    heard = [entry.body.type for entry in whole.entries]
    assert heard == ["ring", "seen", "go", "description", "chat", "chat"], "one's own too"


async def test_a_second_tab_mirrors_until_it_says_continue_here(crowd):
    visitor = await crowd.visitor()
    await visitor.join()
    second = crowd.add(visitor.another_page())
    await second.connect()
    await second.until(lambda view: view.ticket and not view.mirror)
    await visitor.until(lambda view: view.mirror)
    await visitor.do(say.ContinueHere())
    await visitor.until(lambda view: not view.mirror)
    await second.until(lambda view: view.mirror)


async def test_a_desk_on_a_second_page_can_only_be_taken_over(crowd):
    first = await crowd.attendant()
    await first.available()
    second = await crowd.attendant()
    await second.until(lambda view: view.elsewhere)
    refused = await second.ask(say.CallNext())
    assert refused.code == "desk_elsewhere"
    await second.do(say.TakeOver())
    await second.until(lambda view: not view.elsewhere)
    await first.until(lambda view: view.elsewhere)
    assert (await first.ask(say.CallNext())).code in {"stale_fence", "desk_elsewhere"}


async def test_a_clerk_signed_out_by_the_supervisor_is_told_and_cut(crowd):
    clerk, board = await crowd.attendant(), await crowd.supervisor()
    await clerk.available()
    await board.until(lambda view: view.attending == 1)
    await board.do(say.SignOut(attendant="ana"))
    await clerk.until_cut()
    assert clerk.goodbye.reason == "signed_out"
    await board.until(lambda view: view.attending == 0)
    await clerk.connect()
    assert clerk.refused.code == "no_session"


async def test_the_same_request_twice_gives_one_ticket(crowd):
    visitor, board = await crowd.visitor(), await crowd.supervisor()
    first = await visitor.ask(form(), request="once")
    assert first.ok
    assert await visitor.ask(form(), request="once") == first
    assert (await visitor.ask(form(name="Joana"), request="once")).code == "request_reused"
    await board.until(lambda view: view.waiting == 1)
