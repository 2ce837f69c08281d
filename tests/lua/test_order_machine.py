"""The scripts and the model agree on the order, whatever happens: arrivals, absences, rings, misses, cancellations."""

import asyncio
from secrets import token_hex

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from rooms.errors import Code, RoomsError
from rooms.ids import CourtId, TicketId, UnitId
from rooms.model.order import FIRST_OF_TIER, USUAL, Key, next_of, score_of
from rooms.model.snapshot import Waiting
from rooms.model.ticket import TicketState, Tier
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from tests.scene import CIVEL, FAMILIA, Clerk, Person, Scene

UNITS = (CIVEL, FAMILIA)
CLERKS = {"ana": (CIVEL, FAMILIA), "bruno": (CIVEL,), "caio": (FAMILIA,)}


class Place:
    """What the model knows of one ticket."""

    def __init__(self, person: Person, unit: UnitId, tier: Tier, seq: int) -> None:
        self.person = person
        self.unit = unit
        self.tier = tier
        self.seq = seq
        self.band = USUAL
        self.present = True
        self.missed = False

    @property
    def waiting(self) -> Waiting:
        score = score_of(Key(self.tier, self.band, self.seq))
        return Waiting(self.person.ticket_id, "", self.tier, score, 0, self.present)


class Counter(RuleBasedStateMachine):
    """Two units, three clerks, everything a line can meet; beside it the model's own line."""

    url = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.run = self.runner.run
        self.client = Client(self.url)
        log = RedisLog(self.client, lambda: BlockingReads(self.url))
        self.scene = Scene(RedisStore(self.client), log, CourtId(f"machine-{token_hex(6)}"))
        self.run(self.scene.sweep())
        self.clerks: dict[str, Clerk] = {name: self.run(self.scene.clerk(name, of)) for name, of in CLERKS.items()}
        self.line: dict[TicketId, Place] = {}
        self.rings: dict[str, Place] = {}
        self.arrivals = 0

    def teardown(self) -> None:
        self.run(self.client.close())
        self.runner.close()

    def lines(self, units: tuple[UnitId, ...], *, missed: bool) -> dict[UnitId, list[Waiting]]:
        """Each unit's line; without those who have just missed a ring, unless `missed`."""
        return {
            unit: [one.waiting for one in self.line.values() if one.unit == unit and (missed or not one.missed)]
            for unit in units
        }

    @rule(unit=st.sampled_from(UNITS), tier=st.sampled_from(list(Tier)))
    def joins(self, unit: UnitId, tier: Tier) -> None:
        self.arrivals += 1
        person = self.run(self.scene.visitor(f"visitor-{self.arrivals}", unit=unit, tier=tier))
        self.line[person.ticket_id] = Place(person, unit, tier, self.arrivals)

    @precondition(lambda self: self.line)
    @rule(chosen=st.data())
    def leaves(self, chosen: st.DataObject) -> None:
        place = chosen.draw(st.sampled_from(list(self.line.values())))
        self.run(place.person.leave())
        self.scene.here.remove(place.person)
        del self.line[place.person.ticket_id]

    @precondition(lambda self: any(place.present for place in self.line.values()))
    @rule(chosen=st.data())
    def goes_away(self, chosen: st.DataObject) -> None:
        """Their line is lost: half a minute later they are away. Whoever rings meanwhile is on a live page."""
        place = chosen.draw(st.sampled_from([place for place in self.line.values() if place.present]))
        absent = [one.person for one in self.line.values() if not one.present]
        self.scene.here = [one for one in self.scene.here if one is not place.person and one not in absent]
        self.run(self.scene.passes(31))
        self.scene.here += [place.person, *absent]
        place.present = False
        # a ring may have ended meanwhile; what that means has a rule of its own, so end it the same way in the model
        for name in list(self.rings):
            self.if_over(name)

    @precondition(lambda self: any(not place.present for place in self.line.values()))
    @rule(chosen=st.data())
    def comes_back(self, chosen: st.DataObject) -> None:
        place = chosen.draw(st.sampled_from([place for place in self.line.values() if not place.present]))
        self.run(place.person.opens())
        place.present = True

    @rule(name=st.sampled_from(list(CLERKS)))
    def calls(self, name: str) -> None:
        if name in self.rings:
            return
        units = CLERKS[name]
        expected = next_of(self.lines(units, missed=False)) or next_of(self.lines(units, missed=True))
        if expected is None:
            with pytest.raises(RoomsError, match=Code.NOBODY_WAITING):
                self.run(self.clerks[name].calls())
            return
        rung = self.run(self.clerks[name].calls())
        assert (rung.unit, rung.ticket) == expected
        for place in self.line.values():
            place.missed = place.missed and place.unit not in units
        self.rings[name] = self.line.pop(rung.ticket)
        self.run(self.rings[name].person.sees(rung.call))

    @precondition(lambda self: self.rings)
    @rule(chosen=st.data())
    def cancels(self, chosen: st.DataObject) -> None:
        name = chosen.draw(st.sampled_from(list(self.rings)))
        place = self.rings.pop(name)
        clerk = self.clerks[name]
        self.run(clerk.cancels(self.run(clerk.desk()).call))
        self.run(clerk.status("available"))
        place.band = FIRST_OF_TIER
        self.line[place.person.ticket_id] = place

    @precondition(lambda self: self.rings)
    @rule(chosen=st.data())
    def serves(self, chosen: st.DataObject) -> None:
        name = chosen.draw(st.sampled_from(list(self.rings)))
        place, clerk = self.rings.pop(name), self.clerks[name]
        call = self.run(clerk.desk()).call
        self.run(place.person.enters(call))
        self.run(clerk.hangs_up(call))
        self.run(clerk.finishes(call))
        self.scene.here.remove(place.person)

    @precondition(lambda self: self.rings)
    @rule()
    def nobody_enters(self) -> None:
        absent = [one.person for one in self.line.values() if not one.present]
        self.scene.here = [one for one in self.scene.here if one not in absent]
        self.run(self.scene.passes(61))
        self.scene.here += absent
        for name in list(self.rings):
            self.if_over(name)
        assert not self.rings

    def if_over(self, name: str) -> None:
        """The ring has ended in the store: the person is back with the same key, or has missed the third."""
        place = self.rings[name]
        ticket = self.run(place.person.ticket())
        if ticket.state is TicketState.CALLED:
            return
        del self.rings[name]
        if ticket.state is TicketState.NO_SHOW:
            assert ticket.tries == 3
            self.scene.here.remove(place.person)
            return
        assert (ticket.tier, ticket.band, ticket.seq) == (place.tier, place.band, place.seq)
        place.missed = True
        self.line[place.person.ticket_id] = place

    @invariant()
    def the_line_is_the_models(self) -> None:
        for unit in UNITS:
            state = self.run(self.scene.unit(unit))
            expected = sorted(self.lines((unit,), missed=True)[unit], key=lambda waiting: waiting.score)
            # whoever was away for a quarter of an hour after their turn is lost, in the store alone
            lost = self.lost({waiting.ticket for waiting in expected} - {row.ticket for row in state.line})
            assert [(row.ticket, row.score, row.present) for row in state.line] == [
                (waiting.ticket, waiting.score, waiting.present) for waiting in expected if waiting.ticket not in lost
            ]
            assert state.called == sum(1 for place in self.rings.values() if place.unit == unit)

    def lost(self, gone: set[TicketId]) -> set[TicketId]:
        for ticket in gone:
            place = self.line.pop(ticket)
            assert self.run(place.person.ticket()).state is TicketState.LOST
            self.scene.here.remove(place.person)
        return gone


def test_the_scripts_and_the_model_agree_on_the_order(valkey_url: str):
    machine = type("CounterHere", (Counter,), {"url": valkey_url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=25,
            stateful_step_count=40,
            deadline=None,
            database=None,
            # no shrinking: forty steps are read sooner than a real store has tried hundreds of shorter stories
            phases=[Phase.generate],
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
