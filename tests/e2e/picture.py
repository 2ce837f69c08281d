"""`make picture`: the picture of the README, made anew from the states as they are now."""

import asyncio
import base64
import shutil
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, async_playwright

from tests.e2e.conftest import FLAGS
from tests.e2e.gallery import open_gallery
from tests.e2e.house import ROOT
from tests.e2e.looks import LAPTOP

PICTURE = ROOT / "docs/img/balcao.png"
PHONE: ViewportSize = {"width": 360, "height": 640}
SCREENS = (("waiting", PHONE, 240), ("called", PHONE, 240), ("desk-ready", LAPTOP, 932))
"""State, size, and how wide it stands in the picture: what a visitor sees first, then the clerk."""


async def seen(browser: Browser, gallery: str, state: str, size: ViewportSize) -> bytes:
    """One state, as sharp as a screen of today shows it."""
    page = await browser.new_page(viewport=size, device_scale_factor=2, locale="pt-BR", timezone_id="America/Cuiaba")
    await page.goto(f"{gallery}?screen={state}")
    await page.get_by_role("main").first.click(position={"x": 2, "y": 2})  # the tap that unlocks the sound
    await page.wait_for_function("() => [...document.querySelectorAll('video')].every(({ videoWidth }) => videoWidth)")
    shot = await page.screenshot()
    await page.close()
    return shot


async def make(path: Path) -> None:
    """Put the screens side by side into one picture at `path`."""
    chromium = shutil.which("chromium")
    assert chromium is not None, "no Chromium: apt-get install chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with open_gallery() as gallery:
            shots = [(await seen(browser, gallery, state, size), width) for state, size, width in SCREENS]
        framed = "".join(
            f'<img width="{width}" src="data:image/png;base64,{base64.b64encode(shot).decode()}">'
            for shot, width in shots
        )
        page = await browser.new_page(viewport={"width": 1500, "height": 600})
        style = "body { display: flex; align-items: center; gap: 24px; margin: 0; padding: 16px; width: max-content }"
        frame = "img { border: 1px solid; border-radius: 8px }"
        await page.set_content(f"<!doctype html><style>{style} {frame}</style>{framed}")
        path.parent.mkdir(exist_ok=True)
        await page.locator("body").screenshot(path=path)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(make(PICTURE))
