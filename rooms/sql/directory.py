"""Courts, units and staff: the adapter of `rooms.ports.Directory`, and what the command line changes in it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from rooms.errors import Code, ForbiddenError, NotFoundError
from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff
from rooms.model.unit import Court, Unit
from rooms.sql import stored
from rooms.sql.engine import reading, writing
from rooms.sql.schema import COURTS, STAFF, STAFF_UNITS, UNITS


@dataclass(frozen=True, slots=True)
class Site:
    """One court with all its units and staff: what an import file says."""

    court: Court
    units: tuple[Unit, ...]
    staff: tuple[Staff, ...]


class SqlDirectory:
    """The directory of one database. Reads are small and whole; callers keep them until `directory.changed`."""

    def __init__(self, engine: AsyncEngine, hasher: PasswordHasher | None = None) -> None:
        self._engine = engine
        self._hasher = hasher or PasswordHasher()

    async def courts(self) -> Sequence[Court]:
        """All courts, in the order of their import; the first is the default one."""
        async with reading(self._engine) as connection:
            rows = await connection.execute(select(COURTS).order_by(COURTS.c.place))
            return [_court(row) for row in rows]

    async def units(self, court: CourtId) -> Sequence[Unit]:
        """The court's units, in the order of the import file."""
        async with reading(self._engine) as connection:
            rows = await connection.execute(select(UNITS).where(UNITS.c.court == court).order_by(UNITS.c.place))
            return [_unit(row) for row in rows]

    async def staff(self, court: CourtId) -> Sequence[Staff]:
        """The court's staff by login; each one's units in the order of the import file."""
        async with reading(self._engine) as connection:
            links = await connection.execute(
                select(STAFF_UNITS).where(STAFF_UNITS.c.court == court).order_by(STAFF_UNITS.c.place)
            )
            units: dict[str, list[UnitId]] = {}
            for link in links:
                units.setdefault(link.login, []).append(UnitId(link.unit))
            rows = await connection.execute(select(STAFF).where(STAFF.c.court == court).order_by(STAFF.c.login))
            return [_staff(row, units.get(row.login, [])) for row in rows]

    async def verify(self, court: CourtId, login: str, password: str) -> Staff:
        """The member of staff who signs in. A hash of older parameters is replaced by one of today's.

        Raises:
            ForbiddenError: SIGN_IN_WRONG, for an unknown name and for a wrong password, in the same time.

        """
        async with reading(self._engine) as connection:
            row = (await connection.execute(select(STAFF).where(_is(court, login)))).one_or_none()
            links = select(STAFF_UNITS.c.unit).where(STAFF_UNITS.c.court == court, STAFF_UNITS.c.login == login)
            units = [UnitId(unit) for unit in await connection.scalars(links.order_by(STAFF_UNITS.c.place))]
        if row is None or row.password_hash is None:
            # Hashing costs what verifying costs: an unknown name answers no sooner than a wrong password.
            await asyncio.to_thread(self._hasher.hash, password)
            raise ForbiddenError(Code.SIGN_IN_WRONG)
        try:
            await asyncio.to_thread(self._hasher.verify, row.password_hash, password)
        except VerifyMismatchError:
            raise ForbiddenError(Code.SIGN_IN_WRONG) from None
        if self._hasher.check_needs_rehash(row.password_hash):
            await self.set_password(court, login, password)
        return _staff(row, units)

    async def set_password(self, court: CourtId, login: str, password: str) -> None:
        """Replace the password of a member of staff.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN.

        """
        await self.set_shared_password(court, [login], password)

    async def set_shared_password(self, court: CourtId, logins: Sequence[str], password: str) -> None:
        """Give all of them this password, hashed once: whoever reads the database sees that it is the same.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN, for any of them.

        """
        password_hash = await asyncio.to_thread(self._hasher.hash, password)
        theirs = (STAFF.c.court == court) & STAFF.c.login.in_(logins)
        async with writing(self._engine) as connection:
            done = await connection.execute(update(STAFF).where(theirs).values(password_hash=password_hash))
            if done.rowcount < len(logins):
                raise NotFoundError(Code.ATTENDANT_UNKNOWN)

    async def add_staff(self, court: CourtId, member: Staff, password: str) -> None:
        """Add a member of staff, or replace all that is known of them, the password too.

        Raises:
            KeyError: no such court; its id comes from `courts()`.
            NotFoundError: UNIT_UNKNOWN, `unit` says which.

        """
        async with writing(self._engine) as connection:
            if await connection.scalar(select(COURTS.c.id).where(COURTS.c.id == court)) is None:
                raise KeyError(court)
            known = set(await connection.scalars(select(UNITS.c.id).where(UNITS.c.court == court)))
            for unit in member.units:
                if unit not in known:
                    raise NotFoundError(Code.UNIT_UNKNOWN, unit=unit)
            await _put_staff(connection, court, member)
        await self.set_password(court, member.id, password)

    async def remove_staff(self, court: CourtId, login: str) -> None:
        """Forget a member of staff; the history keeps their login.

        Raises:
            NotFoundError: ATTENDANT_UNKNOWN.

        """
        async with writing(self._engine) as connection:
            done = await connection.execute(delete(STAFF).where(_is(court, login)))
            if done.rowcount == 0:
                raise NotFoundError(Code.ATTENDANT_UNKNOWN)

    async def put(self, site: Site) -> None:
        """Make the directory say of this court what the file says, all or nothing.

        Units that the file does not name are gone. Staff that it does not name stay, without the units that are gone;
        passwords stay.
        """
        court = site.court
        async with writing(self._engine) as connection:
            values = {
                "name": court.name,
                "crest": court.crest,
                "colour": court.colour,
                "ombudsman": court.ombudsman,
                "hosts": list(court.hosts),
            }
            done = await connection.execute(update(COURTS).where(COURTS.c.id == court.id).values(values))
            if done.rowcount == 0:
                places = list(await connection.scalars(select(COURTS.c.place)))
                await connection.execute(
                    insert(COURTS).values(id=court.id, place=max(places, default=-1) + 1, **values)
                )
            # Links of staff that the file does not name outlive the units' replacement.
            links = (await connection.execute(select(STAFF_UNITS).where(STAFF_UNITS.c.court == court.id))).all()
            await connection.execute(delete(UNITS).where(UNITS.c.court == court.id))
            if site.units:
                await connection.execute(
                    insert(UNITS), [_unit_row(court.id, place, unit) for place, unit in enumerate(site.units)]
                )
            kept = {unit.id for unit in site.units}
            named = {member.id for member in site.staff}
            rest = [link._asdict() for link in links if link.unit in kept and link.login not in named]
            if rest:
                await connection.execute(insert(STAFF_UNITS), rest)
            for member in site.staff:
                await _put_staff(connection, court.id, member)


async def _put_staff(connection: AsyncConnection, court: CourtId, member: Staff) -> None:
    values = {
        "name": member.name,
        "function": member.function,
        "attends": member.attends,
        "supervises": member.supervises,
        "may_call_out_of_order": member.may_call_out_of_order,
        "interprets": member.interprets,
    }
    done = await connection.execute(update(STAFF).where(_is(court, member.id)).values(values))
    if done.rowcount == 0:
        await connection.execute(insert(STAFF).values(court=court, login=member.id, **values))
    await connection.execute(delete(STAFF_UNITS).where(STAFF_UNITS.c.court == court, STAFF_UNITS.c.login == member.id))
    if member.units:
        await connection.execute(
            insert(STAFF_UNITS),
            [
                {"court": court, "login": member.id, "unit": unit, "place": place}
                for place, unit in enumerate(member.units)
            ],
        )


def _is(court: CourtId, login: str) -> Any:
    return (STAFF.c.court == court) & (STAFF.c.login == login)


def _court(row: Row[Any]) -> Court:
    return Court(CourtId(row.id), row.name, row.crest, row.colour, row.ombudsman, tuple(row.hosts))


def _unit(row: Row[Any]) -> Unit:
    return Unit(
        id=UnitId(row.id),
        name=row.name,
        comarca=row.comarca,
        letters=row.letters,
        phone=row.phone,
        email=row.email,
        hours=stored.hours_from_json(row.hours),
        policy=stored.policy_from_json(row.policy),
    )


def _unit_row(court: CourtId, place: int, unit: Unit) -> dict[str, Any]:
    return {
        "court": court,
        "id": unit.id,
        "place": place,
        "name": unit.name,
        "comarca": unit.comarca,
        "letters": unit.letters,
        "phone": unit.phone,
        "email": unit.email,
        "hours": stored.hours_to_json(unit.hours),
        "policy": stored.policy_to_json(unit.policy),
    }


def _staff(row: Row[Any], units: Sequence[UnitId]) -> Staff:
    return Staff(
        AttendantId(row.login),
        row.name,
        row.function,
        tuple(units),
        row.attends,
        row.supervises,
        row.may_call_out_of_order,
        row.interprets,
    )
