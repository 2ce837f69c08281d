"""A unit's rule in the scripts: what a ratio counts, whose turn has passed, who goes by tier."""

from rooms.model.attendant import PauseReason, Status
from rooms.model.events import EventKind
from rooms.model.ticket import TicketState, Tier
from rooms.model.unit import Order, Policy
from tests.scene import CIVEL, Clerk, Person, Scene

RATIO = Policy(order=Order.RATIO, ratio_k=2)


async def served(clerk: Clerk, *people: Person) -> Person:
    """The next person, called and served."""
    rung = await clerk.calls()
    person = next(person for person in people if person.ticket_id == rung.ticket)
    await person.enters(rung.call)
    await clerk.hangs_up(rung.call)
    await clerk.finishes(rung.call)
    return person


async def test_the_ratio_counts_calls_and_the_unit_tells_how_many(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    first, second = [await scene.visitor(name, tier=Tier.PRIORITY) for name in ("rosa", "ivo")]
    third = await scene.visitor("maria")
    people, ana = (first, second, third), await scene.clerk()
    runs = []
    for expected in (first, second, third):
        assert await served(ana, *people) is expected
        runs.append((await scene.unit()).run)
    assert runs == [1, 2, 0]


async def test_a_ring_taken_back_gives_the_turn_back(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    rosa = await scene.visitor("rosa", tier=Tier.PRIORITY)
    ana = await scene.clerk()
    await ana.cancels((await ana.calls()).call)
    assert (await scene.unit()).run == 0
    await ana.status(Status.AVAILABLE)
    assert (await ana.calls()).ticket == rosa.ticket_id


async def test_everybody_else_called_in_vain_is_due_again_at_once(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    call = (await ana.calls()).call
    await scene.visitor("rosa", tier=Tier.PRIORITY)
    await ana.cancels(call)
    await ana.status(Status.AVAILABLE)
    assert (await scene.unit()).run == 2
    assert (await ana.calls()).ticket == maria.ticket_id


async def test_who_let_a_ring_pass_on_a_live_page_has_had_their_turn(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    rosa, ana = await scene.visitor("rosa", tier=Tier.PRIORITY), await scene.clerk()
    await rosa.sees((await ana.calls()).call)
    await scene.passes(61)
    assert (await rosa.ticket()).state is TicketState.WAITING
    assert (await scene.unit()).run == 1


async def test_under_the_ratio_the_turn_of_the_away_passes_when_it_is_theirs(scene: Scene):
    """Rosa is away and first by the key; but after two with priority it is somebody else's turn, not hers."""
    scene.orders = {CIVEL: RATIO}
    rosa = await scene.visitor("rosa", tier=Tier.EIGHTY)
    scene.vanishes(rosa)
    await scene.passes(40)
    ivo, eva = [await scene.visitor(name, tier=Tier.PRIORITY) for name in ("ivo", "eva")]
    maria, ana = await scene.visitor("maria"), await scene.clerk()
    people = (ivo, eva, maria)
    assert await served(ana, *people) is ivo
    assert (await rosa.ticket()).passed_ms is not None, "she would have been called, had she been there"
    scene.here.append(rosa)
    scene.vanishes(eva)
    await scene.passes(40)
    assert (await eva.ticket()).present is False
    assert await served(ana, rosa, *people) is rosa
    assert (await scene.unit()).run == 2
    assert await served(ana, *people) is maria
    assert (await eva.ticket()).passed_ms is None, "it was not her turn that somebody else was called in"


async def test_the_away_of_another_unit_keep_their_turn_while_a_better_tier_is_called(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    maria = await scene.visitor("maria")
    scene.vanishes(maria)
    await scene.passes(40)
    rosa = await scene.visitor("rosa", unit="familia", tier=Tier.PRIORITY)
    ana = await scene.clerk(units=(CIVEL, "familia"))
    assert await served(ana, rosa) is rosa
    assert (await maria.ticket()).passed_ms is None
    await scene.visitor("joão", unit="familia")
    await ana.calls()
    assert (await maria.ticket()).passed_ms is not None


async def test_a_head_start_is_over_for_whoever_came_late_enough(scene: Scene):
    scene.orders = {CIVEL: Policy(order=Order.HEAD_START, head_start_min=10)}
    maria = await scene.visitor("maria")
    await scene.passes(300)
    joao = await scene.visitor("joão")
    await scene.passes(400)
    rosa = await scene.visitor("rosa", tier=Tier.PRIORITY)
    assert (await rosa.ticket()).original_position == 2
    ana = await scene.clerk()
    people = (maria, joao, rosa)
    assert [await served(ana, *people) for _ in people] == [maria, rosa, joao]


async def test_the_dedicated_attendant_takes_priority_and_the_others_who_came_first(scene: Scene):
    scene.orders = {CIVEL: Policy(order=Order.DEDICATED, dedicated=("ana",))}
    maria, rosa = await scene.visitor("maria"), await scene.visitor("rosa", tier=Tier.PRIORITY)
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno")
    assert (await bruno.calls()).ticket == maria.ticket_id
    assert (await ana.calls()).ticket == rosa.ticket_id


async def test_while_the_dedicated_attendant_pauses_everybody_goes_by_tier(scene: Scene):
    scene.orders = {CIVEL: Policy(order=Order.DEDICATED, dedicated=("ana",))}
    await scene.visitor("maria")
    rosa = await scene.visitor("rosa", tier=Tier.PRIORITY)
    ana, bruno = await scene.clerk("ana"), await scene.clerk("bruno")
    await ana.status(Status.PAUSED, PauseReason.LUNCH)
    assert (await bruno.calls()).ticket == rosa.ticket_id


async def test_a_call_says_by_which_rule_it_was(scene: Scene):
    scene.orders = {CIVEL: RATIO}
    await scene.visitor()
    await (await scene.clerk()).calls()
    assert (await scene.events(EventKind.TICKET_CALLED))[0].facts["order"] == "ratio"


async def test_who_is_near_is_told_by_the_units_rule(scene: Scene):
    """One to one: p1 n2 p4 n3 p5 n6. By the key alone, p5 would be near once p1 is called."""
    scene.orders = {CIVEL: Policy(order=Order.RATIO, ratio_k=1)}
    tiers = {name: Tier.PRIORITY if name[0] == "p" else Tier.EVERYONE for name in ("p1", "n2", "n3", "p4", "p5", "n6")}
    people = {(await scene.visitor(name, tier=tier)).ticket_id: name for name, tier in tiers.items()}
    for clerk, near in (("ana", []), ("bruno", [("p5", "3")]), ("caio", [("n6", "3")])):
        before = len(await scene.events(EventKind.TICKET_NEAR))
        await (await scene.clerk(clerk)).calls()
        told = (await scene.events(EventKind.TICKET_NEAR))[before:]
        assert [(people[event.ticket], event.facts["position"]) for event in told] == near


async def test_who_is_away_is_told_that_they_are_near_too(scene: Scene):
    scene.orders = {CIVEL: Policy(order=Order.RATIO, ratio_k=1)}
    people = [await scene.visitor(f"n{number}") for number in range(1, 5)]
    scene.vanishes(people[3])
    await scene.passes(40)
    await (await scene.clerk()).calls()
    assert [event.ticket for event in await scene.events(EventKind.TICKET_NEAR)] == [people[3].ticket_id]


async def test_a_ticket_of_before_there_were_rules_is_in_the_strict_order(scene: Scene):
    """A server that is replaced while people wait finds their tickets as the older one wrote them."""
    maria = await scene.visitor()
    at = f"{{{scene.court}}}:ticket:{maria.ticket_id}"
    await scene.store._client.call("HSET", at, "policy", '{"ring_s": 60, "passed_s": 900, "ring_line_lost_s": 20}')
    await maria.leave()
    assert (await scene.events(EventKind.TICKET_ENDED))[0].facts["position"] == "1"
