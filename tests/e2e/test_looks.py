"""Every page and state that people see: axe finds nothing, nothing is cut, the main action is in sight."""

from collections.abc import Iterator

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import SEEN
from tests.e2e.house import PASSWORD, House
from tests.e2e.looks import Looker
from tests.e2e.people import Town

LONG_NAME = "Maria Aparecida do Espírito Santo Albuquerque Cavalcanti"


@pytest.fixture
def looker() -> Iterator[Looker]:
    looking = Looker(SEEN / "states")
    yield looking
    assert looking.wrong == [], "\n".join(looking.wrong)


async def test_how_a_visitor_finds_a_unit_and_takes_a_ticket(town: Town, looker: Looker):
    visitor = await town.visitor()
    page = visitor.page
    await page.goto(visitor.url)
    await visitor.sees("unit-card")
    await looker.look(page, "home", action="unit-search")
    units = await (await page.request.get(f"{visitor.url}/api/v1/units")).json()
    closed = [unit["slug"] for unit in units["units"] if not unit["open"]]
    assert len(closed) == 1
    await page.goto(f"{visitor.url}/balcao/{closed[0]}")
    await expect(page.get_by_text("Fechada").first).to_be_visible()
    await looker.look(page, "unit-closed")
    await page.goto(f"{visitor.url}/balcao/nenhuma-unidade")
    await expect(page.get_by_role("heading").first).to_be_visible()
    await looker.look(page, "unit-unknown")
    await page.goto(f"{visitor.url}/balcao/civel-1-cuiaba")
    await visitor.sees("take-ticket")
    await looker.look(page, "unit", action="take-ticket")
    await visitor.press("take-ticket")
    await visitor.sees("visitor-name")
    await looker.look(page, "form")
    await visitor.press("join-queue")
    await looker.look(page, "form-to-check")


async def test_how_waiting_being_called_talking_and_the_end_look(town: Town, looker: Looker):
    clerk = await (await town.clerk()).signs_in()
    visitor = await town.visitor()
    await visitor.takes_a_ticket(LONG_NAME)
    await looker.look(visitor.page, "waiting-nobody-attends", action="ticket-number")
    await visitor.chooses("video")
    await visitor.sees("local-video")
    await clerk.goes_available()
    await looker.look(visitor.page, "waiting", action="ticket-number")
    mirror = await town.another_page(visitor)
    await mirror.page.goto(visitor.page.url)
    await visitor.sees("continue-here")
    await looker.look(visitor.page, "mirror", action="continue-here")
    await visitor.press("continue-here")
    await mirror.page.close()
    await visitor.sees("leave-queue")
    await clerk.calls_the_next()
    await visitor.sees("enter-call")
    await looker.look(visitor.page, "called", action="enter-call")
    await visitor.enters()
    await visitor.sees_and_hears()
    await looker.look(visitor.page, "in-call", action="hang-up")
    await visitor.says("Bom dia. Quero saber do meu processo.")
    await looker.look(visitor.page, "in-call-text", action="hang-up")
    await clerk.press("camera")
    await expect(visitor.page.get_by_text("está sem câmera").first).to_be_visible()
    await looker.look(visitor.page, "in-call-no-picture", action="hang-up")
    await visitor.press("more")
    await expect(visitor.page.get_by_role("dialog")).to_be_visible()
    await looker.look(visitor.page, "in-call-devices")
    await visitor.page.keyboard.press("Escape")
    await visitor.press("hang-up")
    await visitor.sees("receipt-code")
    await looker.look(visitor.page, "ended")


async def test_how_the_desk_looks(town: Town, house: House, looker: Looker):
    clerk = await town.clerk()
    page = clerk.page
    await page.goto(f"{clerk.url}/atendimento")
    await clerk.sees("sign-in")
    await looker.look(page, "desk-sign-in", action="sign-in")
    await clerk.signs_in()
    await clerk.sees("go-available")
    await looker.look(page, "desk-units", action="go-available", desk=True)
    await clerk.goes_available()
    await looker.look(page, "desk-nobody", action="call-next", desk=True)
    visitors = [await town.visitor() for _ in range(2)]
    for visitor in visitors:
        await visitor.takes_a_ticket(LONG_NAME)
    await clerk.sees("waiting-item")
    await expect(clerk.by("call-next")).to_be_enabled()
    await looker.look(page, "desk-line", action="call-next", desk=True)
    await clerk.calls_the_next()
    await visitors[0].sees("enter-call")
    await looker.look(page, "desk-ringing", desk=True)
    await visitors[0].chooses_and_enters()
    await clerk.sees_and_hears()
    await looker.look(page, "desk-in-call", action="hang-up", desk=True)
    await clerk.says("Um momento.")
    await looker.look(page, "desk-in-call-text", action="hang-up", desk=True)
    await clerk.press("hang-up")
    await clerk.sees("finish")
    await looker.look(page, "desk-wrap-up", action="finish", desk=True)
    await house.later(31)
    await clerk.sees("call-next")
    await clerk.press("pause")
    await looker.look(page, "desk-pause", desk=True)


async def test_how_the_board_and_the_panel_look(town: Town, looker: Looker):
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    supervisor = await town.supervisor()
    await supervisor.page.goto(f"{supervisor.url}/painel")
    await supervisor.sees("sign-in")
    await looker.look(supervisor.page, "board-sign-in", action="sign-in")
    await supervisor.signs_in()
    await expect(supervisor.row().get_by_test_id("board-waiting")).to_contain_text("1")
    await looker.look(supervisor.page, "board")
    await supervisor.page.goto(f"{supervisor.url}/tv/civel-1-cuiaba")
    await expect(supervisor.page.get_by_text("1ª Vara Cível de Cuiabá").first).to_be_visible()
    await looker.look(supervisor.page, "panel", desk=True)


async def test_how_a_wrong_password_is_said(town: Town, looker: Looker):
    clerk = await town.clerk()
    await clerk.page.goto(f"{clerk.url}/atendimento")
    await clerk.by("sign-in-user").fill("ana")
    await clerk.by("sign-in-password").fill(PASSWORD + "?")
    await clerk.press("sign-in")
    await expect(clerk.page.get_by_role("alert")).to_be_visible()
    await expect(clerk.by("sign-in-user")).to_have_value("ana")
    await looker.look(clerk.page, "desk-sign-in-wrong", action="sign-in")


async def test_how_a_ticket_that_goes_to_another_device_looks(town: Town, house: House, looker: Looker):
    laptop, phone = await town.visitor(), await town.visitor()
    await laptop.takes_a_ticket(LONG_NAME)
    await laptop.press("handover")
    await laptop.sees("handover-letters")
    await looker.look(laptop.page, "handover")
    link = await laptop.by("handover-letters").get_attribute("data-link")
    await phone.page.goto(f"{phone.url}/continuar")
    await phone.sees("handover-code")
    await looker.look(phone.page, "continue", action="handover-code")
    assert link is not None
    await phone.page.goto(link)
    await phone.sees("handover-bring")
    await looker.look(phone.page, "continue-found", action="handover-bring")
    await phone.press("handover-bring")
    await phone.sees("ticket-number")
    await laptop.sees("handover-code")
    await looker.look(laptop.page, "moved")
    await phone.press("handover")
    await phone.sees("handover-letters")
    await house.later(61)
    await (await town.visitor()).takes_a_ticket()  # a view brings the page's clock up to the counter's
    await expect(phone.page.get_by_text("Este código venceu")).to_be_visible()
    await looker.look(phone.page, "handover-over")
    await phone.page.keyboard.press("Escape")
    await phone.press("not-me")
    await phone.sees("not-me-yes")
    await looker.look(phone.page, "not-me")


async def test_how_calling_out_of_order_looks(town: Town, looker: Looker):
    clerk = await (await town.clerk()).signs_in("bruno")
    await clerk.goes_available()
    visitor = await town.visitor()
    await visitor.takes_a_ticket(LONG_NAME)
    await clerk.sees("out-of-order")
    await looker.look(clerk.page, "desk-out-of-order-offered", action="call-next", desk=True)
    await clerk.press("out-of-order")
    await clerk.sees("call-out-of-order")
    await looker.look(clerk.page, "desk-out-of-order", action="call-out-of-order", desk=True)
