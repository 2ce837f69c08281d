"""The gallery: every state that a page can show, also those that a visit seldom comes to, looked at one by one."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.conftest import SEEN
from tests.e2e.gallery import open_gallery
from tests.e2e.looks import LAPTOP, PHONE, Looker

ACTIONS = {
    "unit": "take-ticket",
    "unit-long": "take-ticket",
    "unit-unattended": "take-ticket",
    "waiting": "ticket-number",
    "waiting-long": "ticket-number",
    "mirror": "continue-here",
    "called": "enter-call",
    "called-long": "enter-call",
    "called-practice": "enter-call",
    "called-used": "enter-call",
    "in-call": "hang-up",
    "in-call-sound": "hang-up",
    "in-call-sound-text": "hang-up",
    "in-call-no-device": "hang-up",
    "in-call-2": "hang-up",
    "in-call-2-text": "hang-up",
    "in-call-2-text-slow": "hang-up",
    "in-call-2-broken": "hang-up",
    "in-call-2-sound-only": "hang-up",
    "in-call-2-screen": "hang-up",
    "in-call-2-screen-text": "hang-up",
    "in-call-3": "hang-up",
    "in-call-3-pinned": "hang-up",
    "in-call-3-slow": "hang-up",
    "in-call-3-text": "hang-up",
    "in-call-3-text-slow": "hang-up",
    "in-call-3-broken": "hang-up",
    "in-call-3-screen": "hang-up",
    "in-call-4": "hang-up",
    "in-call-4-pinned": "hang-up",
    "in-call-4-text": "hang-up",
    "in-call-4-text-slow": "hang-up",
    "in-call-4-sound-only": "hang-up",
    "desk-choose": "go-available",
    "desk-ready": "call-next",
    "desk-ready-long": "call-next",
    "desk-missed": "call-next",
    "desk-call": "hang-up",
    "desk-call-2-text": "hang-up",
    "desk-call-2-broken": "hang-up",
    "desk-call-2-screen": "hang-up",
    "desk-call-3-text-slow": "hang-up",
    "desk-call-3": "hang-up",
    "desk-call-3-pinned": "hang-up",
    "desk-call-4": "hang-up",
    "desk-call-offline": "hang-up",
    "desk-asked": "come",
    "desk-asked-paused": "come",
    "desk-offered": "come",
    "desk-helping": "hang-up",
    "guest-in-call": "hang-up",
    "guest-held": "hang-up",
    "pool-begin": "go-available",
    "pool-asked": "come",
    "pool-in-call": "hang-up",
    "pool-in-call-offline": "hang-up",
    "desk-practice": "call-next",
    "desk-practice-on": "hang-up",
    "desk-wrap-up": "finish",
    "desk-paused": "go-available",
}
"""What must be in sight without scrolling, with the longest names too."""
DIALOGS = {
    "board-line",
    "board-sign-out",
    "board-suspend",
    "desk-cancel",
    "desk-invite",
    "desk-invite-nobody",
    "desk-more",
    "desk-out-of-order",
    "desk-pause",
    "desk-pause-asked",
    "desk-remove",
    "desk-send-back",
    "desk-settings",
    "desk-suspend",
    "desk-tier",
    "desk-transfer",
    "pool-asked-pausing",
    "waiting-not-me",
    "waiting-take",
    "waiting-take-over",
}
"""States with a question: it stays until it is answered."""
PICTURES = {
    "in-call-2": 1,
    "in-call-2-text": 1,
    "in-call-2-text-slow": 1,
    "in-call-2-broken": 1,
    "in-call-2-sound-only": 1,
    "in-call-2-screen": 1,
    "in-call-2-screen-text": 1,
    "in-call-3": 2,
    "in-call-3-slow": 2,
    "in-call-3-text": 2,
    "in-call-3-text-slow": 2,
    "in-call-3-broken": 2,
    "in-call-3-screen": 2,
    "in-call-3-pinned": 2,
    "in-call-4": 3,
    "in-call-4-pinned": 3,
    "in-call-4-text": 3,
    "in-call-4-text-slow": 3,
    "in-call-4-sound-only": 3,
    "desk-call-2": 1,
    "desk-call-2-text": 1,
    "desk-call-2-broken": 1,
    "desk-call-2-screen": 1,
    "desk-call-3-text-slow": 2,
    "desk-call-3": 2,
    "desk-call-3-pinned": 2,
    "desk-call-4": 3,
    "desk-helping": 1,
    "guest-in-call": 2,
    "pool-in-call": 2,
    "pool-in-call-offline": 2,
}
"""How many others are seen, each over a leg of their own: they come a moment after the page."""
PINNED = """() => {
  const area = (tile) => tile.clientWidth * tile.clientHeight;
  const [first, second] = [...document.querySelectorAll("[data-party]")].sort((a, b) => area(b) - area(a));
  return first.dataset.party === "guest_1" && area(first) > 2 * area(second);
}"""
"""The interpreter is seen much larger than anybody else."""
BY_STAFF = ("board", "desk", "panel")
"""How the names of states begin that are seen at a desk or on a wall."""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The address of the gallery, built from the sources as they are now."""
    with open_gallery() as address:
        yield address


@pytest.mark.timeout(600)
async def test_every_state_is_whole_and_readable_at_every_size_in_both_colours(browser: Browser, gallery: str):
    looker = Looker(SEEN / "gallery")
    async with a_page(browser, looker) as page:
        await page.goto(gallery)
        names = await page.get_by_role("link").all_inner_texts()
    assert len(names) > 50
    assert set(ACTIONS) | DIALOGS | set(PICTURES) <= set(names)
    # two at a time: looking is the work of one core
    await asyncio.gather(*(look_at(names[first::2], browser, gallery, looker) for first in range(2)))
    assert looker.wrong == [], "\n".join(looker.wrong)


async def look_at(names: Sequence[str], browser: Browser, gallery: str, looker: Looker) -> None:
    """Each of these states, as whoever sees it."""
    async with a_page(browser, looker) as page:
        for name in names:
            desk = name.startswith(BY_STAFF)
            await page.set_viewport_size(LAPTOP if desk else PHONE)
            await page.goto(f"{gallery}?screen={name}")
            await expect(page.locator("#app > *").first).to_be_attached()
            await expect(page.get_by_role("main").first).to_be_visible()
            pictures = page.locator("video.stage-remote:not(.stage-unshown)")
            await expect(pictures, name).to_have_count(PICTURES.get(name, 0))
            if name.endswith("-pinned"):
                await page.wait_for_function(PINNED)
            await looker.look(page, name, action=ACTIONS.get(name), desk=desk)
            if name in DIALOGS:
                await expect(page.locator("dialog[open]"), name).to_have_count(1)


@asynccontextmanager
async def a_page(browser: Browser, looker: Looker) -> AsyncIterator[Page]:
    """A page of the gallery; what goes wrong in it is told to the looker."""
    context = await browser.new_context(locale="pt-BR", timezone_id="America/Cuiaba")
    page = await context.new_page()
    page.on("pageerror", lambda error: looker.wrong.append(f"{page.url}: {error}"))
    yield page
    await context.close()
