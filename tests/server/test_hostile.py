"""What only somebody hostile sends: no page of ours ever would. One server for all of it, which stays up.

After each test somebody new is served, and nothing was logged as a bug.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

import aiohttp
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from yarl import URL

from rooms.errors import Code
from signaling.protocol import at_desk, guests
from signaling.protocol import commands as say
from signaling.protocol.base import Wire
from signaling.protocol.commands import Accepted, Refused, WireCode
from signaling.protocol.signals import Candidate, Chat, Description, Party
from tests.server.conftest import is_unharmed
from tests.server.harness import UNIT, Guest, Person, talk
from tests.server.matrix import AIMED, SPOKEN, Visit

OTHER_UNIT = "juizado-1-cuiaba"
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
IDS = st.from_regex(r"[A-Za-z0-9_-]{1,64}", fullmatch=True) | st.sampled_from([
    "0", "-", "nil", "~libras", "attendant", "guest_1", "staff-ana", "carla", "state", "A" * 65, "{tjmt}", "a:b",
])  # fmt: skip
NUMBERS = st.sampled_from([-1, 0, 1, 2**31, 2**53 + 1, 2**63, 10**15, 10**18, 10**400, -(10**400), 1e308])
ENDS = {
    say.CancelCall, say.Finish, say.HangUp, say.Leave, say.OtherAttendant,
    at_desk.Release, at_desk.Remove, at_desk.SendBack, at_desk.Transfer, guests.Dismiss,
}  # fmt: skip
"""Not aimed at the call itself, which is to go on."""
HERE, NOWHERE = Visit(UNIT, "TICKET", 1, "CALL"), Visit(UNIT, "t" * 20, 1, "c" * 20)


def mangled(command: type[Wire]) -> st.SearchStrategy[dict]:
    """A command in which up to three fields are others, too many, or missing."""
    right = AIMED[command](NOWHERE if command in ENDS else HERE).model_dump(mode="json")
    others = st.dictionaries(st.sampled_from([*right, "fence", "holder"]), IDS | NUMBERS | JSON, max_size=3)
    missing = st.sets(st.sampled_from([*right]), max_size=1)
    return st.builds(
        lambda others, missing: {name: value for name, value in (right | others).items() if name not in missing},
        others,
        missing,
    )


SAID = st.sampled_from([(role, command) for role, commands in SPOKEN.items() for command in commands]).flatmap(
    lambda each: st.tuples(st.just(each[0]), mangled(each[1]))
)
"""By whom, and what."""


@pytest.fixture(autouse=True)
async def _unharmed(town, bugs) -> AsyncIterator[None]:
    yield
    await is_unharmed(town[1].server, bugs)


@dataclass
class Talk:
    """A call with four in it, and somebody of each role who has learned its id."""

    call: str
    ticket: str
    members: dict[Party, Person]
    strangers: list[Person]
    seats: dict[str, Person]
    """Who of them speaks for a role."""


@pytest.fixture(scope="module")
async def call(town) -> Talk:
    _, crowd = town
    visitor, clerk, lia = await crowd.visitor(), await crowd.attendant(), await crowd.interpreter()
    await clerk.available()
    await lia.available()
    await visitor.join()
    told = await talk(visitor, clerk)
    rosa = await crowd.add(Guest(crowd.server)).joins((await clerk.do(guests.Invite(call=told, kind="companion"))).link)
    await clerk.do(guests.AskInterpreters(call=told))
    await lia.do(guests.Come(call=told))
    stranger, bruno, sofia = await crowd.visitor(), await crowd.attendant("bruno"), await crowd.supervisor()
    await stranger.join(OTHER_UNIT)
    return Talk(
        told,
        visitor.view.ticket.id,
        {Party.VISITOR: visitor, Party.ATTENDANT: clerk, Party.GUEST_1: rosa, Party.GUEST_2: lia},
        [stranger, bruno],
        {"visitor": stranger, "attendant": clerk, "supervisor": sofia, "interpreter": lia, "guest": rosa},
    )


# ------------------------------------------------------------------------------------------------- inside a call


@settings(max_examples=100)
@given(body=DESCRIPTIONS | CANDIDATES, sender=st.sampled_from(Party), turn=st.integers(1, 3))
async def test_any_sdp_and_any_candidate_reaches_the_other_member_as_it_is_and_nobody_else(call, body, sender, turn):
    """It is the browser's to read; the server carries it, however it looks, and takes none from outside."""
    parties = list(Party)
    to = parties[(parties.index(sender) + turn) % len(parties)]
    heard = {party: len(person.signals) for party, person in call.members.items()}
    for stranger in call.strangers:
        refused = await stranger.ask(say.Signal(call=call.call, to=to, body=body))
        assert isinstance(refused, Refused)
        assert refused.code is Code.NOT_MEMBER
    await call.members[sender].do(say.Signal(call=call.call, to=to, body=body))
    other = call.members[to]
    await other._until(lambda: len(other.signals) > heard[to], lambda: "nothing came")
    for party, person in call.members.items():
        new = [(entry.sender, entry.body) for entry in person.signals[heard[party] :]]
        assert new == ([(sender, body)] if party is to else []), "and nothing of the strangers'"
    assert [stranger.signals for stranger in call.strangers] == [[], []]


@settings(max_examples=60)
@given(body=st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6) | JSON, sender=st.sampled_from(Party))
async def test_what_only_looks_like_a_signal_is_refused_and_reaches_nobody(call, body, sender):
    heard = [len(person.signals) for person in call.members.values()]
    answer = await call.members[sender].send(
        {"id": "fuzz", "command": {"type": "signal", "call": call.call, "to": None, "body": body}}
    )
    assert isinstance(answer, Refused)
    assert answer.code is WireCode.BAD_MESSAGE
    assert [len(person.signals) for person in call.members.values()] == heard


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
    heard = [len(person.signals) for person in call.members.values()]
    for person in call.members.values():
        answer = await person.send(
            {"id": "big", "command": {"type": "signal", "call": call.call, "to": None, "body": body}}
        )
        assert isinstance(answer, Refused)
        assert answer.code is WireCode.BAD_MESSAGE
        assert str(answer.details["field"]).endswith(field)
    assert [len(person.signals) for person in call.members.values()] == heard


# ----------------------------------------------------------------------------------------------- from every seat


@settings(max_examples=400)
@given(said=SAID, request=IDS)
async def test_whatever_a_seat_says_is_answered_in_the_words_of_the_wire(call, said, request):
    """Done or refused by a code, never left without an answer: ids of nothing, numbers beyond any, fields of others."""
    role, command = said
    known = {"CALL": call.call, "TICKET": call.ticket}
    aimed = {name: known.get(value, value) if isinstance(value, str) else value for name, value in command.items()}
    answer = await call.seats[role].send({"id": request, "command": aimed})
    assert isinstance(answer, Accepted | Refused)


@settings(max_examples=60)
@given(payload=JSON, role=st.sampled_from(sorted(SPOKEN)))
async def test_what_is_no_command_at_all_is_refused_to_every_seat(call, payload, role):
    answer = await call.seats[role].send(payload)
    assert isinstance(answer, Refused)
    assert answer.code is WireCode.BAD_MESSAGE


async def test_a_unit_is_not_suspended_until_a_day_that_no_calendar_has(call):
    """What is once in the store is shown to everybody, by every server."""
    suspend = {"type": "suspend", "unit": UNIT, "message": "Sem sistema.", "alternative": None}
    for role in ("attendant", "supervisor"):
        for until_ms in (10**15, 10**18, 10**400, -1):
            answer = await call.seats[role].send({"id": "far", "command": suspend | {"until_ms": until_ms}})
            assert isinstance(answer, Refused)
            assert (answer.code, answer.details["field"]) == (WireCode.BAD_MESSAGE, "command.suspend.until_ms")


async def test_after_all_of_that_the_call_goes_on(call):
    await call.seats["supervisor"].ask(say.ResumeUnit(unit=UNIT))
    await call.seats["attendant"].ask(at_desk.Unhold(call=call.call))
    for party, person in call.members.items():
        words = Chat(text=f"ainda aqui, {party}")
        await person.do(say.Signal(call=call.call, to=None, body=words))
        for other in call.members.values():
            if other is not person:
                await other.until_heard(lambda entry, words=words: entry.body == words)


# ---------------------------------------------------------------------------------------------------- at the door


@settings(max_examples=60)
@given(hello=JSON.filter(lambda said: type(said) not in {int, float, type(None)}), role=st.sampled_from(sorted(SPOKEN)))
async def test_a_handshake_that_is_none_is_refused_to_whoever_would_have_a_seat(call, hello, role):
    person = call.seats[role]
    page = type(person)(person.server, person.cookies)
    await page.connect(auth=hello)
    assert page.refused is not None
    assert page.refused.code is WireCode.BAD_MESSAGE
    assert person.connected


@settings(max_examples=100)
@given(
    body=JSON,
    code=st.from_regex(r"[A-Za-z0-9_.~-]{1,64}", fullmatch=True).filter(lambda code: code.strip(".")),
    method=st.sampled_from(["POST", "DELETE", "PUT"]),
    path=st.sampled_from(
        ["session", "staff/session", "handover", "handover/{}", "guests/{}", "check", "check/echo", "push", "{}"]
    ),
)
async def test_whatever_is_posted_is_answered_in_the_words_of_the_wire(call, body, code, method, path):
    if (method, path) == ("DELETE", "session"):
        return  # nothing of the request is read: this browser is forgotten
    for person in (call.seats["visitor"], call.seats["guest"]):
        status, answer = await person.request(method, path.format(code), body)
        assert status < HTTPStatus.INTERNAL_SERVER_ERROR
        assert status < HTTPStatus.BAD_REQUEST or answer["code"] in {*Code, *WireCode}


ADDRESSES = [
    "/assets/{}", "/{}.js", "/balcao/{}", "/tv/{}", "/recibo/{}", "/continuar/{}", "/acompanhar/{}", "/{}",
    "/api/v1/units/{}", "/api/v1/receipts/{}", "/api/v1/handover/{}", "/api/v1/guests/{}", "/api/v1/{}",
    "/api/v1/staff/session?role={}", "/balcao/x?case={}",
]  # fmt: skip


@settings(max_examples=100)
@given(name=WORDS, address=st.sampled_from(ADDRESSES))
@example(name="\0", address="/assets/{}")
@example(name="..", address="/assets/{}")
@example(name="a" * 5_000, address="/assets/{}")
@example(name="[", address="/api/v1/receipts/{}")
async def test_whatever_address_is_asked_for_has_an_answer(town, name, address):
    url = URL(town[1].server.url + address.format(quote(name, safe="")), encoded=True)
    async with aiohttp.ClientSession() as client, client.get(url) as response:
        assert response.status < HTTPStatus.INTERNAL_SERVER_ERROR


@settings(max_examples=60)
@given(
    origin=WORDS | st.sampled_from(["http://[", "http://a]b", "http://\u2100"]),
    cookie=WORDS,
    forwarded=WORDS,
    host=st.from_regex(r"[a-z0-9.:\[\]-]{1,40}", fullmatch=True),
)
async def test_whatever_a_browser_says_of_itself_has_an_answer(town, origin, cookie, forwarded, host):
    said = {"Origin": origin, "Cookie": f"balcao_visitor={cookie}", "X-Forwarded-For": forwarded, "Host": host}
    headers = {name: "".join(filter(str.isprintable, value)) for name, value in said.items()}
    async with aiohttp.ClientSession() as client:
        for method, path in (("POST", "/api/v1/session"), ("GET", "/api/v1/session"), ("GET", "/api/v1/units")):
            async with client.request(method, town[1].server.url + path, headers=headers) as response:
                assert response.status < HTTPStatus.INTERNAL_SERVER_ERROR


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
