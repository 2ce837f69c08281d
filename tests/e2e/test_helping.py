"""A colleague and a Libras interpreter are called into a call, each at a page of their own, in real browsers."""

from playwright.async_api import expect

from tests.e2e.house import UNIT
from tests.e2e.people import Clerk, Town
from tests.e2e.test_guests import sees_and_hears
from tests.e2e.test_turn import AWAKE, WRITE_DOWN


async def asks(ana: Clerk, whom: str) -> None:
    await ana.press("person-more")
    await ana.press("invite")
    await ana.press(f"ask-{whom}")


async def test_a_colleague_and_an_interpreter_come_when_they_are_called_and_leave_without_harm(town: Town):
    bruno = await (await (await town.clerk()).signs_in("bruno")).goes_available()
    lia = await (await (await town.interpreter(script=WRITE_DOWN)).signs_in()).goes_available()
    await lia.page.wait_for_function("() => globalThis.certificates === 1")
    visitor, ana = await town.talking(libras=True)

    await lia.press(f"offer-{UNIT}")
    await ana.sees("asked", "Lia")
    await ana.press("come")
    for person in (visitor, ana, lia):
        await sees_and_hears(person.page, 2)
    await lia.page.wait_for_function(AWAKE, arg=1)
    await lia.press("hang-up")
    await lia.sees("pause")
    await lia.page.wait_for_function(AWAKE, arg=0)

    await asks(ana, "bruno")
    await bruno.sees("asked", "Ana Souza")
    await ana.sees("asked-line", "Bruno Ferreira")
    await bruno.page.keyboard.press("F7")
    await ana.sees("asked-line", "Bruno Ferreira não pode entrar agora.")
    await asks(ana, "bruno")
    await bruno.sees("asked", "Ana Souza")
    await bruno.page.keyboard.press("F6")
    await bruno.sees("hang-up")
    for person in (visitor, ana, bruno):
        await sees_and_hears(person.page, 2)
    await expect(visitor.page.get_by_role("group", name="Bruno Ferreira, técnico judiciário")).to_be_visible()

    # It rings over whatever she was choosing.
    await lia.press("pause")
    choosing = lia.page.get_by_role("dialog")
    await ana.press("call-interpreter")
    await choosing.get_by_test_id("decline").click()
    await ana.sees("asked-line", "Nenhum intérprete pode entrar agora.")
    await asks(ana, "interpreters")
    await choosing.get_by_test_id("come").click()
    await expect(ana.by("call-interpreter")).to_have_count(0)
    everybody = (visitor, ana, bruno, lia)
    for person in everybody:
        await sees_and_hears(person.page, 3)

    await bruno.page.reload()
    for person in everybody:
        await sees_and_hears(person.page, 3)
    await bruno.page.keyboard.press("F9")
    await bruno.sees("call-next")
    for person in (visitor, ana, lia):
        await sees_and_hears(person.page, 2)
    await ana.press("hang-up")
    await lia.sees("pause")
    await visitor.sees("receipt-code")
