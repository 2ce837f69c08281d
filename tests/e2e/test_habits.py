"""What browsers do by themselves, outside of tests: no sound before a tap, and a slower clock where nobody looks."""

from tests.e2e.browsers import as_people_have_it
from tests.e2e.conftest import SEEN
from tests.e2e.house import UNIT
from tests.e2e.people import Town

PLAYS = """(plays) => document.querySelector("[data-testid=remote-video]")?.paused === !plays
  && (document.querySelector("[data-testid=play]") === null) === plays"""


async def test_an_untouched_page_asks_for_one_tap_and_an_unseen_one_keeps_its_call(town: Town, chromium: str):
    clerk = await (await (await town.clerk()).signs_in()).goes_available()
    async with as_people_have_it(chromium, SEEN / "failed/habits.png") as visitor:
        await visitor.goes(f"{clerk.url}/balcao/{UNIT}")
        await visitor.presses("take-ticket")
        await visitor.writes("visitor-name", "Maria Aparecida")
        await visitor.presses("accept-terms")
        await visitor.presses("join-queue")
        # Whoever gives a page their microphone may be sounded at, too: this one writes.
        await visitor.presses("media-text")
        await clerk.calls_the_next()
        await visitor.presses("enter-call")
        await visitor.sees_and_hears()
        await visitor.waits(PLAYS, True)

        await visitor.opens(f"{clerk.url}/balcao/{UNIT}")
        await visitor.waits(PLAYS, False)
        await visitor.presses("play")
        await visitor.waits(PLAYS, True)
        await visitor.sees_and_hears()

        # Nothing but the page's own beat tells now that it lives, and the browser lets it beat once a second.
        for control in ("mute", "camera"):
            await clerk.press(control)
        await visitor.leaves()
        await visitor.waits("() => document.visibilityState === 'hidden'")
        way = await clerk.way()
        await clerk.hears_beats(12)
        assert await clerk.way() == way, "a call that lives is not restarted"
        await clerk.press("hang-up")
        await visitor.sees("receipt-code")
