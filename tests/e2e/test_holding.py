"""A call that holds: the way between two people goes, changes or says nothing, and they hear each other again."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.air import Air
from tests.e2e.house import House
from tests.e2e.line import Line
from tests.e2e.people import WAY, Person, Town, comes_true

BROKEN = "O vídeo caiu. O atendimento continua. Estamos tentando de novo."

SENT = """async () => {
  let packets = 0;
  for (const entry of (await globalThis.legs.at(-1).getStats()).values()) {
    if (entry.type === "outbound-rtp") packets += entry.packetsSent;
  }
  return packets;
}"""

SMALL = """() => {
  const video = document.querySelector("[data-testid=remote-video]");
  return video.videoHeight > 0 && video.videoHeight <= 360;
}"""

HEARS = """async () => {
  const heard = async () => {
    const entries = [...(await globalThis.legs.at(-1).getStats()).values()];
    const sound = entries.find(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
    return sound.totalAudioEnergy;
  };
  globalThis.energy ??= await heard();
  return (await heard()) > globalThis.energy;
}"""


@pytest.fixture
async def air(browser: Browser) -> AsyncIterator[Air]:
    air = Air()
    yield air
    air.close()


@pytest.fixture
async def town(browser: Browser, house: House, air: Air) -> AsyncIterator[Town]:
    opened = Town(browser, house, air)
    yield opened
    await opened.leaves()
    assert opened.strange == []


async def _hears(person: Person) -> None:
    await comes_true(person.page, HEARS)


async def test_nothing_of_the_visitor_leaves_before_they_enter(town: Town, air: Air):
    visitor, clerk = await town.called()
    for person in (visitor, clerk):
        await person.hears_beats(4)
    assert air.media["visitor"] == 0
    assert await visitor.page.evaluate(SENT) == 0
    await visitor.enters()
    await clerk.sees_and_hears()
    assert air.media["visitor"] > 0


async def test_silence_is_healthy_while_ringing_and_with_everything_off(town: Town):
    visitor, clerk = await town.called()
    await visitor.hears_beats(1)
    ringing = await visitor.way()
    await clerk.hears_beats(8)
    assert await visitor.way() == ringing
    await visitor.enters()
    await clerk.sees_and_hears()
    for person in (visitor, clerk):
        await person.press("mute")
        await person.press("camera")
    quiet = await visitor.way(), await clerk.way()
    await clerk.hears_beats(10)
    assert (await visitor.way(), await clerk.way()) == quiet


async def test_after_a_dead_spot_both_hear_each_other_again(town: Town, house: House, air: Air):
    line = Line(house.port)
    await line.start()
    visitor, clerk = await town.talking(line.url)
    air.cut("visitor")
    line.stall()
    for person in (visitor, clerk):
        await expect(person.page.get_by_text(BROKEN)).to_be_visible()
    air.mend()
    line.mend()
    for person in (visitor, clerk):
        await expect(person.page.get_by_text(BROKEN)).to_be_hidden()
        await person.sees_and_hears()
    await line.stop()


async def test_a_router_that_gives_other_ports_is_followed(town: Town, air: Air):
    visitor, clerk = await town.talking()
    legs = await visitor.page.evaluate("() => globalThis.legs.length")
    air.rebind("visitor")
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()
    assert await visitor.page.evaluate("() => globalThis.legs.length") == legs


async def test_a_visitor_who_changes_to_another_network_is_followed(town: Town, house: House, air: Air):
    line = Line(house.port)
    await line.start()
    visitor, clerk = await town.talking(line.url)
    before = await visitor.way()
    air.move("visitor")
    line.cut()
    line.mend()
    await visitor.page.wait_for_function(f"(before) => ({WAY})() !== before", arg=before)
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()
    await line.stop()


async def test_without_the_house_the_call_goes_on_and_the_house_learns_its_end(town: Town, house: House):
    visitor, clerk = await town.talking()
    house.kill()
    await visitor.sees_and_hears()
    await visitor.press("mute")
    await expect(clerk.page.get_by_text("Maria Aparecida está sem microfone.")).to_be_visible()
    await visitor.press("mute")
    await clerk.sees_and_hears()
    await visitor.press("hang-up")
    await expect(clerk.page.get_by_text("Maria Aparecida encerrou o atendimento.")).to_be_visible()
    await house.start()
    await visitor.sees("receipt-code")
    await clerk.finishes()
    await clerk.sees("call-next")


async def test_a_narrow_line_keeps_the_sound_and_says_so_and_the_picture_comes_back(town: Town, air: Air):
    visitor, clerk = await town.talking()
    air.bits_per_s = 64_000
    await expect(visitor.page.get_by_text("você envia só o som")).to_be_visible(timeout=40_000)
    await expect(
        clerk.page.get_by_text("A internet de Maria Aparecida está lenta. Por enquanto, só o som.")
    ).to_be_visible()
    await _hears(clerk)
    air.bits_per_s = None
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()


async def test_a_line_that_loses_a_tenth_keeps_sound_and_picture(town: Town, air: Air):
    visitor, clerk = await town.talking()
    air.loss = 0.1
    await expect(visitor.page.get_by_text("A internet está lenta. A imagem piora antes do som.")).to_be_visible()
    await clerk.page.wait_for_function(SMALL, polling=500, timeout=40_000)
    await visitor.sees_and_hears()
    await clerk.sees_and_hears()


async def test_saving_data_makes_both_pictures_small(town: Town):
    visitor, clerk = await town.talking()
    await visitor.press("more")
    await visitor.by("saving").check()
    for person in (visitor, clerk):
        await person.page.wait_for_function(SMALL, polling=200)
