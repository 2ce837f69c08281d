"""Closing time with people inside, the morning after, and a unit that stops giving out tickets for a while."""

from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import Town

MINUTE_S = 60


async def somebody_comes_elsewhere(town: Town, name: str) -> None:
    """The clock leapt and nothing happened in the house: now something does, and it looks at the clock."""
    await (await town.visitor()).takes_a_ticket(name, unit="familia-2-cuiaba")


async def test_closing_time_cuts_no_call_and_whoever_is_left_is_first_tomorrow(town: Town, house: House):
    until_tomorrow_s = await house.closes_in(60 * MINUTE_S)
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    inside, waiting = await town.visitor(), await town.visitor()
    await inside.takes_a_ticket("João Batista")
    await inside.chooses("text")
    await clerk.calls_the_next()
    await inside.enters()
    await waiting.takes_a_ticket()

    await house.later(61 * MINUTE_S)
    await somebody_comes_elsewhere(town, "José Reis")
    late = await town.visitor()
    await late.page.goto(f"{late.url}/balcao/civel-1-cuiaba")
    await expect(late.page.get_by_text("Fechada agora").first).to_be_visible()
    await expect(late.by("take-ticket")).to_have_count(0)
    await expect(waiting.page.get_by_text("A sua continua valendo").first).to_be_visible()

    await house.later(30 * MINUTE_S)
    await expect(waiting.page.get_by_text("A unidade fechou antes da sua vez").first).to_be_visible()
    await expect(waiting.page.get_by_text("Sua vez fica guardada").first).to_be_visible()
    await inside.says("Ainda estou aqui.")
    await clerk.reads("Ainda estou aqui.")
    await clerk.press("hang-up")
    await clerk.finishes()
    await inside.sees("receipt-code")

    await waiting.page.get_by_text("Guardar minha vez").click()
    await expect(waiting.page.get_by_text("Sua vez está guardada").first).to_be_visible()
    await house.later(until_tomorrow_s - 91 * MINUTE_S)
    await somebody_comes_elsewhere(town, "Lia Prado")
    early = await town.visitor()
    await early.takes_a_ticket("Rosa Lima")
    # This tab wrote a form before, so it is open here.
    await waiting.page.goto(f"{waiting.url}/balcao/civel-1-cuiaba")
    await waiting.by("visitor-name").fill("Maria Aparecida")
    await waiting.by("accept-terms").check()
    await waiting.press("join-queue")
    await waiting.sees("position", "A próxima senha é a sua")
    await expect(waiting.page.get_by_text("Você entrou à frente na fila").first).to_be_visible()
    await early.sees("position", "1 pessoa na sua frente")


async def test_a_suspended_unit_says_why_keeps_who_is_inside_and_opens_again(town: Town):
    inside = await town.visitor()
    await inside.takes_a_ticket()
    supervisor = await (await town.supervisor()).signs_in()
    row = supervisor.row()
    await row.get_by_role("button").first.click()
    await row.get_by_test_id("board-suspend").click()
    await supervisor.press("confirm-suspend")
    await expect(supervisor.page.get_by_text("Escreva o motivo").first).to_be_visible()
    await supervisor.by("suspend-message").fill("O sistema do fórum está fora do ar.")
    await supervisor.press("confirm-suspend")
    await expect(row.get_by_text("Senhas suspensas").first).to_be_visible()
    await expect(inside.page.get_by_text("O sistema do fórum está fora do ar.").first).to_be_visible()
    await inside.sees("position", "A próxima senha é a sua")
    late = await town.visitor()
    await late.page.goto(f"{late.url}/balcao/civel-1-cuiaba")
    await expect(late.page.get_by_text("Novas senhas suspensas").first).to_be_visible()
    await expect(late.by("take-ticket")).to_have_count(0)
    await expect(late.page.get_by_text("Outras unidades de Cuiabá com senhas agora").first).to_be_visible()
    clerk = await (await town.clerk()).signs_in()
    await clerk.press("resume-unit")
    await expect(clerk.by("resume-unit")).to_have_count(0)
    await late.page.reload()
    await late.sees("take-ticket")
