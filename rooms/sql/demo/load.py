"""Fill a database with the demo: the same court at each start, its calendar and its past moved up to today.

Eleven units are open at any hour of any day, so that whoever tries it finds a counter; the twelfth is closed by its own
calendar and shows when it opens again. Nothing here is a real person, telephone or address.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from importlib.resources import files
from typing import Final

from rooms.ids import AttendantId, CourtId, Millis, TicketId
from rooms.model.hours import SpecialDay, local_day
from rooms.model.ticket import Role, TicketState, Tier
from rooms.model.unit import Unit
from rooms.model.visit import Visit
from rooms.sql.directory import Site, SqlDirectory
from rooms.sql.history import SqlHistory
from rooms.sql.importing import read_site

CLOSED_DAYS: Final = 35
"""Longer than anybody leaves a demo running; shorter than the 60 days in which the next opening is looked for."""
MOVING: Final = "Mudança para o novo prédio do fórum"
VISITS_EACH: Final = 24
MINUTE_MS: Final = 60_000
DAY_MS: Final = 1_440 * MINUTE_MS


async def load_demo(directory: SqlDirectory, history: SqlHistory, password: str, now_ms: Millis) -> CourtId:
    """Put the demo's court, its staff with `password`, and its past; answers the court. May be repeated."""
    site = demo_site(datetime.fromtimestamp(now_ms / 1000, tz=UTC))
    await directory.put(site)
    await directory.set_shared_password(site.court.id, [member.id for member in site.staff], password)
    await history.put_demo(site.court.id, demo_visits(site, now_ms))
    return site.court.id


def demo_site(now: datetime) -> Site:
    """The court of the demo as it stands at `now`: the last unit is closed from yesterday on, for some weeks."""
    site = read_site((files("rooms.sql.demo") / "tjmt.json").read_text(encoding="utf-8"))
    moving = site.units[-1]
    return replace(site, units=(*site.units[:-1], _closed(moving, local_day(moving.hours, now))))


def demo_visits(site: Site, now_ms: Millis) -> list[Visit]:
    """An invented past of each open unit: two dozen visits over the last days, most served in 3 to 7 minutes."""
    return [
        _visit(unit, number, now_ms, attendant)
        for unit in site.units[:-1]
        for attendant in [next((member.id for member in site.staff if unit.id in member.units), site.staff[0].id)]
        for number in range(1, VISITS_EACH + 1)
    ]


def _closed(unit: Unit, today: date) -> Unit:
    days = (today + timedelta(days=ahead) for ahead in range(-1, CLOSED_DAYS))
    return replace(unit, hours=replace(unit.hours, special_days=tuple(SpecialDay(day, (), MOVING) for day in days)))


def _visit(unit: Unit, number: int, now_ms: Millis, attendant: AttendantId) -> Visit:
    # Chance from a hash: the same past at every start, and no two units alike.
    dice = sha256(f"{unit.id} {number}".encode()).digest()
    days_ago, slot = divmod(VISITS_EACH - number, 8)
    joined = Millis(now_ms - (days_ago + 1) * DAY_MS - slot * 19 * MINUTE_MS - dice[0] * 1_000)
    waited = (2 + dice[1] % 9) * MINUTE_MS
    visit = Visit(
        ticket=TicketId(f"demo-{dice.hex()[:11]}"),
        unit=unit.id,
        number=f"{unit.letters} {number:03d}",
        seq=number,
        tier=Tier.PRIORITY if dice[2] % 6 == 0 else Tier.EVERYONE,
        role=Role.LAWYER if dice[3] % 2 else Role.PARTY,
        receipt=f"DEM0-{dice.hex()[11:15]}-{dice.hex()[15:19]}".upper(),
        joined_ms=joined,
        original_position=1 + dice[4] % 3,
    )
    if number % 8 == 0:
        return replace(visit, state=TicketState.LEFT, ended_ms=Millis(joined + waited))
    called = Millis(joined + waited)
    handling = (180 + dice[5] * 240 // 255) * 1_000
    return replace(
        visit,
        state=TicketState.SERVED,
        outcome="informed",
        attendant=attendant,
        position=1,
        called_ms=called,
        entered_ms=Millis(called + 12_000),
        ended_ms=Millis(called + handling - 20_000),
        handling_ms=handling,
    )
