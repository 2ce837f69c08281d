"""Libras interpreters on their own page, over the wire: a unit calls all who are free; the first who comes is in."""

from rooms.errors import Code
from rooms.model.attendant import Activity, Status
from rooms.model.call import GuestKind, NotComing
from signaling.protocol import commands as say
from signaling.protocol.commands import WireCode
from signaling.protocol.guests import AskInterpreters, Come, LetIn, Offer, RefuseOffer, StopOffering
from signaling.protocol.signals import Chat, Party
from tests.server.harness import UNIT, Attendant, Interpreter, talk


async def test_an_interpreter_is_called_comes_and_is_free_again(crowd, server):
    visitor, ana, lia = await crowd.visitor(), await crowd.attendant(), await crowd.interpreter()
    sofia = await crowd.supervisor()
    assert (await lia.until(lambda view: not view.elsewhere)).status is Status.PAUSED
    await sofia.until(lambda view: (view.pool.free, view.pool.helping) == (0, 0))
    await visitor.join()
    await ana.available()
    call = await talk(visitor, ana)
    assert (await ana.ask(AskInterpreters(call=call))).code is Code.NO_INTERPRETER
    await lia.available()
    await sofia.until(lambda view: (view.pool.free, view.pool.helping) == (1, 0))
    await ana.do(AskInterpreters(call=call))
    asked = (await lia.until(lambda view: view.asked)).asked
    unit = next(unit.name for unit in ana.view.units if unit.slug == UNIT)
    assert (asked.call, asked.kind, asked.clerk.name, asked.clerk.unit) == (
        call,
        GuestKind.INTERPRETER,
        ana.view.name,
        unit,
    )
    assert (await ana.until(lambda view: view.call.asked)).call.asked.name is None
    await lia.do(Come(call=call))
    helping = await lia.until(lambda view: view.helping)
    assert (helping.activity, helping.helping.call.clerk.unit) == (Activity.HELPING, unit)
    await sofia.until(lambda view: (view.pool.free, view.pool.helping) == (0, 1))
    came = (await visitor.until_said("came")).body
    assert (came.name, came.kind) == (lia.view.name, GuestKind.INTERPRETER)
    await lia.do(say.Signal(call=call, to=None, body=Chat(text="eu interpreto")))
    await visitor.until_heard(lambda entry: entry.body == Chat(text="eu interpreto"))
    assert (await lia.do(say.Replay(call=call, after=None))).ice is not None

    again = crowd.add(Interpreter(server, lia.cookies))
    await again.connect()
    await again.until(lambda view: view.elsewhere)
    assert (await again.ask(say.HangUp(call=call))).code is Code.DESK_ELSEWHERE
    await again.do(say.TakeOver())
    await again.until(lambda view: view.helping)
    await lia.until(lambda view: view.elsewhere)
    await again.do(say.HangUp(call=call))
    assert (await again.until(lambda view: not view.helping)).status is Status.AVAILABLE
    await sofia.until(lambda view: (view.pool.free, view.pool.helping) == (1, 0))
    assert (await ana.until_said("left")).body.party is Party.GUEST_1


async def test_an_interpreter_calls_a_unit_and_is_let_in(crowd):
    visitor, ana, lia = await crowd.visitor(), await crowd.attendant(), await crowd.interpreter()
    await lia.available()
    await visitor.join()
    await ana.available()
    call = await talk(visitor, ana)
    there = (await lia.until(lambda view: view.units)).units
    unit = next(unit for unit in ana.view.units if unit.slug == UNIT)
    assert [(each.slug, each.name, each.calls) for each in there] == [(UNIT, unit.name, 1)]
    assert (await lia.ask(Offer(unit="no-such-unit"))).code is Code.UNIT_UNKNOWN
    await lia.do(Offer(unit=UNIT))
    offered = (await ana.until(lambda view: view.offered)).offered
    offer = (await lia.until(lambda view: view.offer)).offer
    assert (offered.name, offered.until_ms, offer.unit) == (lia.view.name, offer.until_ms, unit.name)
    await ana.do(RefuseOffer(call=call))
    assert (await lia.until(lambda view: view.offer and view.offer.answer)).offer.answer is NotComing.DECLINED
    await lia.do(Offer(unit=UNIT))
    await ana.until(lambda view: view.offered)
    await lia.do(StopOffering())
    await ana.until(lambda view: not view.offered)
    await lia.do(Offer(unit=UNIT))
    await ana.until(lambda view: view.offered)
    await ana.do(LetIn(call=call))
    assert (await lia.until(lambda view: view.helping)).helping.call.call == call
    assert (await visitor.until_said("came")).body.kind is GuestKind.INTERPRETER
    await visitor.do(say.HangUp(call=call))
    assert (await lia.until(lambda view: not view.helping and not view.units)).activity is Activity.IDLE


async def test_an_interpreter_has_no_other_roles_words_and_others_not_theirs(crowd, server):
    lia, stranger = await crowd.interpreter(), crowd.add(Attendant(server))
    assert (await lia.ask(say.CallNext())).code is WireCode.OTHER_ROLE
    status, body = await stranger.request(
        "POST", "staff/session", {"login": "lia", "password": "senha-da-demonstracao", "role": "attendant"}
    )
    assert (status, body["code"]) == (403, Code.ROLE_MISSING)
    ana = crowd.add(Interpreter(server))
    status, body = await ana.request(
        "POST", "staff/session", {"login": "ana", "password": "senha-da-demonstracao", "role": "interpreter"}
    )
    assert (status, body["code"]) == (403, Code.ROLE_MISSING)
    await ana.connect()
    assert ana.refused is not None
    assert ana.refused.code is WireCode.NO_SESSION
