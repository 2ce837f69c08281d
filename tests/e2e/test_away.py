"""Away is not gone: a locked telephone, a turn that passed, rings nobody entered, and who comes back in time."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import CDPSession, expect

from tests.e2e.house import House
from tests.e2e.line import Line
from tests.e2e.people import Clerk, Town, Visitor, comes_true

HOUR_S = 3_600
LEASE_S = 31
"""A page that is silent for longer counts as away."""


@dataclass
class Phone:
    """A telephone in a pocket: its page is frozen as the browser freezes it, its radio asleep."""

    owner: Visitor
    line: Line
    browser: CDPSession

    async def locks(self, house: House) -> None:
        """Half a minute later it counts as away; everybody else shows themself again at once."""
        await self.browser.send("Page.setWebLifecycleState", {"state": "frozen"})
        self.line.cut()
        await house.later(LEASE_S, everybody_stays=False)

    async def unlocks(self) -> None:
        self.line.mend()
        await self.browser.send("Page.setWebLifecycleState", {"state": "active"})


@pytest.fixture
async def phone(town: Town, house: House) -> AsyncIterator[Phone]:
    line = Line(house.port)
    await line.start()
    owner = await town.visitor(url=line.url)
    yield Phone(owner, line, await owner.page.context.new_cdp_session(owner.page))
    await line.stop()


async def present(clerk: Clerk, count: int) -> None:
    """So many stand in line by now, present."""
    await expect(clerk.by("waiting-item")).to_have_count(count)


async def served(clerk: Clerk, visitor: Visitor) -> None:
    """They talk, by text, and it is over."""
    await visitor.sees("enter-call")
    await visitor.enters()
    await clerk.press("hang-up")
    await clerk.finishes()
    await visitor.sees("receipt-code")


async def test_a_phone_locked_for_an_hour_keeps_its_place_while_somebody_stands_ahead(
    town: Town, house: House, phone: Phone
):
    first = await town.visitor()
    await first.takes_a_ticket("João Batista")
    number = await phone.owner.takes_a_ticket()
    await phone.owner.sees("position", "1 pessoa na sua frente")
    await phone.locks(house)
    await first.sees("position", "A próxima senha é a sua")
    await house.later(HOUR_S)
    await phone.unlocks()
    await expect(phone.owner.page.get_by_text("Estamos tentando de novo")).to_have_count(0)
    assert await phone.owner.number() == number
    await phone.owner.sees("position", "1 pessoa na sua frente")


async def test_a_phone_locked_at_its_turn_is_passed_over_and_is_next_when_it_is_back(
    town: Town, house: House, phone: Phone
):
    number = await phone.owner.takes_a_ticket()
    second = await town.visitor()
    await second.takes_a_ticket("João Batista")
    await second.chooses("text")
    await phone.locks(house)
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    await present(clerk, 1)
    await clerk.calls_the_next()
    await served(clerk, second)
    await house.later(600)
    await phone.unlocks()
    await phone.owner.sees("position", "A próxima senha é a sua")
    assert await phone.owner.number() == number
    await clerk.calls_the_next()
    await phone.owner.sees("enter-call")


async def test_a_place_lost_for_being_away_is_taken_up_again_by_coming_back(town: Town, house: House, phone: Phone):
    number = await phone.owner.takes_a_ticket()
    second = await town.visitor()
    await second.takes_a_ticket("João Batista")
    await second.chooses("text")
    await phone.locks(house)
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    await present(clerk, 1)
    await clerk.calls_the_next()
    await served(clerk, second)
    await house.later(901)
    third = await town.visitor()
    await third.takes_a_ticket("Rosa Lima")
    await third.sees("position", "A próxima senha é a sua")
    await phone.unlocks()
    await expect(phone.owner.page.get_by_text("Você voltou a tempo").first).to_be_visible()
    assert await phone.owner.number() == number
    await phone.owner.sees("position", "A próxima senha é a sua")
    await third.sees("position", "1 pessoa na sua frente")


async def test_whoever_did_not_enter_three_times_says_that_they_are_back_and_is_called_again(town: Town, house: House):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor()
    number = await visitor.takes_a_ticket()
    await visitor.chooses("text")
    for ring in range(3):
        await clerk.calls_the_next()
        await visitor.sees("enter-call")
        await clerk.sees("cancel-call")
        await expect(clerk.page.get_by_text("O aviso está na tela de").first).to_be_visible()
        await house.later(61)
        await clerk.sees("call-next")
        if ring < 2:
            await expect(visitor.page.get_by_text("Chamamos sua senha e ninguém entrou").first).to_be_visible()
    await expect(visitor.page.get_by_text("Toque em Voltei até").first).to_be_visible()
    await visitor.press("come-back")
    await expect(visitor.page.get_by_text("Você voltou a tempo").first).to_be_visible()
    assert await visitor.number() == number
    await clerk.calls_the_next()
    await served(clerk, visitor)


async def test_a_reminder_comes_although_no_page_is_open(town: Town, house: House):
    """What the push service would deliver, given to the worker by the browser's own hand."""
    visitor = await town.visitor(permissions=["notifications"])
    await visitor.takes_a_ticket()
    context, page = visitor.page.context, visitor.page
    worker = context.service_workers[0] if context.service_workers else await context.wait_for_event("serviceworker")
    browser = await context.new_cdp_session(page)
    registrations: list[str] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda event: registrations.extend(one["registrationId"] for one in event["registrations"]),
    )
    await browser.send("ServiceWorker.enable")
    await comes_true(page, "async () => (await navigator.serviceWorker.ready).active?.state === 'activated'")
    await page.goto("about:blank")
    assert registrations
    message = (
        '{"occasion": "near", "number": "CV1 001", "unit": "1ª Vara Cível", "address": "/balcao/civel-1-cuiaba",'
        ' "until_ms": null, "zone": "America/Cuiaba", "language": "pt"}'
    )
    await browser.send(
        "ServiceWorker.deliverPushMessage",
        {"origin": house.url, "registrationId": registrations[-1], "data": message},
    )
    shown = None
    while not shown:
        shown = await worker.evaluate(
            """async () => (await self.registration.getNotifications())
                 .map(({ title, body, data }) => [title, body, data.address])"""
        )
    assert shown == [
        [
            "Sua vez está perto",
            "Senha CV1 001, 1ª Vara Cível. Abra a página para não perder a chamada.",
            f"{house.url}/balcao/civel-1-cuiaba",
        ]
    ]
