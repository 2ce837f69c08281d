"""A place that survives everything: a reload, another tab, no internet, a house that fell."""

import asyncio

from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.line import Line
from tests.e2e.people import Town, Visitor


async def _place(visitor: Visitor) -> tuple[str, str]:
    await visitor.sees("position")
    return await visitor.number(), await visitor.by("position").first.inner_text()


async def test_a_reload_keeps_number_and_place(town: Town):
    first, second = await town.visitor(), await town.visitor()
    await first.takes_a_ticket("João Batista")
    await second.takes_a_ticket()
    before = await _place(second)
    await second.page.reload()
    assert await _place(second) == before


async def test_everybody_is_in_line_again_after_the_house_fell(town: Town, house: House):
    first, second = await town.visitor(), await town.visitor()
    await first.takes_a_ticket("João Batista")
    await second.takes_a_ticket()
    before = [await _place(visitor) for visitor in (first, second)]
    house.kill()
    await house.start()
    for visitor in (first, second):
        await visitor.page.reload()
    assert [await _place(visitor) for visitor in (first, second)] == before


async def test_a_page_left_open_comes_back_by_itself_after_the_house_fell(town: Town, house: House):
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    before = await _place(visitor)
    house.kill()
    await expect(visitor.page.get_by_text("Estamos tentando de novo").first).to_be_visible()
    await house.start()
    await expect(visitor.page.get_by_text("Estamos tentando de novo")).to_have_count(0)
    assert await _place(visitor) == before


async def test_a_minute_without_internet_keeps_the_place(town: Town, house: House):
    line = Line(house.port)
    await line.start()
    visitor = await town.visitor(url=line.url)
    await visitor.takes_a_ticket()
    before = await _place(visitor)
    await visitor.page.context.set_offline(True)  # the browser knows,
    line.cut()  # and what was open is gone
    await expect(visitor.page.get_by_text("Seu lugar fica guardado até").first).to_be_visible()
    await house.later(60, everybody_stays=False)
    line.mend()
    await visitor.page.context.set_offline(False)
    await expect(visitor.page.get_by_text("Sem internet")).to_have_count(0)
    assert await _place(visitor) == before
    await line.stop()


async def test_a_second_tab_mirrors_and_may_take_over(town: Town):
    first = await town.visitor()
    number = await first.takes_a_ticket()
    second = await town.another_page(first)
    await second.page.goto(first.page.url)
    assert await second.number() == number
    await first.sees("continue-here")
    await first.press("continue-here")
    await second.sees("continue-here")
    assert await first.number() == number


async def test_a_reload_in_the_call_brings_back_text_and_picture(town: Town):
    visitor, clerk = await town.talking()
    await visitor.says("Meu processo é de 2021.")
    await clerk.reads("Meu processo é de 2021.")
    await visitor.page.reload()
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()
    await visitor.reads("Meu processo é de 2021.")
    await clerk.page.reload()
    await clerk.sees_and_hears()
    await visitor.sees_and_hears()
    await clerk.reads("Meu processo é de 2021.")


async def test_a_call_goes_on_while_the_house_is_down(town: Town, house: House):
    visitor, clerk = await town.talking()
    house.kill()
    await asyncio.gather(visitor.sees_and_hears(), clerk.sees_and_hears())
    await house.start()
    await visitor.says("Ainda aqui.")
    await clerk.reads("Ainda aqui.")
