"""The desk between two people: units, pauses, a ring taken back, and a supervisor who frees a stuck one."""

import re

from playwright.async_api import expect

from tests.e2e.people import Town


async def test_a_clerk_chooses_units_first_and_sees_their_line_alone(town: Town):
    others = await town.visitor()
    await others.takes_a_ticket(unit="familia-2-cuiaba")
    mine = await town.visitor()
    number = await mine.takes_a_ticket()
    clerk = await (await town.clerk()).signs_in()
    await expect(clerk.page.get_by_text("Quais unidades você vai atender?")).to_be_visible()
    for unit in ("familia-2-cuiaba", "juizado-1-cuiaba"):
        await clerk.page.locator(f'[data-unit="{unit}"]').click()
    await clerk.goes_available()
    await expect(clerk.by("waiting-item")).to_have_count(1)
    await expect(clerk.by("waiting-item")).to_have_attribute("data-number", number)
    await expect(clerk.by("waiting-list")).not_to_contain_text("Maria")


async def test_a_pause_has_a_reason_and_its_key_ends_it(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    await clerk.page.keyboard.press("F4")
    await clerk.page.locator('[data-reason="lunch"]').click()
    await expect(clerk.page.get_by_role("heading", name="Em pausa: almoço")).to_be_visible()
    await clerk.page.keyboard.press("F4")
    await clerk.sees("call-next")


async def test_a_ring_that_is_taken_back_leaves_the_person_first(town: Town):
    visitor, clerk = await town.called()
    await clerk.press("cancel-call")
    await clerk.page.get_by_role("button", name="Precisei parar agora").click()
    await expect(clerk.page.get_by_text("Você cancelou e entrou em pausa.")).to_be_visible()
    await expect(visitor.page.get_by_text("Você continua no começo da fila.")).to_be_visible()
    await expect(visitor.by("position")).to_have_text("A próxima senha é a sua")


async def test_a_supervisor_signs_a_stuck_clerk_out(town: Town):
    visitor, clerk = await town.called()
    supervisor = await (await town.supervisor()).signs_in()
    await supervisor.row().get_by_role("button", name=re.compile("chamando")).click()
    await supervisor.row().get_by_test_id("board-sign-out").click()
    await supervisor.press("confirm-sign-out")
    await expect(clerk.page.get_by_text("Seu acesso foi encerrado")).to_be_visible()
    await expect(visitor.by("position")).to_have_text("A próxima senha é a sua")
    await expect(supervisor.row().get_by_test_id("board-attendants")).to_contain_text("ninguém")


async def test_another_microphone_is_heard_and_the_time_is_shown(town: Town):
    visitor, clerk = await town.talking()
    await visitor.press("more")
    await visitor.page.get_by_label("Usar este microfone").select_option(label="Fake Audio Input 2")
    await visitor.page.get_by_role("button", name="Pronto").click()
    await clerk.sees_and_hears()
    for person in (visitor, clerk):
        await expect(person.page.get_by_text(re.compile(r"^.*\d:\d\d$")).first).to_be_visible()
