"""A hand in the store, an older release or a bug has left a contradiction: it is found, put right, told and counted."""

import pytest

from rooms.ids import AttendantId
from rooms.model.attendant import Activity, Status
from rooms.model.events import EventKind
from rooms.model.ticket import TicketState
from rooms.model.unit import Policy
from rooms.ports import Mended, Round
from tests.lua.test_house import outage
from tests.scene import CIVEL, FAMILIA, Clerk, Person, Scene, in_call

outcome = pytest.mark.outcome
ANA, BRUNO = AttendantId("ana"), AttendantId("bruno")


async def breaks(scene: Scene, command: str, key: str, *words: str | int) -> object:
    """A hand in the store."""
    return await scene.store._client.call(command, f"{{{scene.court}}}:{key}", *words)


async def mended(scene: Scene) -> list[Mended]:
    """One round; what it put right, as the events tell it too."""
    before = len(await scene.events(EventKind.MENDED))
    await breaks(scene, "DEL", "reconciled")
    at, found = Round(), []
    while at != Round("", ""):
        done = await scene.store.reconcile(scene.court, at, [CIVEL, FAMILIA], [ANA, BRUNO])
        assert done is not None
        at, some = done
        found += some
    told = [event.facts["cause"] for event in (await scene.events(EventKind.MENDED))[before:]]
    assert told == [each.cause for each in found]
    return found


async def causes(scene: Scene) -> set[str]:
    """What one round put right; the next finds nothing."""
    found = {each.cause for each in await mended(scene)}
    assert await mended(scene) == [], "what is mended stays so"
    return found


async def busy(scene: Scene) -> tuple[Person, Person, Clerk, Clerk]:
    """Somebody waits, somebody is away, somebody rings, somebody talks, somebody is in wrap-up."""
    await scene.visitor("served")
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno", (CIVEL, FAMILIA))
    first = await ana.calls()
    served = next(one for one in scene.here if isinstance(one, Person) and one.ticket_id == first.ticket)
    await served.enters(first.call)
    await ana.hangs_up(first.call)
    maria, joao = await scene.visitor("maria"), await scene.visitor("joão")
    await in_call(scene, maria, bruno)
    rita = await scene.visitor("rita")
    scene.vanishes(rita)
    await scene.passes(40)
    return maria, joao, ana, bruno


@outcome("reconcile", "reconciled")
async def test_a_counter_at_work_has_nothing_to_mend(scene: Scene):
    await busy(scene)
    assert await mended(scene) == []
    await scene.passes(400)
    assert await mended(scene) == []


@outcome("reconcile", "not_yet")
async def test_one_node_goes_round_at_a_time(scene: Scene):
    assert await scene.store.reconcile(scene.court, Round(), [], []) is not None
    assert await scene.store.reconcile(scene.court, Round(), [], []) is None


async def test_of_two_tickets_an_attendant_keeps_the_one_that_the_desk_names(scene: Scene):
    maria, joao, _, bruno = await busy(scene)
    call = (await maria.ticket()).call
    await breaks(scene, "ZREM", f"line:{CIVEL}", joao.ticket_id)
    await breaks(scene, "HSET", f"ticket:{joao.ticket_id}", "state", "in_call", "attendant", "bruno", "call", call)
    assert await causes(scene) == {"no_desk"}
    assert ((await maria.ticket()).state, (await bruno.desk()).ticket) == (TicketState.IN_CALL, maria.ticket_id)
    back = await joao.ticket()
    assert (back.state, back.band, back.attendant, back.call) == (TicketState.WAITING, 0, None, None)
    assert joao.ticket_id in [waiting.ticket for waiting in (await scene.unit()).line]


async def test_the_call_of_the_desk_goes_on_when_the_other_ticket_named_another(scene: Scene):
    maria, joao, _, _ = await busy(scene)
    await breaks(scene, "HSET", f"ticket:{joao.ticket_id}", "state", "called", "attendant", "bruno", "call", "none")
    assert await causes(scene) == {"no_desk"}
    assert (await maria.call()).ended_ms is None


async def test_a_desk_whose_person_is_elsewhere_is_free_again(scene: Scene):
    maria, _, _, bruno = await busy(scene)
    await breaks(scene, "HSET", f"ticket:{maria.ticket_id}", "attendant", "ana")
    assert await causes(scene) == {"no_desk", "no_ticket"}
    assert (await bruno.desk()).activity is Activity.IDLE
    assert (await maria.ticket()).state is TicketState.WAITING
    assert (await bruno.calls()).ticket == maria.ticket_id, "the first of their tier, and nobody is stuck"


async def test_a_call_without_its_record_brings_the_person_back_and_frees_the_desk(scene: Scene):
    maria, _, _, bruno = await busy(scene)
    await breaks(scene, "DEL", f"call:{(await maria.ticket()).call}:state")
    assert await causes(scene) == {"no_desk", "no_ticket"}
    assert (await maria.ticket()).state is TicketState.WAITING
    assert (await bruno.desk()).activity is Activity.IDLE


@pytest.mark.parametrize("kind", ["visitor", "ring"])
async def test_a_called_ticket_whose_deadline_is_gone_gets_one(scene: Scene, kind: str):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    await breaks(scene, "ZREM", "deadlines", f"{kind}:{maria.ticket_id}")
    assert await causes(scene) == {f"no_{kind}"}
    scene.vanishes(maria)
    await scene.passes(130)
    assert (await maria.ticket()).state is TicketState.WAITING, "it ends, as it would have"


async def test_a_waiting_ticket_whose_lease_is_gone_gets_one(scene: Scene):
    maria = await scene.visitor()
    await breaks(scene, "ZREM", "deadlines", f"visitor:{maria.ticket_id}")
    assert await causes(scene) == {"no_visitor"}
    scene.vanishes(maria)
    await scene.passes(40)
    assert not (await maria.ticket()).present


async def test_a_lease_of_the_far_future_ends_in_its_time(scene: Scene):
    """The store's clock was ahead for a while."""
    maria, ana = await scene.visitor(), await scene.clerk("ana")
    far = await scene.store.now(scene.court) + 7_200_000
    await breaks(scene, "ZADD", "deadlines", far, f"visitor:{maria.ticket_id}", far, "attendant:ana")
    assert await causes(scene) == {"late_visitor", "late_attendant"}
    scene.vanishes(maria)
    scene.vanishes(ana)
    await scene.passes(40)
    assert not (await maria.ticket()).present
    assert (await ana.desk()).status is Status.OFFLINE


@pytest.mark.parametrize("kind", ["attendant", "wrap_up"])
async def test_a_desk_whose_deadline_is_gone_gets_one(scene: Scene, kind: str):
    _, _, ana, _ = await busy(scene)
    await breaks(scene, "HSET", "attendant:ana", "activity", "wrap_up")
    await breaks(scene, "ZREM", "deadlines", "wrap_up:ana")
    await causes(scene)
    await breaks(scene, "ZREM", "deadlines", f"{kind}:ana")
    assert await causes(scene) == {f"no_{kind}"}
    scene.vanishes(ana)
    await scene.passes(60)
    assert (await ana.desk()).activity is Activity.IDLE


@pytest.mark.parametrize("index", ["line", "cards", "both lines"])
async def test_a_ticket_in_no_index_is_in_its_place_again(scene: Scene, index: str):
    maria, joao, lia = [await scene.visitor(name) for name in ("maria", "joão", "lia")]
    match index:
        case "line":
            await breaks(scene, "ZREM", f"line:{CIVEL}", joao.ticket_id)
        case "cards":
            await breaks(scene, "HDEL", f"cards:{CIVEL}", joao.ticket_id)
        case _:
            await breaks(scene, "ZADD", f"away:{CIVEL}", 1, joao.ticket_id)
    assert await causes(scene) == {"not_in_line"}
    line = (await scene.unit()).line
    assert [waiting.ticket for waiting in line] == [maria.ticket_id, joao.ticket_id, lia.ticket_id]
    assert all(waiting.present for waiting in line)


async def test_a_ticket_that_nothing_but_the_line_knows_is_among_the_live_again(scene: Scene):
    """A release that did not keep the index was here."""
    maria = await scene.visitor()
    await breaks(scene, "DEL", "live")
    assert await causes(scene) == {"not_among_live"}
    await maria.leave()
    assert await breaks(scene, "SCARD", "live") == 0


async def test_a_browser_finds_its_ticket_again(scene: Scene):
    maria = await scene.visitor()
    await breaks(scene, "DEL", f"holder:{maria.holder}")
    assert await causes(scene) == {"no_holder"}
    assert (await maria.opens()).ticket.id == maria.ticket_id


async def test_a_ghost_in_the_line_is_called_by_nobody(scene: Scene):
    maria, joao, ana = await scene.visitor("maria"), await scene.visitor("joão"), await scene.clerk()
    await breaks(scene, "DEL", f"ticket:{maria.ticket_id}")
    assert await causes(scene) == {"not_live", "not_waiting", "lease_of_nobody"}
    assert (await ana.calls()).ticket == joao.ticket_id


async def test_who_is_counted_in_a_call_but_waits_is_counted_no_more(scene: Scene):
    maria = await scene.visitor()
    await breaks(scene, "SADD", f"called:{CIVEL}", maria.ticket_id)
    await breaks(scene, "SADD", f"in_call:{CIVEL}", maria.ticket_id)
    assert await causes(scene) == {"not_called", "not_in_call"}
    assert ((await scene.unit()).called, (await scene.unit()).in_call) == (0, 0)


async def test_who_talks_is_counted(scene: Scene):
    maria, _, _, _ = await busy(scene)
    await breaks(scene, "SREM", f"in_call:{CIVEL}", maria.ticket_id)
    assert await causes(scene) == {"not_in_set"}
    assert (await scene.unit()).in_call == 1


@pytest.mark.parametrize("index", ["desks", "available"])
async def test_an_attendant_that_a_unit_has_forgotten_sits_there_again(scene: Scene, index: str):
    await scene.clerk("bruno", (CIVEL, FAMILIA))
    await breaks(scene, "SREM", f"{index}:{FAMILIA}", "bruno")
    assert await causes(scene) == {"not_seated"}
    assert await breaks(scene, "SISMEMBER", f"{index}:{FAMILIA}", "bruno") == 1


async def test_deadlines_of_nobody_are_gone_and_those_of_a_newer_release_stay(scene: Scene):
    maria = await scene.visitor()
    await maria.leave()
    later = await scene.store.now(scene.court) + 20_000
    for member in (f"visitor:{maria.ticket_id}", "ring:nobody", "attendant:nobody", "dream:nobody"):
        await breaks(scene, "ZADD", "deadlines", later, member)
    assert {(each.cause, each.of) for each in await mended(scene)} == {
        ("lease_of_nobody", maria.ticket_id),
        ("lease_of_nobody", "nobody"),
    }
    assert await breaks(scene, "ZRANGE", "deadlines", 0, -1) == ["dream:nobody"]


async def test_a_court_of_thousands_is_walked_a_part_at_a_time(scene: Scene):
    people = [await scene.visitor(f"visitor-{number}", policy=Policy(max_waiting=1000)) for number in range(600)]
    for person in people[::100]:
        await breaks(scene, "ZREM", f"line:{CIVEL}", person.ticket_id)
        await breaks(scene, "ZADD", "deadlines", 1, f"ring:ghost-{person.ticket_id}")
    at, rounds, found = Round(), 0, []
    while at != Round("", ""):
        done = await scene.store.reconcile(scene.court, at, [], [])
        assert done is not None
        at, some = done
        found += some
        rounds += 1
    assert rounds > 5
    assert sorted(each.cause for each in found) == ["lease_of_nobody"] * 6 + ["not_in_line"] * 6


# ------------------------------------------------------------------------------------------------------- the sweep


async def test_a_store_whose_clock_was_set_back_brings_its_deadlines_along(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    for ahead_s in (7200, -7200):
        await breaks(scene, "INCRBY", "clock", ahead_s * 1000)
        assert (await scene.store.sweep(scene.court)).credited_ms // 1000 in {ahead_s, ahead_s - 1}
        await scene.renew()
        assert await mended(scene) == [], "every deadline is within its time"
        assert (await maria.ticket()).state is TicketState.CALLED
    await breaks(scene, "DEL", "grace")
    scene.vanishes(maria)
    await scene.passes(40)
    assert (await maria.ticket()).state is TicketState.WAITING, "no ring lasts two hours"


async def test_an_outage_may_grant_a_little_more_than_a_lease_lasts(scene: Scene):
    """It counts from the last sweep: who renewed between that and its beginning has those seconds twice."""
    maria, ana = await scene.visitor(), await scene.clerk()
    await ana.calls()
    await scene.sweep()
    await outage(scene, 4)
    await scene.renew()
    await outage(scene, 600)
    assert (await scene.store.sweep(scene.court)).credited_ms >= 604_000
    assert await mended(scene) == []
    await breaks(scene, "ZINCRBY", "deadlines", 60_000, f"visitor:{maria.ticket_id}")
    assert await causes(scene) == {"late_visitor"}


async def test_a_sweep_leaves_what_only_a_newer_release_knows(scene: Scene):
    maria = await scene.visitor()
    await breaks(scene, "ZADD", "deadlines", 1, "dream:nobody")
    scene.vanishes(maria)
    await scene.passes(60)
    assert not (await maria.ticket()).present, "and goes on"
    assert await breaks(scene, "ZSCORE", "deadlines", "dream:nobody") is not None


async def test_a_silence_in_a_call_is_no_contradiction(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    await in_call(scene, maria, ana)
    scene.vanishes(maria)
    await scene.passes(40)
    assert await mended(scene) == []
    scene.vanishes(ana)
    await scene.passes(30)
    assert (await maria.ticket()).state is TicketState.INTERRUPTED
    assert await mended(scene) == []


async def test_what_would_never_end_ends(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    call = await in_call(scene, maria, ana)
    await ana.holds(call)
    await breaks(scene, "ZREM", "deadlines", f"hold:{maria.ticket_id}")
    assert await causes(scene) == {"no_hold"}
    await ana.unholds(call)
    scene.vanishes(maria)
    await ana.hears(call, alive=False)
    await scene.passes(40)
    await breaks(scene, "ZREM", "deadlines", f"interrupted:{maria.ticket_id}")
    assert await causes(scene) == {"no_interrupted"}
    await maria.opens()
    await ana.sends_back(call)
    await breaks(scene, "ZREM", "deadlines", f"fetch:{maria.ticket_id}")
    assert await causes(scene) == {"no_fetch"}


async def passed_over(scene: Scene, lease: str, by_s: int) -> None:
    """The lease was over for so long when everything that was over had been acted on."""
    await scene.sweep()
    at_ms = await scene.store.now(scene.court) - by_s * 1000
    await breaks(scene, "ZADD", "deadlines", at_ms, lease)


async def test_a_ticket_with_a_dead_lease_is_found_and_its_lease_ends(scene: Scene):
    maria = await scene.visitor()
    await passed_over(scene, f"visitor:{maria.ticket_id}", 50)
    assert await mended(scene) == [], "the next sweep acts on it"
    await passed_over(scene, f"visitor:{maria.ticket_id}", 70)
    assert [(each.cause, each.of) for each in await mended(scene)] == [("dead_visitor", maria.ticket_id)]
    assert await mended(scene) == []
    assert not (await maria.ticket()).present, "away, as by a sweep; the place stays"
    assert [waiting.ticket for waiting in (await scene.unit()).line] == [maria.ticket_id]


async def test_a_desk_with_a_dead_lease_is_found_and_goes_offline(scene: Scene):
    await scene.clerk()
    await passed_over(scene, f"attendant:{ANA}", 70)
    assert await causes(scene) == {"dead_attendant"}
    assert (await scene.store.desk(scene.court, ANA)).attendant.status is Status.OFFLINE


async def test_a_lease_that_is_over_because_nobody_swept_is_none(scene: Scene):
    maria = await scene.visitor()
    scene.vanishes(maria)
    await scene.sweep()
    await scene.later(3600)
    assert await mended(scene) == []
    await passed_over(scene, f"visitor:{maria.ticket_id}", 70)
    await outage(scene, 3600)
    assert await mended(scene) == [], "after an outage nothing ends for a while"


async def test_the_leases_of_a_node_that_died_end_by_the_sweeps_of_any_other(scene: Scene):
    """A lease knows no node: whoever has the page renews it, and nothing has to be mended where nobody does."""
    maria, ana = await scene.visitor(), await scene.clerk()
    for one in (maria, ana):
        scene.vanishes(one)
    await scene.passes(40)
    assert await mended(scene) == []
    assert not (await maria.ticket()).present
    assert (await scene.store.desk(scene.court, ANA)).attendant.status is Status.OFFLINE
