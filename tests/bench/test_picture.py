"""How long from "Entrar" to each other's picture, beside two peers inside one page with no server at all."""

import shutil
from pathlib import Path
from statistics import median

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.bench.figures import Row, Section, publish
from tests.e2e.conftest import FLAGS
from tests.e2e.house import House, data_folder
from tests.e2e.people import Clerk, Town

ROUNDS = 10

# One clock for all pages of a machine: milliseconds since 1970, finer than Date.now(). A frame counts when the element
# that people look at has presented it.
CLOCK = """(() => {
  const now = () => performance.timeOrigin + performance.now();
  globalThis.pressed = null;
  globalThis.picture = null;
  addEventListener("click", ({ target }) => {
    if (target.closest("[data-testid=enter-call]")) globalThis.pressed = now();
  }, true);
  const look = () => {
    const video = document.querySelector("[data-testid=remote-video]");
    if (video === null) requestAnimationFrame(look);
    else video.requestVideoFrameCallback(() => { globalThis.picture = now(); });
  };
  globalThis.waitForPicture = () => { globalThis.picture = null; look(); };
  look();
})()"""

# Starting cold, as everything does that begins at accept; only the camera is already open, as it is in a visit.
COLD = """async () => {
  const media = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
  });
  const videos = [0, 1].map(() => {
    const video = document.createElement("video");
    Object.assign(video, { autoplay: true, playsInline: true, muted: true });
    document.body.append(video);
    return video;
  });
  const pictures = videos.map(
    (video) => new Promise((seen) => video.requestVideoFrameCallback(() => seen(performance.now()))),
  );
  const start = performance.now();
  const peers = [new RTCPeerConnection(), new RTCPeerConnection()];
  peers.forEach((peer, side) => {
    const other = peers[1 - side];
    peer.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
    peer.ontrack = ({ streams }) => { videos[side].srcObject = streams[0]; };
    for (const track of media.getTracks()) peer.addTrack(track, media);
  });
  await peers[0].setLocalDescription();
  await peers[1].setRemoteDescription(peers[0].localDescription);
  await peers[1].setLocalDescription();
  await peers[0].setRemoteDescription(peers[1].localDescription);
  const both = Math.max(...await Promise.all(pictures)) - start;
  peers.forEach((peer) => peer.close());
  media.getTracks().forEach((track) => track.stop());
  return both;
}"""

CONNECTED = "() => globalThis.legs.at(-1)?.connectionState === 'connected'"


async def cold_ms(browser: Browser, house: House) -> float:
    context = await browser.new_context()
    page = await context.new_page()
    # A page of the same origin, as trusted with a camera; nothing of ours runs on it.
    await page.goto(f"{house.url}/healthz")
    both = await page.evaluate(COLD)
    await context.close()
    return both


async def visit_ms(town: Town, clerk: Clerk) -> tuple[float, float]:
    """From "Entrar" to the clerk's and to the visitor's first frame."""
    visitor = await town.visitor(script=CLOCK)
    await visitor.takes_a_ticket()
    await visitor.chooses("video")
    await visitor.sees("local-video")
    await clerk.page.evaluate("waitForPicture()")
    await clerk.calls_the_next()
    await visitor.sees("enter-call")
    # The ring is there to be used: people take seconds to press a button.
    for person in (visitor, clerk):
        await person.page.wait_for_function(CONNECTED)
    await visitor.press("enter-call")
    pressed = await _when(visitor.page, "pressed")
    pictures = await _when(clerk.page, "picture") - pressed, await _when(visitor.page, "picture") - pressed
    await clerk.press("hang-up")
    await visitor.sees("receipt-code")
    await clerk.finishes()
    await expect(clerk.by("call-next")).to_be_visible()
    await visitor.page.context.close()
    return pictures


async def _when(page: Page, what: str) -> float:
    return await (await page.wait_for_function(f"() => globalThis.{what}")).json_value()


@pytest.mark.timeout(300)
async def test_accept_to_first_frame():
    chromium = shutil.which("chromium")
    assert chromium is not None, "no Chromium: apt-get install chromium"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with data_folder() as folder:
            house = House(Path(folder))
            await house.start()
            town = Town(browser, house)
            clerk = await (await town.clerk(script=CLOCK)).signs_in()
            await clerk.goes_available()
            cold, clerks, visitors = [], [], []
            for _ in range(ROUNDS):
                cold.append(await cold_ms(browser, house))
                to_clerk, to_visitor = await visit_ms(town, clerk)
                clerks.append(to_clerk)
                visitors.append(to_visitor)
            version = browser.version
            await browser.close()
            house.stop()
    both = [max(pair) for pair in zip(clerks, visitors, strict=True)]
    publish(
        Section(
            title="Accept → first frame",
            compared_with="two peers inside one page, no server, starting cold, the same camera already open",
            how=f"Medians of {ROUNDS}, loopback, one browser context per person, rounds of both in turn; from the press"
            ' of "Entrar" to the frame that the page presents, after a ring long enough to connect in.',
            rows=(
                Row("picture on both sides", "ms", median(both), median(cold), 0.9),
                Row("the clerk's picture of the visitor", "ms", median(clerks)),
                Row("the visitor's picture of the clerk", "ms", median(visitors)),
            ),
            browser=f"Chromium {version}",
        )
    )
