"""The directory: what is put in comes out, whole; who signs in is who they say."""

import asyncio
import contextlib
import sqlite3
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from argon2 import PasswordHasher, Type, extract_parameters
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from rooms.errors import Code, ForbiddenError, NotFoundError, UnavailableError
from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff
from rooms.model.hours import Hours, SpecialDay, Window
from rooms.model.unit import Court, Policy, Unit
from rooms.sql.directory import Site, SqlDirectory
from rooms.sql.engine import migrate, open_engine, reading, upgrade, writing
from rooms.sql.schema import COURTS, METADATA, STAFF

pytest_plugins = ["tests.contract.databases"]

COURT = CourtId("tjmt")
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
MORNING = Window(time(10), time(12))
HOURS = Hours(
    "America/Cuiaba",
    ((MORNING, Window(time(13, 30), None)),) * 5 + ((), ()),
    (SpecialDay(date(2026, 12, 8), (), "Feriado"), SpecialDay(date(2026, 12, 24), (MORNING,), "Véspera de Natal")),
)


def unit(slug: str, letters: str, policy: Policy | None = None) -> Unit:
    return Unit(
        UnitId(slug), f"Vara {slug}", "Cuiabá", letters, "(65) 0000-0000", "v@t.example", HOURS, policy or Policy()
    )


def staff(login: str, *units: str) -> Staff:
    return Staff(
        AttendantId(login), login.title(), "analista", tuple(map(UnitId, units)), attends=True, supervises=False
    )


SITE = Site(
    Court(COURT, "Tribunal", "brasao.svg", "#0A5C56", "https://ouvidoria.example/", ("balcao.example",)),
    (unit("zeta", "ZT1"), unit("alfa", "AL1", Policy(ring_s=90))),
    (staff("ana", "zeta", "alfa"), replace(staff("bruno", "alfa"), may_call_out_of_order=True, interprets=True)),
)


@pytest.fixture
def directory(engine: AsyncEngine) -> SqlDirectory:
    return SqlDirectory(engine, QUICK)


async def test_an_empty_site_has_no_court(directory: SqlDirectory):
    assert await directory.courts() == []
    assert await directory.units(COURT) == []
    assert await directory.staff(COURT) == []


async def test_what_is_put_comes_out_equal_and_in_the_files_order(directory: SqlDirectory):
    await directory.put(SITE)
    assert await directory.courts() == [SITE.court]
    assert await directory.units(COURT) == list(SITE.units)
    assert await directory.staff(COURT) == list(SITE.staff)


async def test_a_second_import_replaces_units_and_keeps_passwords_and_other_staff(directory: SqlDirectory):
    await directory.put(SITE)
    await directory.set_password(COURT, "ana", "uma senha longa")
    await directory.add_staff(COURT, staff("carla", "zeta", "alfa"), "outra senha")
    renamed = replace(SITE.court, name="Tribunal de Justiça", hosts=())
    await directory.put(Site(renamed, (unit("alfa", "ZT1"), unit("beta", "BT1")), (staff("ana", "beta"),)))
    assert await directory.courts() == [renamed]
    assert [found.id for found in await directory.units(COURT)] == ["alfa", "beta"]
    assert {member.id: member.units for member in await directory.staff(COURT)} == {
        "ana": ("beta",),
        "bruno": ("alfa",),
        "carla": ("alfa",),
    }
    assert (await directory.verify(COURT, "ana", "uma senha longa")).units == ("beta",)
    assert (await directory.verify(COURT, "carla", "outra senha")).id == "carla"


async def test_an_import_that_fails_half_way_leaves_everything_as_it_was(directory: SqlDirectory):
    await directory.put(SITE)
    stranger = staff("dora", "nowhere")
    with pytest.raises(Exception, match=r"(?i)foreign key") as refused:
        await directory.put(Site(replace(SITE.court, name="Outro"), (unit("beta", "BT1"),), (stranger,)))
    assert "Dora" not in str(refused.value)
    assert await directory.courts() == [SITE.court]
    assert await directory.units(COURT) == list(SITE.units)


async def test_courts_come_in_the_order_of_their_first_import(directory: SqlDirectory):
    other = Site(Court(CourtId("tj-antes"), "Antes", None, None, None), (unit("zeta", "ZT1"),), ())
    await directory.put(SITE)
    await directory.put(other)
    await directory.put(SITE)
    assert [court.id for court in await directory.courts()] == [COURT, "tj-antes"]
    assert [found.id for found in await directory.units(CourtId("tj-antes"))] == ["zeta"]


async def test_a_wrong_password_and_an_unknown_name_are_refused_alike(directory: SqlDirectory):
    await directory.put(SITE)
    await directory.set_password(COURT, "ana", "certa")
    for login, password in (("ana", "errada"), ("ninguem", "certa"), ("bruno", "")):
        with pytest.raises(ForbiddenError) as refused:
            await directory.verify(COURT, login, password)
        assert refused.value.code is Code.SIGN_IN_WRONG
    with pytest.raises(ForbiddenError):
        await directory.verify(CourtId("other"), "ana", "certa")


async def test_an_unknown_name_costs_one_hashing_as_a_wrong_password_does(engine: AsyncEngine):
    """Counted, not timed: each refusal does the work of argon2 exactly once."""

    class Counting(PasswordHasher):
        worked = 0

        def hash(self, password, *, salt=None):
            Counting.worked += 1
            return super().hash(password, salt=salt)

        def verify(self, hash, password):  # noqa: A002 - argon2's own name
            Counting.worked += 1
            return super().verify(hash, password)

    directory = SqlDirectory(engine, Counting(time_cost=1, memory_cost=8, parallelism=1))
    await directory.put(SITE)
    await directory.set_password(COURT, "ana", "certa")
    for login in ("ana", "ninguem", "bruno"):
        Counting.worked = 0
        with pytest.raises(ForbiddenError):
            await directory.verify(COURT, login, "errada")
        assert Counting.worked == 1, login


async def test_staff_who_are_given_one_password_sign_in_with_it_or_none_of_them_has_it(directory: SqlDirectory):
    await directory.put(SITE)
    await directory.set_shared_password(COURT, ["ana", "bruno"], "a mesma")
    for login in ("ana", "bruno"):
        assert (await directory.verify(COURT, login, "a mesma")).id == login
    with pytest.raises(NotFoundError):
        await directory.set_shared_password(COURT, ["ana", "ninguem"], "outra")
    assert (await directory.verify(COURT, "ana", "a mesma")).id == "ana"


def test_a_hash_costs_a_guesser_what_argon2_recommends(engine: AsyncEngine):
    """The second choice of RFC 9106, which is its library's own: 64 MB, three passes."""
    hasher = SqlDirectory(engine)._hasher
    assert (hasher.memory_cost, hasher.time_cost, hasher.type) == (65_536, 3, Type.ID)


async def test_a_hash_of_older_parameters_is_replaced_at_sign_in(engine: AsyncEngine):
    old = SqlDirectory(engine, QUICK)
    await old.put(SITE)
    await old.set_password(COURT, "ana", "certa")
    stronger = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    assert (await SqlDirectory(engine, stronger).verify(COURT, "ana", "certa")).id == "ana"
    async with reading(engine) as connection:
        kept = await connection.scalar(select(STAFF.c.password_hash).where(STAFF.c.login == "ana"))
    assert kept is not None
    assert kept.startswith("$argon2id$")
    assert extract_parameters(kept).time_cost == 2
    assert (await old.verify(COURT, "ana", "certa")).id == "ana"


async def test_staff_are_added_replaced_and_removed(directory: SqlDirectory):
    await directory.put(SITE)
    await directory.add_staff(COURT, staff("ana", "alfa"), "nova")
    assert (await directory.verify(COURT, "ana", "nova")).units == ("alfa",)
    await directory.remove_staff(COURT, "ana")
    assert [member.id for member in await directory.staff(COURT)] == ["bruno"]
    with pytest.raises(ForbiddenError):
        await directory.verify(COURT, "ana", "nova")


async def test_what_is_not_there_is_named(directory: SqlDirectory):
    with pytest.raises(KeyError):
        await directory.add_staff(COURT, staff("ana"), "x")
    await directory.put(SITE)
    with pytest.raises(NotFoundError) as no_unit:
        await directory.add_staff(COURT, staff("ana", "nowhere"), "x")
    assert (no_unit.value.code, no_unit.value.details) == (Code.UNIT_UNKNOWN, {"unit": "nowhere"})
    for forgets in (directory.remove_staff(COURT, "ninguem"), directory.set_password(COURT, "ninguem", "x")):
        with pytest.raises(NotFoundError) as nobody:
            await forgets
        assert nobody.value.code is Code.ATTENDANT_UNKNOWN


async def test_the_migrations_end_at_the_schema(engine: AsyncEngine):
    async with reading(engine) as connection:
        differences = await connection.run_sync(
            lambda plain: compare_metadata(MigrationContext.configure(plain, opts={"compare_type": True}), METADATA)
        )
    assert differences == []


BEFORE = """
INSERT INTO courts (id, place, name, hosts) VALUES ('tjmt', 0, 'Tribunal', '[]');
INSERT INTO units (court, id, place, name, comarca, letters, phone, email, hours, policy)
VALUES ('tjmt', 'alfa', 0, 'Vara', 'Cuiabá', 'AL1', '', '', '{}', '{}');
INSERT INTO staff (court, login, name, function, attends, supervises)
VALUES ('tjmt', 'ana', 'Ana', 'analista', true, false);
INSERT INTO staff_units (court, login, unit, place) VALUES ('tjmt', 'ana', 'alfa', 0)
"""


async def test_a_site_of_before_keeps_its_staff_and_nobody_may_call_out_of_order(database_url: str):
    engine = open_engine(database_url)
    async with writing(engine) as connection:
        await connection.run_sync(lambda plain: migrate(plain, "0001"))
        for statement in BEFORE.split(";"):
            await connection.execute(text(statement))
    await upgrade(database_url)
    assert await SqlDirectory(engine).staff(COURT) == [replace(staff("ana", "alfa"), name="Ana")]
    await engine.dispose()


async def test_nodes_that_start_together_migrate_once(database_url: str):
    async with asyncio.TaskGroup() as nodes:
        for _ in range(4):
            nodes.create_task(upgrade(database_url))
    engine = open_engine(database_url)
    assert await SqlDirectory(engine).courts() == []
    await engine.dispose()


async def test_a_transaction_that_raises_writes_nothing(engine: AsyncEngine, directory: SqlDirectory):
    async def interrupted() -> None:
        async with writing(engine) as connection:
            await connection.execute(COURTS.insert().values(id="x", place=0, name="X", hosts=[]))
            raise LookupError

    with pytest.raises(LookupError):
        await interrupted()
    assert await directory.courts() == []


async def test_a_database_of_another_shape_is_a_bug_and_not_an_outage(database_url: str):
    engine = open_engine(database_url)
    with pytest.raises(DBAPIError, match="courts"):
        await SqlDirectory(engine).courts()
    await engine.dispose()


async def test_a_connection_that_is_cut_is_an_outage_and_the_next_one_works(postgres_url: str):
    engine = open_engine(postgres_url)

    async def cut() -> None:
        async with reading(engine) as connection:
            await connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    with pytest.raises(UnavailableError):
        await cut()
    async with reading(engine) as connection:
        assert await connection.scalar(text("SELECT 1")) == 1
    await engine.dispose()


async def test_a_database_held_by_another_writer_for_too_long_is_an_outage(tmp_path: Path):
    url = f"sqlite:///{tmp_path}/balcao.db"
    await upgrade(url)
    holder, other = open_engine(url), open_engine(url, sqlite_wait_s=0)
    async with writing(holder):
        with pytest.raises(UnavailableError):
            await SqlDirectory(other).put(SITE)
        assert await SqlDirectory(other).courts() == [], "readers are not held up"
    await SqlDirectory(other).put(SITE)
    await holder.dispose()
    await other.dispose()


async def test_a_file_that_another_program_holds_is_an_outage_and_then_ours(tmp_path: Path):
    """Its journal mode cannot be changed while it is held; the next connection does it."""
    file = tmp_path / "balcao.db"
    engine = open_engine(f"sqlite:///{file}", sqlite_wait_s=0)
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(UnavailableError):
            await SqlDirectory(engine).courts()
        other.execute("ROLLBACK")
    await engine.dispose()
    await upgrade(f"sqlite:///{file}")
    async with reading(engine) as connection:
        assert await connection.scalar(text("PRAGMA journal_mode")) == "wal"
    await engine.dispose()


@pytest.mark.parametrize("url", ["sqlite:////nonexistent/folder/balcao.db", "postgresql://balcao@/x?host=/nonexistent"])
async def test_a_database_that_is_not_there_is_said_so(url: str):
    with pytest.raises(UnavailableError) as away:
        await upgrade(url)
    assert away.value.code is Code.STORE_AWAY
    engine = open_engine(url)
    with pytest.raises(UnavailableError):
        await SqlDirectory(engine).courts()
    await engine.dispose()
