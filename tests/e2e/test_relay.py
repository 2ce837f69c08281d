"""A clerk's address is a clerk's own: until "Entrar" the desk's side goes through TURN alone."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.e2e.house import House, data_folder
from tests.e2e.people import Person, Town
from tests.server.test_turn import SECRET, WITH_COTURN, coturn

pytestmark = WITH_COTURN

CONNECTED = "() => globalThis.legs.at(-1)?.connectionState === 'connected'"
ADDRESSES = """() => [...globalThis.legs.at(-1).localDescription.sdp.matchAll(/^a=candidate:.* typ (\\w+)/gm)]
  .map(([, kind]) => kind)"""
OWN = """() => [...globalThis.legs.at(-1).localDescription.sdp
  .matchAll(/^a=candidate:\\S+ 1 udp \\d+ (\\S+) .* typ host/gim)].map(([, address]) => address)"""
DIRECT = """() => globalThis.legs.at(-1).localDescription.sdp.includes(" typ host")"""


async def _addresses(person: Person) -> set[str]:
    await person.page.wait_for_function(CONNECTED)
    return set(await person.page.evaluate(ADDRESSES))


def _hears(page: Page) -> list[str]:
    """All that the house says to this page, from now on."""
    heard: list[str] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: heard.append(str(frame))))
    return heard


async def test_the_desk_is_reached_through_turn_until_the_visitor_enters(browser: Browser, built: None, tmp_path: Path):
    async with coturn(tmp_path) as port:
        with data_folder() as folder:
            turn = {"BALCAO_TURN_URLS": f"turn:127.0.0.1:{port}?transport=udp", "BALCAO_TURN_SECRET": SECRET}
            house = House(Path(folder), settings=turn)
            await house.start()
            town = Town(browser, house)
            clerk = await (await town.clerk()).signs_in()
            await clerk.goes_available()
            visitor = await town.visitor()
            # A site without an echo: the relay is asked all the same.
            await visitor.page.goto(visitor.url)
            await visitor.press("check")
            await visitor.press("check-start")
            await expect(visitor.by("check-result")).to_contain_text("Via rápida (UDP)livre")
            await expect(visitor.by("check-result")).to_contain_text("Desvio (TURN)responde")
            await visitor.press("check-close")
            heard = _hears(visitor.page)
            await visitor.takes_a_ticket()
            await visitor.chooses("video")
            await visitor.sees("local-video")
            await clerk.calls_the_next()
            await visitor.sees("enter-call")
            assert await _addresses(clerk) == {"relay"}
            assert "host" in await _addresses(visitor)
            # Both browsers are on one machine: the clerk's addresses are the visitor's, whose own words come back too.
            addresses = set(await visitor.page.evaluate(OWN))
            told = [frame for frame in heard if '"sender":"visitor"' not in frame]
            assert addresses
            assert "typ relay" in "".join(told)
            assert [frame for frame in told for address in addresses if address in frame] == []
            await visitor.enters()
            await visitor.sees_and_hears()
            await clerk.page.wait_for_function(DIRECT)
            await clerk.sees_and_hears()
            await town.leaves()
            house.stop()
            assert town.strange == []
