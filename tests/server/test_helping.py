"""A colleague is asked into a call, over the wire: it rings at their desk, and from there they are one of the call."""

from rooms.errors import Code
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import GuestKind, NotComing
from signaling.app import Server
from signaling.protocol import commands as say
from signaling.protocol.guests import AskColleague, Come, Decline, StopAsking
from signaling.protocol.signals import Chat, Description, Party
from tests.server.harness import UNIT, Attendant, Visitor, talk


async def talking(crowd, elsewhere: Server | None = None) -> tuple[Visitor, Attendant, Attendant, str]:
    """Somebody talks with Ana; Bruno has a break, at the same counter (`elsewhere`: by another server)."""
    visitor, ana = await crowd.visitor(), await crowd.attendant()
    bruno = await crowd.add(Attendant(elsewhere or crowd.server)).arrive("bruno")
    await visitor.join()
    await ana.available()
    await bruno.available()
    await bruno.do(say.SetStatus(status=Status.PAUSED, pause=PauseReason.BREAK))
    return visitor, ana, bruno, await talk(visitor, ana)


async def asked(ana: Attendant, bruno: Attendant, call: str) -> None:
    await ana.until(lambda view: any(one.id == "bruno" for one in view.call.colleagues))
    await ana.do(AskColleague(call=call, colleague="bruno"))
    await bruno.until(lambda view: view.asked)


async def test_a_colleague_by_another_server_comes_talks_and_leaves_and_is_as_before(place, crowd, server):
    async with place.server() as second:
        await _is_asked_comes_and_leaves(crowd, server, second)


async def _is_asked_comes_and_leaves(crowd, server, second):
    visitor, ana, bruno, call = await talking(crowd, second)
    desk = await ana.until(lambda view: view.call.colleagues)
    assert [(one.id, one.name, one.status) for one in desk.call.colleagues] == [
        ("bruno", bruno.view.name, Status.PAUSED)
    ]
    await ana.do(AskColleague(call=call, colleague="bruno"))
    desk, rung = await ana.until(lambda view: view.call.asked), await bruno.until(lambda view: view.asked)
    assert (desk.call.asked.name, desk.call.asked.until_ms) == (bruno.view.name, rung.asked.until_ms)
    assert (rung.asked.clerk.name, rung.asked.number, rung.asked.clerk.unit) == (
        ana.view.name,
        ana.view.person.number,
        next(unit.name for unit in ana.view.units if unit.slug == UNIT),
    )
    await bruno.do(Come(call=call))
    helping = await bruno.until(lambda view: view.helping)
    assert (helping.activity, helping.status, helping.asked) == (Activity.HELPING, Status.PAUSED, None)
    assert (helping.helping.me.party, helping.helping.call.clerk.name) == (Party.GUEST_1, ana.view.name)
    for person in (visitor, ana):
        came = (await person.until_said("came")).body
        assert (came.name, came.function, came.kind) == (bruno.view.name, bruno.view.function, GuestKind.COLLEAGUE)
    desk = await ana.until(lambda view: view.call.guests and not view.call.colleagues)
    assert desk.call.asked is None
    assert (await bruno.ask(say.CallNext())).code is Code.WRONG_STATE
    offer = Description(number=0, kind="offer", sdp="v=0")
    await bruno.do(say.Signal(call=call, to=Party.VISITOR, body=offer))
    await visitor.until_heard(lambda entry: entry.body == offer and entry.sender is Party.GUEST_1)
    await visitor.do(say.Signal(call=call, to=None, body=Chat(text="bom dia")))
    await bruno.until_heard(lambda entry: entry.body == Chat(text="bom dia"))

    page = crowd.add(Attendant(server, bruno.cookies))
    await page.connect()
    await page.until(lambda view: view.elsewhere)
    await page.do(say.TakeOver())
    again = await page.until(lambda view: view.helping)
    assert again.helping.call.call == call, "another page of the same desk goes on with it"
    replayed = await page.do(say.Replay(call=call, after=None))
    kinds = [entry.body.type for entry in replayed.entries if entry.to is None]
    assert kinds == ["ring", "go", "came", "chat"]
    assert (replayed.ice is not None, replayed.ice.relay_until_go) == (True, False)

    await page.do(say.HangUp(call=call))
    after = await page.until(lambda view: not view.helping)
    assert (after.activity, after.status, after.pause) == (Activity.IDLE, Status.PAUSED, PauseReason.BREAK)
    assert (await visitor.until_said("left")).body.party is Party.GUEST_1
    assert (await ana.until(lambda view: not view.call.guests)).call.state == "active"
    assert (await page.ask(say.Replay(call=call, after=None))).code is Code.NOT_MEMBER


async def test_who_asked_is_told_why_nobody_comes_and_may_ask_no_more(crowd):
    visitor, ana, bruno, call = await talking(crowd)
    await asked(ana, bruno, call)
    await bruno.do(Decline(call=call))
    told = await ana.until(lambda view: view.call.asked and view.call.asked.answer)
    assert (told.call.asked.name, told.call.asked.answer) == (bruno.view.name, NotComing.DECLINED)
    await bruno.until(lambda view: not view.asked)
    assert (await bruno.ask(Come(call=call))).code is Code.NOT_ASKED

    await asked(ana, bruno, call)
    await ana.do(StopAsking(call=call))
    await bruno.until(lambda view: not view.asked)
    assert (await ana.until(lambda view: not view.call.asked)).call.asked is None

    await asked(ana, bruno, call)
    await visitor.do(say.HangUp(call=call))
    await bruno.until(lambda view: not view.asked)


async def test_the_end_of_the_call_is_heard_by_whoever_helps(crowd):
    visitor, ana, bruno, call = await talking(crowd)
    await asked(ana, bruno, call)
    await bruno.do(Come(call=call))
    await bruno.until(lambda view: view.helping)
    await ana.do(say.HangUp(call=call))
    assert (await bruno.until_said("end")).body.reason == "hung_up"
    assert (await bruno.until(lambda view: not view.helping)).activity is Activity.IDLE
    await visitor.until(lambda view: view.ticket and view.ticket.end)
