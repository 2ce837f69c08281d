"""How well somebody is heard: the clerk sees the check, the events tell the call, and nowhere stands an address."""

import re
from dataclasses import asdict

from rooms.model.events import EventKind
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from signaling.protocol import commands as say
from signaling.protocol import quality
from tests.scene import FOUND, MEASURE
from tests.server.conftest import Crowd
from tests.server.harness import COURT, talk

ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*|localhost|\.local")


async def test_the_check_is_on_the_clerks_card_and_the_call_in_the_events_without_addresses(place):
    async with place.server() as server:
        crowd = Crowd(server)
        visitor, clerk = await crowd.visitor(), await crowd.attendant()
        await clerk.available()
        await visitor.join()
        found = quality.Found(**asdict(FOUND))
        await visitor.do(quality.Checked(ago_s=60, found=found))
        call = await talk(visitor, clerk)
        desk = await clerk.until(lambda view: view.person)
        assert desk.person.check.found == found
        assert desk.as_of.now_ms - desk.person.check.at_ms >= 60_000
        again = quality.Found(**asdict(FOUND) | {"microphone": True})
        await visitor.do(quality.Checked(ago_s=0, found=again))
        await clerk.until(lambda view: view.person.check.found == again)
        measure = quality.Measure(**asdict(MEASURE))
        for person in (visitor, clerk):
            await person.do(quality.Measured(call=call, measure=measure))
        await visitor.do(say.HangUp(call=call))
        await clerk.until_said("end")
        client = Client(place.store.url)
        events = await RedisLog(client, lambda: BlockingReads(place.store.url)).events_after(COURT, "0-0", 1000)
        await client.close()
        await crowd.leave()
    told = [event.facts for event in events if event.kind is EventKind.CALL_MEASURED]
    assert [(facts["by"], facts["worst_round_trip_ms"]) for facts in told] == [("visitor", "400"), ("attendant", "400")]
    for event in events:
        for fact in event.facts.values():
            assert not ADDRESS.search(fact), event
