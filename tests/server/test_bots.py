"""Simulated people on a real server: they speak the public wire only, and media flows between them."""

import asyncio
import sys

from pydantic import TypeAdapter

from rooms.model.call import Outcome
from rooms.model.ticket import TicketState, Tier
from rooms.model.unit import Policy
from signaling.bots.attendant import Attendant, Shift
from signaling.bots.leg import listen_without_decoding
from signaling.bots.people import NEVER, arrivals
from signaling.bots.report import Report
from signaling.bots.visitor import Habits, Stage, Visitor
from signaling.bots.wire import Browser
from tests.server.harness import PASSWORD, UNIT


async def balcao(*words, succeeds=True):
    """Run our command line in a process of its own; answers what it wrote."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "signaling", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    output, _ = await process.communicate()
    assert (process.returncode == 0) is succeeds, output.decode()
    return output.decode()


async def test_a_crowd_of_simulated_people_is_served_and_media_flows_both_ways(server, tmp_path):
    told = await balcao(
        "crowd", "--url", server.url, "--unit", UNIT, "--clerk", f"ana:{PASSWORD}", "--clerk", f"bruno:{PASSWORD}",
        "--visitors", "3", "--minutes", "0.05", "--seed", "3", "--report", str(tmp_path / "day.json"),
    )  # fmt: skip
    report = TypeAdapter(Report).validate_json((tmp_path / "day.json").read_bytes())
    assert report.ends == {"served": 3}, told
    assert report.calls == 3
    assert len(report.waits_s) == 3
    assert report.visitors_packets.received > 0
    assert report.clerks_packets.received > 0
    assert report.visitors_packets.received <= report.clerks_packets.sent
    assert report.clerks_packets.received <= report.visitors_packets.sent
    assert "3 foram atendidas" in told


async def test_a_day_at_a_court_of_its_own_ends_for_everybody_as_it_must(tmp_path, monkeypatch):
    """The bare command. By its seed there is one of each kind, and the one in a hurry comes when all are busy."""
    visitors, clerks, minutes, seed = 10, 3, 0.1, 39170
    habits = [each.habits for each in arrivals(seed, visitors, minutes * 60, ["one"])]
    assert [each.ignores_rings for each in habits] == [NEVER, *[0] * 9]
    assert [each.patience_s < 60 for each in habits] == [False] * 7 + [True] + [False] * 2
    assert [each.drops_in_s is not None for each in habits] == [False] * 4 + [True] + [False] * 5
    assert [each.tier for each in habits] == [Tier.EVERYONE] * 8 + [Tier.PRIORITY] + [Tier.EVERYONE]
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    told = await balcao(
        "crowd", "--visitors", f"{visitors}", "--clerks", f"{clerks}", "--minutes", f"{minutes}", "--seed", f"{seed}",
        "--report", str(tmp_path / "day.json"),
    )  # fmt: skip
    report = TypeAdapter(Report).validate_json((tmp_path / "day.json").read_bytes())
    assert report.ends == {"served": 8, "left": 1, "no_show": 1}, told
    assert (report.came, report.unforeseen, report.dropped) == (10, 0, 1)
    assert report.calls == len(report.waits_s) == 8
    assert set(report.priority_waits_s) < set(report.waits_s)
    assert len(report.priority_waits_s) == 1
    assert report.unanswered >= Policy().tries, "the one who never answers was called as often as anybody"
    assert report.visitors_packets.received > 0
    assert report.clerks_packets.received > 0
    assert "8 foram atendidas" in told
    assert "Ninguém perdeu o lugar" in told
    assert [each.name for each in tmp_path.iterdir()] == ["day.json"], "the court is gone without a trace"


async def test_a_page_that_dies_in_mid_call_comes_back_and_media_flows_again(server):
    listen_without_decoding()
    async with Browser(server.url) as here, Browser(server.url) as there:
        clerk = Attendant(there, Shift("ana", PASSWORD, [UNIT], lambda: 3_600, lambda: Outcome.INFORMED))
        visitor = Visitor(here, UNIT, Habits("Maria da Silva", answers_in_s=0, drops_in_s=0.2, returns_in_s=0))
        working, visiting = asyncio.create_task(clerk.run()), asyncio.create_task(visitor.run())

        async def talks_again():
            # Dropped, and on the new page: the dead page's conversation has received something too.
            there = visitor.dropped and visitor.stage is Stage.IN_CALL and visitor.conversation
            return there and (await there.count()).received

        while not await talks_again():
            gone, _ = await asyncio.wait([visiting, working], timeout=0.05)
            assert not gone, "the visit ended before media flowed again"
        assert clerk.calls == 1, "it is the same call"
        await visitor.conversation.hang_up()
        await visiting
        assert visitor.end is TicketState.SERVED
        working.cancel()
        await asyncio.wait([working])


async def test_a_clerk_with_a_wrong_password_ends_the_crowd_with_one_sentence(server):
    told = await balcao(
        "crowd", "--url", server.url, "--unit", UNIT, "--clerk", "ana:errada-e-longa", "--visitors", "1", succeeds=False
    )
    assert told.splitlines()[-1] == "O balcão recusou: sign_in_wrong."


async def test_a_crowd_sent_where_nobody_listens_says_so():
    told = await balcao("crowd", "--url", "http://127.0.0.1:9", "--unit", UNIT, "--visitors", "1", succeeds=False)
    assert told.splitlines()[-1] == "Ninguém responde em http://127.0.0.1:9. Confira o endereço."
