"""Somebody else in a call, made of code: comes by a link that was passed on, stays until the end."""

from pathlib import Path
from typing import Final

from signaling.bots.conversation import Conversation
from signaling.bots.wire import Browser, GoneError, Page, TurnedAwayError
from signaling.protocol.base import Namespace
from signaling.protocol.http import GuestForm
from signaling.protocol.views import GuestView


class Guest:
    """One visit to somebody else's call. `run` ends with the call, or where the link is worth nothing any more."""

    def __init__(self, url: str, name: str, *, certificate: Path | None = None) -> None:
        self._url: Final = url
        self._name: Final = name
        self._certificate: Final = certificate

    async def run(self, code: str) -> None:
        """Come by the link with this code, and talk."""
        async with Browser(self._url, certificate=self._certificate) as browser:
            page: Page[GuestView] = Page(browser, Namespace.GUEST)
            try:
                await browser.get(f"guests/{code}")
                await browser.post(f"guests/{code}", GuestForm(name=self._name))
                await page.open()
                view = await page.until(lambda _view: True)
                await Conversation(page, view.me.party, view.call.call, colour=2).run()
            except (TurnedAwayError, GoneError, ConnectionError):
                pass  # the link was good no more, the call is over, or the server is
            finally:
                await page.close()
