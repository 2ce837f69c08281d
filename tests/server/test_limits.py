"""What staff and the counter hold back, and what gives it back: through real sockets."""

from http import HTTPStatus

from rooms.errors import Code
from rooms.model.ticket import TicketState
from signaling.protocol import commands as say
from signaling.protocol.commands import Refused
from tests.server.conftest import Crowd
from tests.server.harness import COURT, UNIT, form
from tests.stores import later

OTHER_UNIT = "familia-2-cuiaba"


async def test_a_suspended_unit_refuses_newcomers_with_its_message_and_keeps_who_is_inside(crowd):
    inside, newcomer = await crowd.visitor(), await crowd.visitor()
    clerk, supervisor = await crowd.attendant(), await crowd.supervisor()
    await inside.join()
    suspend = say.Suspend(
        unit=UNIT, message="Falta de energia no fórum.", alternative="Ligue 65 3000-0000.", until_ms=None
    )
    await clerk.do(suspend)

    row = await supervisor.until(lambda view: next(unit for unit in view.units if unit.slug == UNIT).suspended)
    told = next(unit for unit in row.units if unit.slug == UNIT).suspended
    assert (told.message, told.alternative) == (suspend.message, suspend.alternative)
    view = await inside.until(lambda view: view.ticket and view.ticket.unit.suspended)
    assert (view.ticket.state, view.ticket.ahead) == (TicketState.WAITING, 0)
    refused = await newcomer.ask(form())
    assert isinstance(refused, Refused)
    assert refused.code is Code.UNIT_SUSPENDED
    await newcomer.join(OTHER_UNIT)

    await supervisor.do(say.ResumeUnit(unit=UNIT))
    await inside.until(lambda view: view.ticket.unit.suspended is None)
    await (await crowd.visitor()).join()


async def test_an_attendant_suspends_no_unit_but_their_own(crowd):
    clerk = await crowd.attendant()
    answer = await clerk.ask(say.Suspend(unit="fazenda-3-cuiaba", message="Fechado.", alternative=None, until_ms=None))
    assert isinstance(answer, Refused)
    assert answer.code is Code.NOT_YOUR_UNIT


async def test_who_missed_every_ring_says_that_they_are_back_and_is_called_again(crowd, place):
    visitor, clerk = await crowd.visitor(), await (await crowd.attendant()).available()
    await visitor.join()
    while (await visitor.until(lambda view: view.ticket and not view.ticket.ring)).ticket.state is TicketState.WAITING:
        ringing = await clerk.do(say.CallNext())
        await visitor.until(lambda view: view.ticket.ring)
        await visitor.do(say.RingSeen(call=ringing.call))
        await later(place.store.url, COURT, 61)
        await clerk.until(lambda view: view.person is None)
        await visitor.until(lambda view: view.ticket.ring is None)
    ended = visitor.view.ticket
    assert (ended.state, ended.tries, ended.end.back_until_ms is not None) == (TicketState.NO_SHOW, 3, True)

    await visitor.do(say.ComeBack(rev=ended.rev))
    back = await visitor.until(lambda view: view.ticket.state is TicketState.WAITING)
    assert (back.ticket.number, back.ticket.ahead) == (ended.number, 0)
    ringing = await clerk.do(say.CallNext())
    assert ringing.ticket == ended.id


async def test_a_network_that_took_too_many_tickets_is_on_the_board_and_is_let_in_again_from_there(place):
    async with place.server(joins_per_network=2) as server:
        crowd = Crowd(server)
        supervisor, limited = await crowd.supervisor(), await crowd.visitor()
        for _ in range(2):
            await (await crowd.visitor()).join()
        refused = await limited.ask(form())
        assert isinstance(refused, Refused)
        assert refused.code is Code.TOO_MANY_JOINS

        view = await supervisor.until(lambda view: view.floods)
        assert "127.0.0.1" not in view.model_dump_json(), "a keyed hash, no address"
        await supervisor.do(say.ClearFlood(network=view.floods[0].network))
        await supervisor.until(lambda view: not view.floods)
        await limited.join()
        assert (await limited.request("GET", f"units/{UNIT}"))[0] == HTTPStatus.OK
        await crowd.leave()
