"""What the counter checks before an attendant's verb reaches the store."""

from dataclasses import replace

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import AttendantId, CallId, Fence, TabId, UnitId
from rooms.model.attendant import Activity, PauseReason, Status
from rooms.model.call import Outcome, OutOfOrder
from rooms.model.ticket import CancelReason, TicketState
from rooms.ports import Saying, Suspending
from rooms.services.counter import Counter
from rooms.services.house import House
from rooms.services.oversight import Oversight
from tests.houses import FixedDirectory, FixedHistory, staff_of
from tests.scene import CIVEL, FAMILIA, Scene

ANA, SOFIA, TAB = AttendantId("ana"), AttendantId("sofia"), TabId("desk")


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


@pytest.fixture
async def house(scene: Scene) -> House:
    house = House(FixedDirectory(scene.court), FixedHistory())
    await house.open()
    return house


@pytest.fixture
async def counter(scene: Scene, house: House) -> Counter:
    return Counter(scene.store, scene.log, house)


async def test_a_visit_through_the_counter(scene: Scene, counter: Counter):
    court, request = scene.court, lambda: scene.request("a:ana")
    maria = await scene.visitor()
    fence = await counter.open_desk(court, ANA, TAB)
    await counter.choose_units(court, request(), ANA, fence, [CIVEL, CIVEL])
    await counter.set_status(court, request(), ANA, fence, Status.AVAILABLE, None)
    first = await counter.call_next(court, request(), ANA, fence)
    await counter.cancel_call(court, request(), ANA, fence, first.call, CancelReason.MISTAKE)
    await counter.set_status(court, request(), ANA, fence, Status.AVAILABLE, None)
    rung = await counter.call_next(court, request(), ANA, fence)
    await maria.enters(rung.call)
    await counter.signal(court, request(), ANA, fence, rung.call, Saying(None, "chat", '{"type":"chat","text":"oi"}'))
    entries, more, live = await counter.replay(court, ANA, rung.call, None)
    assert live
    assert ([entry.kind for entry in entries], more) == (["ring", "go", "chat"], False)
    await counter.hang_up(court, request(), ANA, fence, rung.call)
    await counter.extend_wrap_up(court, request(), ANA, fence)
    await counter.finish(court, request(), ANA, fence, rung.call, Outcome.INFORMED)
    assert (await maria.ticket()).outcome == "informed"
    assert (await scene.store.desk(court, ANA)).attendant.units == (CIVEL,)


async def test_only_whoever_the_directory_lets_calls_out_of_order(scene: Scene, house: House):
    directory = FixedDirectory(scene.court, all_staff=[replace(staff_of("ana", CIVEL), may_call_out_of_order=True)])
    permitted = House(directory, FixedHistory())
    await permitted.open()
    maria = await scene.visitor("maria")
    joao = await scene.visitor("joão")
    asked = Counter(scene.store, scene.log, house)
    fence = await asked.open_desk(scene.court, ANA, TAB)
    await asked.set_status(scene.court, scene.request("a:ana"), ANA, fence, Status.AVAILABLE, None)
    with refused(Code.NO_PERMISSION):
        await asked.call_out_of_order(
            scene.court, scene.request("a:ana"), ANA, fence, joao.ticket_id, OutOfOrder.URGENT
        )
    rung = await Counter(scene.store, scene.log, permitted).call_out_of_order(
        scene.court, scene.request("a:ana"), ANA, fence, joao.ticket_id, OutOfOrder.URGENT
    )
    assert rung.ticket == joao.ticket_id
    assert (await maria.ticket()).state is TicketState.WAITING


async def test_a_desk_is_taken_over_on_purpose_only(scene: Scene, counter: Counter):
    first = await counter.open_desk(scene.court, ANA, TAB)
    with refused(Code.DESK_ELSEWHERE):
        await counter.open_desk(scene.court, ANA, TabId("another"))
    assert await counter.take_over(scene.court, ANA, TabId("another")) > first


async def test_only_staff_who_attend_have_a_desk(scene: Scene, counter: Counter):
    with refused(Code.ROLE_MISSING):
        await counter.open_desk(scene.court, SOFIA, TAB)
    with refused(Code.ATTENDANT_UNKNOWN):
        await counter.open_desk(scene.court, AttendantId("nobody"), TAB)


async def test_one_attends_ones_own_units(scene: Scene, counter: Counter):
    with refused(Code.NOT_YOUR_UNIT):
        await counter.choose_units(scene.court, scene.request("a:ana"), ANA, Fence(1), [FAMILIA, UnitId("other")])


@pytest.mark.parametrize(
    ("status", "pause"),
    [
        (Status.PAUSED, None),
        (Status.PAUSED, PauseReason.CANCELLED),
        (Status.PAUSED, PauseReason.VANISHED),
        (Status.AVAILABLE, PauseReason.LUNCH),
        (Status.AVAILABLE, PauseReason.CANCELLED),
        (Status.OFFLINE, PauseReason.BREAK),
    ],
)
async def test_a_pause_has_a_reason_that_a_person_may_choose(
    scene: Scene, counter: Counter, status: Status, pause: PauseReason | None
):
    fence = await counter.open_desk(scene.court, ANA, TAB)
    with refused(Code.WRONG_STATE):
        await counter.set_status(scene.court, scene.request("a:ana"), ANA, fence, status, pause)


async def test_a_pause_with_a_reason_is_a_pause(scene: Scene, counter: Counter):
    fence = await counter.open_desk(scene.court, ANA, TAB)
    await counter.set_status(scene.court, scene.request("a:ana"), ANA, fence, Status.PAUSED, PauseReason.MEETING)
    assert (await scene.store.desk(scene.court, ANA)).attendant.pause is PauseReason.MEETING


async def test_nobody_reads_another_desks_call(scene: Scene, counter: Counter):
    await counter.open_desk(scene.court, ANA, TAB)
    with refused(Code.NOT_MEMBER):
        await counter.replay(scene.court, ANA, CallId("another"), None)


async def test_a_supervisor_signs_a_stuck_clerk_out(scene: Scene, counter: Counter, house: House):
    oversight = Oversight(scene.store, house)
    await scene.visitor()
    fence = await counter.open_desk(scene.court, ANA, TAB)
    await counter.set_status(scene.court, scene.request("a:ana"), ANA, fence, Status.AVAILABLE, None)
    await counter.call_next(scene.court, scene.request("a:ana"), ANA, fence)
    await oversight.sign_out(scene.court, scene.request("s:sofia"), ANA)
    desk = (await scene.store.desk(scene.court, ANA)).attendant
    assert (desk.status, desk.activity) == (Status.OFFLINE, Activity.IDLE)
    with refused(Code.ATTENDANT_UNKNOWN):
        await oversight.sign_out(scene.court, scene.request("s:sofia"), AttendantId("nobody"))


async def test_an_attendant_suspends_and_resumes_units_of_their_own(scene: Scene, counter: Counter):
    request, told = (lambda: scene.request("a:ana")), Suspending("Sem luz", None, None)
    await counter.suspend(scene.court, request(), ANA, CIVEL, told)
    assert (await scene.unit()).suspension.message == "Sem luz"
    await counter.resume_unit(scene.court, request(), ANA, CIVEL)
    assert (await scene.unit()).suspension is None
    with refused(Code.NOT_YOUR_UNIT):
        await counter.suspend(scene.court, request(), SOFIA, CIVEL, told)
    with refused(Code.NOT_YOUR_UNIT):
        await counter.resume_unit(scene.court, request(), SOFIA, CIVEL)


async def test_a_supervisor_suspends_and_resumes_any_unit_there_is(scene: Scene, house: House):
    oversight, request = Oversight(scene.store, house), lambda: scene.request("s:sofia")
    await oversight.suspend(scene.court, request(), FAMILIA, Suspending("Sem luz", None, None))
    assert (await scene.unit(FAMILIA)).suspension is not None
    await oversight.resume_unit(scene.court, request(), FAMILIA)
    assert (await scene.unit(FAMILIA)).suspension is None
    with refused(Code.UNIT_UNKNOWN):
        await oversight.suspend(scene.court, request(), UnitId("nowhere"), Suspending("Sem luz", None, None))
    with refused(Code.UNIT_UNKNOWN):
        await oversight.resume_unit(scene.court, request(), UnitId("nowhere"))
