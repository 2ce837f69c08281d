"""From the street to the line: a unit is found, a portal hands somebody over, nothing that was typed is lost."""

import re

from playwright.async_api import expect

from tests.e2e.house import UNIT
from tests.e2e.people import Town

CASE = "0000001-44.2021.8.11.0041"
PORTAL = "https://clickjud.tribunal.example/painel"
NO_VIDEO = "delete globalThis.RTCPeerConnection"


async def test_a_unit_is_found_by_its_name_or_its_city_and_says_how_it_stands(town: Town):
    visitor = await town.visitor()
    await visitor.page.goto(visitor.url)
    cards = visitor.by("unit-card")
    await expect(cards).to_have_count(12)
    said = await cards.all_inner_texts()
    assert sum("até" in each for each in said) == 11
    assert sum("Fechada agora" in each and "Abre" in each for each in said) == 1
    await visitor.by("unit-search").fill("rondonopolis")
    await expect(cards).to_have_count(1)
    await visitor.by("unit-search").fill("familia")
    await expect(cards).to_have_count(2)
    await visitor.by("unit-search").fill("nenhuma assim")
    await expect(cards).to_have_count(0)
    await visitor.page.get_by_role("button", name="Mostrar todas").click()
    await expect(cards).to_have_count(12)


async def test_a_portal_fills_in_the_case_and_gets_its_visitor_back(town: Town):
    visitor = await town.visitor()
    page = visitor.page
    await page.goto(f"{visitor.url}/balcao/{UNIT}?case={CASE}&from={PORTAL}")
    back = page.get_by_role("link", name="Voltar para clickjud.tribunal.example")
    await expect(back).to_have_attribute("href", PORTAL)
    await visitor.press("take-ticket")
    await expect(visitor.by("visitor-case")).to_have_value(CASE)
    await expect(page.get_by_text("Número conferido.")).to_be_visible()
    await visitor.by("visitor-name").fill("Maria Aparecida")
    await visitor.by("accept-terms").check()
    await visitor.press("join-queue")
    await visitor.number()
    await visitor.press("leave-queue")
    await visitor.press("leave-queue-yes")
    await visitor.sees("receipt-code")
    await expect(back.last).to_have_attribute("href", PORTAL)


async def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_survives_a_reload(town: Town):
    visitor = await town.visitor()
    page = visitor.page
    await page.goto(f"{visitor.url}/balcao/{UNIT}")
    await visitor.press("take-ticket")
    await visitor.by("visitor-name").fill("João Batista")
    await page.get_by_text("Advogada ou advogado").click()
    await visitor.by("visitor-oab").fill("12345")
    await visitor.by("visitor-case").fill("0000001-45.2021.8.11.0041")
    await visitor.press("join-queue")
    await expect(page.get_by_text("Confira 3 campos:")).to_be_visible()
    for field in ("visitor-oab", "visitor-case", "accept-terms"):
        await expect(visitor.by(field)).to_have_attribute("aria-invalid", "true")
        beside = await visitor.by(field).get_attribute("aria-describedby")
        assert beside is not None
        assert await page.locator(f"#{beside.split()[-1]}").inner_text() != ""
    await page.reload()
    await expect(visitor.by("visitor-name")).to_have_value("João Batista")
    await expect(visitor.by("visitor-oab")).to_have_value("12345")
    await expect(visitor.by("visitor-case")).to_have_value("0000001-45.2021.8.11.0041")
    await visitor.by("visitor-oab").fill("MT 12345")
    await visitor.by("visitor-case").fill(CASE)
    await visitor.by("accept-terms").check()
    await visitor.press("join-queue")
    await expect(visitor.by("ticket-number").first).to_have_text(re.compile(r"CV1 \d{3}"))


async def test_a_browser_without_video_is_told_so_and_may_still_come(town: Town):
    visitor = await town.visitor(script=NO_VIDEO)
    await visitor.page.goto(f"{visitor.url}/balcao/{UNIT}")
    await expect(visitor.page.get_by_text("Este navegador não faz vídeo.")).to_be_visible()
    await visitor.sees("take-ticket")
