"""Simulated people: how they negotiate, who comes, what they send, and how their day is told."""

import asyncio
from collections import Counter

import aiohttp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.model.attendant import Activity
from rooms.model.oab import parse_oab
from rooms.model.ticket import TicketState
from signaling.bots import wire
from signaling.bots.clip import ClipTrack, picture, tone
from signaling.bots.negotiation import NUMBERS_PER_LEG, Accept, Add, Answer, Negotiation, Offer, Rebuild, Say
from signaling.bots.people import arrivals, foreseen
from signaling.bots.report import Now, Report, table, told
from signaling.bots.visitor import Stage
from signaling.bots.wire import Browser, said_to
from signaling.protocol.base import Namespace
from signaling.protocol.signals import Candidate, Description, Party, Rejoin

# ---------------------------------------------------------------------------------------------------- negotiation


class Side:
    """One side of a leg, as a simulated person negotiates it; a connection is the offer that made it."""

    def __init__(self, negotiation):
        self.negotiation = negotiation
        self.inbox = []
        self.said = []
        self.offered = self.agreed = self.number = None
        self.candidates = set()
        """Those of the description that holds."""

    def perform(self, steps):
        for step in steps:
            match step:
                case Offer(number=number):
                    self.offered = f"offer {number}"
                    self.say(Description(number=number, kind="offer", sdp=self.offered), candidate(number))
                case Answer(number=number, sdp=sdp):
                    if not isinstance(self.negotiation, Page):
                        assert self.agreed is None, "aiortc keeps the ICE of its first description"
                    self.holds(number, sdp)
                    self.say(Description(number=number, kind="answer", sdp=f"answer to {sdp}"), candidate(number))
                case Accept(sdp=sdp):
                    assert sdp == f"answer to {self.offered}", "an answer to another offer was accepted"
                    self.holds(int(self.offered.removeprefix("offer ")), self.offered)
                case Say(body=body):
                    self.say(body)
                case Rebuild():
                    self.agreed = self.offered = self.number = None
                case Add(candidate=found):
                    assert found.number == self.number, "a candidate of another description was added"
                    self.candidates.add(found.number)

    def holds(self, number, sdp):
        self.number, self.agreed, self.candidates = number, sdp, set()

    def say(self, *bodies):
        self.said.extend(bodies)


class Page(Negotiation):
    """As a browser's page negotiates: it looks for other ways at any time, and lets the other side do so."""

    def renegotiate(self):
        if self._remote is None and self._party is Party.ATTENDANT:
            return []
        after = max(self._seen + 1, self._first)
        number = after + 1 + after % 2 if self._party is Party.ATTENDANT else after + after % 2
        self._seen = self._offered = number
        return [Offer(number)]

    def _offered_to_us(self, offer):
        if offer.number > max(-1 if self._offered is None else self._offered, self._remote_number):
            self._remote = None  # what makes a simulated person build the leg again
        return super()._offered_to_us(offer)


PAIRS = {
    "people of code": (Negotiation, Negotiation),
    "a clerk at a page": (Negotiation, Page),
    "a visitor at a page": (Page, Negotiation),
}


class Leg:
    """Two sides, and what may become of a word between them."""

    def __init__(self, data, pair):
        self.data = data
        visitor, attendant = PAIRS[pair]
        self.sides = Side(visitor(Party.VISITOR)), Side(attendant(Party.ATTENDANT))
        self.other = dict(zip(self.sides, reversed(self.sides), strict=True))
        for side in self.sides:
            self.perform(side, side.negotiation.begin())

    def perform(self, side, steps):
        side.perform(steps)
        self.other[side].inbox.extend(side.said)
        side.said.clear()

    def deed(self, deeds):
        """One of these, by one of the two."""
        side = self.data.draw(st.sampled_from(self.sides))
        deed = self.data.draw(st.sampled_from(deeds))
        if deed == "rejoin":
            self.perform(side, side.negotiation.rejoin())
        elif deed == "restart" and isinstance(side.negotiation, Page):
            self.perform(side, side.negotiation.renegotiate())
        elif side.inbox and deed in {"hear", "late", "twice", "lose"}:
            place = self.data.draw(st.integers(0, len(side.inbox) - 1)) if deed == "late" else 0
            body = side.inbox[place] if deed == "twice" else side.inbox.pop(place)
            if deed != "lose":
                self.perform(side, side.negotiation.receive(body))

    def settle(self):
        """All that is under way arrives, in order."""
        for _ in range(1000):
            side = next((side for side in self.sides if side.inbox), None)
            if side is None:
                return
            self.perform(side, side.negotiation.receive(side.inbox.pop(0)))
        raise AssertionError("they never stop talking")

    @property
    def agrees(self):
        visitor, attendant = self.sides
        return visitor.agreed is not None and visitor.agreed == attendant.agreed


@given(st.data(), st.sampled_from(sorted(PAIRS)))
def test_two_sides_agree_on_one_connection_whatever_crosses(data, pair):
    """Words of one log come in order; it may be read twice after a reconnect. Either rejoins, and a page restarts."""
    leg = Leg(data, pair)
    for _ in range(data.draw(st.integers(0, 16))):
        leg.deed(["hear", "hear", "hear", "twice", "restart", "restart", "rejoin"])
    leg.settle()
    assert leg.agrees
    for side in leg.sides:
        assert side.candidates == {side.number}


@given(st.data(), st.sampled_from(sorted(PAIRS)))
def test_two_sides_agree_after_any_loss_once_the_leg_is_built_again(data, pair):
    leg = Leg(data, pair)
    for _ in range(data.draw(st.integers(0, 16))):
        leg.deed(["hear", "hear", "late", "twice", "lose", "restart", "rejoin"])
    leg.settle()
    if not leg.agrees:
        side = data.draw(st.sampled_from(leg.sides))
        leg.perform(side, side.negotiation.rejoin())
        leg.settle()
    assert leg.agrees


def test_an_offer_on_a_leg_that_stands_builds_it_again_and_one_that_crosses_with_that_is_dropped():
    attendant = Negotiation(Party.ATTENDANT)
    assert attendant.receive(offer(0)) == [Answer(0, "s")]
    assert attendant.receive(offer(2)) == [Say(Rejoin(number=100)), Rebuild()]
    assert attendant.receive(offer(4)) == []
    assert attendant.receive(offer(100)) == [Answer(100, "s")]


def offer(number):
    return Description(number=number, kind="offer", sdp="s")


def candidate(number):
    return Candidate(number=number, candidate="candidate:1 1 udp 1 192.0.2.1 9 typ host", mid="0", line=0)


def test_an_early_candidate_waits_and_a_late_one_is_dropped():
    attendant = Negotiation(Party.ATTENDANT)
    assert attendant.receive(candidate(0)) == []
    assert attendant.receive(Description(number=0, kind="offer", sdp="s")) == [Answer(0, "s"), Add(candidate(0))]
    assert attendant.receive(candidate(0)) == [Add(candidate(0))]
    assert attendant.receive(Rejoin(number=NUMBERS_PER_LEG)) == [Rebuild()]
    assert attendant.receive(candidate(0)) == []


def test_the_visitor_offers_even_numbers_and_the_attendant_waits():
    assert Negotiation(Party.ATTENDANT).begin() == []
    visitor = Negotiation(Party.VISITOR)
    assert visitor.begin() == [Offer(0)]
    assert visitor.rejoin() == [Say(Rejoin(number=100)), Rebuild(), Offer(100)]


# ---------------------------------------------------------------------------------------------------------- people


def test_a_day_has_so_many_people_in_the_order_of_their_coming_and_the_same_for_the_same_seed():
    day = arrivals(7, 200, 300, ["a", "b"])
    assert len(day) == 200
    assert [each.at_s for each in day] == sorted(each.at_s for each in day)
    assert all(0 <= each.at_s <= 300 for each in day)
    assert day == arrivals(7, 200, 300, ["a", "b"])
    assert day != arrivals(8, 200, 300, ["a", "b"])


def test_a_crowd_has_all_kinds_of_people_and_every_lawyers_number_is_one():
    crowd = [each.habits for each in arrivals(1, 400, 300, ["a"])]
    assert {habits.tier for habits in crowd} == {0, 1, 2, 3}
    assert {habits.media for habits in crowd} == {"video", "audio", "text"}
    assert {0, 1, 3} <= {min(habits.ignores_rings, 3) for habits in crowd}
    assert 0 < sum(habits.patience_s < 60 for habits in crowd) < 60
    assert any(habits.drops_in_s for habits in crowd)
    lawyers = [habits for habits in crowd if habits.role == "lawyer"]
    assert lawyers
    assert all(parse_oab(habits.oab) for habits in lawyers)


@pytest.mark.parametrize("clip", [picture(0), tone()], ids=["picture", "tone"])
def test_a_clip_is_encoded_once_and_fills_two_seconds(clip):
    assert len(clip.pieces) * clip.ticks * clip.clock == pytest.approx(2, abs=0.1)
    assert all(clip.pieces)
    assert clip is (picture(0) if clip.kind == "video" else tone())


async def test_a_track_goes_round_and_begins_again_when_somebody_asks_for_a_whole_picture():
    track = ClipTrack(picture(0))
    first = await track.recv()
    second = await track.recv()
    assert (second.pts - first.pts) * second.time_base == picture(0).ticks * picture(0).clock
    assert bytes(second) != bytes(first)
    track.restart()
    assert bytes(await track.recv()) == bytes(first)


# ----------------------------------------------------------------------------------------------------------- a page


class Echo:
    """A socket whose server says at once, a few steps of the loop later, what it was told."""

    async def emit(self, _event, payload, *, namespace, callback):
        asyncio.get_running_loop().call_soon(callback, (namespace, payload))


async def test_a_cancellation_is_never_lost_while_an_answer_comes():
    """Were it, a crowd would not come to its end; what is cancelled here is at any step of asking."""

    async def ask_for_ever():
        while True:
            assert await said_to(Echo(), "/visitor", "command", "hello", 60) == ("/visitor", "hello")

    asking = []
    for steps in range(20):
        asking.append(asyncio.create_task(ask_for_ever()))
        for _ in range(steps):
            await asyncio.sleep(0)
        asking[-1].cancel()
    for _ in range(20):
        await asyncio.sleep(0)
    goes_on = [steps for steps, task in enumerate(asking) if not task.done()]
    for task in asking:
        task.cancel()
    assert goes_on == []


@pytest.mark.parametrize("how", ["refused", "cancelled"])
async def test_a_page_that_could_not_be_opened_leaves_nothing_open(how, monkeypatch):
    """Whoever listens takes the connection, and hangs up or says nothing at all."""
    asked, opened = asyncio.Event(), []

    async def listen(_reader, writer):
        asked.set()
        if how == "refused":
            writer.close()

    def session(*args, of=aiohttp.ClientSession, **options):
        opened.append(of(*args, **options))
        return opened[-1]

    monkeypatch.setattr(aiohttp, "ClientSession", session)
    server = await asyncio.start_server(listen, "127.0.0.1", 0)
    async with server, Browser("http://127.0.0.1:{1}".format(*server.sockets[0].getsockname())) as browser:
        opening = asyncio.create_task(wire.Page(browser, Namespace.VISITOR).open())
        await asked.wait()
        if how == "cancelled":
            opening.cancel()
        with pytest.raises((ConnectionError, asyncio.CancelledError)):
            await opening
    assert len(opened) == 2, "the browser's own, and the page's"
    assert all(session.closed for session in opened)


# ----------------------------------------------------------------------------------------------------------- words


def test_a_day_is_told_in_numbers_and_plain_words():
    ends = Counter(served=2, left=1, unit_full=1)
    report = Report(came=4, ends=ends, waits_s=[9.0, 4.0, 7.0], priority_waits_s=[4.0], calls=2, seconds=61, cpu_s=1)
    first, foreseen, waits, priority, *_ = told(report)
    assert first == "Vieram 4 pessoas em 61 s: 2 foram atendidas, 1 desistiu, 1 teve a recusa unit_full."
    assert foreseen == "Ninguém perdeu o lugar: cada pessoa terminou como era de esperar dela."
    assert waits == "Espera das 3 atendidas: metade até 7 s, nove de cada dez até 9 s."
    assert priority == "Espera da pessoa atendida com prioridade: 4 s."


def test_a_day_on_which_the_counter_may_have_lost_somebody_says_so():
    _, lost, *_ = told(Report(came=1, ends=Counter(lost=1), unforeseen=1))
    assert lost == "1 terminou como não era de esperar: o balcão, ou esta máquina, não deu conta."


def test_who_answers_is_served_and_who_does_not_is_not_unless_they_lose_patience():
    for habits in (each.habits for each in arrivals(1, 400, 300, ["a"])):
        served, missed = (end in foreseen(habits) for end in (TicketState.SERVED, TicketState.NO_SHOW))
        assert (served, missed) == (habits.ignores_rings < 3, habits.ignores_rings >= 3)
        assert TicketState.LEFT in foreseen(habits)


def test_the_table_counts_who_is_where():
    desks = Counter({Activity.IN_CALL: 1, Activity.IDLE: 5})
    now = Now(5, 9, Counter({Stage.WAITING: 2}), desks, 2, Report(came=3))
    lines = table(now)
    assert "vieram 3 de 9" in lines[0]
    assert "2 na fila" in lines[1]
    assert "3 livres sem fila, 2 livres com fila, 0 chamando, 1 em atendimento" in lines[2]
    assert lines[3].endswith("ninguém terminou")
