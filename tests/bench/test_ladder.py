"""Our ladder beside what Chromium does by itself, on the same bad line: what is invented, what stands still."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.bench.accept import Theirs
from tests.bench.figures import Row, Section, publish
from tests.e2e.air import Air
from tests.e2e.conftest import FLAGS
from tests.e2e.house import House, data_folder
from tests.e2e.people import Town

FINDS_ITS_WAY_S: Final = 15
"""Either of them looks for what the line carries; measured is what it has found."""
MEASURED_S: Final = 30

# Two pages whose connection is a browser's own, with all its defaults. Addresses travel in the descriptions.
PLAIN = """async (description) => {
  const leg = new RTCPeerConnection();
  globalThis.legs = [leg];
  leg.ontrack = ({ streams: [stream] }) => globalThis.shown(stream);
  const gathered = new Promise((done) => { leg.onicecandidate = ({ candidate }) => candidate || done(); });
  for (const track of globalThis.media.getTracks()) leg.addTrack(track, globalThis.media);
  if (description !== null) await leg.setRemoteDescription(description);
  await leg.setLocalDescription();
  await gathered;
  return { type: leg.localDescription.type, sdp: leg.localDescription.sdp };
}"""
ACCEPT = "(description) => globalThis.legs[0].setRemoteDescription(description)"
CONNECTED = "() => globalThis.legs.at(-1).connectionState === 'connected'"

HEARD = """async () => {
  const got = { samples: 0, concealed: 0, silent: 0, waited: 0, emitted: 0, freezes: 0, frozen: 0, frames: 0, trip: 0 };
  for (const entry of (await globalThis.legs.at(-1).getStats()).values()) {
    if (entry.type === "candidate-pair" && entry.nominated) got.trip = entry.currentRoundTripTime ?? 0;
    if (entry.type !== "inbound-rtp") continue;
    if (entry.kind === "audio") {
      got.samples += entry.totalSamplesReceived;
      got.concealed += entry.concealedSamples;
      got.silent += entry.silentConcealedSamples;
      got.waited += entry.jitterBufferDelay;
      got.emitted += entry.jitterBufferEmittedCount;
    } else {
      got.freezes += entry.freezeCount ?? 0;
      got.frozen += entry.totalFreezesDuration ?? 0;
      got.frames += entry.framesDecoded ?? 0;
    }
  }
  return got;
}"""


@dataclass(frozen=True)
class Heard:
    """What one call was like for its two sides together."""

    concealed_percent: float
    waited_ms: float
    round_trip_ms: float
    freezes: int
    frozen_s: float
    frames_per_s: float


async def heard_by(pages: tuple[Page, Page]) -> Heard:
    """Over `MEASURED_S`, from now."""
    before = [await page.evaluate(HEARD) for page in pages]
    await asyncio.sleep(MEASURED_S)
    after = [await page.evaluate(HEARD) for page in pages]

    def grown(name: str) -> float:
        return sum(late[name] - early[name] for early, late in zip(before, after, strict=True))

    return Heard(
        concealed_percent=100 * (grown("concealed") - grown("silent")) / max(1, grown("samples")),
        waited_ms=1_000 * grown("waited") / max(1, grown("emitted")),
        round_trip_ms=1_000 * sum(each["trip"] for each in after) / 2,
        freezes=round(grown("freezes")),
        frozen_s=grown("frozen"),
        frames_per_s=grown("frames") / 2 / MEASURED_S,
    )


@asynccontextmanager
async def ours(browser: Browser, house: House, air: Air) -> AsyncIterator[tuple[Page, Page]]:
    """A visitor and a clerk who talk."""
    town = Town(browser, house, air)
    visitor, clerk = await town.talking()
    yield visitor.page, clerk.page
    await town.leaves()


@asynccontextmanager
async def plain(browser: Browser, house: House, air: Air) -> AsyncIterator[tuple[Page, Page]]:
    """Two pages with nothing of ours between their cameras and the line."""
    theirs = Theirs(browser, house, air)
    visitor, clerk = await theirs.page("visitor"), await theirs.page("clerk")
    offer = await visitor.evaluate(PLAIN, None)
    await visitor.evaluate(ACCEPT, await clerk.evaluate(PLAIN, offer))
    for page in (visitor, clerk):
        await page.wait_for_function(CONNECTED)
    yield visitor, clerk
    for page in (visitor, clerk):
        await page.context.close()


async def compared(browser: Browser, *, bits_per_s: float | None, loss: float) -> list[Heard]:
    """Ours and theirs on that line, one after the other, in a house of their own."""
    found = []
    with data_folder() as folder:
        house = House(Path(folder))
        await house.start()
        for kind in (ours, plain):
            air = Air()
            async with kind(browser, house, air) as pages:
                air.bits_per_s, air.loss = bits_per_s, loss
                await asyncio.sleep(FINDS_ITS_WAY_S)
                found.append(await heard_by(pages))
            air.close()
        house.stop()
    return found


def rows_of(line: str, measured: Heard, default: Heard) -> list[Row]:
    """One line's figures; a comparison with nothing at all would be none."""

    def row(what: str, unit: str, mine: float, theirs: float) -> Row:
        return Row(f"{line}: {what}", unit, mine, theirs or None)

    return [
        row("speech that had to be invented", "%", measured.concealed_percent, default.concealed_percent),
        row("sound waits to be played", "ms", measured.waited_ms, default.waited_ms),
        row("there and back", "ms", measured.round_trip_ms, default.round_trip_ms),
        row("freezes of the picture", "", measured.freezes, default.freezes),
        row("the picture stands still", "s", measured.frozen_s, default.frozen_s),
        row("pictures a second", "", measured.frames_per_s, default.frames_per_s),
    ]


@pytest.mark.timeout(900)
async def test_what_a_bad_line_leaves_of_a_call():
    chromium = shutil.which("chromium")
    assert chromium is not None, "no Chromium: apt-get install chromium"
    rows: list[Row] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for line, bits_per_s, loss in (("64 kbit/s", 64_000, 0.0), ("a tenth is lost", None, 0.1)):
            rows += rows_of(line, *await compared(browser, bits_per_s=bits_per_s, loss=loss))
        version = browser.version
        await browser.close()
    publish(
        Section(
            title="What a bad line leaves of a call",
            compared_with="two pages with a connection of Chromium's own, all defaults, on the same line",
            how=f"Both sides together, {MEASURED_S} s, after {FINDS_ITS_WAY_S} s in which each finds its way; 720p;"
            " the line is a userspace UDP proxy, the same in both directions, that drops what would wait more than"
            " 0.3 s. Invented is what the browser concealed because it had not come (W3C webrtc-stats:"
            " concealedSamples without the silent ones). Where ours leaves the picture out, both people are told so.",
            rows=rows,
            browser=f"Chromium {version}",
        )
    )
