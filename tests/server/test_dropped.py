"""A call that drops, is put on hold, ends elsewhere or is taken up again, through real sockets."""

import asyncio
from http import HTTPStatus

from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import CallState, EndOfCall, Gone, Outcome
from rooms.model.ticket import Cause, FetchReason, RemoveReason, TicketState, Tier, TierReason
from signaling.protocol import at_desk as do
from signaling.protocol import commands as say
from tests.server.harness import WITHIN_S, talk

FAZENDA = "fazenda-3-cuiaba"
"""Where Bruno attends and Ana does not."""


async def both(crowd):
    """Maria talks with Ana."""
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    return visitor, clerk, await talk(visitor, clerk)


async def test_a_visitor_who_was_gone_goes_on_with_the_same_clerk(crowd, place):
    visitor, clerk, call = await both(crowd)
    await clerk.do(say.Leg(call=call, alive=False))
    await visitor.close()
    await place.later(31, gone="visitor:")
    desk = await clerk.until(lambda view: view.call.gone is Gone.VISITOR)
    assert (desk.activity, desk.call.state, desk.person.name) == (
        Activity.IN_CALL,
        CallState.INTERRUPTED,
        "Maria da Silva",
    )
    assert 0 < desk.call.until_ms - desk.as_of.now_ms <= 300_000

    await visitor.connect(opened=False)
    view = await visitor.until(lambda view: view.ticket and view.ticket.state is TicketState.IN_CALL)
    assert (view.ticket.call.call, view.ticket.call.gone) == (call, None)
    await clerk.until(lambda view: view.call.state is CallState.ACTIVE)
    missed = await visitor.do(say.Replay(call=call, after=None))
    assert [entry.body.type for entry in missed.entries][-1] == "resumed"


async def test_a_clerk_need_not_wait_and_whoever_is_next_reads_the_note(crowd, place):
    visitor, clerk, call = await both(crowd)
    await clerk.do(do.Note(call=call, text="Falta a procuração."))
    await clerk.until(lambda view: view.person.note == "Falta a procuração.")
    await clerk.do(say.Leg(call=call, alive=False))
    await visitor.close()
    await place.later(31, gone="visitor:")
    await clerk.until(lambda view: view.call.gone is Gone.VISITOR)
    await clerk.do(do.Release(call=call))
    desk = await clerk.until(lambda view: view.activity is Activity.IDLE and view.away == 1)
    assert (desk.status, desk.person) == (Status.AVAILABLE, None)

    await visitor.connect()
    view = await visitor.until(lambda view: view.ticket and view.ticket.returned)
    assert (view.ticket.state, view.ticket.ahead, view.ticket.returned.cause) == (
        TicketState.WAITING,
        0,
        Cause.RELEASED,
    )
    await talk(visitor, clerk)
    person = clerk.view.person
    assert (person.note, [met.cause for met in person.history]) == ("Falta a procuração.", [Cause.RELEASED])
    assert "procuração" not in str(visitor.views), "what clerks write down is theirs"


async def test_a_visitor_whose_clerk_is_gone_asks_for_another(crowd, place):
    visitor, clerk, call = await both(crowd)
    await visitor.do(say.Leg(call=call, alive=False))
    await clerk.close()
    await place.later(21, gone="attendant:")
    view = await visitor.until(lambda view: view.ticket.call and view.ticket.call.gone is Gone.ATTENDANT)
    assert (view.ticket.state, view.ticket.call.clerk.name) == (TicketState.INTERRUPTED, "Ana Souza")
    await visitor.do(say.OtherAttendant(call=call))
    await visitor.until(lambda view: view.ticket.state is TicketState.WAITING and view.ticket.ahead == 0)
    await talk(visitor, await (await crowd.attendant("bruno")).available())
    await clerk.connect(opened=False)
    desk = await clerk.until(lambda view: view.pause)
    assert (desk.status, desk.pause, desk.activity) == (Status.PAUSED, PauseReason.VANISHED, Activity.IDLE)


async def test_a_clerk_who_is_back_in_time_has_the_same_person(crowd, place):
    visitor, clerk, call = await both(crowd)
    await visitor.do(say.Leg(call=call, alive=False))
    await clerk.close()
    await place.later(21, gone="attendant:")
    await visitor.until(lambda view: view.ticket.call and view.ticket.call.gone is Gone.ATTENDANT)
    clerk.tab = "a-page-after-the-crash"
    await clerk.connect()
    desk = await clerk.until(lambda view: view.call and view.call.state is CallState.ACTIVE)
    assert (desk.call.call, desk.person.name) == (call, "Maria da Silva")
    await visitor.until(lambda view: view.ticket.state is TicketState.IN_CALL)


async def test_hold_is_said_to_both_and_ends(crowd):
    visitor, clerk, call = await both(crowd)
    await clerk.do(do.Hold(call=call))
    held = await visitor.until_said("hold")
    view = await visitor.until(lambda view: view.ticket.state is TicketState.ON_HOLD)
    assert view.ticket.call.until_ms == held.body.until_ms
    await clerk.until(lambda view: view.call.state is CallState.ON_HOLD)
    assert (await clerk.ask(do.Hold(call=call))).code == "wrong_state"
    await clerk.do(do.Unhold(call=call))
    await visitor.until_said("unhold")
    await visitor.until(lambda view: view.ticket.state is TicketState.IN_CALL and view.ticket.call.until_ms is None)


async def test_who_fetches_a_document_is_called_when_ready(crowd):
    visitor, clerk, call = await both(crowd)
    await clerk.do(do.SendBack(call=call, reason=FetchReason.DOCUMENT))
    assert (await visitor.until_said("end")).body.reason is EndOfCall.SENT_BACK
    view = await visitor.until(lambda view: view.ticket.fetch_until_ms)
    assert (view.ticket.returned.cause, view.ticket.returned.detail) == (Cause.SENT_BACK, "document")
    await clerk.until(lambda view: view.activity is Activity.IDLE and view.waiting == 0 and view.away == 1)
    assert (await clerk.ask(say.CallNext())).code == "nobody_waiting"
    await visitor.do(say.IsReady(rev=view.ticket.rev))
    await visitor.until(lambda view: view.ticket.fetch_until_ms is None and view.ticket.ahead == 0)
    await talk(visitor, clerk)


async def test_a_transfer_leads_to_another_unit_with_everything_said(crowd):
    visitor, clerk, call = await both(crowd)
    before = visitor.view.ticket
    await clerk.do(do.Note(call=call, text="Execução fiscal."))
    assert (await clerk.ask(do.Transfer(call=call, unit=FAZENDA))).code == "unit_unattended"
    assert (await clerk.ask(do.Transfer(call=call, unit="civel-1-alta-floresta"))).code == "unit_closed"
    assert (await clerk.ask(do.Transfer(call=call, unit="nowhere"))).code == "unit_unknown"
    bruno = await (await crowd.attendant("bruno")).available(FAZENDA)

    number = (await clerk.do(do.Transfer(call=call, unit=FAZENDA))).number
    view = await visitor.until(lambda view: view.ticket.id != before.id)
    after = view.ticket
    assert (after.state, after.number, after.unit.slug, after.ahead) == (TicketState.WAITING, number, FAZENDA, 0)
    assert (after.joined_ms, after.returned.cause, after.returned.detail) == (
        before.joined_ms,
        Cause.TRANSFERRED,
        before.unit.slug,
    )
    desk = await clerk.until(lambda view: view.activity is Activity.WRAP_UP)
    assert (desk.outcome, desk.call.end) == (Outcome.FORWARDED, EndOfCall.TRANSFERRED)

    there = await talk(visitor, bruno)
    assert (bruno.view.person.note, bruno.view.person.hops) == ("Execução fiscal.", 1)
    await bruno.do(say.HangUp(call=there))
    end = (await visitor.until(lambda view: view.ticket.end)).ticket.end
    async with asyncio.timeout(WITHIN_S):
        # history follows, a second behind at most
        while (answer := await visitor.request("GET", f"receipts/{end.receipt}"))[0] != HTTPStatus.OK:
            continue
    assert (answer[1]["number"], answer[1]["joined_ms"]) == (number, before.joined_ms)


async def test_a_clerk_corrects_the_tier_and_removes(crowd):
    visitor, clerk, _ = await both(crowd)
    person = clerk.view.person
    stale = await clerk.ask(
        do.SetTier(ticket=person.ticket, rev=person.rev - 1, tier=Tier.EIGHTY, reason=TierReason.UNDECLARED)
    )
    assert (stale.code, stale.details) == ("stale_rev", {"rev": person.rev})
    await clerk.do(do.SetTier(ticket=person.ticket, rev=person.rev, tier=Tier.EIGHTY, reason=TierReason.UNDECLARED))
    await clerk.until(lambda view: view.person.tier is Tier.EIGHTY)
    await visitor.until(lambda view: view.ticket.tier_corrected is TierReason.UNDECLARED)
    await clerk.do(do.Remove(ticket=person.ticket, reason=RemoveReason.CONDUCT))
    view = await visitor.until(lambda view: view.ticket.end)
    assert (view.ticket.state, view.ticket.end.reason) == (TicketState.REMOVED, "conduct")
    await clerk.until(lambda view: view.activity is Activity.WRAP_UP)


async def test_a_supervisor_sees_the_line_without_names_and_corrects_it(crowd):
    visitor, board = await crowd.visitor(), await crowd.supervisor()
    joined = await visitor.join()
    line = await board.do(say.ShowLine(unit="civel-1-cuiaba"))
    [place] = line.places
    assert (place.number, place.tier, place.present) == (joined.number, Tier.EVERYONE, True)
    assert "Maria" not in str(line)
    await board.do(do.SetTier(ticket=place.ticket, rev=place.rev, tier=Tier.PRIORITY, reason=TierReason.MISTAKEN))
    await visitor.until(lambda view: view.ticket.tier is Tier.PRIORITY)
    await board.do(do.Remove(ticket=place.ticket, reason=RemoveReason.DUPLICATE))
    await visitor.until(lambda view: view.ticket.state is TicketState.REMOVED)
    assert (await board.do(say.ShowLine(unit="civel-1-cuiaba"))).places == ()
    assert (await board.ask(say.ShowLine(unit="nowhere"))).code == "unit_unknown"
