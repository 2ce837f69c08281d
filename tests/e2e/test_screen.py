"""What a clerk has on the screen, shown to the person who is served."""

from playwright.async_api import expect

from tests.e2e.people import Town

# A machine without a screen: its first question is closed, then one is drawn, wider than any camera's picture.
SCREEN = """(() => {
  let asked = 0;
  navigator.mediaDevices.getDisplayMedia = async () => {
    asked += 1;
    if (asked === 1) throw new DOMException("", "NotAllowedError");
    const screen = Object.assign(document.createElement("canvas"), { width: 1600, height: 600 });
    const pen = screen.getContext("2d");
    setInterval(() => {
      pen.fillStyle = `hsl(${Date.now() % 360} 50% 50%)`;
      pen.fillRect(0, 0, 1600, 600);
    }, 100);
    const stream = screen.captureStream(10);
    globalThis.shown = stream.getVideoTracks()[0];
    return stream;
  };
})()"""

SHAPE = """(() => {
  const video = document.querySelector("[data-testid=remote-video]");
  return video.videoWidth / video.videoHeight;
})()"""
WIDE = f"() => {SHAPE} > 2"
NARROW = f"() => {SHAPE} < 2"

STOPPED = """() => {
  // As the browser's own "stop sharing" does.
  globalThis.shown.stop();
  globalThis.shown.dispatchEvent(new Event("ended"));
}"""


async def test_a_clerk_shows_the_screen_which_is_seen_whole_until_it_is_taken_back(town: Town):
    clerk = await (await town.clerk(script=SCREEN)).signs_in()
    await clerk.goes_available()
    visitor = await town.visitor()
    await visitor.takes_a_ticket()
    await clerk.calls_the_next()
    await visitor.chooses_and_enters()
    await visitor.sees_and_hears()
    await expect(visitor.by("screen")).to_have_count(0)

    await clerk.press("screen")
    await expect(clerk.page.get_by_text("A tela não foi mostrada.")).to_be_visible()
    await clerk.press("screen")
    await visitor.page.wait_for_function(WIDE)
    await visitor.sees("stage-about", "está mostrando a tela")
    assert await visitor.by("remote-video").evaluate("video => getComputedStyle(video).objectFit") == "contain"

    # Whoever comes anew finds the screen too.
    await visitor.page.reload()
    await visitor.page.wait_for_function("() => document.querySelector('[data-testid=remote-video]') !== null")
    await visitor.page.wait_for_function(WIDE)
    await visitor.sees("stage-about", "está mostrando a tela")

    await clerk.page.evaluate(STOPPED)
    await visitor.page.wait_for_function(NARROW)
    await expect(visitor.by("stage-about")).not_to_contain_text("está mostrando a tela")
