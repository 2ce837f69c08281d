"""The desk without a mouse, and everybody's way through the pages by keyboard."""

from playwright.async_api import expect

from tests.e2e.people import Town


async def test_the_desk_is_worked_by_its_keys_also_while_typing(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    keyboard = clerk.page.keyboard
    await expect(clerk.by("call-next")).to_be_enabled()
    await keyboard.press("F2")
    await visitor.enters()
    await visitor.sees_and_hears()
    await clerk.press("text")
    await clerk.by("chat-input").press_sequentially("Um mom")
    await keyboard.press("F8")
    await expect(visitor.page.get_by_text("Ana Souza está sem microfone.")).to_be_visible()
    await keyboard.press("F8")
    await clerk.by("chat-input").press_sequentially("ento")
    await keyboard.press("Enter")
    await visitor.reads("Um momento")
    # Within half a second of its change the main button, and its key, are not meant.
    await expect(clerk.by("hang-up")).not_to_have_attribute("aria-disabled", "true")
    await keyboard.press("F9")
    await visitor.sees("receipt-code")
    await clerk.sees("finish")


async def test_a_visitor_needs_no_pointer(town: Town):
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor()
    keyboard = visitor.page.keyboard
    await visitor.page.goto(f"{visitor.url}/balcao/civel-1-cuiaba")
    await visitor.by("take-ticket").focus()
    await keyboard.press("Enter")
    await visitor.by("visitor-name").focus()
    await keyboard.type("Maria Aparecida")
    await visitor.by("accept-terms").focus()
    await keyboard.press("Space")
    await visitor.by("join-queue").focus()
    await keyboard.press("Enter")
    await visitor.sees("ticket-number")
    await visitor.by("media-text").focus()
    await keyboard.press("Enter")
    await clerk.calls_the_next()
    await visitor.by("enter-call").focus()
    await keyboard.press("Enter")
    await visitor.by("chat-input").focus()
    await keyboard.type("Bom dia")
    await keyboard.press("Enter")
    await clerk.reads("Bom dia")
    await visitor.by("hang-up").focus()
    await keyboard.press("Enter")
    await visitor.sees("receipt-code")
