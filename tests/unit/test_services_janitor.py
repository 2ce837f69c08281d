"""What the house does by itself, and when a unit's day is over."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from rooms.errors import Code, UnavailableError
from rooms.model.hours import Hours, Window
from rooms.model.ticket import TicketState
from rooms.ports import Swept
from rooms.services.house import House
from rooms.services.janitor import Janitor, head_start_until, last_closing
from tests.houses import ALWAYS, NEVER, OFFICE, EnoughError, FixedDirectory, FixedHistory, unit_of
from tests.scene import CIVEL, Scene


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """March 2031: the 3rd is a Monday."""
    return datetime(2031, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "closing"),
    [
        (at(3, 19), at(3, 18)),
        (at(3, 18), at(3, 18)),
        (at(3, 12, 30), at(1, 0).replace(month=2, day=28, hour=18)),
        (at(4, 8), at(3, 18)),
        (at(9, 23), at(7, 18)),
    ],
    ids=["evening", "to the minute", "a midday pause is no closing", "next morning", "after the weekend"],
)
def test_the_last_closing_is_the_end_of_the_last_day_of_service(now: datetime, closing: datetime):
    assert last_closing(OFFICE, now) == closing


@pytest.mark.parametrize("hours", [ALWAYS, NEVER])
def test_a_unit_that_never_closes_has_no_closing(hours: Hours):
    assert last_closing(hours, at(3, 19)) is None


def test_midnight_is_a_closing_where_the_next_day_begins_closed():
    late = Hours("UTC", ((Window(time(20), None),),) * 7)
    assert last_closing(late, at(4, 1)) == at(4, 0)


async def janitor_at(scene: Scene, now: datetime) -> Janitor:
    await scene.store.move_clock(scene.court, int(now.timestamp() * 1000) - await scene.store.now(scene.court))
    house = House(FixedDirectory(scene.court, [unit_of(CIVEL, OFFICE)]), FixedHistory())
    await house.open()
    return Janitor(scene.store, house, pause=asyncio.sleep, jitter=lambda: 0.5)


async def test_those_inside_at_closing_time_have_half_an_hour(scene: Scene):
    janitor = await janitor_at(scene, at(3, 17, 50))
    maria = await scene.visitor()
    await scene.later(39 * 60)
    assert await janitor.close(scene.court) == 0
    await scene.later(60)
    assert await janitor.close(scene.court) == 1
    assert (await maria.ticket()).state is TicketState.CLOSED


async def test_the_midday_pause_ends_nobody(scene: Scene):
    janitor = await janitor_at(scene, at(3, 11, 50))
    maria = await scene.visitor()
    await scene.later(90 * 60)
    assert await janitor.close(scene.court) == 0
    assert (await maria.ticket()).state is TicketState.WAITING


async def test_a_sweep_goes_on_until_nothing_is_overdue(scene: Scene):
    janitor = await janitor_at(scene, at(3, 10))
    for name in range(150):
        await scene.visitor(f"visitor-{name}")
    await scene.later(31)
    assert await janitor.sweep(scene.court) == 150
    assert not any(waiting.present for waiting in (await scene.unit()).line)


class Flaky:
    """A store that is away every second time; the rest of it is the real one."""

    def __init__(self, store) -> None:
        self._store = store
        self.asked = 0

    def __getattr__(self, name: str):
        return getattr(self._store, name)

    async def sweep(self, court) -> Swept:
        self.asked += 1
        if self.asked % 2:
            raise UnavailableError(Code.STORE_AWAY)
        return await self._store.sweep(court)


async def test_it_waits_for_a_store_that_is_away_and_never_in_a_hurry(scene: Scene):
    maria = await scene.visitor()
    await scene.later(31)
    house = House(FixedDirectory(scene.court), FixedHistory())
    await house.open()
    store, pauses = Flaky(scene.store), []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 4:
            raise EnoughError

    with pytest.RaisesGroup(EnoughError):
        await Janitor(store, house, pause=pause, jitter=lambda: 0.5).run()
    assert store.asked == 4
    assert pauses == [pytest.approx(0.7)] * 4
    assert not (await maria.ticket()).present


@pytest.mark.parametrize(
    ("closing", "until"),
    [(at(3, 18), at(4, 18)), (at(7, 18), at(10, 18))],
    ids=["tomorrow", "over the weekend"],
)
def test_a_head_start_lasts_to_the_end_of_the_next_day_of_service(closing: datetime, until: datetime):
    assert head_start_until(OFFICE, closing) == int(until.timestamp() * 1000)


def test_a_closing_at_midnight_belongs_to_the_day_that_it_ends():
    late = Hours("UTC", ((Window(time(20), None),),) * 7)
    assert head_start_until(late, at(4, 0)) == int(at(5, 0).timestamp() * 1000)


def test_where_no_next_day_is_known_a_head_start_lasts_as_long_as_one_is_looked_for():
    assert head_start_until(NEVER, at(3, 18)) == int((at(3, 18) + timedelta(days=60)).timestamp() * 1000)


async def test_whoever_was_closed_out_is_the_first_of_the_next_morning(scene: Scene):
    janitor = await janitor_at(scene, at(3, 17, 50))
    maria = await scene.visitor("maria")
    await scene.later(40 * 60)
    await janitor.close(scene.court)
    receipt = (await maria.ticket()).receipt
    await scene.store.move_clock(scene.court, 15 * 3600_000)
    await scene.visitor("joão")
    again = await scene.visitor("maria", head_start=receipt)
    assert (await scene.unit()).line[0].ticket == again.ticket_id
