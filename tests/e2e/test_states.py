"""The gallery: every state that a page can show, also those that a visit seldom comes to, looked at one by one."""

import functools
import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import SEEN
from tests.e2e.house import ROOT
from tests.e2e.looks import LAPTOP, PHONE, Looker

BY_STAFF = ("board", "desk", "panel")
"""How the names of states begin that are seen at a desk or on a wall."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files of one folder."""

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is for what went wrong."""


@pytest.fixture(scope="module")
def gallery() -> Iterator[str]:
    """The address of the gallery, built from the sources as they are now."""
    build = [sys.executable, "tools/bootstrap.py", "npm", "run", "build:states", "--", "--logLevel", "error"]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    handler = functools.partial(Quiet, directory=str(Path(ROOT, "web/dist-states")))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/states.html"
        server.shutdown()


@pytest.mark.timeout(600)
async def test_every_state_is_whole_and_readable_at_every_size_in_both_colours(browser: Browser, gallery: str):
    looker = Looker(SEEN / "gallery")
    context = await browser.new_context(locale="pt-BR", timezone_id="America/Cuiaba")
    page = await context.new_page()
    page.on("pageerror", lambda error: looker.wrong.append(f"{page.url}: {error}"))
    await page.goto(gallery)
    names = await page.get_by_role("link").all_inner_texts()
    assert len(names) > 50
    for name in names:
        desk = name.startswith(BY_STAFF)
        await page.set_viewport_size(LAPTOP if desk else PHONE)
        await page.goto(f"{gallery}?screen={name}")
        await expect(page.locator("#app > *").first).to_be_attached()
        await expect(page.get_by_role("main").first).to_be_visible()
        await looker.look(page, name, desk=desk)
    await context.close()
    assert looker.wrong == [], "\n".join(looker.wrong)
