"""Where UDP does not pass at all: calls through TURN over TCP and over TLS, by a real coturn with our rules."""

import pytest

from tests.e2e.people import comes_true
from tests.e2e.test_guests import sees_and_hears
from tests.e2e.walls import BY, WAYS, WITH_WALLS, walls
from tests.server.test_turn import WITH_COTURN

pytestmark = [WITH_COTURN, WITH_WALLS]

ASKED_TO_RELAY = "() => globalThis.legs.at(-1)?.getConfiguration().iceTransportPolicy === 'relay'"


@pytest.mark.parametrize("by", BY)
async def test_two_people_without_udp_see_and_hear_each_other(built: None, by: str):
    async with walls(by) as there:
        visitor = await (await there.alone("visitor")).visitor()
        clerk = await (await there.alone("clerk")).clerk()
        await (await clerk.signs_in()).goes_available()
        await visitor.takes_a_ticket()
        await visitor.chooses("video")
        await clerk.calls_the_next()
        await visitor.enters()
        for who in (visitor, clerk):
            await who.sees_and_hears()
            assert await who.page.evaluate(WAYS) == [["relay", by]]


async def test_an_interpreter_who_comes_is_seen_and_heard_over_the_relay_as_the_two_are(built: None):
    """Three legs, each relayed at both its ends: what the court's side gives away and holds at the relay is enough."""
    async with walls("tcp") as there:
        lia = await (await there.alone("interpreter")).interpreter()
        await (await lia.signs_in()).goes_available()
        visitor = await (await there.alone("visitor")).visitor()
        clerk = await (await there.alone("clerk")).clerk()
        await (await clerk.signs_in()).goes_available()
        await visitor.takes_a_ticket(libras=True)
        await visitor.chooses("video")
        await clerk.calls_the_next()
        await visitor.sees("enter-call")
        await clerk.page.wait_for_function(ASKED_TO_RELAY)
        await visitor.enters()
        await visitor.sees_and_hears()
        await clerk.press("call-interpreter")
        await lia.press("come")
        for who in (visitor, clerk, lia):
            await sees_and_hears(who.page, 2)
            await comes_true(who.page, f"async () => (await ({WAYS})()).length === 2")
            assert await who.page.evaluate(WAYS) == [["relay", "tcp"]] * 2
