"""What only somebody hostile sends: no page of ours ever would. One server for all of it, which stays up."""

import asyncio
from collections.abc import AsyncIterator
from http import HTTPStatus

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from rooms.errors import Code
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import MAX_MESSAGE_BYTES
from signaling.protocol.commands import Refused, WireCode
from signaling.protocol.signals import Candidate, Description, Party
from tests.server.conftest import Crowd
from tests.server.harness import PASSWORD, WITHIN_S, Attendant, Person, Supervisor, Visitor, World, sign_in, talk, world
from tests.server.test_door import HELLO, line

LINE_END = {"\n", "\r", "\u2028", "\0"}
WORDS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from(sorted(LINE_END)), max_size=200)
DESCRIPTIONS = st.builds(
    Description,
    number=st.integers(0, 1_000_000),
    kind=st.sampled_from(["offer", "answer"]),
    sdp=WORDS.map("v=0".__add__),
)
CANDIDATES = st.builds(
    Candidate,
    number=st.integers(0, 1_000_000),
    candidate=WORDS,
    mid=st.none() | WORDS.map(lambda words: words[:32]),
    line=st.none() | st.integers(0, 64),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
KEYS = ("type", "number", "kind", "sdp", "candidate", "mid", "line", "to", "sender")


@pytest.fixture(scope="module")
async def town() -> AsyncIterator[tuple[World, Crowd]]:
    async with world(flood_messages=10_000, flood_bytes=100_000_000) as place, place.server() as server:
        crowd = Crowd(server)
        yield place, crowd
        await crowd.leave()


@pytest.fixture(scope="module")
async def call(town) -> tuple[str, Visitor, Attendant, Visitor]:
    """A call, its two members, and somebody who has learned its id."""
    _, crowd = town
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    return await talk(visitor, clerk), visitor, clerk, await crowd.visitor()


# ------------------------------------------------------------------------------------------------- inside a call


@settings(max_examples=60)
@given(body=DESCRIPTIONS | CANDIDATES)
async def test_any_sdp_and_any_candidate_reaches_the_other_member_as_it_is_and_nobody_else(call, body):
    """It is the browser's to read; the server carries it, however it looks, and takes none from outside."""
    told, visitor, clerk, stranger = call
    heard = len(clerk.signals)
    refused = await stranger.ask(say.Signal(call=told, to=None, body=body))
    assert isinstance(refused, Refused)
    assert refused.code is Code.NOT_MEMBER
    await visitor.do(say.Signal(call=told, to=Party.ATTENDANT, body=body))
    await clerk._until(lambda: len(clerk.signals) > heard, lambda: "nothing came")
    assert [entry.body for entry in clerk.signals[heard:]] == [body], "and nothing of the stranger's"
    assert stranger.signals == []


@settings(max_examples=60)
@given(body=st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6) | JSON)
async def test_what_only_looks_like_a_signal_is_refused_and_reaches_nobody(call, body):
    told, visitor, clerk, _ = call
    heard = len(clerk.signals)
    answer = await visitor.send({"id": "fuzz", "command": {"type": "signal", "call": told, "to": None, "body": body}})
    assert isinstance(answer, Refused)
    assert answer.code is WireCode.BAD_MESSAGE
    assert len(clerk.signals) == heard


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"type": "description", "number": 1, "kind": "offer", "sdp": "x" * 48_001}, "sdp"),
        ({"type": "candidate", "number": 1, "candidate": "x" * 1_001, "mid": None, "line": None}, "candidate"),
        ({"type": "candidate", "number": 1_000_001, "candidate": "", "mid": None, "line": None}, "number"),
        ({"type": "end", "by": "attendant", "reason": "hung_up"}, ""),
        ({"type": "ring", "until_ms": 1, "clerk": {"name": "a", "function": "b", "unit": "c"}}, ""),
    ],
)
async def test_nobody_says_too_much_or_what_only_the_counter_says(call, body, field):
    told, visitor, clerk, _ = call
    heard = len(clerk.signals)
    for person in (visitor, clerk):
        answer = await person.send({"id": "big", "command": {"type": "signal", "call": told, "to": None, "body": body}})
        assert isinstance(answer, Refused)
        assert answer.code is WireCode.BAD_MESSAGE
        assert str(answer.details["field"]).endswith(field)
    assert len(clerk.signals) == heard


# ---------------------------------------------------------------------------------------------------- at the door


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://{name}:1",
        "http://{host}.example",
        "http://example@{host}",
        "//{host}",
        "*",
    ],
)
async def test_an_origin_that_only_resembles_ours_opens_no_socket(town, origin):
    server = town[1].server
    host = server.url.removeprefix("http://")
    for person in (Visitor(server), Attendant(server), Supervisor(server)):
        if not isinstance(person, Visitor):
            await sign_in(person, "sofia" if isinstance(person, Supervisor) else "ana", PASSWORD)
        assert await person.is_foreign(origin.format(host=host, name=host.partition(":")[0]))


@pytest.mark.parametrize(("login", "kind"), [("bruno", Attendant), ("sofia", Supervisor)])
async def test_a_session_whose_life_is_over_opens_nothing(town, login, kind):
    """The store keeps it for that long after the last sign of life, and no longer."""
    place, crowd = town
    person: Person = kind(crowd.server)
    await sign_in(person, login, PASSWORD)
    [cookie] = (name for name in LIFE_S if name.value in person.cookies)
    store = Redis.from_url(place.store.url)
    [kept] = [name async for name in store.scan_iter(f"*{key_of(person.cookies[cookie])}*")]
    assert 0 < await store.ttl(kept) <= LIFE_S[cookie]
    assert await store.pexpire(kept, 0)
    await store.aclose()
    status, body = await person.request("GET", f"staff/session?role={person.role}")
    assert (status, body["code"]) == (HTTPStatus.UNAUTHORIZED, WireCode.NO_SESSION)
    await person.connect()
    assert person.refused is not None
    assert person.refused.code is WireCode.NO_SESSION


async def test_a_secret_that_we_never_gave_holds_no_ticket_and_no_session(town):
    _, crowd = town
    stranger = crowd.add(Visitor(crowd.server, {"balcao_visitor": new_secret()}))
    await stranger.connect()
    assert (await stranger.until(lambda _: True)).ticket is None
    clerk = Attendant(crowd.server, {"balcao_attendant": new_secret()})
    await clerk.connect()
    assert clerk.refused is not None
    assert clerk.refused.code is WireCode.NO_SESSION


# --------------------------------------------------------------------------------------------------------- frames


@pytest.mark.parametrize("size", [2 * MAX_MESSAGE_BYTES + 1, 1_000_000])
@pytest.mark.parametrize("binary", [False, True])
async def test_a_frame_that_is_much_too_long_ends_its_connection_before_it_is_read(town, size, binary):
    _, crowd = town
    url = f"{crowd.server.url}/socket.io/?EIO=4&transport=websocket".replace("http", "ws", 1)
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(url, headers={"Origin": crowd.server.url}) as socket,
    ):
        await socket.receive()
        await (socket.send_bytes(b"4" * size) if binary else socket.send_str("4" * size))
        end = await socket.receive()
        while end.type is aiohttp.WSMsgType.TEXT:
            end = await socket.receive()
        assert end.type in {aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.CLOSING}
    assert (await crowd.add(Visitor(crowd.server)).arrive()).connected


@pytest.mark.parametrize(
    "payload",
    [
        "",
        "nothing",
        '{"id":"abcdefgh"',
        '{"id":"abcdefgh","command":{"type":"leave","rev":1}},{"id":"abcdefgh","command":{"type":"leave","rev":1}}',
        "[" * 60_000,
        '{"a":' * 10_000,
    ],
    ids=["nothing at all", "a word", "a half", "two at once", "lists in lists", "objects in objects"],
)
@pytest.mark.parametrize("event", ["command", "another"])
async def test_what_is_no_command_is_answered_or_nothing_at_all_and_the_page_goes_on(town, event, payload):
    """Of commands each is answered, though it be no JSON; what is no event of ours need not be."""
    _, crowd = town
    visitor = Visitor(crowd.server)
    await visitor.request("POST", "session")
    async with line(visitor) as opened:
        await opened.send_str(f"40/visitor,{HELLO}")
        while not (await opened.receive_str()).startswith("40/visitor,"):
            pass
        await opened.send_str(f'42/visitor,7["{event}",{payload}]')
        await opened.send_str('42/visitor,8["command",{"id":"abcdefgh","command":{"type":"leave","rev":1}}]')
        answers = []
        async with asyncio.timeout(WITHIN_S):
            while not any(said.startswith("43/visitor,8") for said in answers):
                answers.append(await opened.receive_str())
    refused = [said for said in answers if said.startswith("43/visitor,7")]
    assert all(WireCode.BAD_MESSAGE in said for said in refused)
    assert len(refused) == 1 or event != "command"


async def test_a_compressed_frame_is_not_unpacked(town):
    """A few bytes could unpack to as much as they like: RSV1 was not agreed on, so the connection is over."""
    _, crowd = town
    url = f"{crowd.server.url}/socket.io/?EIO=4&transport=websocket".replace("http", "ws", 1)
    async with (
        aiohttp.ClientSession() as client,
        client.ws_connect(url, headers={"Origin": crowd.server.url}, compress=15) as socket,
    ):
        await socket.receive()
        await socket._writer.send_frame(b"4" * 60_000, aiohttp.WSMsgType.TEXT, compress=15)
        end = await socket.receive()
        assert (end.type, end.data) == (aiohttp.WSMsgType.CLOSE, aiohttp.WSCloseCode.PROTOCOL_ERROR)


# -------------------------------------------------------------------------------------------------- what is answered


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/atendimento", 200),
        ("/painel", 200),
        ("/assets/app-1a2b.js", 200),
        ("/api/v1/units", 200),
        ("/api/v1/session", 200),
        ("/api/v1/staff/session?role=attendant", 401),
        ("/api/v1/nothing", 404),
        ("/nothing", 404),
        ("/healthz", 200),
        ("/socket.io/?EIO=4&transport=polling", 400),
    ],
)
async def test_whatever_is_answered_carries_the_same_armour(town, path, status):
    server = town[1].server
    async with aiohttp.ClientSession() as client, client.get(server.url + path) as response:
        assert response.status == status
        headers = response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers, "nobody else's page may read it"


async def test_every_cookie_is_out_of_scripts_reach_and_secure_where_the_site_is(town):
    place, _ = town
    async with place.server(public_url="https://balcao.exemplo.jus.br") as server, aiohttp.ClientSession() as client:
        ours = {"Origin": "https://balcao.exemplo.jus.br"}
        given = [await client.post(f"{server.url}/api/v1/session", headers=ours)]
        for login, role in (("bruno", "attendant"), ("sofia", "supervisor")):
            body = {"login": login, "password": PASSWORD, "role": role}
            given.append(await client.post(f"{server.url}/api/v1/staff/session", json=body, headers=ours))
    cookies = {name: morsel for response in given for name, morsel in response.cookies.items()}
    assert len(cookies) == len(given), "one each"
    for name, cookie in cookies.items():
        assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Lax"), name
        assert (cookie["path"], cookie["domain"], int(cookie["max-age"])) == ("/", "", LIFE_S[Cookie(name)]), name
