"""What reception checks before anybody stands in line."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CallId, Holder, TabId, UnitId
from rooms.model.estimate import Pace
from rooms.model.hours import Hours
from rooms.model.ticket import Media, Role, Tier
from rooms.model.unit import Policy
from rooms.ports import Joined, Saying
from rooms.services.house import House
from rooms.services.reception import JoinForm, Reception, visitor_of
from rooms.services.replay import part_of
from tests.houses import NEVER, OFFICE, FixedDirectory, FixedHistory, unit_of
from tests.scene import CIVEL, FAMILIA, Scene

FORM = JoinForm(CIVEL, "Maria", Role.PARTY, None, None, Tier.EVERYONE, terms=True)
HOLDER, TAB = Holder("h" * 64), TabId("tab")


def form(**changes: object) -> JoinForm:
    return JoinForm(**{name: changes.get(name, getattr(FORM, name)) for name in JoinForm.__slots__})


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


# ------------------------------------------------------------------------------------------- the form


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"name": "  "}, Code.NAME_MISSING, "name"),
        ({"name": "a" * 121}, Code.NAME_MISSING, "name"),
        ({"name": "Ma\u202eria"}, Code.NAME_MISSING, "name"),
        ({"role": Role.LAWYER}, Code.OAB_WRONG, "oab"),
        ({"role": Role.LAWYER, "oab": "XX 1"}, Code.OAB_WRONG, "oab"),
        ({"case_number": "0000001-45.2021.8.11.0041"}, Code.CASE_NUMBER_WRONG, "case_number"),
        ({"terms": False}, Code.TERMS_MISSING, "terms"),
    ],
)
def test_a_wrong_field_is_named(wrong: dict[str, object], code: Code, field: str):
    with refused(code) as refusal:
        visitor_of(form(**wrong))
    assert refusal.value.details["field"] == field


def test_what_was_typed_is_kept_in_its_canonical_spelling():
    typed = form(name="  Maria   das Dores ", role=Role.LAWYER, oab="mt 12.345", case_number=" 00000014420218110041 ")
    visitor = visitor_of(typed)
    assert (visitor.name, visitor.oab, visitor.case_number) == (
        "Maria das Dores",
        "OAB/MT 12345",
        "0000001-44.2021.8.11.0041",
    )


def test_who_speaks_libras_says_so_in_the_form():
    assert [visitor_of(form(libras=libras)).libras for libras in (False, True)] == [False, True]


def test_an_oab_is_asked_of_lawyers_only_and_a_blank_case_number_is_none():
    visitor = visitor_of(form(oab="anything", case_number="  "))
    assert (visitor.oab, visitor.case_number) == (None, None)


# ------------------------------------------------------------------------------------------- joining


async def reception(
    scene: Scene, hours: Hours | None = None, pace: Pace | None = None, at: datetime | None = None
) -> Reception:
    directory = FixedDirectory(scene.court)
    if hours:
        directory.all_units = [unit_of(CIVEL, hours)]
    house = House(directory, FixedHistory(pace))
    await house.open()
    if at:
        await scene.store.move_clock(scene.court, int(at.timestamp() * 1000) - await scene.store.now(scene.court))
    return Reception(scene.store, scene.log, house)


async def join(scene: Scene, at: Reception, **changes: object) -> Joined:
    return await at.join(scene.court, scene.request(f"v:{HOLDER}"), HOLDER, TAB, "", form(**changes))


async def test_who_joins_is_told_an_estimate_and_it_is_kept(scene: Scene):
    desk = await reception(scene, pace=Pace(10, 300.0))
    await scene.clerk()
    await scene.visitor("joão")
    joined = await join(scene, desk)
    ticket = (await scene.store.ticket(scene.court, joined.ticket)).ticket
    # two services of five minutes: 10 min; 10 − 0.9·10/√2 = 3.6 and 10 + 1.1·10/√2 = 17.8, in steps of five
    assert (ticket.announced_low_min, ticket.announced_high_min) == (0, 20)
    assert len(ticket.receipt) == 14


async def test_a_priority_is_told_of_the_priorities_ahead_only(scene: Scene):
    desk = await reception(scene, pace=Pace(10, 300.0))
    await scene.clerk()
    for name in ("joão", "lia", "rita"):
        await scene.visitor(name)
    joined = await join(scene, desk, tier=Tier.PRIORITY)
    ticket = (await scene.store.ticket(scene.court, joined.ticket)).ticket
    assert (ticket.original_position, ticket.announced_high_min) == (1, 15)


async def test_nobody_is_told_a_number_when_nobody_attends(scene: Scene):
    joined = await join(scene, await reception(scene, pace=Pace(10, 300.0)))
    assert (await scene.store.ticket(scene.court, joined.ticket)).ticket.announced_high_min is None


async def test_a_unit_that_nobody_knows_cannot_be_joined(scene: Scene):
    with refused(Code.UNIT_UNKNOWN):
        await join(scene, await reception(scene), unit=UnitId("vara-nenhuma"))


async def test_a_closed_unit_cannot_be_joined(scene: Scene):
    with refused(Code.UNIT_CLOSED):
        await join(scene, await reception(scene, NEVER))


async def test_who_would_still_wait_at_closing_time_is_told_at_once(scene: Scene):
    monday = datetime(2031, 3, 3, 17, 50, tzinfo=UTC)
    desk = await reception(scene, OFFICE, Pace(10, 600.0), monday)
    await scene.clerk()
    for _ in range(2):
        with refused(Code.UNIT_CLOSING) as refusal:
            await join(scene, desk)
    assert refusal.value.details == {"waiting": 0}
    day = {CIVEL: monday.date()}
    assert (await scene.store.units(scene.court, [CIVEL], day)).units[0].refused_today == 1, "one person, asked twice"


async def test_a_midday_pause_is_no_closing(scene: Scene):
    """Whoever comes at ten to twelve may wait over lunch, and is served in the afternoon."""
    before_lunch = datetime(2031, 3, 3, 11, 50, tzinfo=UTC)
    desk = await reception(scene, OFFICE, Pace(10, 600.0), before_lunch)
    await scene.clerk()
    assert (await join(scene, desk)).number == "CV1 001"


async def test_a_full_unit_tells_the_wait(scene: Scene):
    desk = await reception(scene, pace=Pace(10, 300.0))
    await scene.clerk()
    await scene.visitor("joão")
    house = desk._house._known[scene.court].units
    house[CIVEL] = replace(house[CIVEL], policy=Policy(max_waiting=1))
    with refused(Code.UNIT_FULL) as refusal:
        await join(scene, desk)
    assert refusal.value.details == {"waiting": 1, "low_min": 0, "high_min": 20}


async def test_without_an_estimate_the_door_is_open_until_closing(scene: Scene):
    monday = datetime(2031, 3, 3, 17, 59, tzinfo=UTC)
    assert (await join(scene, await reception(scene, OFFICE, None, monday))).number == "CV1 001"


# ------------------------------------------------------------------------------------------- a visit


async def test_a_visit_through_reception(scene: Scene):
    desk = await reception(scene)
    ana = await scene.clerk()
    court, request = scene.court, lambda: scene.request(f"v:{HOLDER}")
    await join(scene, desk)
    assert (await desk.open_page(court, HOLDER, TAB, opened=True)).ticket.active_tab == TAB
    rung = await ana.calls()
    await desk.seen(court, request(), HOLDER, rung.call, TAB)
    assert await desk.more_time(court, request(), HOLDER, 2) == 3
    assert await desk.enter(court, request(), HOLDER, rung.call, TAB, Media.AUDIO) == 4
    await desk.signal(court, request(), HOLDER, TAB, rung.call, Saying(None, "chat", '{"type":"chat","text":"oi"}'))
    entries, more, live = await desk.replay(court, HOLDER, rung.call, None)
    assert live
    assert ([entry.kind for entry in entries], more) == (["ring", "seen", "extended", "go", "chat"], False)
    assert (await desk.replay(court, HOLDER, rung.call, entries[-1].id))[0] == []
    await desk.hang_up(court, request(), HOLDER, rung.call)
    await join(scene, desk, unit=FAMILIA)
    await desk.leave(court, request(), HOLDER, 1)


async def test_a_long_log_comes_in_parts_that_a_page_can_take(scene: Scene):
    desk = await reception(scene)
    ana = await scene.clerk()
    await join(scene, desk)
    rung = await ana.calls()
    for number in range(4):
        await ana.says(rung.call, f"{number}" * 30_000)
    parts, after, more = [], None, True
    while more:
        entries, more, _ = await desk.replay(scene.court, HOLDER, rung.call, after)
        after = entries[-1].id
        parts.append([entry.kind for entry in entries])
    assert parts == [["ring", "chat", "chat"], ["chat", "chat"]]
    assert part_of([]) == ([], False)


async def test_nobody_reads_a_strangers_call(scene: Scene):
    desk = await reception(scene)
    await join(scene, desk)
    with refused(Code.NOT_MEMBER):
        await desk.replay(scene.court, HOLDER, CallId("another"), None)


async def test_the_receipt_of_a_ticket_that_was_closed_out_is_read_as_people_type_it(scene: Scene):
    desk = await reception(scene)
    maria = await scene.visitor("maria")
    receipt = "ABCD-EFGH-JKMN"
    await scene.store._client.call("HSET", f"{{{scene.court}}}:ticket:{maria.ticket_id}", "receipt", receipt)
    await scene.later(0.001)
    now = await scene.store.now(scene.court)
    await scene.store.close_unit(scene.court, CIVEL, now, now + 3_600_000)
    joined = await join(scene, desk, head_start=" abcdefghjkmn ")
    assert (await scene.store.ticket(scene.court, joined.ticket)).ticket.head_start


async def test_what_is_no_receipt_gives_no_head_start_and_refuses_nobody(scene: Scene):
    joined = await join(scene, await reception(scene), head_start="amanhã eu volto")
    assert not (await scene.store.ticket(scene.court, joined.ticket)).ticket.head_start
