"""Every command × every seat × one's own visit and somebody else's: `matrix.py` has the lines, these say them all."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import cast

import pytest
from redis.asyncio import Redis

from rooms.errors import Code
from rooms.ids import CourtId
from rooms.model.attendant import PauseReason, Status
from rooms.model.call import Outcome
from rooms.model.ticket import RemoveReason
from signaling.app import Server
from signaling.protocol import commands as say
from signaling.protocol import guests
from signaling.protocol.at_desk import Remove
from signaling.protocol.base import Wire
from signaling.protocol.commands import Answer, Refused, WireCode
from tests.server.conftest import Crowd
from tests.server.harness import (
    COURT,
    PASSWORD,
    UNIT,
    Attendant,
    Guest,
    Interpreter,
    Person,
    Supervisor,
    Visitor,
    sign_in,
    talk,
    world,
)
from tests.server.matrix import AIMED, ELSEWHERE, OK, PERMITTED, ROLES, SEATS, WITH_A_TICKET, Stage, Visit
from tests.stores import later

NOT_OF_ANA, NOT_OF_BRUNO = "fazenda-3-cuiaba", "familia-2-cuiaba"
NEIGHBOUR, ITS_HOST = CourtId("tjneighbour"), "neighbour.example"
BY_ITSELF = {b"acted", b"clock", b"grace", b"life", b"pushed", b"pusher", b"reconciled", b"recorder", b"swept"}
"""What the house writes down of its own work."""
LEASES = (b"visitor:", b"attendant:", b"guest:")
PAST_THE_LAST_WORD_S = 16
"""After a call, how it went is heard for a quarter of a minute, and then told: not while it is compared."""


def name_of(command: object) -> str | None:
    return cast("str", command.model_fields["type"].default) if isinstance(command, type(Wire)) else None


def said(answer: Answer) -> Code | WireCode | None:
    """The code of a refusal; None: accepted."""
    return answer.code if isinstance(answer, Refused) else None


@dataclass
class Counter:
    """Ana and Bruno at their desks, Sofia at the board, Lia in the pool; visitors come and go."""

    server: Server
    url: str
    store: Redis
    crowd: Crowd
    ana: Attendant
    bruno: Attendant
    sofia: Supervisor
    lia: Interpreter

    async def waiting(self) -> tuple[Visitor, Visit]:
        """Somebody in line."""
        visitor = await self.crowd.visitor()
        ticket = (await visitor.join()).ticket
        view = await visitor.until(lambda view: view.ticket)
        assert view.ticket is not None
        return visitor, Visit(UNIT, ticket, view.ticket.rev, "c" * 20)

    async def at(self, stage: Stage, clerk: Attendant) -> tuple[Visitor, Visit]:
        """Somebody who is that far, with this clerk."""
        visitor, visit = await self.waiting()
        if stage in {Stage.TALKING, Stage.OVER}:
            call = await talk(visitor, clerk)
            if stage is Stage.OVER:
                await clerk.do(say.HangUp(call=call))
        elif stage is Stage.RINGING:
            ringing: say.Ringing = await clerk.do(say.CallNext())
            call = ringing.call
            await visitor.until(lambda view: view.ticket and view.ticket.ring)
        else:
            return visitor, visit
        assert visitor.view.ticket is not None
        return visitor, replace(visit, rev=visitor.view.ticket.rev, call=call)

    async def over(self, visit: Visit, clerk: Attendant) -> None:
        """Whatever was said in it, the visit is over and the clerk ready for another."""
        await clerk.ask(say.HangUp(call=visit.call))
        for person in (clerk, self.sofia):
            await person.ask(Remove(ticket=visit.ticket, reason=RemoveReason.TEST))
        desk = (await clerk.until(lambda _: True)).call
        for call in {visit.call, desk.call if desk else visit.call}:
            await clerk.ask(say.Finish(call=call, outcome=Outcome.INFORMED))
        await self.sofia.ask(say.ResumeUnit(unit=UNIT))
        await clerk.available()

    @asynccontextmanager
    async def seated(self, seat: str, stage: Stage) -> AsyncIterator[tuple[Person, Visit]]:
        """Somebody in that seat, at a visit with Ana that is so far."""
        crowd = Crowd(self.server)
        visitor, visit = await self.at(stage, self.ana)
        try:
            yield await self._in(seat, crowd.add(visitor), visit, crowd), visit
        finally:
            await self.ana.do(say.TakeOver())
            for helper in (self.bruno, self.lia):
                await helper.do(say.TakeOver())
                await helper.ask(say.HangUp(call=visit.call))
            await self.over(visit, self.ana)
            await self.bruno.available()
            await self.lia.do(say.SetStatus(status=Status.PAUSED, pause=PauseReason.BREAK))
            await crowd.leave()

    async def _in(self, seat: str, visitor: Visitor, visit: Visit, crowd: Crowd) -> Person:
        by_seat: Mapping[str, Person] = {
            "visitor": visitor,
            "attendant": self.ana,
            "supervisor": self.sofia,
            "interpreter": self.lia,
        }
        which, _, role = seat.rpartition(" ")
        match which, role:
            case "", "guest":
                return await self.guest(crowd, visit)
            case "", _:
                return by_seat[role]
            case "helping", "attendant":
                await self.ana.do(guests.AskColleague(call=visit.call, colleague="bruno"))
                await self.bruno.do(guests.Come(call=visit.call))
                return self.bruno
            case "helping", "interpreter":
                await self.lia.available()
                await self.ana.do(guests.AskInterpreters(call=visit.call))
                await self.lia.do(guests.Come(call=visit.call))
                return self.lia
        first = await self.guest(crowd, visit) if role == "guest" else by_seat[role]
        page = crowd.add(type(first)(self.server, first.cookies))
        await page.connect(opened=False)
        if which == "mirrored":
            return page
        await page.do(say.TakeOver())
        return first

    async def guest(self, crowd: Crowd, visit: Visit) -> Guest:
        """Somebody who came by a link."""
        invited = await self.ana.do(guests.Invite(call=visit.call, kind="companion"))
        return await crowd.add(Guest(self.server)).joins(invited.link)

    async def quiet(self) -> None:
        """Nothing is left to be done of what was before."""
        await later(self.url, COURT, PAST_THE_LAST_WORD_S)
        while (await self.server.store.sweep(COURT)).acted:
            pass

    async def state(self) -> dict[bytes, object]:
        """Everything that the store has of our court: of leases, which move while pages are here, only whose."""
        deadlines = f"{{{COURT}}}:deadlines".encode()
        found = [key async for key in self.store.scan_iter(f"{{{COURT}}}:*", count=1_000) if key != deadlines]
        keys = [key for key in found if key.split(b":")[1] not in BY_ITSELF]
        async with self.store.pipeline(transaction=False) as asked:
            for key in keys:
                asked.dump(key)
            asked.zrange(deadlines, 0, -1, withscores=True)
            *kept, ends = await asked.execute()
        return dict(zip(keys, kept, strict=True)) | {
            member: None if member.startswith(LEASES) else at for member, at in ends
        }

    async def answered(self, person: Person, command: type[Wire], visit: Visit) -> Code | WireCode | str | None:
        """The refusal; in words, where something of the store has changed by it. None: accepted."""
        before = await self.state()
        code = said(await person.ask(AIMED[command](visit)))
        if code is None:
            return None
        after = await self.state()
        changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        return f"{code}, and changed {changed}" if changed else code


@pytest.fixture(scope="module")
async def counter() -> AsyncIterator[Counter]:
    async with world(flood_messages=10_000, joins_per_network=10_000) as place:
        await place.neighbour(NEIGHBOUR, ITS_HOST)
        async with place.server() as server:
            store, crowd = Redis.from_url(place.store.url), Crowd(server)
            ana, bruno = await crowd.attendant("ana"), await crowd.attendant("bruno")
            for clerk in (ana, bruno):
                await clerk.available()
            lia = await crowd.interpreter()
            yield Counter(server, place.store.url, store, crowd, ana, bruno, await crowd.supervisor(), lia)
            await crowd.leave()
            await store.aclose()


def theirs(seat: str) -> dict[type[Wire], Code]:
    """What is answered there about somebody else's."""
    return {command: line.theirs for command, line in SEATS[seat].items() if line.theirs is not None}


# ------------------------------------------------------------------------------------------------- one's own visit


@pytest.mark.parametrize("seat", SEATS)
async def test_what_a_seat_may_not_say_of_its_own_visit_is_refused_and_nothing_happens(counter, seat):
    refused = {command: line for command, line in SEATS[seat].items() if line.own is not OK}
    wrong = {}
    for stage in sorted({line.stage for line in refused.values()}):
        await counter.quiet()
        async with counter.seated(seat, stage) as (person, visit):
            for command, line in refused.items():
                if line.stage is stage and (told := await counter.answered(person, command, visit)) != line.own:
                    wrong[name_of(command)] = told
    assert wrong == {}


@pytest.mark.parametrize(
    ("seat", "command"),
    [(seat, command) for seat, lines in SEATS.items() for command, line in lines.items() if line.own is OK],
    ids=lambda each: name_of(each) or each.replace(" ", "_"),
)
async def test_whoever_says_what_the_seat_may_is_heard(counter, seat, command):
    async with counter.seated(seat, SEATS[seat][command].stage) as (person, visit):
        assert said(await person.ask(AIMED[command](visit))) is OK


# ----------------------------------------------------------------------------------------------- somebody else's


async def test_whoever_says_it_of_somebody_elses_visit_is_refused_and_nothing_happens(counter):
    """However far the visit is, and although each id and version is right."""
    await counter.quiet()
    talking = await counter.at(Stage.TALKING, counter.ana)
    rosa = await counter.guest(counter.crowd, talking[1])
    ringing = await counter.at(Stage.RINGING, counter.bruno)
    waiting = await counter.waiting()
    in_line = await counter.waiting()
    stranger = await counter.crowd.visitor()
    attempts = (
        ("stranger", stranger, theirs("visitor"), [talking[1], ringing[1], waiting[1]]),
        ("in line", in_line[0], WITH_A_TICKET, [talking[1], ringing[1], waiting[1]]),
        ("ana", counter.ana, theirs("attendant"), [replace(each[1], unit=NOT_OF_ANA) for each in (ringing, waiting)]),
        ("bruno", counter.bruno, theirs("attendant") | PERMITTED, [replace(talking[1], unit=NOT_OF_BRUNO)]),
        ("sofia", counter.sofia, theirs("supervisor"), [talking[1], ringing[1]]),
        ("lia", counter.lia, theirs("interpreter"), [talking[1], ringing[1]]),
        ("rosa", rosa, theirs("guest"), [ringing[1], waiting[1]]),
    )
    wrong = {
        (who, name_of(command), at): told
        for who, person, codes, visits in attempts
        for command, code in codes.items()
        for at, visit in enumerate(visits)
        if (told := await counter.answered(person, command, visit)) != code
    }
    assert wrong == {}
    await talking[0].do(AIMED[say.Signal](talking[1]))
    await rosa.do(AIMED[say.Signal](talking[1]))
    await ringing[0].do(AIMED[say.Enter](ringing[1]))
    for visitor, visit in (waiting, in_line):
        await visitor.do(AIMED[say.Leave](visit))
    await counter.over(talking[1], counter.ana)
    await counter.over(ringing[1], counter.bruno)


@pytest.mark.parametrize("seat", ["helping attendant", "helping interpreter"])
async def test_whoever_helps_in_one_visit_says_nothing_of_another(counter, seat):
    await counter.quiet()
    async with counter.seated(seat, Stage.TALKING) as (person, _):
        visitor, visit = await counter.waiting()
        wrong = {
            name_of(command): told
            for command, code in theirs(seat).items()
            if (told := await counter.answered(person, command, visit)) != code
        }
        assert wrong == {}
        await visitor.do(AIMED[say.Leave](visit))


async def test_a_command_of_other_roles_is_refused_to_whoever_says_it_well_formed(counter):
    await counter.quiet()
    async with counter.seated("visitor", Stage.TALKING) as (visitor, visit):
        people = {
            "visitor": visitor,
            "attendant": counter.ana,
            "supervisor": counter.sofia,
            "interpreter": counter.lia,
            "guest": await counter.guest(counter.crowd, visit),
        }
        before = await counter.state()
        answered = {
            (role, name_of(command)): said(await people[role].ask(AIMED[command](visit)))
            for role in ROLES
            for command in AIMED
            if command not in ROLES[role]
        }
        assert set(answered.values()) == {WireCode.OTHER_ROLE}, answered
        assert await counter.state() == before


# ------------------------------------------------------------------------------------------------- another court's


async def test_a_cookie_of_one_court_opens_nothing_at_another(counter):
    """The same server, the same names: a session is its court's, and so is a ticket, and a seat in a call."""
    await counter.quiet()
    async with counter.seated("visitor", Stage.TALKING) as (visitor, visit):
        rosa = await counter.guest(counter.crowd, visit)
        before = await counter.state()
        for person in (counter.ana, counter.sofia, counter.lia, rosa):
            there = type(person)(counter.server, dict(person.cookies), ITS_HOST)
            await there.connect()
            assert there.refused is not None, there.role
            assert there.refused.code is WireCode.NO_SESSION
            if person is not rosa:
                status, body = await there.request("GET", f"staff/session?role={there.role}")
                assert (status, body["code"]) == (HTTPStatus.UNAUTHORIZED, WireCode.NO_SESSION)
        there = Visitor(counter.server, dict(visitor.cookies), ITS_HOST)
        assert await there.request("GET", "session") == (HTTPStatus.OK, {"unit": None})
        await there.connect()
        assert (await there.until(lambda _: True)).ticket is None
        told = {command: said(await there.ask(AIMED[command](visit))) for command in theirs("visitor")}
        assert told == theirs("visitor")
        assert await counter.state() == before
        await there.close()


async def test_another_courts_people_reach_nobody_here_and_are_by_themselves(counter):
    await counter.quiet()
    async with counter.seated("visitor", Stage.TALKING) as (_, visit):
        crowd = Crowd(counter.server)
        there = {
            login: crowd.add(kind(counter.server, host=ITS_HOST))
            for login, kind in (("ana", Attendant), ("sofia", Supervisor), ("lia", Interpreter))
        }
        for login, person in there.items():
            await sign_in(person, login, PASSWORD)
            await person.connect()
        await there["ana"].available()
        before = await counter.state()
        wrong = {
            (login, name_of(command)): told
            for login, person in there.items()
            for command, code in (theirs(person.role) | ELSEWHERE).items()
            if command in ROLES[person.role]
            and (told := said(await person.ask(AIMED[command](replace(visit, unit=NOT_OF_ANA))))) != code
        }
        assert wrong == {}
        assert said(await there["ana"].ask(say.CallNext())) is Code.NOBODY_WAITING
        assert (await there["sofia"].do(say.ShowLine(unit=UNIT))).places == ()
        await there["sofia"].do(say.Suspend(unit=UNIT, message="Sem sistema.", alternative=None, until_ms=None))
        assert await counter.state() == before
        await crowd.leave()
