"""A clerk practises in a real browser: the desk beside which the script stands, and simulated people who talk."""

from playwright.async_api import Browser, expect

from tests.e2e.people import LAPTOP, SEE_LEGS, Clerk
from tests.server.test_practice import command


async def test_a_clerk_practises_a_visit_and_reads_how_it_went(browser: Browser, built: None, tmp_path):
    async with command(tmp_path, "--situation", "1", "--report", str(tmp_path / "report.txt")) as (_, url, password):
        context = await browser.new_context(locale="pt-BR", viewport=LAPTOP)
        await context.add_init_script(SEE_LEGS)
        clerk = Clerk(await context.new_page(), url)
        await clerk.signs_in("treino", password)
        await expect(clerk.page.get_by_text("Treino: nada aqui conta.")).to_be_visible()
        await clerk.goes_available()
        await clerk.press("practice-next")
        await clerk.sees("practice", "Uma visita comum")
        await clerk.calls_the_next()
        await clerk.sees_and_hears()
        await clerk.reads("Saiu a decisão do meu processo?")
        await clerk.says("Saiu hoje.")
        await clerk.reads("Muito obrigada.")
        await clerk.press("hang-up")
        await clerk.finishes()
        await clerk.sees("practice-grade", "Bem feita")
        await expect(clerk.page.locator('[data-testid="practice-step"][data-done="true"]')).to_have_count(4)
        await clerk.press("practice-next")
        await clerk.sees("practice", "Todas as situações foram bem feitas.")
        await context.close()
    assert "1. Uma visita comum: bem feita." in (tmp_path / "report.txt").read_text(encoding="utf-8")
