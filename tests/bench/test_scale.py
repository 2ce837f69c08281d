"""How far one store goes, and three of them: the measured costs behind `docs/escala.md`."""

import pytest
from redis import Redis

from rooms.ids import CourtId, UnitId
from rooms.model.unit import Policy
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from tests.bench.figures import Row, Section, percentile, publish
from tests.bench.scale import HOUR_S, SIGNALS, Counter, arrive, taken
from tests.scene import CIVEL, Scene
from tests.stores import valkey, valkey_cluster

VISITS = 300
WAITING = 1000
RENEWALS = 20
STATE_A_DAY = 1_500
"""Attendances of a state court of 430 units (`FIELD.md` §4, TRF1)."""
OPEN_H, PEAK = 6, 3.0
"""Hours of service a day, and how many times the mean the busiest hour brings: assumptions, said in the page."""
STATE_PEAK_PER_S = STATE_A_DAY / OPEN_H / HOUR_S * PEAK
COURTS = 91
FASTER = 40
"""The simulated peak of a state runs so many times faster: an hour in a minute and a half."""
COUNTERS = 64


async def counters_of(store: RedisStore, log: RedisLog, court: CourtId, count: int) -> list[Counter]:
    await store.adopt(court, 0)
    await store.sweep(court)
    scene = Scene(store, log, court)
    units = [UnitId(f"unit-{n}") for n in range(count)]
    return [Counter(scene, await scene.clerk(f"clerk-{n}", [unit]), unit) for n, unit in enumerate(units)]


@pytest.fixture(autouse=True)
def names_of_any_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The scene knows two units by name; here there are as many as counters."""
    every = {UnitId(f"unit-{n}"): f"U{n}" for n in range(COUNTERS)}
    monkeypatch.setattr("tests.scene.LETTERS", {CIVEL: "CV1", **every})
    monkeypatch.setattr("tests.scene.NAMES", {CIVEL: "Vara", **every})


@pytest.mark.timeout(300)
async def test_what_a_visit_costs_the_store_and_a_states_peak():
    with valkey(durable=True) as data:
        client = Client(data.url)
        store, log = RedisStore(client), RedisLog(client, lambda: BlockingReads(data.url))
        server = Redis.from_url(data.url, decode_responses=True)
        counters = await counters_of(store, log, CourtId("state"), COUNTERS)
        await counters[0].visit()

        before = taken(server)
        for n in range(VISITS):
            await counters[n % COUNTERS].visit()
        each = taken(server) - before

        before, scene = taken(server), counters[0].scene
        for n in range(WAITING):
            await scene.visitor(f"waiting-{n}", unit=CIVEL, policy=Policy(max_waiting=WAITING))
        lying = taken(server) - before

        before = taken(server)
        for _ in range(RENEWALS):
            await scene.renew()
        renewed = taken(server) - before

        per_s, seconds = STATE_PEAK_PER_S * FASTER, HOUR_S / FASTER
        before = taken(server)
        took_s = await arrive(counters, per_s, seconds, seed=1)
        peak = taken(server) - before
        server.close()
        await client.close()

    cpu_ms = 1000 * each.cpu_s / VISITS
    renew_us = 1e6 * renewed.cpu_s / RENEWALS / WAITING
    # what the model says of the busiest hour: so many visits, so many milliseconds each
    expected_share = STATE_PEAK_PER_S * cpu_ms / 1000
    measured_share = peak.cpu_s / HOUR_S
    publish(
        Section(
            title="A visit on the store, and a state's busiest hour",
            compared_with="what the cost of one visit lets expect",
            how=f"{VISITS} visits one after the other, {SIGNALS} signals each, everything that two servers read because"
            f" of them; then the busiest hour of 430 units ({STATE_A_DAY:,} visits in {OPEN_H} h, {PEAK:g} times the"
            f" mean), {FASTER} times faster: {len(took_s)} visits with {WAITING:,} people in line. One Valkey,"
            " `appendfsync always`. The share is of one core, at the pace of the real hour.",
            rows=(
                Row("processor time of the store for a visit", "ms", cpu_ms),
                Row("commands for a visit, those inside scripts too", "", each.commands / VISITS),
                Row("written to disk for a visit", "KB", each.written_bytes / VISITS / 1024),
                Row("memory of a waiting ticket", "KB", lying.memory_bytes / WAITING / 1024),
                Row("processor time to renew one person's lease", "µs", renew_us),
                Row("share of a core in the busiest hour", "%", 100 * measured_share, 100 * expected_share),
                Row("call_next in it, p99", "ms", 1000 * percentile(took_s, 0.99)),
            ),
        )
    )


@pytest.mark.timeout(300)
async def test_all_courts_on_three_masters():
    seconds, per_s = 30.0, COURTS * STATE_PEAK_PER_S
    with valkey_cluster() as cluster:
        client = Client(cluster.url)
        store, log = RedisStore(client), RedisLog(client, lambda: BlockingReads(cluster.url))
        counters = []
        for n in range(COURTS):
            counters += await counters_of(store, log, CourtId(f"court-{n}"), 2)
        servers = [cluster.connect(node) for node in cluster.nodes]
        before = [taken(server) for server in servers]
        # neighbours in the queue of free counters are of different courts
        took_s = await arrive([*counters[::2], *counters[1::2]], per_s, seconds, seed=2)
        after = [taken(server) - was for server, was in zip(servers, before, strict=True)]
        for server in servers:
            server.close()
        await client.close()
    share = [each.cpu_s / seconds for each in after]
    publish(
        Section(
            title="All Brazilian courts on three masters",
            compared_with="an even share of the work",
            how=f"{COURTS} courts, one shard each, every one in the busiest hour of a state: {per_s:.0f} visits/s for"
            f" {seconds:.0f} s, {len(took_s)} in all, on a real cluster of three masters on this machine.",
            rows=(
                Row("busiest master, share of a core", "%", 100 * max(share), 100 * sum(share) / len(share)),
                Row("call_next, p99", "ms", 1000 * percentile(took_s, 0.99)),
                Row("call_next, p50", "ms", 1000 * percentile(took_s, 0.5)),
            ),
        )
    )
