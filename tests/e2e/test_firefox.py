"""Firefox as the other side: as the visitor, and as the clerk."""

import os

import pytest

from tests.e2e.browsers import FIREFOX, firefox
from tests.e2e.conftest import SEEN
from tests.e2e.house import PASSWORD, UNIT
from tests.e2e.people import Town

pytestmark = pytest.mark.skipif(
    FIREFOX is None and not os.environ.get("CI"), reason="NOT TESTED: no Firefox here; apt-get install firefox-esr"
)


async def test_a_visitor_with_firefox_and_a_clerk_see_and_hear_each_other(town: Town):
    clerk = await (await (await town.clerk()).signs_in()).goes_available()
    async with firefox(SEEN / "failed/firefox-visitor.png") as visitor:
        await visitor.goes(f"{clerk.url}/balcao/{UNIT}")
        await visitor.presses("take-ticket")
        await visitor.writes("visitor-name", "Maria Aparecida")
        await visitor.presses("accept-terms")
        await visitor.presses("join-queue")
        await visitor.presses("media-video")
        await visitor.sees("local-video")
        await clerk.calls_the_next()
        await visitor.presses("enter-call")
        await visitor.sees_and_hears()
        await clerk.sees_and_hears()
        await clerk.says("Bom dia.")
        await visitor.presses("text")
        await visitor.reads("chat-log", "Bom dia.")
        await visitor.presses("hang-up")
        await visitor.sees("receipt-code")
    await clerk.finishes()


async def test_a_clerk_with_firefox_and_a_visitor_see_and_hear_each_other(town: Town):
    visitor = await town.visitor()
    async with firefox(SEEN / "failed/firefox-clerk.png") as clerk:
        await clerk.goes(f"{visitor.url}/atendimento")
        await clerk.writes("sign-in-user", "ana")
        await clerk.writes("sign-in-password", PASSWORD)
        await clerk.presses("sign-in")
        await clerk.presses("go-available")
        await clerk.sees("call-next")
        await visitor.takes_a_ticket()
        await visitor.chooses("video")
        await clerk.presses("call-next")
        await visitor.enters()
        await visitor.sees_and_hears()
        await clerk.sees_and_hears()
        await visitor.says("Bom dia.")
        await clerk.presses("text")
        await clerk.reads("chat-log", "Bom dia.")
        await clerk.presses("hang-up")
        await visitor.sees("receipt-code")
