"""Four ways from an accepted call to a picture on both sides, each told in milliseconds by the pages themselves.

*Ours*; *ours at accept*, the same pages whose visitor makes no offer before "Entrar"; *PeerJS* with its own server
(`peer` and `peerjs` of npm), whose caller has already offered when the other side answers; *one page* that holds both
peers and needs no server. Everybody's camera is open before.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from typing import Final

from playwright.async_api import Browser, Page, expect

from tests.e2e.air import Air
from tests.e2e.house import ROOT, House
from tests.e2e.people import Clerk, Town, Visitor
from tests.ports import free_port

Marks = dict[str, float]

SEES_AND_PRESSES_MS: Final = 1_000
"""From a connected leg to the press: a person takes longer than a machine that looks for the button."""

PEERJS: Final = (ROOT / "web/node_modules/peerjs/dist/peerjs.min.js").read_text(encoding="utf-8")
PEER_SERVER: Final = ROOT / "web/node_modules/.bin/peerjs"

# One clock for all pages of a machine: milliseconds since 1970, finer than Date.now(). A frame counts when the element
# that people look at has presented it.
MARKS = """(() => {
  const now = () => performance.timeOrigin + performance.now();
  const marks = (globalThis.marks = {});
  const mark = (what, when = now()) => { marks[what] ??= when; };
  globalThis.pressing = new Promise((pressed) => {
    addEventListener("click", ({ target }) => {
      if (target.closest("[data-testid=call-next]")) mark("called");
      if (target.closest("[data-testid=enter-call]")) { mark("pressed"); pressed(); }
    }, true);
  });
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (...wanted) {
    const asked = now();
    const stream = await getUserMedia.apply(this, wanted);
    mark("camera", now() - asked);
    return stream;
  };
  const { replaceTrack, setParameters } = RTCRtpSender.prototype;
  RTCRtpSender.prototype.replaceTrack = function (track) {
    if (track?.kind === "video" && this.getParameters().encodings[0]?.active !== false) mark("sent");
    return replaceTrack.call(this, track);
  };
  RTCRtpSender.prototype.setParameters = function (parameters) {
    if (this.track?.kind === "video" && parameters.encodings[0]?.active === true) mark("sent");
    return setParameters.call(this, parameters);
  };
  const Native = globalThis.RTCPeerConnection;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(...parts) {
      super(...parts);
      this.addEventListener("iceconnectionstatechange", () => {
        if (this.iceConnectionState === "connected") mark("ice");
      });
      this.addEventListener("connectionstatechange", () => {
        if (this.connectionState === "connected") mark("dtls");
      });
      this.addEventListener("track", ({ track }) => {
        if (track.kind === "video") track.addEventListener("unmute", () => mark("packet"));
      });
    }
  };
  const look = () => {
    if (document.querySelector("[data-testid=enter-call]")) mark("seen");
    const video = document.querySelector("[data-testid=remote-video]");
    if (video === null) return requestAnimationFrame(look);
    video.requestVideoFrameCallback((_, { receiveTime }) => {
      mark("arrived", performance.timeOrigin + receiveTime);
      mark("picture");
    });
  };
  globalThis.begin = () => { for (const what of Object.keys(marks)) delete marks[what]; look(); };
  look();
})()"""

AT_ACCEPT = """(() => {
  const { createOffer } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.createOffer = async function (...how) {
    await globalThis.pressing;
    return createOffer.apply(this, how);
  };
})()"""

OPEN_CAMERA = """async () => {
  globalThis.media = await navigator.mediaDevices.getUserMedia({
    audio: true,
    video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
  });
  globalThis.shown = (stream) => {
    const video = document.createElement("video");
    Object.assign(video, { autoplay: true, playsInline: true, muted: true, srcObject: stream });
    document.body.append(video);
    const seen = performance.timeOrigin;
    return new Promise((done) => video.requestVideoFrameCallback(() => done(seen + performance.now())));
  };
}"""

# Starting cold, as everything does that begins at accept.
ONE_PAGE = """async () => {
  const { media, shown } = globalThis;
  const start = performance.timeOrigin + performance.now();
  const peers = [new RTCPeerConnection(), new RTCPeerConnection()];
  const pictures = peers.map((peer, side) => {
    peer.onicecandidate = ({ candidate }) => candidate && peers[1 - side].addIceCandidate(candidate);
    const streams = new Promise((there) => { peer.ontrack = (event) => there(event.streams[0]); });
    for (const track of media.getTracks()) peer.addTrack(track, media);
    return streams.then(shown);
  });
  await peers[0].setLocalDescription();
  await peers[1].setRemoteDescription(peers[0].localDescription);
  await peers[1].setLocalDescription();
  await peers[0].setRemoteDescription(peers[1].localDescription);
  return Math.max(...await Promise.all(pictures)) - start;
}"""

PEER = """([id, port]) => new Promise((open) => {
  globalThis.peer = new Peer(id, { host: "127.0.0.1", port, path: "/", config: { iceServers: [] } });
  globalThis.peer.on("open", open);
  globalThis.ringing = new Promise((rings) => globalThis.peer.on("call", rings));
})"""
PEER_CALL = """(callee) => {
  const { media, peer, shown } = globalThis;
  const call = peer.call(callee, media);
  globalThis.picture = new Promise((there) => call.on("stream", there)).then(shown);
}"""
PEER_ANSWER = """async () => {
  const call = await globalThis.ringing;
  const picture = new Promise((there) => call.on("stream", there)).then(globalThis.shown);
  const start = performance.timeOrigin + performance.now();
  call.answer(globalThis.media);
  return [start, await picture];
}"""

CONNECTED = "() => globalThis.legs.at(-1)?.connectionState === 'connected'"


@dataclass
class Ours:
    """One clerk who calls one visitor after the other."""

    town: Town
    url: str
    clerk: Clerk

    @classmethod
    async def opened(cls, town: Town, url: str) -> "Ours":
        clerk = await (await town.clerk(script=MARKS, url=url)).signs_in()
        await clerk.goes_available()
        return cls(town, url, clerk)

    async def marks(self, *, at_accept: bool) -> tuple[Marks, Marks]:
        """The visitor's and the clerk's instants of one call."""
        visitor = await self.town.visitor(script=MARKS + (f";{AT_ACCEPT}" if at_accept else ""), url=self.url)
        await visitor.takes_a_ticket()
        await visitor.chooses("video")
        await visitor.sees("local-video")
        await self.clerk.page.evaluate("begin()")
        await self.clerk.calls_the_next()
        await visitor.sees("enter-call")
        # The ring is there to be used: people take seconds to see a button and press it.
        if not at_accept:
            for person in (visitor, self.clerk):
                await person.page.wait_for_function(CONNECTED)
            await visitor.page.wait_for_timeout(SEES_AND_PRESSES_MS)
        await visitor.press("enter-call")
        seen = await _marks(visitor), await _marks(self.clerk)
        await self.clerk.press("hang-up")
        await visitor.sees("receipt-code")
        await self.clerk.finishes()
        await expect(self.clerk.by("call-next")).to_be_visible()
        await visitor.page.context.close()
        return seen


async def _marks(person: Visitor | Clerk) -> Marks:
    await person.page.wait_for_function("() => globalThis.marks.picture && globalThis.marks.arrived")
    return await person.page.evaluate("() => globalThis.marks")


@dataclass
class Theirs:
    """Pages of the same origin, as trusted with a camera, on which nothing of ours runs."""

    browser: Browser
    house: House
    air: Air | None
    _names = count()

    async def one_page_ms(self) -> float:
        """Two peers inside one page."""
        page = await self.page("alone")
        took = await page.evaluate(ONE_PAGE)
        await page.context.close()
        return took

    async def peerjs_ms(self, port: int) -> float:
        """PeerJS by its own server, which listens at `port`."""
        name = f"visitor-{next(self._names)}"
        visitor, clerk = await self.page("visitor"), await self.page("clerk")
        for page, each in ((visitor, name), (clerk, f"clerk-of-{name}")):
            await page.evaluate(PEERJS)
            await page.evaluate(PEER, [each, port])
        await clerk.evaluate(PEER_CALL, name)
        # It rings: the offer and what belongs to it are there before anybody answers, as in ours.
        await visitor.evaluate("async () => { await globalThis.ringing; }")
        await asyncio.sleep(0.5)
        start, theirs = await visitor.evaluate(PEER_ANSWER)
        took = max(theirs, await clerk.evaluate("globalThis.picture")) - start
        for page in (visitor, clerk):
            await page.context.close()
        return took

    async def page(self, person: str) -> Page:
        context = await self.browser.new_context(bypass_csp=True)
        if self.air is not None:
            await self.air.reaches(context, person)
        page = await context.new_page()
        await page.goto(f"{self.house.url}/healthz")
        await page.evaluate(OPEN_CAMERA)
        return page


@asynccontextmanager
async def peer_server() -> AsyncIterator[int]:
    """PeerJS's own server; yields its port."""
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        PEER_SERVER, "--port", str(port), "--host", "127.0.0.1", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    reading = None
    try:
        async with asyncio.timeout(20):
            assert str(port).encode() in await process.stdout.readline(), "the PeerJS server did not start"
        reading = asyncio.create_task(process.stdout.read())
        yield port
    finally:
        process.terminate()
        await process.wait()
        if reading is not None:
            await reading
