"""A ticket goes to another device and back: once per code, for a minute; and a browser may forget the one it holds."""

import hashlib

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import Holder, TabId
from rooms.model.events import EventKind
from rooms.model.ticket import TicketState
from rooms.ports import Handover
from tests.scene import CIVEL, Person, Scene, in_call

outcome = pytest.mark.outcome
PHONE, ANOTHER = (Holder(hashlib.sha256(name).hexdigest()) for name in (b"phone", b"another phone"))
FRESH = Holder(hashlib.sha256(b"fresh").hexdigest())


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


async def given(scene: Scene, person: Person, link: str = "link", short: str = "short") -> Handover:
    return await scene.store.hand_over(scene.court, person.holder, link, short, 60)


async def redeemed(scene: Scene, code: str = "link", mine: Holder = PHONE, to: Holder = FRESH) -> str:
    return await scene.store.redeem(scene.court, code, mine, to)


async def held(scene: Scene, holder: Holder) -> str | None:
    ticket = (await scene.store.ticket_of(scene.court, holder)).ticket
    return ticket.id if ticket else None


@outcome("hand_over", "given")
@outcome("handover", "given")
@outcome("redeem", "redeemed")
@pytest.mark.parametrize("code", ["link", "short"])
async def test_the_ticket_is_where_the_code_was_redeemed_and_nowhere_else(scene: Scene, code: str):
    maria = await scene.visitor()
    told = await given(scene, maria)
    assert told == await scene.store.handover(scene.court, code)
    assert (told.ticket, told.number, told.unit) == (maria.ticket_id, "CV1 001", CIVEL)
    assert await redeemed(scene, code) == CIVEL
    assert await held(scene, FRESH) == maria.ticket_id
    assert await held(scene, maria.holder) is None
    assert await held(scene, PHONE) is None, "the capability is a fresh one"
    moved = (await scene.events(EventKind.TICKET_MOVED))[0]
    assert (moved.ticket, moved.facts) == (maria.ticket_id, {"cause": "handover"})


async def test_looking_at_a_code_changes_nothing(scene: Scene):
    maria = await scene.visitor()
    await given(scene, maria)
    for _ in range(3):
        await scene.store.handover(scene.court, "link")
    assert await held(scene, maria.holder) == maria.ticket_id


@outcome("redeem", "handover_unknown")
@outcome("handover", "handover_unknown")
async def test_a_code_is_good_once_whichever_of_the_two_was_used(scene: Scene):
    await given(scene, await scene.visitor())
    await redeemed(scene, "short")
    for code in ("link", "short"):
        with refused(Code.HANDOVER_UNKNOWN):
            await redeemed(scene, code, mine=ANOTHER, to=ANOTHER)
        with refused(Code.HANDOVER_UNKNOWN):
            await scene.store.handover(scene.court, code)


async def test_whoever_did_not_hear_the_answer_asks_again(scene: Scene):
    """The first answer was lost on its way, and with it the capability: the second one is as good."""
    maria = await scene.visitor()
    await given(scene, maria)
    await redeemed(scene)
    assert await redeemed(scene, to=ANOTHER) == CIVEL
    assert await held(scene, FRESH) is None
    assert await held(scene, ANOTHER) == maria.ticket_id


async def test_and_may_do_so_when_the_house_was_away_for_longer_than_a_code_lasts(scene: Scene):
    """Neither device would have the ticket: the one before was cut, this one was not told its capability."""
    maria = await scene.visitor()
    await given(scene, maria)
    await redeemed(scene)
    await scene.later(300)
    with refused(Code.HANDOVER_UNKNOWN):
        await redeemed(scene, mine=ANOTHER, to=ANOTHER)
    assert await redeemed(scene, to=ANOTHER) == CIVEL
    assert await held(scene, ANOTHER) == maria.ticket_id


async def test_a_code_lasts_a_minute(scene: Scene):
    maria = await scene.visitor()
    await given(scene, maria)
    await scene.later(50)
    assert (await scene.store.handover(scene.court, "link")).ticket == maria.ticket_id
    await scene.later(11)
    with refused(Code.HANDOVER_UNKNOWN):
        await redeemed(scene)
    assert await held(scene, maria.holder) == maria.ticket_id


async def test_a_newer_code_makes_the_older_worthless(scene: Scene):
    maria = await scene.visitor()
    await given(scene, maria, "old link", "old short")
    await given(scene, maria)
    for code in ("old link", "old short"):
        with refused(Code.HANDOVER_UNKNOWN):
            await redeemed(scene, code)
    assert await redeemed(scene) == CIVEL


async def test_a_code_of_a_ticket_that_has_ended_brings_nothing(scene: Scene):
    maria = await scene.visitor()
    await given(scene, maria)
    await maria.leave()
    with refused(Code.HANDOVER_UNKNOWN):
        await redeemed(scene)


async def test_a_code_that_nobody_was_given_brings_nothing(scene: Scene):
    with refused(Code.HANDOVER_UNKNOWN):
        await redeemed(scene, "guessed")


@outcome("hand_over", "ticket_unknown")
async def test_who_holds_no_ticket_has_nothing_to_take_along(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    with refused(Code.TICKET_UNKNOWN):
        await given(scene, maria)


@outcome("redeem", "ticket_exists")
async def test_a_device_with_a_ticket_of_its_own_keeps_it(scene: Scene):
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    await given(scene, maria)
    with refused(Code.TICKET_EXISTS):
        await redeemed(scene, mine=joao.holder)
    with refused(Code.TICKET_EXISTS):
        await redeemed(scene, mine=maria.holder)
    assert await held(scene, joao.holder) == joao.ticket_id
    assert await redeemed(scene) == CIVEL


async def test_who_comes_with_the_old_capability_is_nobody(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await given(scene, maria)
    await redeemed(scene)
    call = (await ana.calls()).call
    with refused(Code.TICKET_UNKNOWN):
        await maria.sees(call)
    with refused(Code.TICKET_UNKNOWN):
        await maria.leave()
    with refused(Code.NOT_MEMBER):
        await maria.says(call)


async def test_the_first_page_that_the_other_device_opens_is_the_active_one(scene: Scene):
    maria = await scene.visitor()
    await given(scene, maria)
    await redeemed(scene)
    assert (await maria.ticket()).active_tab is None
    phone = Person(scene, FRESH, TabId("tab-phone"), maria.ticket_id)
    await phone.opens()
    assert (await maria.ticket()).active_tab == "tab-phone"


async def test_a_conversation_goes_on_on_the_other_device(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await given(scene, maria)
    await redeemed(scene)
    phone = Person(scene, FRESH, TabId("tab-phone"), maria.ticket_id)
    await phone.opens()
    await phone.says(call)
    with refused(Code.NOT_MEMBER):
        await maria.says(call)
    assert (await maria.ticket()).state is TicketState.IN_CALL


async def test_a_ticket_goes_to_the_phone_and_back(scene: Scene):
    maria = await scene.visitor()
    await given(scene, maria)
    await redeemed(scene)
    phone = Person(scene, FRESH, TabId("tab-phone"), maria.ticket_id)
    await given(scene, phone, "back", "kcab")
    assert await redeemed(scene, "back", mine=maria.holder, to=ANOTHER) == CIVEL
    assert await held(scene, ANOTHER) == maria.ticket_id
    assert await held(scene, FRESH) is None


@outcome("forget", "forgotten")
async def test_a_browser_that_forgets_leaves_the_place_as_that_of_somebody_away(scene: Scene):
    maria = await scene.visitor()
    await scene.store.forget(scene.court, maria.holder)
    assert await held(scene, maria.holder) is None
    assert (await scene.events(EventKind.TICKET_MOVED))[0].facts == {"cause": "forgotten"}
    scene.vanishes(maria)
    await scene.passes(40)
    ticket = await maria.ticket()
    assert (ticket.state, ticket.present) == (TicketState.WAITING, False)
    ana = await scene.clerk()
    with refused(Code.NOBODY_WAITING):
        await ana.calls()
    await scene.passes(901)
    assert (await maria.ticket()).state is TicketState.LOST
    assert await held(scene, maria.holder) is None


async def test_a_browser_that_forgets_may_take_another_ticket(scene: Scene):
    maria = await scene.visitor()
    await scene.store.forget(scene.court, maria.holder)
    another = Person(scene, maria.holder, maria.tab)
    assert (await another.join()).number == "CV1 002"


async def test_how_a_visit_ended_is_forgotten_too(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    await scene.store.forget(scene.court, maria.holder)
    assert await held(scene, maria.holder) is None
    assert await scene.events(EventKind.TICKET_MOVED) == []


async def test_a_browser_that_holds_nothing_has_nothing_to_forget(scene: Scene):
    await scene.store.forget(scene.court, PHONE)
    assert await scene.events() == []
