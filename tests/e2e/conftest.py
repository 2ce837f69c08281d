"""A real Chromium and a real server for each test; the world outside is refused."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.e2e.house import FOLDERS, ROOT, House
from tests.e2e.looks import Looker
from tests.e2e.people import Town

SEEN = Path(__file__).parent / "seen"
"""Pictures for people to look at; not committed."""

FLAGS = [
    "--no-sandbox",  # containers of CI have no user namespaces
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--disable-features=WebRtcHideLocalIpsWithMdns",  # nobody answers mDNS in a container
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(item.path).parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


def pytest_configure(config: pytest.Config) -> None:
    Looker.keeps_pictures = not config.getoption("--no-pictures")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Debian's Chromium; `make test` installs it."""
    found = shutil.which("chromium")
    assert found is not None, "no Chromium: apt-get install chromium"
    return found


@pytest.fixture(scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    expect.set_options(timeout=45_000)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        await running.close()


@pytest.fixture(scope="session")
def built() -> None:
    """The web part as people get it."""
    assert (ROOT / "signaling/static/index.html").exists(), "the web part is not built: npm run build, in web/"


class Street:
    """A house for each test: the next one is made ready, and the last one ends, while a test is in its own."""

    def __init__(self) -> None:
        self._next: asyncio.Task[House] | None = None
        self._ending: list[asyncio.Task[None]] = []

    async def house(self) -> House:
        """It can serve; give it back with `leave`."""
        ready = self._next or asyncio.create_task(self._build())
        self._next = asyncio.create_task(self._build())
        return await ready

    def leave(self, house: House) -> None:
        self._ending.append(asyncio.create_task(self._end(house)))

    async def close(self) -> None:
        """All have ended, and ended well."""
        if self._next is not None:
            self.leave(await self._next)
        await asyncio.gather(*self._ending)

    async def _build(self) -> House:
        house = House(Path(mkdtemp(prefix=FOLDERS)))
        await house.start()
        return house

    async def _end(self, house: House) -> None:
        await asyncio.to_thread(house.stop)
        await asyncio.to_thread(shutil.rmtree, house.folder, ignore_errors=True)


@pytest.fixture(scope="session")
async def street(built: None) -> AsyncIterator[Street]:
    opened = Street()
    yield opened
    await opened.close()


@pytest.fixture
async def house(street: Street) -> AsyncIterator[House]:
    running = await street.house()
    yield running
    street.leave(running)


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture
async def town(browser: Browser, house: House, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    opened = Town(browser, house)
    yield opened
    failed = request.node.stash.get(FAILED, True)
    if failed:
        await opened.shows(SEEN / "failed", request.node.name)
    await opened.leaves()
    if not failed:
        assert opened.strange == []
