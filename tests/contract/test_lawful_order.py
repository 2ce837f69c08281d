"""The scripts decide, the model is the reference: whoever is called is whom `rooms.model.order` names."""

from random import Random

import pytest

from rooms.ids import UnitId
from rooms.model.attendant import Status
from rooms.model.events import EventKind
from rooms.model.order import FIRST_OF_TIER, ahead_for, key_of, next_of, rule_of
from rooms.model.ticket import Tier
from rooms.model.unit import Order, Policy
from tests.scene import CIVEL, FAMILIA, Person, Scene

DAYS = 8
STEPS = 30
RULES = [
    {},
    {CIVEL: Policy(order=Order.RATIO, ratio_k=2), FAMILIA: Policy(order=Order.RATIO, ratio_k=1)},
    {
        CIVEL: Policy(order=Order.HEAD_START, head_start_min=5),
        FAMILIA: Policy(order=Order.HEAD_START, head_start_min=20),
    },
    {CIVEL: Policy(order=Order.DEDICATED, dedicated=("bruno",)), FAMILIA: Policy(order=Order.RATIO)},
]


@pytest.mark.parametrize("rules", RULES, ids=["strict", "ratio", "head start", "dedicated and ratio"])
@pytest.mark.parametrize("seed", range(DAYS))
async def test_a_random_day_at_two_counters_is_served_in_the_models_order(
    scene: Scene, seed: int, rules: dict[UnitId, Policy]
):
    """People of all tiers come, fall silent, come back; rings are taken back; two attendants, one of both units."""
    chance = Random(seed)  # noqa: S311 - a random day, not a secret
    scene.orders = rules
    ana = await scene.clerk(units=(CIVEL, FAMILIA))
    bruno = await scene.clerk("bruno")
    waiting: dict[str, Person] = {}
    called = 0
    for step in range(STEPS):
        for _ in range(chance.randint(0, 3)):
            await _joins(scene, waiting, f"p{step}-{len(waiting)}", chance)
        for person in list(waiting.values()):
            if person in scene.here and chance.random() < 0.15:
                scene.vanishes(person)
            elif person not in scene.here and chance.random() < 0.3:
                scene.here.append(person)
        await scene.passes(40)
        clerk, units = chance.choice([(ana, (CIVEL, FAMILIA)), (bruno, (CIVEL,))])
        states = {unit: await scene.unit(unit) for unit in units}
        lines = {unit: state.line for unit, state in states.items()}
        of = {unit: rule_of(rules.get(unit, Policy()), state) for unit, state in states.items()}
        expected = next_of(lines, of, clerk.id)
        if expected is None:
            continue
        unit, ticket = expected
        ahead = ahead_for(next(one for one in lines[unit] if one.ticket == ticket), lines[unit], of[unit])
        rung = await clerk.calls()
        called += 1
        assert (rung.unit, rung.ticket) == expected
        told = (await scene.events(EventKind.TICKET_CALLED))[-1].facts
        assert told["position"] == str(ahead + 1)
        assert told["order"] == rules.get(unit, Policy()).order
        person = waiting[rung.ticket]
        if chance.random() < 0.3:
            await clerk.cancels(rung.call)
            await clerk.status(Status.AVAILABLE)
            kept = next(one for one in (await scene.unit(rung.unit)).line if one.ticket == rung.ticket)
            assert key_of(kept.score) == key_of(kept.score)._replace(tier=kept.tier, band=FIRST_OF_TIER)
            continue
        await person.enters(rung.call)
        await person.hangs_up(rung.call)
        await clerk.finishes(rung.call)
        del waiting[rung.ticket]
        scene.vanishes(person)
    assert called > STEPS // 2, "a day on which nobody is called shows nothing"


async def _joins(scene: Scene, waiting: dict[str, Person], name: str, chance: Random) -> None:
    unit, tier = chance.choice([CIVEL, FAMILIA]), chance.choice(list(Tier))
    person = await scene.visitor(name, unit=unit, tier=tier)
    state = await scene.unit(unit)
    own = next(one for one in state.line if one.ticket == person.ticket_id)
    assert own.tier is key_of(own.score).tier is tier
    rule = rule_of(scene.orders.get(unit, Policy()), state)
    assert (await person.ticket()).original_position == ahead_for(own, state.line, rule) + 1
    waiting[person.ticket_id] = person
