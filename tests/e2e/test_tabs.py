"""One ticket, several pages: a second tab, another device, a shared machine, a clerk's second window."""

from playwright.async_api import Page, expect

from tests.e2e.people import Clerk, Town, Visitor

SENDS = """() => globalThis.legs
  .filter((leg) => leg.connectionState !== "closed")
  .flatMap((leg) => leg.getSenders())
  .filter((sender) => sender.track?.readyState === "live").length"""
"""How many tracks this page sends, or would as soon as the network lets it."""

SILENT = f"() => ({SENDS})() === 0"


async def alone(active: Visitor, other: Visitor) -> None:
    """The active page is seen and heard; the other sends nothing, holds no camera, and only follows."""
    await active.sees_and_hears()
    assert await active.page.evaluate(SENDS) > 0
    await other.page.wait_for_function(SILENT)
    await other.sees("continue-here")
    await expect(other.by("local-video")).to_have_count(0)


async def test_of_two_tabs_in_a_call_one_sends_and_the_other_may_take_over(town: Town):
    first, clerk = await town.talking()
    second = await town.another_page(first)
    await second.page.goto(first.page.url)
    await alone(second, first)
    await clerk.sees_and_hears()
    await first.press("continue-here")
    await alone(first, second)
    await clerk.sees_and_hears()


async def test_a_ring_is_on_the_active_tab_and_the_mirror_says_where(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    first = await town.visitor()
    await first.takes_a_ticket()
    second = await town.another_page(first)
    await second.page.goto(first.page.url)
    await first.sees("continue-here")
    await clerk.calls_the_next()
    await second.sees("enter-call")
    await expect(first.page.get_by_text("É a sua vez, em outra janela")).to_be_visible()
    await expect(first.by("enter-call")).to_have_count(0)
    await first.press("continue-here")
    await first.sees("enter-call")
    await expect(second.by("enter-call")).to_have_count(0)


async def link_of(visitor: Visitor) -> tuple[str, str]:
    """The link of the QR code and the eight letters."""
    await visitor.press("handover")
    letters = visitor.by("handover-letters")
    await expect(letters).to_be_visible()
    link = await letters.get_attribute("data-link")
    assert link is not None
    return link, await letters.inner_text()


async def moved(page: Page) -> None:
    await expect(page.get_by_role("heading", name="Sua senha está em outro aparelho")).to_be_visible()


async def test_a_ticket_goes_to_the_phone_by_its_camera_and_back_by_eight_letters(town: Town):
    before, laptop, phone = await town.visitor(), await town.visitor(), await town.visitor()
    await before.takes_a_ticket("João Batista")
    number = await laptop.takes_a_ticket()
    place = await laptop.by("position").first.inner_text()
    link, _ = await link_of(laptop)
    await phone.page.goto(link)
    await expect(phone.by("handover-found")).to_contain_text(number)
    assert phone.page.url.endswith("/continuar"), "the code stays neither in the address nor in the history"
    await expect(laptop.by("handover-letters")).to_be_visible()
    await phone.press("handover-bring")
    assert await phone.number() == number
    assert await phone.by("position").first.inner_text() == place
    await moved(laptop.page)

    _, letters = await link_of(phone)
    await laptop.by("handover-code").fill(letters.lower())
    await laptop.press("handover-look")
    await expect(laptop.by("handover-found")).to_contain_text(number)
    await laptop.press("handover-bring")
    assert await laptop.number() == number
    assert await laptop.by("position").first.inner_text() == place
    await moved(phone.page)


async def test_a_code_is_good_once(town: Town):
    laptop, phone, thief = await town.visitor(), await town.visitor(), await town.visitor()
    number = await laptop.takes_a_ticket()
    link, letters = await link_of(laptop)
    await phone.page.goto(link)
    await phone.press("handover-bring")
    assert await phone.number() == number
    await thief.page.goto(link)
    await expect(thief.page.get_by_text("venceu ou já foi usado")).to_be_visible()
    await thief.by("handover-code").fill(letters)
    await thief.press("handover-look")
    await expect(thief.page.get_by_text("venceu ou já foi usado")).to_be_visible()
    assert await phone.number() == number


async def test_who_is_called_on_the_phone_talks_there(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    laptop, phone = await town.visitor(), await town.visitor()
    await laptop.takes_a_ticket()
    link, _ = await link_of(laptop)
    await phone.page.goto(link)
    await phone.press("handover-bring")
    await phone.chooses("video")
    await clerk.calls_the_next()
    await phone.enters()
    await phone.sees_and_hears()
    await clerk.sees_and_hears()
    await moved(laptop.page)
    assert await laptop.page.evaluate(SENDS) == 0


async def test_a_shared_machine_forgets_a_ticket_that_is_not_mine(town: Town):
    first = await town.visitor()
    await first.takes_a_ticket("João Batista")
    second = await town.another_page(first)
    await second.page.goto(first.page.url)
    await second.press("not-me")
    await second.press("not-me-yes")
    await second.sees("take-ticket")
    await expect(first.page.get_by_text("não acompanha mais a senha")).to_be_visible()
    await second.page.goto(second.url)
    await second.sees("unit-card")
    await expect(second.page.get_by_text("Voltar à sua senha")).to_have_count(0)
    assert await second.takes_a_ticket() == "CV1 002"


async def open_twice(town: Town) -> tuple[Clerk, Clerk]:
    """Two windows of one clerk; the first has the desk and attends."""
    first = await (await town.clerk()).signs_in()
    await first.goes_available()
    page = await first.page.context.new_page()
    second = Clerk(page, first.url)
    await page.goto(f"{first.url}/atendimento")
    await second.sees("take-over")
    return first, second


async def test_a_clerks_second_window_takes_the_desk_only_when_told(town: Town):
    first, second = await open_twice(town)
    await expect(first.by("call-next")).to_be_visible()
    await expect(second.by("call-next")).to_have_count(0)
    await second.press("take-over")
    await second.sees("call-next")
    await expect(first.by("call-next")).to_have_count(0)
    await first.sees("take-over")
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    await second.calls_the_next()
    await visitor.sees("enter-call")


async def test_a_conversation_goes_on_in_the_clerks_other_window(town: Town):
    visitor, first = await town.talking()
    page = await first.page.context.new_page()
    second = Clerk(page, first.url)
    await page.goto(f"{first.url}/atendimento")
    await second.press("take-over")
    await second.sees_and_hears()
    await visitor.sees_and_hears()
    await first.sees("take-over")
    await first.page.wait_for_function(SILENT)


async def test_a_clerk_with_the_permission_calls_out_of_order_and_the_board_counts_it(town: Town):
    ana, bruno = await (await town.clerk()).signs_in("ana"), await (await town.clerk()).signs_in("bruno")
    first, second = await town.visitor(), await town.visitor()
    await first.takes_a_ticket("João Batista")
    number = await second.takes_a_ticket()
    for clerk in (ana, bruno):
        await clerk.goes_available()
        await expect(clerk.by("waiting-item")).to_have_count(2)
    await expect(ana.by("out-of-order")).to_have_count(0)
    await bruno.press("out-of-order")
    await expect(bruno.by("call-out-of-order")).to_be_disabled()
    ticket = bruno.page.locator("#out-of-order-ticket")
    option = await ticket.locator("option", has_text=number).get_attribute("value")
    await ticket.select_option(option)
    await bruno.page.get_by_label("Por quê?").select_option("urgent")
    await bruno.press("call-out-of-order")
    await second.sees("enter-call")
    await first.sees("position", "A próxima senha é a sua")
    supervisor = await (await town.supervisor()).signs_in()
    await expect(supervisor.row().get_by_test_id("board-out-of-order")).to_contain_text("1 fora da ordem")
