"""The whole visit, in real browsers: what a person who comes to the counter sees, hears and does."""

from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import Town

BLOCKED = """navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("blocked", "NotAllowedError");
}"""
NO_DEVICES = """navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("none", "NotFoundError");
}"""
UNANSWERED = "navigator.mediaDevices.getUserMedia = () => new Promise(() => {})"


async def test_a_visitor_and_a_clerk_see_and_hear_each_other_while_the_board_follows(town: Town):
    supervisor = await (await town.supervisor()).signs_in()
    await expect(supervisor.row().get_by_test_id("board-waiting")).to_contain_text("0")

    visitor, clerk = await town.called()
    await expect(visitor.page.get_by_role("heading", name="É a sua vez")).to_be_visible()
    await visitor.enters()
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()
    await expect(visitor.page.get_by_text("Ana Souza").first).to_be_visible()
    await expect(clerk.page.get_by_text("Maria Aparecida").first).to_be_visible()

    await visitor.says("Bom dia. Quero saber do meu processo.")
    await clerk.reads("Bom dia. Quero saber do meu processo.")
    await clerk.says("Bom dia, Maria. Um momento.")
    await visitor.reads("Bom dia, Maria. Um momento.")

    await clerk.press("hang-up")
    await visitor.sees("receipt-code")
    await clerk.finishes()
    await clerk.sees("call-next")


async def test_the_board_shows_who_waits_and_who_attends(town: Town):
    supervisor = await (await town.supervisor()).signs_in()
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    await expect(supervisor.row().get_by_test_id("board-waiting")).to_contain_text("1")
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    await expect(supervisor.row().get_by_test_id("board-attendants")).to_contain_text("1 livre")
    await clerk.calls_the_next()
    await expect(supervisor.row().get_by_test_id("board-waiting")).to_contain_text("0")


async def test_the_visitor_ends_the_call_for_both(town: Town):
    visitor, clerk = await town.talking()
    await visitor.press("hang-up")
    await visitor.sees("receipt-code")
    await clerk.sees("finish")


async def test_the_camera_turned_off_is_given_back_and_the_name_stands_in_its_place(town: Town):
    visitor, clerk = await town.talking()
    await visitor.press("camera")
    await expect(clerk.page.get_by_text("Maria Aparecida está sem câmera.")).to_be_visible()
    await expect(visitor.by("local-video")).to_have_count(0)
    await visitor.press("camera")
    await clerk.sees_and_hears()
    await clerk.press("mute")
    await expect(visitor.page.get_by_text("Ana Souza está sem microfone.")).to_be_visible()


async def test_a_visit_by_text_alone_asks_for_no_device(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor(script=BLOCKED)
    await visitor.takes_a_ticket()
    await visitor.chooses("text")
    await clerk.calls_the_next()
    await visitor.enters()
    await visitor.says("Não posso falar agora.")
    await clerk.reads("Não posso falar agora.")
    await clerk.says("Sem problema.")
    await visitor.reads("Sem problema.")
    await clerk.press("hang-up")
    await visitor.sees("receipt-code")


async def test_a_refused_camera_is_explained_and_the_visit_goes_on(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor(script=BLOCKED)
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    await expect(visitor.page.get_by_text("bloquead").first).to_be_visible()
    await clerk.calls_the_next()
    await visitor.enters()
    await visitor.says("Estou sem câmera.")
    await clerk.reads("Estou sem câmera.")


async def test_a_prompt_left_unanswered_never_holds_anybody_up(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor(script=UNANSWERED)
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    await clerk.calls_the_next()
    await visitor.enters()
    await visitor.says("A pergunta ficou aberta.")
    await clerk.reads("A pergunta ficou aberta.")


async def test_a_clerk_without_a_camera_attends(town: Town):
    clerk = await (await town.clerk(script=NO_DEVICES)).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    await clerk.calls_the_next()
    await visitor.enters()
    await clerk.sees_and_hears()
    await expect(visitor.page.get_by_text("Ana Souza").first).to_be_visible()


async def test_nobody_entering_frees_the_clerk_and_keeps_the_place(town: Town, house: House):
    visitor, clerk = await town.called()
    number = await visitor.page.title()
    await house.later(61)
    await clerk.sees("call-next")
    await visitor.sees("ticket-number")
    assert (await visitor.number()) in number
    await clerk.calls_the_next()
    await visitor.sees("enter-call")


async def test_two_clerks_who_call_at_once_never_get_the_same_person(town: Town):
    ana = await (await town.clerk()).signs_in("ana")
    bruno = await (await town.clerk()).signs_in("bruno")
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    for clerk in (ana, bruno):
        await clerk.goes_available()
        await expect(clerk.by("call-next")).to_be_enabled()
    await ana.page.evaluate("document.querySelector('[data-testid=call-next]').click()")
    await bruno.page.evaluate("document.querySelector('[data-testid=call-next]').click()")
    await visitor.sees("enter-call")
    await visitor.enters()
    name = await visitor.page.locator(".stage-name").inner_text()
    winner, loser = (ana, bruno) if name.startswith("Ana") else (bruno, ana)
    await winner.sees("hang-up")
    await loser.sees("call-next")
