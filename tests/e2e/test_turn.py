"""One's turn comes: somebody who looks elsewhere is told, and somebody who needs time gets it."""

from playwright.async_api import expect

from tests.e2e.house import House
from tests.e2e.people import Town, comes_true

# What the page does to the machine, written down. `looks` turns the person to another window, or back; whoever looks
# elsewhere loses the lock that keeps the screen awake, as in browsers.
WRITE_DOWN = """(() => {
  globalThis.told = { shakes: 0, tones: 0, awake: 0 };
  globalThis.elsewhere = false;
  Object.defineProperty(document, "visibilityState", { get: () => (globalThis.elsewhere ? "hidden" : "visible") });
  navigator.vibrate = () => { globalThis.told.shakes += 1; return true; };
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...when) {
    globalThis.told.tones += 1;
    return start.apply(this, when);
  };
  navigator.wakeLock.request = async () => {
    const lock = {
      released: false,
      release: async () => {
        if (!lock.released) globalThis.told.awake -= 1;
        lock.released = true;
      },
    };
    globalThis.told.awake += 1;
    document.addEventListener("visibilitychange", () => globalThis.elsewhere && lock.release());
    return lock;
  };
  globalThis.looks = (elsewhere) => {
    globalThis.elsewhere = elsewhere;
    document.dispatchEvent(new Event("visibilitychange"));
  };
})()"""

AWAKE = "(locks) => globalThis.told.awake === locks"

NOTIFIED = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return ((await registration?.getNotifications()) ?? []).map(({ title }) => title);
}"""


async def test_the_turn_is_told_by_title_sound_shaking_and_a_notification(town: Town):
    visitor = await town.visitor(script=WRITE_DOWN, permissions=["notifications"])
    page = visitor.page
    clerk = await (await town.clerk()).signs_in()
    await clerk.goes_available()
    number = await visitor.takes_a_ticket()
    await page.wait_for_function(AWAKE, arg=1)
    await page.get_by_role("button", name="Ajuda").click()
    await page.evaluate("globalThis.looks(true)")
    await page.wait_for_function(AWAKE, arg=0)
    await clerk.calls_the_next()
    await visitor.sees("enter-call")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page).to_have_title(f"É a sua vez · {number}")
    await page.wait_for_function("() => globalThis.told.tones >= 2 && globalThis.told.shakes >= 1")
    await comes_true(page, f"async () => (await ({NOTIFIED})()).includes('É a sua vez')")
    await visitor.enters()
    await comes_true(page, f"async () => (await ({NOTIFIED})()).length === 0")
    for elsewhere in (False, True, False):
        await page.evaluate("(elsewhere) => globalThis.looks(elsewhere)", elsewhere)
        await page.wait_for_function(AWAKE, arg=int(not elsewhere))
    await clerk.press("hang-up")
    await visitor.sees("receipt-code")
    await page.wait_for_function(AWAKE, arg=0)


async def test_more_time_is_given_once(town: Town, house: House):
    visitor, clerk = await town.called()
    await visitor.press("more-time")
    await expect(visitor.by("more-time")).to_have_count(0)
    await expect(clerk.page.get_by_text("2 minutos para entrar")).to_be_visible()
    await house.later(61)
    await visitor.enters()
    await visitor.sees_and_hears()
