"""Every command × every role × one's own visit and somebody else's: `matrix.py` has the lines, these say them all."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import cast

import pytest
from redis.asyncio import Redis

from rooms.errors import Code
from rooms.model.call import Outcome
from rooms.model.ticket import RemoveReason
from signaling.app import Server
from signaling.protocol import commands as say
from signaling.protocol.at_desk import Remove
from signaling.protocol.base import Wire
from signaling.protocol.commands import Answer, Refused, WireCode
from tests.server.conftest import Crowd
from tests.server.harness import UNIT, Attendant, Interpreter, Supervisor, Visitor, talk, world
from tests.server.matrix import AIMED, MATRIX, Stage, Visit

NOT_OF_ANA, NOT_OF_BRUNO = "fazenda-3-cuiaba", "familia-2-cuiaba"


def name_of(command: object) -> str | None:
    return cast("str", command.model_fields["type"].default) if isinstance(command, type(Wire)) else None


def said(answer: Answer) -> Code | WireCode | None:
    """The code of a refusal; None: accepted."""
    return answer.code if isinstance(answer, Refused) else None


@dataclass
class Counter:
    """Ana and Bruno at their desks, Sofia at the board, Lia in the pool; visitors come and go."""

    server: Server
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

    async def written(self) -> dict[bytes, int]:
        """How long each log of the store is: what happened, and what was said in calls."""
        return {key: await self.store.xlen(key) async for key in self.store.scan_iter(_type="stream")}


@pytest.fixture(scope="module")
async def counter() -> AsyncIterator[Counter]:
    async with world(flood_messages=10_000) as place, place.server() as server:
        store, crowd = Redis.from_url(place.store.url), Crowd(server)
        ana, bruno = await crowd.attendant("ana"), await crowd.attendant("bruno")
        for clerk in (ana, bruno):
            await clerk.available()
        lia = await crowd.interpreter()
        yield Counter(server, store, crowd, ana, bruno, await crowd.supervisor(), lia)
        await crowd.leave()
        await store.aclose()


async def test_whoever_says_it_of_somebody_elses_visit_is_refused_and_nothing_happens(counter):
    """However far the visit is, and although each id and version is right."""
    talking = await counter.at(Stage.TALKING, counter.ana)
    ringing = await counter.at(Stage.RINGING, counter.bruno)
    waiting = await counter.at(Stage.WAITING, counter.ana)
    stranger = await counter.crowd.visitor()
    attempts = (
        ("visitor", stranger, [talking[1], ringing[1], waiting[1]]),
        ("attendant", counter.bruno, [replace(talking[1], unit=NOT_OF_BRUNO)]),
        ("attendant", counter.ana, [replace(visit[1], unit=NOT_OF_ANA) for visit in (ringing, waiting)]),
        ("supervisor", counter.sofia, [talking[1], ringing[1]]),
        ("interpreter", counter.lia, [talking[1], ringing[1]]),
    )
    before = await counter.written()
    answered, allowed = {}, {}
    for role, person, visits in attempts:
        for command, line in MATRIX[role].items():
            for visit in visits if line.theirs else []:
                answered[role, name_of(command), visit] = said(await person.ask(AIMED[command](visit)))
                allowed[role, name_of(command), visit] = line.theirs
    wrong = {what: code for what, code in answered.items() if code not in allowed[what]}
    assert (wrong, len(answered) > 60) == ({}, True)
    assert await counter.written() == before, "no event, no word in a call"
    await talking[0].do(AIMED[say.Signal](talking[1]))
    await ringing[0].do(AIMED[say.Enter](ringing[1]))
    await waiting[0].do(AIMED[say.Leave](waiting[1]))
    await counter.over(talking[1], counter.ana)
    await counter.over(ringing[1], counter.bruno)


async def test_a_command_of_other_roles_is_refused_to_whoever_says_it_well_formed(counter):
    visitor, visit = await counter.at(Stage.TALKING, counter.ana)
    people = {"visitor": visitor, "attendant": counter.ana, "supervisor": counter.sofia, "interpreter": counter.lia}
    before = await counter.written()
    answered = {
        (role, name_of(command)): said(await person.ask(aim(visit)))
        for role, person in people.items()
        for command, aim in AIMED.items()
        if command not in MATRIX[role]
    }
    assert set(answered.values()) == {WireCode.OTHER_ROLE}, answered
    assert await counter.written() == before
    await counter.over(visit, counter.ana)


@pytest.mark.parametrize(
    ("role", "command"), [(role, command) for role, lines in MATRIX.items() for command in lines], ids=name_of
)
async def test_whoever_says_it_of_their_own_visit_is_heard(counter, role, command):
    line = MATRIX[role][command]
    visitor, visit = await counter.at(line.stage, counter.ana)
    people = {"visitor": visitor, "attendant": counter.ana, "supervisor": counter.sofia, "interpreter": counter.lia}
    try:
        assert said(await people[role].ask(AIMED[command](visit))) == line.own
    finally:
        await counter.over(visit, counter.ana)
        await visitor.close()
