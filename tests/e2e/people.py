"""People in browsers: each a context of its own, as on a device of its own."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.air import Air
from tests.e2e.house import PASSWORD, UNIT, House

PHONE = {"width": 360, "height": 560}
LAPTOP = {"width": 1366, "height": 625}

# Every RTCPeerConnection that the page makes, the newest last, and how many certificates: the product needs no hook for
# being measured.
SEE_LEGS = """(() => {
  const Native = globalThis.RTCPeerConnection;
  globalThis.legs = [];
  globalThis.certificates = 0;
  globalThis.RTCPeerConnection = class extends Native {
    constructor(...parts) { super(...parts); globalThis.legs.push(this); }
    static generateCertificate(algorithm) {
      globalThis.certificates += 1;
      return Native.generateCertificate(algorithm);
    }
  };
})()"""

RECEIVED = """async () => {
  const leg = globalThis.legs.at(-1);
  const got = { frames: 0, energy: 0, state: leg ? leg.connectionState : "none" };
  if (!leg) return got;
  for (const entry of (await leg.getStats()).values()) {
    if (entry.type !== "inbound-rtp") continue;
    if (entry.kind === "video") got.frames += entry.framesDecoded ?? 0;
    else got.energy += entry.totalAudioEnergy ?? 0;
  }
  return got;
}"""

MOVED = f"""async ({{ frames, energy }}) => {{
  const got = await ({RECEIVED})();
  return got.frames > frames && got.energy > energy;
}}"""


# What names a leg and the way it goes: an ICE restart changes it, and so does another connection.
WAY = """() => {
  const leg = globalThis.legs.at(-1);
  return `${globalThis.legs.length} ${/^a=ice-ufrag:(.*)$/m.exec(leg.localDescription.sdp)[1]}`;
}"""

BEATS = """async () => {
  const leg = globalThis.legs.at(-1);
  if (!leg) return 0;
  for (const entry of (await leg.getStats()).values()) if (entry.type === "data-channel") return entry.messagesReceived;
  return 0;
}"""

WITHIN_S = 45


async def comes_true(page: Page, predicate: str, arg: object = None) -> None:
    """What the page is asked again and again, it finds true at last; the question may take time of its own.

    Playwright's `wait_for_function` is for questions that are answered at once: it takes any promise for a yes.
    """
    asking = f"""async (arg) => {{
      const holds = {predicate};
      while (!(await holds(arg))) await new Promise((later) => setTimeout(later, 100));
    }}"""
    async with asyncio.timeout(WITHIN_S):
        await page.evaluate(asking, arg)


@dataclass
class Person:
    """Somebody at a page of the house at `url`. What they do waits until it can be done."""

    page: Page
    url: str

    def by(self, test_id: str) -> Locator:
        return self.page.get_by_test_id(test_id)

    async def press(self, test_id: str) -> None:
        await self.by(test_id).click()

    async def sees(self, test_id: str, text: str | None = None) -> None:
        await expect(self.by(test_id).first).to_be_visible()
        if text is not None:
            await expect(self.by(test_id).first).to_contain_text(text)

    async def sees_and_hears(self) -> None:
        """Frames are decoded and sound comes, now and not only some time before."""
        await self.page.wait_for_function("() => globalThis.legs.length > 0")
        for _ in range(2):
            before = await self.page.evaluate(RECEIVED)
            await comes_true(self.page, MOVED, before)
        await self.sees("remote-video")

    async def way(self) -> str:
        """The leg and the way it goes; another one after each restart."""
        return await self.page.evaluate(WAY)

    async def hears_beats(self, count: int) -> None:
        """So many words more come over the leg, two or more a second while it lives."""
        heard = await self.page.evaluate(BEATS)
        await comes_true(self.page, f"async (count) => (await ({BEATS})()) >= count", heard + count)

    async def _opens_the_text(self) -> None:
        # Once they are let in, which opens it by itself where the visitor came by text.
        await expect(self.page.locator(".stage-bar:not([inert])")).to_be_visible()
        if not await self.by("chat-log").is_visible():
            await self.press("text")

    async def says(self, text: str) -> None:
        await self._opens_the_text()
        await self.by("chat-input").fill(text)
        await self.press("chat-send")

    async def reads(self, text: str) -> None:
        await self._opens_the_text()
        await expect(self.by("chat-log")).to_contain_text(text)


class Visitor(Person):
    """Somebody who wants to speak with a unit."""

    async def takes_a_ticket(self, name: str = "Maria Aparecida", unit: str = UNIT, *, libras: bool = False) -> str:
        """Answers the ticket's number. `libras`: they ask for an interpreter."""
        await self.page.goto(f"{self.url}/balcao/{unit}")
        await self.press("take-ticket")
        await self.by("visitor-name").fill(name)
        await self.by("needs-libras").set_checked(libras)
        await self.by("accept-terms").check()
        await self.press("join-queue")
        return await self.number()

    async def number(self) -> str:
        await self.sees("ticket-number")
        return (await self.by("ticket-number").first.inner_text()).strip()

    async def chooses(self, media: str) -> None:
        """`video`, `audio` or `text`, while waiting."""
        await self.press(f"media-{media}")

    async def chooses_and_enters(self) -> None:
        """Enters without having spoken of camera and microphone before: they are asked for now."""
        await self.enters()
        await self.sees("local-video")

    async def enters(self) -> None:
        await self.press("enter-call")
        await self.sees("hang-up")


class Clerk(Person):
    """Somebody behind the counter."""

    async def signs_in(self, login: str = "ana", password: str = PASSWORD) -> Self:
        await self.page.goto(f"{self.url}/atendimento")
        await self.by("sign-in-user").fill(login)
        await self.by("sign-in-password").fill(password)
        await self.press("sign-in")
        return self

    async def goes_available(self) -> Self:
        await self.press("go-available")
        await self.sees("call-next")
        return self

    async def calls_the_next(self) -> None:
        await expect(self.by("call-next")).to_be_enabled()
        await self.press("call-next")

    async def finishes(self, outcome: str = "informed") -> None:
        await self.page.locator(f'[data-testid="outcome"][value="{outcome}"], [data-outcome="{outcome}"]').first.click()
        await self.press("finish")


class Interpreter(Person):
    """A Libras interpreter of the court, on the page at which units call."""

    async def signs_in(self, login: str = "lia") -> Self:
        await self.page.goto(f"{self.url}/libras")
        await self.by("sign-in-user").fill(login)
        await self.by("sign-in-password").fill(PASSWORD)
        await self.press("sign-in")
        return self

    async def goes_available(self) -> Self:
        await self.press("go-available")
        await self.sees("pause")
        return self


class Supervisor(Person):
    """Somebody who watches all units."""

    async def signs_in(self, login: str = "sofia") -> Self:
        await self.page.goto(f"{self.url}/painel")
        await self.by("sign-in-user").fill(login)
        await self.by("sign-in-password").fill(PASSWORD)
        await self.press("sign-in")
        await self.sees("board-unit")
        return self

    def row(self, unit: str = UNIT) -> Locator:
        return self.page.locator(f'[data-testid="board-unit"][data-unit="{unit}"]')


class Town:
    """Lets people in, and shows them out at the end."""

    def __init__(self, browser: Browser, house: House, air: Air | None = None) -> None:
        """`air`: what media between its people passes; None: nothing of ours."""
        self._browser = browser
        self._house = house
        self._air = air
        self._contexts: list[BrowserContext] = []
        self.strange: list[str] = []
        """Errors that pages met, and requests that left the house: a test ends with none."""

    async def visitor(self, *, script: str | None = None, url: str | None = None, **context: object) -> Visitor:
        """`script` runs before the page's own, to change the machine; `url` is another way to the house."""
        page = await self._page({"viewport": PHONE} | context, script, "visitor")
        return Visitor(page, url or self._house.url)

    async def clerk(self, *, script: str | None = None, url: str | None = None, **context: object) -> Clerk:
        return Clerk(await self._page({"viewport": LAPTOP} | context, script, "clerk"), url or self._house.url)

    async def interpreter(self, *, script: str | None = None, **context: object) -> Interpreter:
        return Interpreter(await self._page({"viewport": PHONE} | context, script, "interpreter"), self._house.url)

    async def supervisor(self, **context: object) -> Supervisor:
        return Supervisor(await self._page({"viewport": LAPTOP} | context, None, "supervisor"), self._house.url)

    async def another_page(self, person: Visitor) -> Visitor:
        """A second tab of the same browser."""
        page = await person.page.context.new_page()
        self._watch(page)
        return Visitor(page, person.url)

    async def called(
        self,
        url: str | None = None,
        *,
        libras: bool = False,
        machines: tuple[str | None, str | None] = (None, None),
    ) -> tuple[Visitor, Clerk]:
        """Maria waits with her camera allowed, and Ana has just called her.

        `url`: Maria's way to the house. `machines`: scripts that change Maria's and Ana's, before the pages' own.
        """
        clerk = await (await self.clerk(script=machines[1])).signs_in()
        await clerk.goes_available()
        visitor = await self.visitor(script=machines[0], url=url)
        await visitor.takes_a_ticket(libras=libras)
        await visitor.chooses("video")
        await visitor.sees("local-video")
        await clerk.calls_the_next()
        await visitor.sees("enter-call")
        return visitor, clerk

    async def talking(
        self,
        url: str | None = None,
        *,
        libras: bool = False,
        machines: tuple[str | None, str | None] = (None, None),
    ) -> tuple[Visitor, Clerk]:
        """Maria and Ana see and hear each other; of a machine that was changed, it is enough that it is seen."""
        visitor, clerk = await self.called(url, libras=libras, machines=machines)
        await visitor.enters()
        if machines != (None, None):
            await visitor.sees("remote-video")
            return visitor, clerk
        await visitor.sees_and_hears()
        await clerk.sees_and_hears()
        return visitor, clerk

    async def shows(self, folder: Path, name: str) -> None:
        """What everybody has on the screen, for whoever asks why a test failed."""
        folder.mkdir(parents=True, exist_ok=True)
        pages = [page for context in self._contexts for page in context.pages]
        for place, page in enumerate(pages):
            await page.screenshot(path=folder / f"{name}-{place}.png")
        told = [*self.strange, "", self._house.log.read_text()]
        (folder / f"{name}.txt").write_text("\n".join(told))

    async def leaves(self) -> None:
        for context in self._contexts:
            await context.close()

    async def _page(self, context: dict[str, object], script: str | None, person: str) -> Page:
        opened = await self._browser.new_context(**{"locale": "pt-BR", "timezone_id": "America/Cuiaba"} | context)
        opened.set_default_timeout(45_000)
        await opened.add_init_script(SEE_LEGS)
        if self._air is not None:
            await self._air.reaches(opened, person)
        if script is not None:
            await opened.add_init_script(script)
        self._contexts.append(opened)
        page = await opened.new_page()
        self._watch(page)
        return page

    def _watch(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.strange.append(f"{page.url}: {error}"))
        page.on(
            "request",
            lambda asked: (
                None
                if asked.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))
                else self.strange.append(f"left the house: {asked.url}")
            ),
        )
