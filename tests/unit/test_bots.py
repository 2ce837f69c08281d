"""Simulated people: how they negotiate, who comes, what they send, and how their day is told."""

import asyncio
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.model.attendant import Activity
from rooms.model.oab import parse_oab
from signaling.bots.clip import ClipTrack, picture, tone
from signaling.bots.negotiation import NUMBERS_PER_LEG, Accept, Add, Answer, Negotiation, Offer, Rebuild, Say
from signaling.bots.people import arrivals
from signaling.bots.report import Now, Report, table, told
from signaling.bots.visitor import Stage
from signaling.bots.wire import said_to
from signaling.protocol.signals import Candidate, Description, Party, Rejoin

# ---------------------------------------------------------------------------------------------------- negotiation


class Side:
    """One side on a line that may lose, repeat and reorder what it says; a connection is the offer that made it."""

    def __init__(self, party):
        self.negotiation = Negotiation(party)
        self.said = []
        self.agreed = None
        self.offered = None

    def perform(self, steps):
        for step in steps:
            match step:
                case Offer(number=number):
                    self.offered = f"offer {number}"
                    self.said.append(Description(number=number, kind="offer", sdp=self.offered))
                case Answer(number=number, sdp=sdp):
                    self.agreed = sdp
                    self.said.append(Description(number=number, kind="answer", sdp=f"answer to {sdp}"))
                case Accept(sdp=sdp):
                    assert sdp == f"answer to {self.offered}", "an answer to another offer was accepted"
                    self.agreed = self.offered
                case Say(body=body):
                    self.said.append(body)
                case Rebuild():
                    self.agreed = self.offered = None
                case Add():
                    assert self.agreed is not None, "a candidate without a description"


@given(st.data())
def test_two_sides_agree_on_one_connection_whatever_order_their_words_come_in(data):
    """Words of one log come in order to each side; the log is read twice after a reconnect, and either may rejoin."""
    visitor, attendant = Side(Party.VISITOR), Side(Party.ATTENDANT)
    read = {visitor: 0, attendant: 0}
    visitor.perform(visitor.negotiation.begin())
    attendant.perform(attendant.negotiation.begin())
    other = {visitor: attendant, attendant: visitor}
    for _ in range(data.draw(st.integers(0, 12))):
        side = data.draw(st.sampled_from([visitor, attendant]))
        deed = data.draw(st.sampled_from(["hear", "hear", "again", "rejoin"]))
        said = other[side].said
        if deed == "rejoin":
            side.perform(side.negotiation.rejoin())
        elif deed == "hear" and read[side] < len(said):
            read[side] += 1
            side.perform(side.negotiation.receive(said[read[side] - 1]))
        elif deed == "again" and read[side]:
            side.perform(side.negotiation.receive(said[data.draw(st.integers(0, read[side] - 1))]))
    while behind := [side for side in (visitor, attendant) if read[side] < len(other[side].said)]:
        for side in behind:
            read[side] += 1
            side.perform(side.negotiation.receive(other[side].said[read[side] - 1]))
    assert visitor.agreed is not None
    assert visitor.agreed == attendant.agreed


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
    assert any(habits.ignores_rings for habits in crowd)
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


# ----------------------------------------------------------------------------------------------------------- words


def test_a_day_is_told_in_numbers_and_plain_words():
    report = Report(came=3, ends=Counter(served=2, left=1), waits_s=[4.0, 9.0], calls=2, seconds=61, cpu_s=1)
    first, waits, *_ = told(report)
    assert first == "Vieram 3 pessoas em 61 s: 2 atendidas, 1 desistiram."
    assert waits == "Espera das atendidas: 9 s no meio da lista; nove de cada dez, até 9 s."


def test_the_table_counts_who_is_where():
    now = Now(5, 9, Counter({Stage.WAITING: 2}), Counter({Activity.IN_CALL: 1}), Report(came=3))
    lines = table(now)
    assert "vieram 3 de 9" in lines[0]
    assert "2 na fila" in lines[1]
    assert "1 em atendimento" in lines[2]
    assert lines[3].endswith("ninguém terminou")
