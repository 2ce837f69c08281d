"""The secrets that browsers hold: how each is set, that a new one ends the old, and that an old one opens nothing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import pytest
from redis.asyncio import Redis

from rooms.errors import Code
from rooms.model.call import WhyLeft
from rooms.model.guest import SECONDS_INVITED
from signaling.app import Server
from signaling.auth.capability import LIFE_S, Cookie, key_of, new_secret
from signaling.auth.staff import COOKIES
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.commands import WireCode
from signaling.protocol.guests import Invite
from signaling.protocol.views import Farewell
from tests.server.conftest import Crowd
from tests.server.harness import PASSWORD, Attendant, Guest, Interpreter, Person, Supervisor, Visitor, sign_in, talk
from tests.server.matrix import AIMED, ROLES, Visit

COOKIE = {
    Visitor: Cookie.VISITOR,
    Attendant: Cookie.ATTENDANT,
    Supervisor: Cookie.SUPERVISOR,
    Interpreter: Cookie.INTERPRETER,
    Guest: Cookie.GUEST,
}
STAFF = {"ana": Attendant, "sofia": Supervisor, "lia": Interpreter}
OVER_S = 900
"""A call that is over is known for a quarter of an hour more."""
SITE = "https://balcao.exemplo.jus.br"


@dataclass
class Everybody:
    """One person of each role, all of them connected: the guest is in the visitor's call with the attendant."""

    visitor: Visitor
    attendant: Attendant
    supervisor: Supervisor
    interpreter: Interpreter
    guest: Guest
    call: str

    @property
    def people(self) -> tuple[Person, ...]:
        return (self.visitor, self.attendant, self.supervisor, self.interpreter, self.guest)


async def everybody(crowd: Crowd) -> Everybody:
    visitor, attendant = await crowd.visitor(), await crowd.attendant()
    await attendant.available()
    await visitor.join()
    call = await talk(visitor, attendant)
    invited = await attendant.do(Invite(call=call, kind="companion"))
    guest = await crowd.add(Guest(crowd.server)).joins(invited.link)
    return Everybody(visitor, attendant, await crowd.supervisor(), await crowd.interpreter(), guest, call)


@asynccontextmanager
async def at(server: Server) -> AsyncIterator[Crowd]:
    crowd = Crowd(server)
    yield crowd
    await crowd.leave()


async def is_refused(person: Person, cookies: dict[str, str]) -> bool:
    """Whether a new page with these cookies is told that it has no session."""
    page = type(person)(person.server, dict(cookies))
    await page.connect()
    if page.refused is not None:
        return page.refused.code is WireCode.NO_SESSION
    await page.close()
    return False


async def is_signed_out(person: Person, cookies: dict[str, str]) -> bool:
    """The same of a member of staff, over HTTP too."""
    page = type(person)(person.server, dict(cookies))
    status, body = await page.request("GET", f"staff/session?role={person.role}")
    over_http = status == HTTPStatus.UNAUTHORIZED and body["code"] == WireCode.NO_SESSION
    assert over_http is await is_refused(person, cookies), "by one way in, and not by the other"
    return over_http


async def holds_nothing(visitor: Visitor, cookies: dict[str, str], visit: Visit) -> None:
    """A browser with these cookies is a stranger to that visit."""
    page = Visitor(visitor.server, dict(cookies))
    assert await page.request("GET", "session") == (HTTPStatus.OK, {"unit": None})
    status, body = await page.request("POST", "handover")
    assert (status, body["code"]) == (HTTPStatus.NOT_FOUND, Code.TICKET_UNKNOWN)
    await page.connect()
    assert (await page.until(lambda _: True)).ticket is None
    for command, line in ROLES["visitor"].items():
        if line.theirs is not None:
            assert (await page.ask(AIMED[command](visit))).code is line.theirs, command
    await page.close()


# --------------------------------------------------------------------------------------------------- as they are set


def test_every_cookie_is_of_one_role_and_has_its_life():
    assert set(COOKIE.values()) == set(Cookie) == set(LIFE_S)
    assert {kind.namespace for kind in COOKIE} == set(Namespace)
    assert set(COOKIES.values()) == {COOKIE[kind] for kind in STAFF.values()}


@pytest.mark.parametrize("public_url", [None, SITE])
async def test_every_cookie_is_out_of_scripts_reach_and_secure_where_the_site_is(place, public_url):
    """No script reads it, no other site sends it with a POST, no other host of the domain gets it; also a new one."""
    async with place.server(public_url=public_url) as server, at(server) as crowd:
        people = await everybody(crowd)
        phone = crowd.add(Visitor(server))
        _, code = await people.visitor.request("POST", "handover")
        await phone.request("POST", "session")
        before = phone.cookies[Cookie.VISITOR]
        assert (await phone.request("POST", f"handover/{code['short']}"))[0] == HTTPStatus.OK
        assert phone.cookies[Cookie.VISITOR] != before
        forgetful = crowd.add(Visitor(server))
        await forgetful.request("DELETE", "session")
        told = [(COOKIE[type(person)], person) for person in (*people.people, phone, forgetful)]
        for cookie, person in told:
            assert set(person.morsels) == {cookie}, "one of one's own role, and no other"
            morsel = person.morsels[cookie]
            assert len(morsel.value) == 43
            assert (morsel["httponly"], morsel["secure"], morsel["samesite"]) == (True, public_url == SITE or "", "Lax")
            assert (morsel["path"], morsel["domain"], int(morsel["max-age"])) == ("/", "", LIFE_S[cookie])


async def test_a_cookie_is_taken_back_as_it_was_given(place):
    async with place.server(public_url=SITE) as server, at(server) as crowd:
        for login, kind in STAFF.items():
            person = await crowd.add(kind(server)).arrive(login)
            assert (await person.request("DELETE", f"staff/session?role={person.role}"))[0] == HTTPStatus.NO_CONTENT
            morsel = person.morsels[COOKIE[kind]]
            assert (morsel.value, int(morsel["max-age"]), morsel["path"], morsel["domain"]) == ("", 0, "/", "")
            assert (morsel["httponly"], morsel["secure"], morsel["samesite"]) == (True, True, "Lax")


async def test_no_other_answer_sets_a_cookie(server, crowd):
    """Whatever is only looked at leaves no trace in the browser."""
    await everybody(crowd)
    paths = ["/", "/atendimento", "/painel", "/libras", "/api/v1/session", "/api/v1/units", "/api/v1/court", "/healthz"]
    async with aiohttp.ClientSession() as client:
        for path in (*paths, f"/api/v1/guests/{new_secret()}", "/api/v1/staff/session?role=attendant", "/metrics"):
            async with client.get(server.url + path) as response:
                assert response.cookies == {}, path


# ------------------------------------------------------------------------------------------- the old one, and the new


@pytest.mark.parametrize("way", ["handover", "forget"])
async def test_a_capability_that_was_replaced_holds_the_ticket_no_more(crowd, server, way):
    visitor, clerk = await crowd.visitor(), await (await crowd.attendant()).available()
    await visitor.join()
    call = await talk(visitor, clerk)
    old, ticket = dict(visitor.cookies), visitor.view.ticket
    if way == "handover":
        phone = crowd.add(Visitor(server))
        await phone.request("POST", "session")
        _, code = await visitor.request("POST", "handover")
        assert (await phone.request("POST", f"handover/{code['short']}"))[0] == HTTPStatus.OK
    else:
        await visitor.request("DELETE", "session")
    await visitor.until_cut()
    await holds_nothing(visitor, old, Visit(ticket.unit.slug, ticket.id, ticket.rev, call))


@pytest.mark.parametrize("login", STAFF)
async def test_whoever_signs_in_again_or_out_leaves_no_session_behind(crowd, server, login):
    """One browser has one session of a role: the cookie of the one before was copied, perhaps."""
    person = await crowd.add(STAFF[login](server)).arrive(login)
    await person.until(lambda _: True)
    first = dict(person.cookies)
    again = crowd.add(type(person)(server, dict(first)))
    await sign_in(again, login, PASSWORD)
    assert again.cookies != first
    await person.until_cut()
    assert person.goodbye.reason is Farewell.SIGNED_OUT
    assert await is_signed_out(person, first)
    second = dict(again.cookies)
    assert not await is_signed_out(person, second)
    await again.request("DELETE", f"staff/session?role={again.role}")
    assert await is_signed_out(person, second)


async def test_whoever_signs_in_wrongly_keeps_the_session_that_is_there(crowd):
    clerk = await crowd.attendant()
    body = {"login": "ana", "password": "wrong", "role": "attendant"}
    assert (await clerk.request("POST", "staff/session", body))[0] == HTTPStatus.UNAUTHORIZED
    assert not await is_signed_out(clerk, clerk.cookies)


async def test_no_cookie_opens_what_another_is_for(crowd):
    """Each secret, under each other name."""
    people = (await everybody(crowd)).people
    for whose in people:
        secret = whose.cookies[COOKIE[type(whose)]]
        for person in people:
            if person is whose:
                continue
            cookies = {COOKIE[type(person)].value: secret}
            if isinstance(person, Visitor):
                await holds_nothing(person, cookies, Visit("x", "t" * 20, 1, "c" * 20))
            else:
                assert await is_refused(person, cookies), (whose.role, person.role)


# ------------------------------------------------------------------------------------------------------ in their time


@pytest.mark.parametrize("login", STAFF)
async def test_a_session_whose_life_is_over_opens_nothing(place, crowd, server, login):
    """The store keeps it for that long after the last sign of life, and no longer."""
    person = crowd.add(STAFF[login](server))
    await sign_in(person, login, PASSWORD)
    cookie = COOKIE[type(person)]
    async with Redis.from_url(place.store.url) as store:
        [kept] = [name async for name in store.scan_iter(f"*:session:{key_of(person.cookies[cookie])}")]
        assert 0 < await store.ttl(kept) <= LIFE_S[cookie]
        assert not await is_signed_out(person, person.cookies)
        assert await store.pexpire(kept, 0)
    assert await is_signed_out(person, person.cookies)


async def test_a_guests_seat_is_known_for_a_while_after_the_call_and_then_no_more(place, crowd):
    people = await everybody(crowd)
    await people.visitor.do(say.HangUp(call=people.call))
    await people.guest.until(lambda view: view.left)
    again = crowd.add(Guest(crowd.server, people.guest.cookies))
    await again.connect()
    assert (await again.until(lambda view: view.left)).left is WhyLeft.OVER, "the page says how it ended"
    async with Redis.from_url(place.store.url) as store:
        [kept] = [name async for name in store.scan_iter(f"*:guest:{key_of(again.cookies[Cookie.GUEST])}")]
        assert 0 < await store.ttl(kept) <= OVER_S
        assert await store.pexpire(kept, 0)
    assert await is_refused(again, again.cookies)
    for command, line in ROLES["guest"].items():
        answer = await again.ask(AIMED[command](Visit("x", "t" * 20, 1, people.call)))
        assert answer.code is line.theirs, "nor from the page that is still open"


async def test_a_link_whose_time_is_over_brings_nobody_in_whatever_they_hold(place, crowd, server):
    people = await everybody(crowd)
    link = (await people.attendant.do(Invite(call=people.call, kind="companion"))).link
    code = link.rsplit("/", 1)[1]
    davi = crowd.add(Guest(server))
    assert (await davi.request("GET", f"guests/{code}"))[0] == HTTPStatus.OK
    await place.later(SECONDS_INVITED + 1, gone="nobody")
    for method, body in (("GET", None), ("POST", {"name": "Davi"})):
        status, answer = await davi.request(method, f"guests/{code}", body)
        assert (status, answer["code"]) == (HTTPStatus.NOT_FOUND, Code.INVITATION_UNKNOWN)
    assert await is_refused(davi, davi.cookies), "looking at a link is no seat"


async def test_a_secret_that_we_never_gave_holds_no_ticket_and_no_session(crowd, server):
    for kind, cookie in COOKIE.items():
        person = kind(server)
        for secret in (new_secret(), "x", "á" * 43, "A" * 43, "A" * 44, ""):
            if kind is not Visitor or key_of(secret) is None:
                assert await is_refused(person, {cookie.value: secret}), (kind, secret)
    await holds_nothing(Visitor(server), {Cookie.VISITOR.value: new_secret()}, Visit("x", "t" * 20, 1, "c" * 20))


# ------------------------------------------------------------------------------------------------------- whose page


ORIGINS = [
    "null",
    "http://{name}:1",
    "http://{host}.example",
    "http://example@{host}",
    "//{host}",
    "*",
    "http://[",
    None,
]


async def test_a_page_of_another_origin_opens_no_socket_of_any_role(crowd, server):
    """Its browser sends our cookies along: nothing else would keep it out."""
    people = (await everybody(crowd)).people
    assert {person.namespace for person in people} == set(Namespace)
    for person in people:
        assert not await person.is_foreign("")
        for origin in ORIGINS:
            name = person.host.partition(":")[0]
            assert await person.is_foreign(origin and origin.format(host=person.host, name=name)), (origin, person.role)


async def test_a_page_of_another_origin_changes_nothing_by_any_address_of_the_api(crowd, server):
    person = (await everybody(crowd)).attendant
    _, described = await person.request("GET", "openapi.json")
    changing = [
        (method.upper(), path.removeprefix("/api/v1/").replace("{code}", new_secret()))
        for path, methods in described["paths"].items()
        for method in methods
        if method != "get"
    ]
    assert len(changing) > 8
    for method, path in changing:
        for origin in ("https://elsewhere.example", "null", None):
            status, body = await person.request(method, path, {}, origin=origin)
            assert (status, body["code"]) == (HTTPStatus.FORBIDDEN, WireCode.FOREIGN_ORIGIN), (method, path, origin)
