"""The scripts decide, the model is the reference: whoever is called is whom `rooms.model.order` names."""

from random import Random

import pytest

from rooms.model.attendant import Status
from rooms.model.events import EventKind
from rooms.model.order import FIRST_OF_TIER, ahead_of, key_of, next_of
from rooms.model.ticket import Tier
from tests.scene import CIVEL, FAMILIA, Person, Scene

DAYS = 8
STEPS = 30


@pytest.mark.parametrize("seed", range(DAYS))
async def test_a_random_day_at_two_counters_is_served_in_the_models_order(scene: Scene, seed: int):
    """People of all tiers come, fall silent, come back; rings are taken back; one attendant serves both units."""
    chance = Random(seed)  # noqa: S311 - a random day, not a secret
    ana = await scene.clerk(units=(CIVEL, FAMILIA))
    waiting: dict[str, Person] = {}
    called = 0
    for step in range(STEPS):
        for _ in range(chance.randint(0, 2)):
            await _joins(scene, waiting, f"p{step}-{len(waiting)}", chance)
        for person in list(waiting.values()):
            if person in scene.here and chance.random() < 0.15:
                scene.vanishes(person)
            elif person not in scene.here and chance.random() < 0.3:
                scene.here.append(person)
        await scene.passes(40)
        lines = {unit: (await scene.unit(unit)).line for unit in (CIVEL, FAMILIA)}
        expected = next_of(lines)
        if expected is None:
            continue
        ahead = ahead_of(min(one.score for one in lines[expected[0]] if one.present), lines[expected[0]])
        rung = await ana.calls()
        called += 1
        assert (rung.unit, rung.ticket) == expected
        assert (await scene.events(EventKind.TICKET_CALLED))[-1].facts["position"] == str(ahead + 1)
        person = waiting[rung.ticket]
        if chance.random() < 0.3:
            await ana.cancels(rung.call)
            await ana.status(Status.AVAILABLE)
            kept = next(one for one in (await scene.unit(rung.unit)).line if one.ticket == rung.ticket)
            assert key_of(kept.score) == key_of(kept.score)._replace(tier=kept.tier, band=FIRST_OF_TIER)
            continue
        await person.enters(rung.call)
        await person.hangs_up(rung.call)
        await ana.finishes(rung.call)
        del waiting[rung.ticket]
        scene.vanishes(person)
    assert called > STEPS // 2, "a day on which nobody is called shows nothing"


async def _joins(scene: Scene, waiting: dict[str, Person], name: str, chance: Random) -> None:
    unit, tier = chance.choice([CIVEL, FAMILIA]), chance.choice(list(Tier))
    person = await scene.visitor(name, unit=unit, tier=tier)
    line = (await scene.unit(unit)).line
    own = next(one for one in line if one.ticket == person.ticket_id)
    assert own.tier is key_of(own.score).tier is tier
    assert (await person.ticket()).original_position == ahead_of(own.score, line) + 1
    waiting[person.ticket_id] = person
