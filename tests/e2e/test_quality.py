"""How well two people hear and see each other: the clerk can look, and the counter is told with the call's end."""

import json
import re

from playwright.async_api import Page, WebSocket, expect

from tests.e2e.conftest import SEEN
from tests.e2e.looks import Looker
from tests.e2e.people import Town

STAGES = ("ice_ms", "connected_ms", "sound_ms", "picture_ms")


def measures_of(page: Page) -> list[dict[str, object]]:
    """What the page tells the counter of the call, from now on. Said before the page opens its line."""
    told: list[dict[str, object]] = []

    def hear(frame: str | bytes) -> None:
        if isinstance(frame, str) and '"measured"' in frame:
            said = json.loads(frame[frame.index("[") :])
            told.append(said[1]["command"]["measure"])

    def watch(line: WebSocket) -> None:
        line.on("framesent", hear)

    page.on("websocket", watch)
    return told


async def test_a_clerk_sees_how_it_goes_for_both_and_the_counter_is_told_at_the_end(town: Town):
    clerk, visitor = await town.clerk(), await town.visitor()
    told = [measures_of(person.page) for person in (clerk, visitor)]
    await (await clerk.signs_in()).goes_available()
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    await visitor.sees("local-video")
    await clerk.calls_the_next()
    await visitor.enters()
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()
    summary = clerk.by("quality")
    await expect(clerk.by("quality-verdict")).to_be_hidden()
    await summary.focus()
    await clerk.page.keyboard.press("Enter")
    await expect(clerk.by("quality-verdict")).to_have_attribute("data-verdict", "well")
    sides = clerk.page.locator(".quality-sides")
    await expect(sides).to_have_attribute("data-path", "direct")
    numbers = re.compile(r"\d+ ms\s*\d+ ms")
    await expect(sides).to_contain_text(numbers)
    await expect(clerk.page.locator("details")).to_contain_text("Câmera: em uso. Microfone: em uso.")
    looking = Looker(SEEN / "states")
    await looking.look(clerk.page, "desk-quality-known", action="hang-up")
    assert looking.wrong == []
    await clerk.press("hang-up")
    await clerk.sees("finish")
    for measures in told:
        last = measures[-1]
        assert last["path"] == "direct"
        assert all(isinstance(last[stage], int) for stage in STAGES), last
        assert last["ice_ms"] <= last["connected_ms"]
        assert not re.search(r"\d+\.\d+\.\d+\.\d+", json.dumps(measures))
