"""`make run CROWD=6`: somebody who tries the desk out has people to serve, with picture and sound."""

from contextlib import suppress
from pathlib import Path

from playwright.async_api import Browser, expect

from tests.e2e.house import House, data_folder
from tests.e2e.people import Town


async def test_a_newcomer_alone_at_the_desk_serves_somebody_with_picture_and_sound(browser: Browser, built: None):
    with data_folder() as folder:
        house = House(Path(folder), crowd=2)
        await house.start()
        town = Town(browser, house)
        try:
            clerk = await (await town.clerk()).signs_in()
            await clerk.goes_available()
            await expect(clerk.by("waiting-item").first).to_be_visible()
            await clerk.calls_the_next()
            await clerk.sees("hang-up")
            await clerk.sees_and_hears()
            await clerk.press("hang-up")
            await clerk.finishes()
        finally:
            await town.leaves()
            house.stop()
        assert not processes_with(house.url), "the simulated people end with the demo"


def processes_with(word: str) -> list[str]:
    """The processes of this machine that were started with `word`."""
    found = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            if word.encode() in (words := file.read_bytes()):
                found.append(words.decode())
    return found
