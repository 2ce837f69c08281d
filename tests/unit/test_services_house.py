"""What a node knows of its courts by heart."""

import pytest

from rooms.errors import Code, NotFoundError
from rooms.ids import AttendantId, CourtId, EntryId, Millis, UnitId
from rooms.model.estimate import Pace
from rooms.model.events import Event, EventKind
from rooms.services.house import House
from tests.houses import FixedDirectory, FixedHistory, unit_of
from tests.scene import CIVEL, FAMILIA

COURT = CourtId("tjmt")


def event(kind: EventKind, unit: UnitId | None = None) -> Event:
    return Event(EntryId("1-0"), 1, Millis(0), kind, unit, None, None, None, {})


async def opened(directory: FixedDirectory, history: FixedHistory | None = None) -> House:
    house = House(directory, history or FixedHistory())
    await house.open()
    return house


async def test_units_stand_in_the_directorys_order():
    house = await opened(FixedDirectory(COURT))
    assert [unit.id for unit in house.units(COURT)] == [CIVEL, FAMILIA]
    assert house.unit(COURT, CIVEL).letters == "CV1"
    assert house.court(COURT).name == "Tribunal"


async def test_what_nobody_knows_is_said_so():
    house = await opened(FixedDirectory(COURT))
    with pytest.raises(NotFoundError, match=Code.UNIT_UNKNOWN):
        house.unit(COURT, UnitId("vara-nenhuma"))
    with pytest.raises(NotFoundError, match=Code.ATTENDANT_UNKNOWN):
        house.staff(COURT, AttendantId("ninguem"))


@pytest.mark.parametrize(
    "host", ["balcao.tjmt.example", "balcao.tjmt.example:8443", "BALCAO.TJMT.example", "outro", "[::1]"]
)
async def test_a_host_chooses_its_court_else_the_first(host: str):
    house = await opened(FixedDirectory(COURT, hosts=("balcao.tjmt.example",)))
    assert house.court_of(host).id == COURT


async def test_an_empty_site_has_no_court():
    assert (await opened(FixedDirectory(COURT, gone=True))).court_of("any") is None


async def test_each_unit_counts_its_own_day():
    house = await opened(FixedDirectory(COURT))
    days = house.days(COURT, [CIVEL], Millis(86_400_000 * 2))
    assert days[CIVEL].isoformat() == "1970-01-03"


async def test_a_changed_directory_is_read_again():
    directory = FixedDirectory(COURT)
    house = await opened(directory)
    directory.all_units = [unit_of(FAMILIA)]
    await house.heed(COURT, event(EventKind.TICKET_JOINED, CIVEL))
    assert len(house.units(COURT)) == 2
    await house.heed(COURT, event(EventKind.DIRECTORY_CHANGED))
    assert [unit.id for unit in house.units(COURT)] == [FAMILIA]


async def test_a_court_that_is_gone_is_forgotten():
    directory = FixedDirectory(COURT)
    house = await opened(directory)
    directory.gone = True
    await house.load(COURT)
    assert house.courts() == []


async def test_a_pace_is_asked_for_once_until_a_service_of_the_unit_finishes():
    history = FixedHistory(Pace(10, 300.0))
    house = await opened(FixedDirectory(COURT), history)
    assert await house.pace(COURT, CIVEL) == await house.pace(COURT, CIVEL) == history.known_pace
    assert history.asked == 1
    await house.heed(COURT, event(EventKind.CALL_FINISHED, FAMILIA))
    assert await house.renew_paces(COURT) == [FAMILIA]
    assert await house.pace(COURT, CIVEL) == history.known_pace
    assert history.asked == 2
    await house.heed(COURT, event(EventKind.CALL_FINISHED, CIVEL))
    assert await house.renew_paces(COURT) == [], "it is as it was"
    assert await house.renew_paces(COURT) == []
    assert history.asked == 3


async def test_nobody_waits_for_a_pace_that_is_known():
    history = FixedHistory(Pace(10, 300.0))
    house = await opened(FixedDirectory(COURT), history)
    known = await house.pace(COURT, CIVEL)
    history.known_pace = Pace(11, 240.0)
    await house.heed(COURT, event(EventKind.CALL_FINISHED, CIVEL))
    assert await house.pace(COURT, CIVEL) == known
    assert await house.renew_paces(COURT) == [CIVEL]
    assert await house.pace(COURT, CIVEL) == history.known_pace


async def test_a_past_that_cannot_be_asked_leaves_the_pace_as_it_was_known():
    """The line goes on while the database is away."""
    history = FixedHistory(Pace(10, 300.0))
    house = await opened(FixedDirectory(COURT), history)
    known = await house.pace(COURT, CIVEL)
    history.away = True
    await house.heed(COURT, event(EventKind.CALL_FINISHED, CIVEL))
    assert await house.renew_paces(COURT) == []
    assert await house.pace(COURT, CIVEL) == known
    assert await house.pace(COURT, FAMILIA) is None
    history.away = False
    assert await house.renew_paces(COURT) == [FAMILIA]
    assert await house.pace(COURT, FAMILIA) == known
