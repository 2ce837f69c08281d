"""How well somebody is heard: the clerk sees the check, the events tell the call, and nowhere stands an address."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import asdict, replace

from rooms.ids import GaugeId
from rooms.model.call import Outcome
from rooms.model.events import FACTS, Event, EventKind
from rooms.model.quality import Measure, Path
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from signaling.protocol import commands as say
from signaling.protocol import quality
from tests.scene import FOUND, MEASURE
from tests.server.conftest import Crowd
from tests.server.harness import COURT, WITHIN_S, Person, Visitor, talk

ADDRESS = re.compile(r"\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f]*:[0-9a-f:]*|localhost|\.local")
ROUGH = Measure(GaugeId("first"), Path.RELAY, 310, 900, 8, 40, 2, 3, 700, 1_100, 1_900, None)
"""A call in which somebody reloads the page,"""
CALM = Measure(GaugeId("second"), Path.DIRECT, 30, 60, 0, 1, 18, 0, 40, 90, 200, 260)
"""and what the second page thinks of it."""


async def test_the_clerks_card_has_the_last_check(server, crowd):
    visitor, clerk = await crowd.visitor(), await crowd.attendant()
    await clerk.available()
    await visitor.join()
    found = quality.Found(**asdict(FOUND))
    await visitor.do(quality.Checked(ago_s=60, found=found))
    await talk(visitor, clerk)
    desk = await clerk.until(lambda view: view.person)
    assert desk.person.check.found == found
    assert desk.as_of.now_ms - desk.person.check.at_ms >= 60_000
    again = quality.Found(**asdict(FOUND) | {"microphone": True})
    await visitor.do(quality.Checked(ago_s=0, found=again))
    await clerk.until(lambda view: view.person.check.found == again)


async def test_the_events_tell_the_whole_call_of_both_sides_whoever_ended_it_and_no_address(place):
    async with place.server() as server:
        crowd = Crowd(server)
        visitor, clerk = await crowd.visitor(), await crowd.attendant()
        await clerk.available()
        await visitor.join()
        call = await talk(visitor, clerk)
        await measures(visitor, call, ROUGH)
        await measures(clerk, call, MEASURE)
        reloaded = await reload(crowd, visitor)
        await measures(reloaded, call, replace(CALM, spells=1))
        await clerk.do(say.HangUp(call=call))
        await reloaded.until_said("end")
        # Who hears of the end has their last word; so has whoever said it, though the visit is finished already.
        await measures(reloaded, call, CALM)
        await clerk.do(say.Finish(call=call, outcome=Outcome.INFORMED))
        await measures(clerk, call, replace(MEASURE, picture_ms=320))
        events = await ended(place.store.url, server)
        await crowd.leave()
    told = {event.facts["by"]: dict(event.facts) for event in events if event.kind is EventKind.CALL_MEASURED}
    assert told == {
        "visitor": {
            "by": "visitor",
            "pages": "2",
            "path": "direct",
            "restarts": "3",
            "spells": "20",
            "round_trip_ms": "58",
            "worst_round_trip_ms": "900",
            "lost_percent": "1",
            "worst_lost_percent": "40",
            "ice_ms": "700",
            "connected_ms": "1100",
            "sound_ms": "1900",
        },
        "attendant": {
            "by": "attendant",
            "pages": "1",
            "path": "direct",
            "restarts": "1",
            "spells": "4",
            "round_trip_ms": "30",
            "worst_round_trip_ms": "400",
            "lost_percent": "0",
            "worst_lost_percent": "12",
            "ice_ms": "40",
            "connected_ms": "90",
            "sound_ms": "210",
            "picture_ms": "320",
        },
    }
    assert told["attendant"].keys() == FACTS[EventKind.CALL_MEASURED], "nothing of it is left out"
    for event in events:
        for fact in event.facts.values():
            assert not ADDRESS.search(fact), event


async def measures(person: Person, call: str, measure: Measure) -> None:
    await person.do(quality.Measured(call=call, measure=quality.Measure(**asdict(measure))))


async def reload(crowd: Crowd, visitor: Visitor) -> Visitor:
    """The same tab, opened anew."""
    await visitor.close()
    again = crowd.add(visitor.another_page())
    again.tab = visitor.tab
    await again.connect()
    await again.until(lambda view: not view.mirror)
    return again


async def ended(url: str, server) -> Sequence[Event]:
    """All that has happened, when the time for last words is over."""
    client = Client(url)
    log = RedisLog(client, lambda: BlockingReads(url))
    try:
        async with asyncio.timeout(WITHIN_S):
            while True:
                await server.store.move_clock(COURT, 31_000)
                await server.store.sweep(COURT)
                events = await log.events_after(COURT, "0-0", 1000)
                if any(event.kind is EventKind.CALL_MEASURED for event in events):
                    return events
    finally:
        await client.close()
