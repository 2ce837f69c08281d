"""What is not of the wire, not of this role, or not this person's, gets a typed answer and changes nothing."""

import asyncio

import aiohttp
import pytest

from rooms.model.call import Outcome
from rooms.model.ticket import CancelReason, Media
from signaling.protocol import commands as say
from signaling.protocol.base import MAX_MESSAGE_BYTES
from signaling.protocol.signals import Chat
from tests.server.conftest import Crowd
from tests.server.harness import Attendant, Supervisor, Visitor, form, talk

LEAVE = {"type": "leave", "rev": 1}


@pytest.mark.parametrize(
    ("payload", "field"),
    [
        ({"id": "a", "command": {"type": "leave", "rev": "1"}}, "command.leave.rev"),
        ({"id": "a", "command": {"type": "leave", "rev": 1, "now": True}}, "command.leave.now"),
        ({"id": "a", "command": {"type": "leave"}}, "command.leave.rev"),
        ({"id": "a", "command": {"type": "dance"}}, "command"),
        ({"id": "white space", "command": LEAVE}, "id"),
        ({"id": "a", "command": LEAVE, "holder": "somebody"}, "holder"),
        ({"command": LEAVE}, "id"),
        ([], ""),
        ("leave", ""),
        (None, "event"),
        ({"id": "a", "command": {"type": "leave", "rev": 1.5}}, "command.leave.rev"),
        ({"id": "a", "command": {"type": "leave", "rev": True}}, "command.leave.rev"),
    ],
)
async def test_a_message_that_is_not_of_the_wire_is_refused_with_the_field(crowd, payload, field):
    visitor = await crowd.visitor()
    refused = await visitor.send(payload)
    assert (refused.code, refused.details["field"]) == ("bad_message", field)
    assert (await visitor.join()).number, "the connection goes on"


async def test_a_command_of_another_role_is_refused_as_such(crowd):
    visitor, clerk, board = await crowd.visitor(), await crowd.attendant(), await crowd.supervisor()
    for person, theirs in ((visitor, "call_next"), (clerk, "join"), (board, "call_next"), (clerk, "sign_out")):
        refused = await person.send({"id": "a", "command": {"type": theirs}})
        assert (refused.code, refused.details) == ("other_role", {})


async def test_half_a_character_is_refused(crowd):
    """JSON can carry a lone surrogate, UTF-8 cannot."""
    visitor = await crowd.visitor()
    typed = form().model_dump(mode="json") | {"name": "\ud800"}
    assert (await visitor.send({"id": "a", "command": typed})).code == "bad_message"


async def test_another_event_than_command_is_refused(crowd):
    visitor = await crowd.visitor()
    assert (await visitor.send({"id": "a", "command": LEAVE}, event="join")).code == "bad_message"
    assert (await visitor.send({}, event="connect")).code == "bad_message"
    assert (await visitor.send({}, event="disconnect")).code == "bad_message"
    assert (await visitor.join()).number


async def test_a_message_that_is_too_long_is_refused_and_the_connection_goes_on(crowd):
    visitor = await crowd.visitor()
    refused = await visitor.send({"id": "a", "command": {"type": "leave", "rev": 1, "more": "x" * MAX_MESSAGE_BYTES}})
    assert refused.code == "too_large"
    assert (await visitor.join()).number


async def test_who_says_too_much_is_told_to_wait(crowd):
    visitor = await crowd.visitor()
    answers = [await visitor.send({"id": f"r{n}", "command": LEAVE}) for n in range(200)]
    codes = {answer.code for answer in answers}
    assert codes == {"ticket_unknown", "too_many_messages"}
    assert next(answer for answer in answers if answer.code == "too_many_messages").details == {"retry_s": 1}


async def test_two_pages_of_one_browser_share_the_limit(place):
    """Three at once: two have come, and say two each; one alone might."""
    async with place.server(flood_messages=1) as server:
        crowd = Crowd(server)
        first = await crowd.visitor()
        second = crowd.add(first.another_page())
        await second.connect()
        said = [page.send({"id": f"r{n}", "command": LEAVE}) for page in (first, second) for n in range(2)]
        assert "too_many_messages" in {answer.code for answer in await asyncio.gather(*said)}
        await crowd.leave()


async def test_without_a_session_there_is_no_socket(server, crowd):
    for person in (Visitor(server), Attendant(server), Supervisor(server)):
        await person.connect()
        assert person.refused.code == "no_session"


async def test_a_cookie_that_was_never_ours_is_no_session(server):
    for cookie in ("x", "á" * 43, "A" * 43):
        clerk = Attendant(server, {"balcao_attendant": cookie})
        await clerk.connect()
        assert clerk.refused.code == "no_session"


async def test_a_visitors_cookie_opens_no_desk(crowd, server):
    visitor = await crowd.visitor()
    clerk = Attendant(server, {"balcao_attendant": visitor.cookies["balcao_visitor"]})
    await clerk.connect()
    assert clerk.refused.code == "no_session"


async def test_a_clerk_is_no_supervisor(crowd, server):
    clerk = await crowd.attendant()
    board = Supervisor(server, {"balcao_supervisor": clerk.cookies["balcao_attendant"]})
    await board.connect()
    assert board.refused.code == "no_session"


@pytest.mark.parametrize("hello", [{}, {"tab": "a"}, {"tab": "a", "opened": 1}, {"tab": "a b", "opened": True}, "x"])
async def test_a_handshake_that_is_not_of_the_wire_is_refused(server, hello):
    visitor = Visitor(server)
    await visitor.request("POST", "session")
    await visitor.connect(auth=hello)
    assert visitor.refused.code == "bad_message"


async def test_nobody_touches_another_persons_ticket_or_call(crowd):
    visitor, clerk, stranger = await crowd.visitor(), await crowd.attendant(), await crowd.visitor()
    await clerk.available()
    await visitor.join()
    call = await talk(visitor, clerk)
    for command in (
        say.Enter(call=call, media=Media.VIDEO),
        say.HangUp(call=call),
        say.RingSeen(call=call),
        say.Replay(call=call, after=None),
        say.Signal(call=call, to=None, body=Chat(text="oi")),
        say.Leave(rev=1),
    ):
        refused = await stranger.ask(command)
        assert not refused.ok, command
    other = await crowd.attendant("bruno")
    await other.available()
    for command in (
        say.HangUp(call=call),
        say.CancelCall(call=call, reason=CancelReason.MISTAKE),
        say.Finish(call=call, outcome=Outcome.INFORMED),
        say.Replay(call=call, after=None),
        say.Signal(call=call, to=None, body=Chat(text="oi")),
    ):
        refused = await other.ask(command)
        assert not refused.ok, command
    assert (await visitor.do(say.Signal(call=call, to=None, body=Chat(text="tudo bem")))).type == "done"
    assert [entry.body.text for entry in visitor.signals if entry.body.type == "chat"] in ([], ["tudo bem"])


async def test_a_wrong_form_names_its_field(crowd):
    visitor = await crowd.visitor()
    good = form()
    for change, code, field in (
        ({"name": "  "}, "name_missing", "name"),
        ({"case_number": "0000001-45.2021.8.11.0041"}, "case_number_wrong", "case_number"),
        ({"terms": False}, "terms_missing", "terms"),
    ):
        refused = await visitor.ask(good.model_copy(update=change))
        assert (refused.code, refused.details["field"]) == (code, field)
    assert (await visitor.ask(good.model_copy(update={"unit": "no-such-unit"}))).code == "unit_unknown"


async def test_garbage_on_the_wire_ends_that_connection_only(server, crowd):
    visitor = await crowd.visitor()
    url = f"{server.url}/socket.io/?EIO=4&transport=websocket".replace("http", "ws", 1)
    async with aiohttp.ClientSession() as client:
        for garbage in ("", "4", "42", "42/visitor,", "42/visitor,0", "45x", "9", "4" * 10, "4{", "40/visitor,{"):
            async with client.ws_connect(url, headers={"Origin": server.url}) as socket:
                await socket.receive()
                await socket.send_str(garbage)
    assert (await visitor.join()).number


async def test_long_polling_is_no_way_in(server):
    async with (
        aiohttp.ClientSession() as client,
        client.get(f"{server.url}/socket.io/?EIO=4&transport=polling") as response,
    ):
        assert response.status == 400


async def test_no_connection_is_deflated_even_where_the_page_offers_it(server):
    async with (
        aiohttp.ClientSession() as browser,
        browser.ws_connect(
            f"{server.url}/socket.io/?EIO=4&transport=websocket", headers={"Origin": server.url}, compress=15
        ) as socket,
    ):
        assert socket.compress == 0
