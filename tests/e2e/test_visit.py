"""The whole visit, in real browsers: what a person who comes to the counter sees, hears and does."""

from playwright.async_api import expect

from tests.e2e.people import Clerk, Town, Visitor


async def _called(town: Town) -> tuple[Visitor, Clerk]:
    """Maria waits with her camera allowed, Ana calls her."""
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    await visitor.press("media-video")
    await visitor.sees("local-video")
    await clerk.calls_the_next()
    await visitor.sees("enter-call")
    return visitor, clerk


async def test_a_visitor_and_a_clerk_see_and_hear_each_other_while_the_board_follows(town: Town):
    supervisor = await (await town.supervisor()).signs_in()
    await expect(supervisor.row().get_by_test_id("board-waiting")).to_contain_text("0")

    visitor, clerk = await _called(town)
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
    await expect(supervisor.row()).to_contain_text("1")


async def test_the_visitor_ends_the_call_for_both(town: Town):
    visitor, clerk = await _called(town)
    await visitor.enters()
    await visitor.sees_and_hears()
    await visitor.press("hang-up")
    await visitor.sees("receipt-code")
    await clerk.sees("finish")
