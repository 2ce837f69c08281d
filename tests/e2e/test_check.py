"""The check of devices and internet in a real browser: one's own picture comes back, the result is said in words."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.conftest import SEEN
from tests.e2e.house import House, data_folder
from tests.e2e.looks import Looker
from tests.e2e.people import Town


@pytest.fixture
async def house(built: None) -> AsyncIterator[House]:
    """With an echo."""
    with data_folder() as folder:
        running = House(Path(folder), settings={"BALCAO_ECHO_PLACES": "8"})
        await running.start()
        yield running
        running.stop()


async def test_a_visitor_sees_themself_in_the_echo_and_reads_how_it_stands(town: Town):
    visitor = await town.visitor()
    await visitor.page.goto(visitor.url)
    await visitor.press("check")
    await visitor.press("check-start")
    await visitor.sees("check-picture")
    await visitor.page.wait_for_function("() => document.querySelector('[data-testid=check-picture]').videoWidth > 0")
    await expect(visitor.by("check-result")).to_have_attribute("data-path", "direct")
    result = visitor.by("check-result")
    # The bits are of one second of a picture that moves: what was sent is some, however slow this machine is.
    await expect(result).to_contain_text(
        re.compile(r"Ida e volta em \d+ ms, perda de \d+%, envio de [1-9]\d* kbit/s\.")
    )
    lines = dict(zip(*[await result.locator(part).all_text_contents() for part in ("dt", "dd")], strict=True))
    assert lines == {
        "Câmera": "funciona",
        "Microfone": "funciona",
        "Vídeo": "passa direto",
        "Fila": "abre",
        "Via rápida (UDP)": "livre",
        "Desvio (TURN)": "não há aqui",
    }
    looking = Looker(SEEN / "states")
    await looking.look(visitor.page, "check-result", action="check-close")
    assert looking.wrong == []
    await visitor.press("check-close")
    await visitor.sees("unit-search")


async def test_whoever_waits_checks_with_the_devices_that_are_already_allowed_and_the_clerk_sees_it(town: Town):
    clerk = await (await (await town.clerk()).signs_in()).goes_available()
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    await visitor.sees("local-video")
    await visitor.press("check")
    await visitor.press("check-start")
    await visitor.sees("check-result")
    await visitor.press("check-close")
    await visitor.sees("local-video")
    await visitor.sees("position")
    await clerk.calls_the_next()
    await clerk.sees("person-check", "Câmera, microfone e internet funcionam.")
    await expect(clerk.by("person-check")).to_have_attribute("data-path", "direct")
