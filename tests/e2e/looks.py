"""Looks at a page as LOOK.md asks: in both colour schemes, at every size, with axe, and with a picture to keep."""

from pathlib import Path

from playwright.async_api import Page, ViewportSize

from tests.e2e.house import ROOT

AXE = (ROOT / "web/node_modules/axe-core/axe.min.js").read_text()
PHONE: ViewportSize = {"width": 360, "height": 560}
NARROW: ViewportSize = {"width": 320, "height": 560}
LAPTOP: ViewportSize = {"width": 1366, "height": 625}

RUN_AXE = """async () => {
  const { violations } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}"""

OVERFLOW = """() => [
  document.documentElement,
  ...document.querySelectorAll("dialog[open], .in-call, .stage-picture, .stage-text, .called"),
]
  .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
  .flatMap((whole) => {
    const edge = whole.getBoundingClientRect().left + whole.clientWidth;
    const wide = [...whole.querySelectorAll("*")].filter((part) => part.getBoundingClientRect().right > edge + 1);
    return [
      `${whole.localName}: ${whole.scrollWidth} > ${whole.clientWidth}`,
      ...wide.slice(-3).map((part) => part.outerHTML.slice(0, 120)),
    ];
  })"""
"""What is wider than the page, or than what lies over it, cuts it or scrolls by itself."""

COVERED = """() => document.querySelector("dialog[open]") !== null ? [] :
  [...document.querySelectorAll(".stage :is(button, input)")].flatMap((control) => {
    const { top, bottom, left, right, width } = control.getBoundingClientRect();
    if (width === 0 || control.closest(".stage-log, [inert]") !== null) return [];
    const corners = [[left, top], [left, bottom], [right, top], [right, bottom]].map(([x, y]) =>
      [x + (x === left ? 6 : -6), y + (y === top ? 6 : -6)]);
    const over = corners
      .filter(([x, y]) => x > 0 && y > 0 && x < innerWidth && y < innerHeight)
      .map(([x, y]) => document.elementFromPoint(x, y))
      .find((on) => on !== null && !control.contains(on));
    return over === undefined ? [] : [`${control.dataset.testid} is under ${over.className}`];
  })"""
"""What can be pressed in a call and has something over one of its corners."""

SCROLL_TO = """(testId) => document.querySelector(`[data-testid="${testId}"]`)?.scrollIntoView({ block: "nearest" })"""

IN_SIGHT = """(testId) => {
  const element = document.querySelector(`[data-testid="${testId}"]`);
  if (element === null) return `no ${testId}`;
  const { top, bottom, left, right, height } = element.getBoundingClientRect();
  if (height === 0 || top < 0 || left < 0) return `${testId} at ${left},${top}`;
  if (bottom > innerHeight || right > innerWidth) return `${testId} ends at ${right},${bottom}`;
  const on = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  return on !== null && (element.contains(on) || on.contains(element)) ? "" : `${testId} is covered`;
}"""


class Looker:
    """Collects what is not as it should be, so that one look at the whole tells everything."""

    keeps_pictures = True
    """For people to look at. They find nothing by themselves, and cost half as much as what does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.wrong: list[str] = []

    async def look(self, page: Page, name: str, *, action: str | None = None, desk: bool = False) -> None:
        """Look at this state; `action` is the test id that must be in sight without scrolling."""
        # The state itself, not the 200 ms in which a number changes.
        await page.emulate_media(reduced_motion="reduce")
        before = page.viewport_size
        assert before is not None
        for size in (LAPTOP,) if desk else (PHONE, LAPTOP):
            await page.set_viewport_size(size)
            await page.evaluate("scrollTo(0, 0)")
            if action is not None and (found := await page.evaluate(IN_SIGHT, action)):
                self._say(name, f"{size['width']}×{size['height']}: {found}")
            self._say(f"{name} {size['width']}", *await page.evaluate(COVERED))
            for scheme in ("light", "dark"):
                await page.emulate_media(color_scheme=scheme)
                await self._axe(page, f"{name} {size['width']} {scheme}")
                await self._picture(page, f"{name}-{size['width']}-{scheme}")
        await page.emulate_media(color_scheme="light")
        await page.set_viewport_size(NARROW)
        self._say(f"{name} at 320", *await page.evaluate(OVERFLOW))
        await self._picture(page, f"{name}-320")
        await page.set_viewport_size(PHONE)
        await page.evaluate("document.documentElement.style.fontSize = '200%'")
        self._say(f"{name} at 200 %", *await page.evaluate(OVERFLOW))
        if action is not None:
            await page.evaluate(SCROLL_TO, action)
            if found := await page.evaluate(IN_SIGHT, action):
                self._say(name, f"at 200 %, scrolled to: {found}")
            await page.evaluate("scrollTo(0, 0)")
        await self._picture(page, f"{name}-200")
        await page.evaluate("document.documentElement.style.fontSize = ''")
        await page.set_viewport_size(before)

    async def _axe(self, page: Page, where: str) -> None:
        if not await page.evaluate("'axe' in globalThis"):
            await page.evaluate(AXE)
        self._say(where, *await page.evaluate(RUN_AXE))

    async def _picture(self, page: Page, name: str) -> None:
        if not self.keeps_pictures:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=self._folder / f"{name}.png")

    def _say(self, where: str, *wrong: str) -> None:
        self.wrong += [f"{where}: {each}" for each in wrong]
