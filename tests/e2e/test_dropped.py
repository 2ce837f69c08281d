"""A line that is lost, on either side: nobody loses their place, and who comes back goes on."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.air import Air
from tests.e2e.house import House
from tests.e2e.line import Line
from tests.e2e.people import Clerk, Person, Town

NOTE = "Falta a procuração."


@pytest.fixture
async def outside(browser: Browser, house: House) -> AsyncIterator[tuple[Town, Line, Air]]:
    """A town whose media passes the air, and the visitor's own way to the house."""
    line, air = Line(house.port), Air()
    await line.start()
    town = Town(browser, house, air)
    yield town, line, air
    await town.leaves()
    air.close()
    await line.stop()
    assert town.strange == []


async def _apart(person: Person, words: str) -> None:
    await person.sees("stage-apart", words)


async def _together(*people: Person) -> None:
    for person in people:
        await expect(person.by("stage-apart")).to_be_hidden()
        await person.sees_and_hears()


async def _another_clerk(town: Town) -> Clerk:
    bruno = await (await town.clerk()).signs_in("bruno")
    return await bruno.goes_available()


async def test_the_visitors_network_is_gone_and_comes_back(outside: tuple[Town, Line, Air], house: House):
    town, line, air = outside
    visitor, clerk = await town.talking(line.url)
    line.cut()
    air.cut("visitor")
    await _apart(visitor, "O vídeo caiu. Seu atendimento com Ana Souza está guardado.")
    await expect(clerk.page.get_by_text("O vídeo caiu. O atendimento continua.")).to_be_visible()
    await house.later(31, gone="visitor:")
    await _apart(clerk, "Maria Aparecida ficou sem internet.")
    air.mend()
    line.mend()
    await _together(visitor, clerk)


async def test_a_page_that_is_loaded_again_goes_on_talking(town: Town):
    visitor, clerk = await town.talking()
    await visitor.says("Antes.")
    await clerk.reads("Antes.")
    await visitor.page.reload()
    await _together(visitor, clerk)
    await visitor.reads("Antes.")


async def test_a_clerk_who_does_not_wait_leaves_a_note_for_the_next(town: Town, house: House):
    visitor, clerk = await town.talking()
    await clerk.by("note").fill(NOTE)
    await clerk.by("note").blur()
    await expect(clerk.page.get_by_text("Anotação guardada.")).to_be_visible()
    context = visitor.page.context
    await visitor.page.close()
    await expect(clerk.page.get_by_text("O vídeo caiu. O atendimento continua.")).to_be_visible()
    await house.later(31, gone="visitor:")
    await clerk.press("release")
    await clerk.sees("call-next")

    visitor.page = await context.new_page()
    await visitor.page.goto(f"{visitor.url}/balcao/civel-1-cuiaba")
    await visitor.sees("position", "A próxima senha é a sua")
    await expect(visitor.page.get_by_text("Você volta ao começo da fila.")).to_be_visible()
    bruno = await _another_clerk(town)
    await bruno.calls_the_next()
    await visitor.enters()
    await expect(bruno.by("note")).to_have_value(NOTE)
    await expect(bruno.page.get_by_text("A internet da pessoa caiu no atendimento.")).to_be_visible()


async def test_the_clerks_browser_is_killed_while_it_rings(town: Town, house: House):
    visitor, clerk = await town.called()
    await clerk.page.context.close()
    await house.later(21, gone="attendant:")
    await visitor.sees("position", "A próxima senha é a sua")
    await expect(visitor.page.get_by_text("Quem atendia ficou sem internet.")).to_be_visible()
    bruno = await _another_clerk(town)
    await bruno.calls_the_next()
    await visitor.enters()
    await _together(visitor, bruno)


@pytest.mark.parametrize("patient", [False, True])
async def test_the_clerks_browser_is_killed_while_they_talk(town: Town, house: House, patient: bool):  # noqa: FBT001
    visitor, clerk = await town.talking()
    await clerk.page.context.close()
    await expect(visitor.page.get_by_text("O vídeo caiu. O atendimento continua.")).to_be_visible()
    await house.later(21, gone="attendant:")
    await _apart(visitor, "Ana Souza ficou sem internet.")
    if patient:
        await house.later(61)
    else:
        await visitor.press("other-attendant")
    await visitor.sees("position", "A próxima senha é a sua")
    bruno = await _another_clerk(town)
    await bruno.calls_the_next()
    await visitor.enters()
    await _together(visitor, bruno)


async def test_a_clerk_whose_browser_was_killed_goes_on_with_the_same_person(town: Town, house: House):
    visitor, clerk = await town.talking()
    context = clerk.page.context
    await clerk.page.close()
    await house.later(21, gone="attendant:")
    await _apart(visitor, "Ana Souza ficou sem internet.")
    clerk.page = await context.new_page()
    await clerk.page.goto(f"{clerk.url}/atendimento")
    await _together(visitor, clerk)
