"""A ticket goes from one browser to another and back, over the wire; two senders there never are."""

import secrets

from rooms.errors import Code
from rooms.model.call import OutOfOrder
from rooms.model.ticket import TicketState
from signaling.protocol import commands as say
from signaling.protocol.commands import WireCode
from signaling.protocol.signals import Chat
from signaling.protocol.views import Farewell
from signaling.routes.handover import TYPED_PER_NETWORK
from tests.server.harness import PASSWORD, UNIT, Attendant, Visitor, talk

COOKIE = "balcao_visitor"


async def code_of(visitor: Visitor) -> dict:
    status, body = await visitor.request("POST", "handover")
    assert status == 200, body
    return body


async def test_the_phone_takes_the_ticket_over_and_the_old_page_is_told(crowd, server):
    visitor = await crowd.visitor()
    number = (await visitor.join()).number
    told = await code_of(visitor)
    assert told["qr"].startswith("data:image/svg+xml")
    assert 0 < told["until_ms"] - told["now_ms"] <= 60_000
    base, code = told["link"].rsplit("/", 1)
    assert base == f"{server.url}/continuar"
    phone = crowd.add(Visitor(server))
    await phone.request("POST", "session")
    before = phone.cookies[COOKIE]
    status, card = await phone.request("GET", f"handover/{code}")
    assert (status, card["number"], card["unit"]) == (200, number, UNIT)
    assert phone.cookies[COOKIE] == before, "looking changes nothing"
    assert await phone.request("POST", f"handover/{code}") == (200, {"unit": UNIT})
    assert phone.cookies[COOKIE] != before
    await visitor.until_cut()
    assert visitor.goodbye is not None
    assert visitor.goodbye.reason is Farewell.MOVED
    assert visitor.view.ticket is not None, "the old page still knows which ticket it was"
    await phone.connect()
    view = await phone.until(lambda view: view.ticket)
    assert (view.ticket.number, view.mirror) == (number, False)
    assert (await visitor.request("GET", "session"))[1] == {"unit": None}


async def test_the_short_code_is_typed_in_any_way_and_brings_the_ticket_back(crowd, server):
    visitor = await crowd.visitor()
    await visitor.join()
    phone = crowd.add(Visitor(server))
    await phone.request("POST", "session")
    short = (await code_of(visitor))["short"]
    assert (await phone.request("POST", f"handover/{short.lower().replace('-', ' ')}"))[0] == 200
    await phone.connect()
    await phone.until(lambda view: view.ticket)
    short = (await code_of(phone))["short"]
    assert (await visitor.request("POST", f"handover/{short}"))[0] == 200
    await phone.until_cut()
    await visitor.connect()
    await visitor.until(lambda view: view.ticket and not view.mirror)


async def test_a_code_is_refused_after_its_use_and_to_whoever_guesses(crowd, server):
    visitor = await crowd.visitor()
    await visitor.join()
    code = (await code_of(visitor))["link"].rsplit("/", 1)[1]
    phone, thief = crowd.add(Visitor(server)), crowd.add(Visitor(server))
    for person in (phone, thief):
        await person.request("POST", "session")
    await phone.request("POST", f"handover/{code}")
    for method in ("GET", "POST"):
        assert (await thief.request(method, f"handover/{code}"))[0] == 404
        for guess in ("BCDF-GHJK", secrets.token_urlsafe(32), "x"):
            status, body = await thief.request(method, f"handover/{guess}")
            assert (status, body["code"]) == (404, Code.HANDOVER_UNKNOWN)


async def test_guesses_of_short_codes_are_counted_and_links_are_not(crowd, server):
    thief = crowd.add(Visitor(server))
    await thief.request("POST", "session")
    answers = [(await thief.request("GET", "handover/BCDFGHJK"))[0] for _ in range(TYPED_PER_NETWORK + 1)]
    assert answers == [404] * TYPED_PER_NETWORK + [429]
    assert (await thief.request("GET", f"handover/{secrets.token_urlsafe(32)}"))[0] == 404
    await crowd.add(Attendant(server)).arrive("ana", PASSWORD)


async def test_nobody_takes_a_ticket_without_a_capability_or_from_a_foreign_page(crowd, server):
    visitor = await crowd.visitor()
    await visitor.join()
    code = (await code_of(visitor))["short"]
    phone = crowd.add(Visitor(server))
    status, body = await phone.request("POST", f"handover/{code}")
    assert (status, body["code"]) == (401, WireCode.NO_SESSION)
    await phone.request("POST", "session")
    status, body = await phone.request("POST", f"handover/{code}", origin="https://evil.example")
    assert (status, body["code"]) == (403, WireCode.FOREIGN_ORIGIN)
    status, body = await crowd.add(Visitor(server)).request("POST", "handover")
    assert (status, body["code"]) == (401, WireCode.NO_SESSION)
    status, body = await phone.request("POST", "handover")
    assert (status, body["code"]) == (404, Code.TICKET_UNKNOWN)


async def test_a_device_that_holds_a_ticket_keeps_it(crowd, server):
    visitor, other = await crowd.visitor(), await crowd.visitor()
    await visitor.join()
    mine = await other.join()
    status, body = await other.request("POST", f"handover/{(await code_of(visitor))['short']}")
    assert (status, body["code"], body["details"]) == (409, Code.TICKET_EXISTS, {"ticket": mine.ticket})


async def test_the_old_page_on_another_server_is_cut_too(crowd, server, place):
    async with place.server() as second:
        visitor = await crowd.visitor()
        await visitor.join()
        phone = crowd.add(Visitor(second))
        await phone.request("POST", "session")
        await phone.request("POST", f"handover/{(await code_of(visitor))['short']}")
        await visitor.until_cut()
        await phone.connect()
        await phone.until(lambda view: view.ticket)
        await phone.close()


async def test_a_conversation_goes_on_on_the_other_device(crowd, server):
    visitor = await crowd.visitor()
    await visitor.join()
    clerk = await (await crowd.attendant()).available()
    call = await talk(visitor, clerk)
    phone = crowd.add(Visitor(server))
    await phone.request("POST", "session")
    await phone.request("POST", f"handover/{(await code_of(visitor))['short']}")
    await visitor.until_cut()
    await phone.connect()
    view = await phone.until(lambda view: view.ticket and view.ticket.call)
    assert (view.ticket.call.call, view.ticket.state) == (call, TicketState.IN_CALL)
    await phone.do(say.Signal(call=call, to=None, body=Chat(type="chat", text="do celular")))
    assert (await clerk.until_said("chat")).body.text == "do celular"
    await clerk.do(say.Signal(call=call, to=None, body=Chat(type="chat", text="ouço")))
    await phone.until_heard(lambda entry: entry.body == Chat(text="ouço"))


async def test_a_browser_forgets_on_all_its_pages(crowd, server):
    visitor = await crowd.visitor()
    await visitor.join()
    second = crowd.add(visitor.another_page())
    await second.connect()
    await second.until(lambda view: view.ticket)
    before = visitor.cookies[COOKIE]
    assert await visitor.request("DELETE", "session") == (200, {"unit": None})
    assert visitor.cookies[COOKIE] != before
    for page in (visitor, second):
        await page.until_cut()
        assert page.goodbye.reason is Farewell.FORGOTTEN
    stranger = crowd.add(visitor.another_page())
    await stranger.connect()
    assert (await stranger.until(lambda _: True)).ticket is None


async def test_only_a_clerk_with_the_permission_is_shown_tickets_and_may_call_one(crowd, server):
    first, second = await crowd.visitor(), await crowd.visitor()
    await first.join()
    urgent = await second.join()
    ana, bruno = await crowd.attendant("ana"), await crowd.attendant("bruno")
    for clerk in (ana, bruno):
        await clerk.available()
    await ana.until(lambda view: len(view.line) == 2)
    assert {row.ticket for row in ana.view.line} == {None}
    refused = await ana.ask(say.CallOutOfOrder(ticket=urgent.ticket, reason=OutOfOrder.URGENT))
    assert refused.code is Code.NO_PERMISSION
    view = await bruno.until(lambda view: len(view.line) == 2)
    assert [row.ticket for row in view.line][1] == urgent.ticket
    ringing = await bruno.do(say.CallOutOfOrder(ticket=urgent.ticket, reason=OutOfOrder.URGENT))
    assert ringing.ticket == urgent.ticket
    await second.until(lambda view: view.ticket and view.ticket.ring)
    board = await crowd.supervisor()
    await board.until(lambda view: any(unit.out_of_order_today == 1 for unit in view.units))
