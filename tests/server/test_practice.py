"""Practice at a real court of its own: a clerk of code goes through the script over the public wire, and is judged."""

import asyncio
import os
import re
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, STDOUT
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from rooms.errors import Code
from rooms.model.attendant import Activity, Status
from rooms.model.call import CallState, Gone, Outcome
from rooms.model.ticket import FetchReason, RemoveReason, Tier, TierReason
from rooms.model.unit import Policy
from rooms.redis.client import Client
from signaling.app import running
from signaling.bots.conversation import Conversation
from signaling.bots.crowd import Clerk
from signaling.bots.practice import PEOPLE, Cast
from signaling.bots.visitor import Stage
from signaling.bots.wire import Browser, Page, TurnedAwayError
from signaling.practice.court import COLLEAGUE, COURT, HERE, RIGHT, TRAINEE, Practice
from signaling.practice.judge import HASTY_MS
from signaling.protocol import at_desk as do
from signaling.protocol import commands as say
from signaling.protocol.base import Namespace
from signaling.protocol.guests import Invite
from signaling.protocol.practice import Grade, Phase, PracticeAct, PracticeAsk, PracticeCard, Situation
from signaling.protocol.signals import Party
from tests.server.harness import WITHIN_S, built, world

QUICK = Policy(ring_s=2, visitor_lease_s=8)
SILENT_MS = 9_000
WRONG = "treino-juizado"
ELSEWHERE = (RIGHT, WRONG)


def quick(habits):
    """The same person, for whom nobody has to wait."""
    return replace(
        habits,
        answers_in_s=0,
        fetches_in_s=0.1,
        drops_in_s=habits.drops_in_s and 0.2,
        returns_in_s=habits.returns_in_s and 6,
    )


class Trainee:
    """A clerk of code in practice: does by hand what a person does with buttons."""

    def __init__(self, server, browser, cast, playing):
        self.server, self.browser, self.cast, self.playing = server, browser, cast, playing
        self.page = Page(browser, Namespace.ATTENDANT)
        self.talking = None

    async def arrive(self, password):
        await self.browser.sign_in(TRAINEE, password)
        await self.page.open()
        await self.page.do(say.ChooseUnits(units=(HERE,)))
        await self.page.do(say.SetStatus(status=Status.AVAILABLE, pause=None))

    async def card(self):
        return PracticeCard.model_validate(await self.browser.get("practice"), strict=False)

    async def ask(self, act, situation=None):
        """And wait until whoever was here for the situation before has gone."""
        before = set(self.cast.here) if self.cast else set()
        body = await self.browser.post("practice", PracticeAsk(act=act, situation=situation))
        while self.cast and before & self.cast.here:
            await self.a_moment()
        return PracticeCard.model_validate(body, strict=False)

    async def judged(self):
        async with asyncio.timeout(WITHIN_S):
            while (card := await self.card()).phase is Phase.ON:
                await self.a_moment()
        return card

    async def a_moment(self):
        gone, _ = await asyncio.wait([self.playing], timeout=0.05)
        assert not gone, "the people of the practice are gone"

    async def rings(self, people=1):
        """Call the next person, once so many wait; again where the line that was shown was of a moment ago."""
        while True:
            await self.page.until(lambda view: view.activity is Activity.IDLE and view.waiting == people)
            answer = await self.page.ask(say.CallNext())
            if isinstance(answer, say.Accepted):
                self.call = answer.result.call
                return
            assert answer.code == Code.NOBODY_WAITING
            await self.a_moment()

    async def takes(self, people=1):
        """The next person, once so many wait, until they have entered."""
        while True:
            await self.rings(people)
            self.conversation = Conversation(self.page, Party.ATTENDANT, self.call)
            self.talking = asyncio.create_task(self.conversation.run())
            if await self.conversation.answered:
                break
            await self.talking  # a busy machine shows a ring late: it is over, and they are called again
        await self.page.until(lambda view: view.call is not None and view.call.state is CallState.ACTIVE)

    async def person(self):
        return (await self.page.until(lambda view: view.person is not None)).person

    async def ends(self, outcome=Outcome.INFORMED):
        await self.conversation.hang_up()
        await self.concludes(outcome)

    async def concludes(self, outcome=Outcome.INFORMED):
        await self.page.until(lambda view: view.activity is Activity.WRAP_UP)
        await self.page.do(say.Finish(call=self.call, outcome=outcome))
        await self.page.until(lambda view: view.activity is Activity.IDLE)
        await self.talking

    async def sees_them_drop(self):
        """The line of the one who is here is gone, and the court has noticed."""
        while not any(visitor.stage is Stage.DROPPED for visitor in self.cast.here):
            await self.a_moment()
        await self.page.do(say.Leg(call=self.call, alive=False))
        await self.server.store.move_clock(COURT, SILENT_MS)
        await self.page.until(lambda view: view.call is not None and view.call.gone is Gone.VISITOR)


# ------------------------------------------------------------------------------------------------ done well


async def plain(clerk):
    await clerk.takes()
    await clerk.ends()


async def priority(clerk):
    await clerk.takes(people=2)
    assert (await clerk.person()).tier is Tier.PRIORITY
    await clerk.ends()
    await plain(clerk)


async def no_answer(clerk):
    await clerk.rings(people=2)
    await clerk.page.until(lambda view: view.activity is Activity.CALLING)
    await clerk.takes(people=2)
    await clerk.ends()
    await plain(clerk)


async def drops_and_returns(clerk):
    await clerk.takes()
    await clerk.sees_them_drop()
    await clerk.page.until(lambda view: view.call is not None and view.call.state is CallState.ACTIVE)
    await clerk.ends()


async def drops_for_good(clerk):
    await clerk.takes()
    await clerk.sees_them_drop()
    await clerk.server.store.move_clock(COURT, HASTY_MS)
    await clerk.page.do(do.Release(call=clerk.call))
    await clerk.talking


async def text_only(clerk):
    await clerk.takes()
    assert re.search("sem câmera", await clerk.conversation.heard.get())
    clerk.conversation.chat("Das 12h às 19h.")
    assert await clerk.conversation.heard.get() == "Era isso. Obrigado."
    await clerk.ends()


async def fetches(clerk):
    await clerk.takes()
    await clerk.page.do(do.SendBack(call=clerk.call, reason=FetchReason.DOCUMENT))
    await clerk.talking
    await plain(clerk)


async def other_unit(clerk):
    await clerk.takes()
    await clerk.page.do(do.Transfer(call=clerk.call, unit=RIGHT))
    await clerk.concludes(Outcome.FORWARDED)


async def interpreter(clerk):
    await clerk.takes()
    invited = await clerk.page.do(Invite(call=clerk.call, kind="interpreter"))
    clerk.conversation.chat(f"Aqui está: {invited.link}")
    await clerk.page.until(lambda view: view.call is not None and view.call.guests)
    await clerk.ends()


async def mistaken_tier(clerk):
    await clerk.takes()
    person = await clerk.person()
    assert person.tier is Tier.EIGHTY
    await clerk.page.do(
        do.SetTier(ticket=person.ticket, rev=person.rev, tier=Tier.EVERYONE, reason=TierReason.MISTAKEN)
    )
    await clerk.ends()


async def misconduct(clerk):
    await clerk.takes()
    clerk.conversation.chat("Peço respeito, ou encerro.")
    await clerk.page.do(do.Remove(ticket=(await clerk.person()).ticket, reason=RemoveReason.CONDUCT))
    await clerk.concludes(Outcome.UNRESOLVED)


async def moment(clerk):
    await clerk.takes()
    await clerk.page.do(do.Hold(call=clerk.call))
    await clerk.page.do(do.Unhold(call=clerk.call))
    await clerk.ends()


WELL = {
    Situation.PLAIN: plain,
    Situation.PRIORITY: priority,
    Situation.NO_ANSWER: no_answer,
    Situation.DROPS_AND_RETURNS: drops_and_returns,
    Situation.DROPS_FOR_GOOD: drops_for_good,
    Situation.TEXT_ONLY: text_only,
    Situation.FETCHES: fetches,
    Situation.OTHER_UNIT: other_unit,
    Situation.INTERPRETER: interpreter,
    Situation.MISTAKEN_TIER: mistaken_tier,
    Situation.MISCONDUCT: misconduct,
    Situation.MOMENT: moment,
}


# ------------------------------------------------------------------------------------------------ the court


@asynccontextmanager
async def practising(place, folder, **chosen):
    """A court of practice beside whatever else there is, its people, and the clerk who practises."""
    practice = Practice(policy=QUICK, report=folder / "reports" / "report.txt", **chosen)
    async with running(place.of(), practice=practice, static=built(folder)) as server, Browser(server.url) as browser:
        people = {situation: tuple(map(quick, them)) for situation, them in PEOPLE.items()}
        cast = Cast(server.url, HERE, Clerk(COLLEAGUE, practice.colleague, ELSEWHERE), people=people, look_every_s=0.05)
        playing = asyncio.create_task(cast.run())
        clerk = Trainee(server, browser, cast, playing)
        try:
            await clerk.arrive(practice.password)
            yield clerk
        finally:
            await server.practice.close()
            playing.cancel()
            with suppress(asyncio.CancelledError):
                await playing
            await clerk.page.close()


async def test_a_clerk_who_does_everything_well_is_told_so_twelve_times(place, tmp_path, capsys):
    async with practising(place, tmp_path) as clerk:
        assert (await clerk.card()).phase is Phase.READY
        for number, (situation, does) in enumerate(WELL.items(), 1):
            card = await clerk.ask(PracticeAct.NEXT)
            assert (card.situation, card.number, card.of) == (situation, number, 12)
            await does(clerk)
            card = await clerk.judged()
            assert (card.grade, card.feedback) == (Grade.WELL, card.feedback), situation
            assert all(step.done for step in card.steps), card.steps
        card = await clerk.ask(PracticeAct.NEXT)
        assert card.phase is Phase.OVER
    told = (tmp_path / "reports" / "report.txt").read_text(encoding="utf-8")
    assert told.startswith("Treino: 12 de 12 situações bem feitas.")
    assert told in capsys.readouterr().out


async def test_a_clerk_who_does_otherwise_is_told_what_and_may_do_it_again(place, tmp_path):
    script = (Situation.TEXT_ONLY, Situation.OTHER_UNIT, Situation.MISTAKEN_TIER, Situation.MOMENT)
    async with practising(place, tmp_path, script=script) as clerk:
        await clerk.ask(PracticeAct.NEXT)
        await plain(clerk)
        card = await clerk.judged()
        assert (card.grade, "sem resposta escrita" in card.feedback) == (Grade.MISSED, True)

        await clerk.ask(PracticeAct.NEXT)
        await clerk.takes()
        await clerk.page.do(do.Transfer(call=clerk.call, unit=WRONG))
        await clerk.concludes()
        card = await clerk.judged()
        assert (card.grade, "2ª Vara de Família" in card.feedback) == (Grade.REMARK, True)

        await clerk.ask(PracticeAct.NEXT)
        await clerk.takes()
        person = await clerk.person()
        await clerk.page.do(
            do.SetTier(ticket=person.ticket, rev=person.rev, tier=Tier.EVERYONE, reason=TierReason.DOCUMENT)
        )
        await clerk.ends()
        card = await clerk.judged()
        assert (card.grade, "por engano" in card.feedback) == (Grade.REMARK, True)

        await clerk.ask(PracticeAct.NEXT)
        await clerk.takes()
        card = await clerk.ask(PracticeAct.SKIP)
        assert card.phase is Phase.OVER
        assert [result.grade for result in card.results] == [Grade.MISSED, Grade.REMARK, Grade.REMARK, Grade.SKIPPED]
        await clerk.concludes()  # whoever was here has gone
        report = (tmp_path / "reports" / "report.txt").read_text(encoding="utf-8")
        assert "Para praticar de novo: 6, 8, 10, 12." in report

        await clerk.ask(PracticeAct.AGAIN, Situation.TEXT_ONLY)
        await text_only(clerk)
        assert (await clerk.judged()).grade is Grade.WELL
    assert "6. Sem câmera e sem microfone: bem feita." in (tmp_path / "reports" / "report.txt").read_text(
        encoding="utf-8"
    )


async def test_only_a_clerk_who_is_signed_in_leads_a_practice_and_no_other_court_has_one(place, server, tmp_path):
    async with Browser(server.url) as anybody:
        assert (await anybody.get("court"))["practice"] is False
        with pytest.raises(TurnedAwayError, match="not_found"):
            await anybody.get("practice")
    async with world() as apart, practising(apart, tmp_path) as clerk, Browser(clerk.server.url) as anybody:
        assert (await anybody.get("court"))["practice"] is True
        assert (await anybody.get("practice?language=es"))["title"] == "Práctica"
        with pytest.raises(TurnedAwayError, match="bad_message"):
            await anybody.get("practice?language=xx")
        with pytest.raises(TurnedAwayError, match="no_session"):
            await anybody.post("practice", PracticeAsk(act=PracticeAct.NEXT))


# ------------------------------------------------------------------------------------------------ the command


@asynccontextmanager
async def command(folder, *words, **environment):
    """`balcao practice` in a process of its own; answers the process, its address and the clerk's password."""
    temporary = folder / "tmp"
    temporary.mkdir()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "signaling", "practice", "--port", "0", *words,
        env={**os.environ, "TMPDIR": str(temporary), **environment}, stdout=PIPE, stderr=STDOUT,
    )  # fmt: skip
    try:
        said = ""
        while "Ctrl-C" not in said:
            line = await process.stdout.readline()
            assert line, said
            said += line.decode()
        yield process, re.search(r"(http://\S+)/atendimento", said)[1], re.search(r"Senha +(\S+)", said)[1]
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await process.communicate()


def running_for(url):
    """Processes that were started for this address."""
    told = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            told.append(path.read_bytes())
    return [line for line in told if url.encode() in line]


async def test_a_practice_leaves_nothing_behind_and_nothing_in_a_real_court(place, server, crowd, tmp_path):
    """The command is run as somebody would at a real site, whose store and database its environment names."""
    visitor = await crowd.visitor()
    await visitor.join()
    before = await figures(place)
    site = {
        "BALCAO_REDIS_URL": place.store.url,
        "BALCAO_DATA_DIR": str(place.folder),
        "BALCAO_DATABASE_URL": place.of().sql_url,
    }
    report = tmp_path / "report.txt"
    async with (
        command(tmp_path, "--situation", "1", "--report", str(report), **site) as (process, url, password),
        Browser(url) as browser,
    ):
        clerk = Trainee(None, browser, None, asyncio.create_task(process.wait()))
        await clerk.arrive(password)
        assert running_for(url), "the people are a process of their own"
        assert (await clerk.ask(PracticeAct.NEXT)).of == 1
        await plain(clerk)
        assert (await clerk.judged()).grade is Grade.WELL
        await clerk.page.close()
        process.send_signal(signal.SIGINT)
        said, _ = await process.communicate()
        assert process.returncode == 0, said.decode()
        assert "1. Uma visita comum: bem feita." in said.decode()
        assert not running_for(url)
    assert report.read_text(encoding="utf-8").startswith("Treino: 1 de 1 situações bem feitas.")
    assert list((tmp_path / "tmp").iterdir()) == []
    assert await figures(place) == before
    assert before["courts"] == [("tjmt",)]


async def figures(place):
    """What the real court counts: of which courts its store and its database know, who came, what became of them."""
    client = Client(place.store.url)
    keys = await client.call("KEYS", "*")
    events = await client.call("XRANGE", "{tjmt}:events", "-", "+")
    await client.close()
    joined = [fields["ticket"] for _, fields in events if fields["kind"] == "ticket.joined"]
    with closing(sqlite3.connect(place.folder / "balcao.sqlite")) as database:
        visits = {ticket for (ticket,) in database.execute("SELECT ticket FROM visits")}
        return {
            "stored": {key.partition("}")[0] for key in keys},
            "joined": joined,
            "courts": database.execute("SELECT id FROM courts").fetchall(),
            "visits": visits - set(joined),  # the recorder may be behind
        }
