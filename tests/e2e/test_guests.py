"""A third and a fourth person in a call, in real browsers: each sees and hears each, and one who goes harms nobody."""

from playwright.async_api import Page, expect

from tests.e2e.conftest import SEEN
from tests.e2e.looks import Looker
from tests.e2e.people import Clerk, Person, Town, comes_true

ALL_MOVE = """async (others) => {
  const got = async (leg) => {
    let frames = 0, energy = 0;
    for (const entry of (await leg.getStats()).values()) {
      if (entry.type !== "inbound-rtp") continue;
      if (entry.kind === "video") frames += entry.framesDecoded ?? 0;
      else energy += entry.totalAudioEnergy ?? 0;
    }
    return [frames, energy];
  };
  const open = () => globalThis.legs.filter((leg) => leg.connectionState === "connected");
  const legs = open();
  if (legs.length !== others) return false;
  const before = await Promise.all(legs.map(got));
  await new Promise((later) => setTimeout(later, 250));
  const after = await Promise.all(legs.map(got));
  return after.every(([frames, energy], at) => frames > before[at][0] && energy > before[at][1]);
}"""
"""Frames are decoded and sound comes on every leg there is, and there are so many."""


MARKED = """(party) => document
  .querySelector(`[data-party=${party}].stage-tile-speaking`)
  ?.textContent.includes("está falando") === true"""
"""Whether the picture of this one is marked, by its frame and in words."""

WIDTHS = """() => Object.fromEntries(
  [...document.querySelectorAll("[data-party]")].map((tile) => [tile.dataset.party, tile.clientWidth]))"""


async def sees_and_hears(page: Page, others: int) -> None:
    await comes_true(page, ALL_MOVE, others)


async def invited(clerk: Clerk, kind: str, looks: Looker) -> str:
    """The link that the clerk passes on."""
    await clerk.press("person-more")
    await clerk.press("invite")
    await clerk.press(f"invite-{kind}")
    link = (await clerk.by("invite-link").inner_text()).strip()
    await looks.look(clerk.page, f"desk-invite-{kind}", desk=True)
    await clerk.page.keyboard.press("Escape")
    return link


async def joined(town: Town, clerk: Clerk, name: str, kind: str, looks: Looker) -> Person:
    guest = await town.visitor()
    await guest.page.goto(await invited(clerk, kind, looks))
    await guest.page.wait_for_function("() => globalThis.certificates === 1")
    await guest.by("guest-name").fill(name)
    await looks.look(guest.page, f"guest-invited-{kind}", action="guest-enter")
    await guest.press("guest-enter")
    await guest.sees("hang-up")
    return guest


async def test_four_people_see_and_hear_each_other_and_one_who_drops_harms_nobody(town: Town):
    looks = Looker(SEEN / "guests")
    visitor, clerk = await town.talking()
    rosa = await joined(town, clerk, "Rosa Lima", "companion", looks)
    for person in (visitor, clerk, rosa):
        await sees_and_hears(person.page, 2)
    rita = await joined(town, clerk, "Rita Prado", "interpreter", looks)
    for person in (visitor, clerk, rosa, rita):
        await sees_and_hears(person.page, 3)
    await expect(visitor.page.get_by_role("group", name="Rita Prado, intérprete de Libras")).to_be_visible()
    await visitor.page.wait_for_function(MARKED, arg="guest_2")
    await visitor.by("pin").filter(has_text="Fixar intérprete").click()
    widths = await visitor.page.evaluate(WIDTHS)
    assert widths["guest_2"] > max(widths["attendant"], widths["guest_1"]), widths
    await visitor.page.get_by_role("button", name="Soltar intérprete").click()
    widths = await visitor.page.evaluate(WIDTHS)
    assert len(set(widths.values())) == 1, widths
    await rita.says("Bom dia. Eu interpreto.")
    for person in (visitor, clerk, rosa):
        await person.reads("Bom dia. Eu interpreto.")

    for person, name in ((visitor, "visitor"), (rosa, "guest")):
        await looks.look(person.page, f"four-{name}", action="hang-up")
    await looks.look(clerk.page, "four-desk", action="hang-up", desk=True)
    await rosa.page.context.close()
    for person in (visitor, clerk, rita):
        await sees_and_hears(person.page, 2)
    await rita.press("hang-up")
    await rita.sees("guest-left")
    for person in (visitor, clerk):
        await sees_and_hears(person.page, 1)
    await clerk.press("hang-up")
    await visitor.sees("receipt-code")
    assert looks.wrong == []
