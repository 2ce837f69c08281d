"""The demo's court: what a newcomer finds after one command, at any hour of any day."""

from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncEngine

from rooms.ids import Millis, UnitId
from rooms.model.estimate import Staffing, estimate
from rooms.model.hours import Closed, ClosedCode, Open, status_at
from rooms.model.receipt import parse_receipt_code
from rooms.model.ticket import Tier
from rooms.sql.demo.load import demo_site, demo_visits, load_demo
from rooms.sql.directory import SqlDirectory
from rooms.sql.history import SqlHistory

pytest_plugins = ["tests.contract.databases"]

NOW = Millis(1_795_478_400_000)
"""24 November 2026, midnight UTC."""
YEARS = st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive


@given(YEARS, st.integers(0, 21 * 24 * 60))
def test_eleven_are_open_and_one_is_closed_by_its_calendar_for_weeks_after_each_start(start: datetime, minutes: int):
    now = start + timedelta(minutes=minutes)
    site = demo_site(start)
    statuses = {unit.id: status_at(unit.hours, now) for unit in site.units}
    closed = [status for status in statuses.values() if isinstance(status, Closed)]
    assert len(statuses) == 12
    assert len(closed) == 1
    assert closed[0].reason.code is ClosedCode.SPECIAL_DAY
    assert closed[0].reason.text
    assert closed[0].opens_at is not None
    assert closed[0].opens_at > now
    assert isinstance(statuses[site.units[0].id], Open)


def test_the_first_unit_is_attended_by_two_people_who_have_several_units_each():
    site = demo_site(datetime(2026, 11, 24, tzinfo=UTC))
    ana, bruno, sofia, lia = site.staff
    assert (ana.id, bruno.id, sofia.id, lia.id) == ("ana", "bruno", "sofia", "lia")
    for attendant in (ana, bruno):
        assert attendant.attends
        assert len(attendant.units) > 1
        assert site.units[0].id in attendant.units
    assert sofia.supervises
    assert not sofia.attends
    assert (lia.interprets, lia.attends, lia.units) == (True, False, ())


def test_nothing_in_the_demo_could_be_dialled_or_written_to():
    for unit in demo_site(datetime(2026, 11, 24, tzinfo=UTC)).units:
        assert unit.phone.startswith("(65) 0000-")
        assert unit.email.endswith(".example")


def test_the_invented_past_is_past_and_its_receipts_are_receipts():
    visits = demo_visits(demo_site(datetime(2026, 11, 24, tzinfo=UTC)), NOW)
    assert len({visit.ticket for visit in visits}) == len({visit.receipt for visit in visits}) == len(visits)
    for visit in visits:
        assert visit.ended_ms is not None
        assert visit.joined_ms < visit.ended_ms < NOW
        assert parse_receipt_code(visit.receipt) == visit.receipt


async def test_loaded_twice_it_is_there_once_with_a_past_that_gives_an_estimate(engine: AsyncEngine):
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    directory, history = SqlDirectory(engine, quick), SqlHistory(engine)
    await load_demo(directory, history, "primeira", NOW)
    court = await load_demo(directory, history, "segunda", Millis(NOW + 86_400_000))
    assert [found.id for found in await directory.courts()] == [court]
    units = await directory.units(court)
    assert len(units) == 12
    for unit in units[:-1]:
        assert estimate(3, Tier.EVERYONE, await history.pace(court, unit.id), Staffing(1)) is not None
    assert await history.pace(court, UnitId(units[-1].id)) is None
    for login in ("ana", "bruno", "sofia"):
        assert (await directory.verify(court, login, "segunda")).id == login
    assert await history.cursor(court) == ("0-0", 0)


@pytest.mark.parametrize("when", [datetime(2026, 11, 24, 3, 30, tzinfo=UTC), datetime(2026, 11, 24, 4, 30, tzinfo=UTC)])
def test_the_closed_unit_is_closed_on_both_sides_of_its_own_midnight(when: datetime):
    moving = demo_site(when).units[-1]
    for hours in range(-12, 24):
        assert isinstance(status_at(moving.hours, when + timedelta(hours=hours)), Closed)
