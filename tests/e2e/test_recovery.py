"""A call that mends itself: nobody touches anything, and the picture is back."""

import pytest
from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.line import Line
from tests.e2e.people import Person, Town

BREAK = "() => globalThis.legs.at(-1).close()"
NEW_LEG = "(before) => globalThis.legs.length > before && globalThis.legs.at(-1).connectionState === 'connected'"

FINGERPRINTS = """() => [...new Set(globalThis.legs.map(
  (leg) => /^a=fingerprint:(.*)$/m.exec(leg.localDescription.sdp)[1]))]"""


async def _legs(person: Person) -> int:
    return await person.page.evaluate("() => globalThis.legs.length")


@pytest.mark.parametrize("whose", ["visitor", "clerk"])
async def test_a_leg_that_dies_on_one_side_is_built_again_on_both(town: Town, whose: str):
    visitor, clerk = await town.talking()
    broken, other = (visitor, clerk) if whose == "visitor" else (clerk, visitor)
    known = [await person.page.evaluate(FINGERPRINTS) for person in (broken, other)]
    before = await _legs(broken), await _legs(other)
    await broken.page.evaluate(BREAK)
    for person, legs in zip((broken, other), before, strict=True):
        await person.page.wait_for_function(NEW_LEG, arg=legs, timeout=90_000)
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()
    assert [await person.page.evaluate(FINGERPRINTS) for person in (broken, other)] == known, "one certificate a page"


async def test_what_was_written_without_internet_arrives_when_it_is_back(town: Town, house: House):
    line = Line(house.port)
    await line.start()
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor(url=line.url)
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    await clerk.calls_the_next()
    await visitor.enters()
    await visitor.sees_and_hears()
    line.cut()
    await visitor.says("Vocês me ouvem?")
    await clerk.says("Sim, por vídeo.")
    await expect(visitor.by("chat-log")).to_contain_text("Enviando")
    await visitor.sees_and_hears()
    line.mend()
    await clerk.reads("Vocês me ouvem?")
    await visitor.reads("Sim, por vídeo.")
    await line.stop()


async def test_a_reload_while_it_rings_still_connects(town: Town):
    visitor, clerk = await town.called()
    await visitor.page.reload()
    await visitor.enters()
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()


async def test_the_other_side_hears_the_end_while_the_house_is_down(town: Town, house: House):
    visitor, clerk = await town.talking()
    house.kill()
    await visitor.press("hang-up")
    await expect(clerk.page.get_by_text("Maria Aparecida encerrou o atendimento.")).to_be_visible()
    await house.start()
