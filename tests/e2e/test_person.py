"""What a clerk does with a person beside talking, as both see it."""

from playwright.async_api import expect

from tests.e2e.people import Person, Town


async def _more(clerk: Person, *choices: str) -> None:
    await clerk.press("person-more")
    for choice in choices:
        await clerk.press(choice)


async def test_hold_and_back(town: Town):
    visitor, clerk = await town.talking()
    await _more(clerk, "hold")
    await visitor.sees("stage-apart", "Enquanto isso, ninguém vê nem ouve você.")
    await clerk.sees("stage-apart", "Em espera")
    sent = "() => globalThis.legs.at(-1).getSenders().filter(({ track }) => track !== null).length"
    for person in (visitor, clerk):
        await person.page.wait_for_function(f"() => ({sent})() === 0")
    ways = [await person.way() for person in (visitor, clerk)]
    for person in (visitor, clerk):
        await person.hears_beats(5)
    assert [await person.way() for person in (visitor, clerk)] == ways, "silence is healthy on hold"
    await clerk.press("unhold")
    for person in (visitor, clerk):
        await expect(person.by("stage-apart")).to_be_hidden()
        await person.sees_and_hears()


async def test_sent_to_fetch_a_document_and_ready(town: Town):
    visitor, clerk = await town.talking()
    await _more(clerk, "send-back")
    await clerk.page.locator('[data-testid="send-back-reason"][data-reason="document"]').click()
    await expect(visitor.page.get_by_text("Busque o documento que falta.")).to_be_visible()
    await expect(clerk.by("call-next")).to_be_disabled()
    await visitor.press("ready")
    await clerk.calls_the_next()
    await visitor.enters()
    await visitor.sees_and_hears()
    await expect(clerk.page.get_by_text("Voltou à fila para buscar algo.")).to_be_visible()


async def test_forwarded_to_another_unit_with_the_note(town: Town):
    visitor, clerk = await town.talking()
    first = await visitor.page.evaluate("() => sessionStorage.getItem('balcao.visit')")
    bruno = await (await town.clerk()).signs_in("bruno")
    await bruno.goes_available()
    await clerk.by("note").fill("Execução fiscal de 2019.")
    await _more(clerk, "transfer")
    await clerk.page.get_by_role("radio").and_(clerk.page.locator('[value="fazenda-3-cuiaba"]')).check()
    await clerk.press("confirm-transfer")
    await expect(clerk.page.get_by_text("Maria Aparecida espera agora em outra unidade.")).to_be_visible()
    await expect(clerk.page.locator('[data-outcome="forwarded"] input')).to_be_checked()
    await clerk.press("finish")

    await expect(visitor.page.get_by_text("Seu horário de chegada vale.")).to_be_visible()
    await expect(visitor.by("ticket-number").first).to_contain_text("FP3")
    await bruno.calls_the_next()
    await visitor.enters()
    await visitor.sees_and_hears()
    await expect(bruno.by("note")).to_have_value("Execução fiscal de 2019.")
    await bruno.press("hang-up")
    await visitor.sees("receipt-code")
    assert await visitor.page.evaluate("() => sessionStorage.getItem('balcao.visit')") != first


async def test_taken_off_the_line_with_a_reason(town: Town):
    visitor, clerk = await town.called()
    await _more(clerk, "remove")
    await clerk.page.locator('[data-testid="remove-reason"][data-reason="duplicate"]').click()
    await expect(visitor.page.get_by_text("Sua senha foi encerrada pela unidade")).to_be_visible()
    await expect(visitor.page.get_by_text("Havia outra senha para o mesmo assunto.")).to_be_visible()
    await clerk.sees("call-next")
