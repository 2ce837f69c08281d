"""Random stories at one counter, told to the model and to the real scripts at once."""

from collections import Counter as Count
from random import Random
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rooms.ids import RequestId, Rev, UnitId
from rooms.model.attendant import Activity, Status
from rooms.model.ticket import TALKING, RemoveReason, Tier, TierReason
from rooms.model.unit import Order, Policy
from rooms.ports import Request, Session
from tests.model import clerk_acts, visitor_acts
from tests.model.both import UNITS, Both, Clerk, Person, clerk, person
from tests.model.frozen import Loop
from tests.model.state import STAYS
from tests.model.words import NO_TICKET, Words
from tests.scene import CIVEL, DAY, FAMILIA

SUPERVISOR = "s:sofia"
JUMPS_MS = (1, 400, 3_000, 5_000, 5_001, 9_000, 20_000, 31_000, 61_000, 1_000_000)


class Story(RuleBasedStateMachine):
    """Five visitors, three clerks, two units, two nodes; time moves when a rule says so."""

    loop: ClassVar[Loop]
    seen: ClassVar[Count[object]]

    def __init__(self) -> None:
        super().__init__()
        self.both = Both(self.loop, self.seen)
        self.people = [person(name) for name in ("maria", "joão", "rosa", "lia", "davi")]
        self.clerks = [clerk("ana", CIVEL, FAMILIA), clerk("bruno", CIVEL), clerk("caio", FAMILIA)]
        self.policies: dict[UnitId, Policy] = {}
        self.orders: dict[UnitId, Policy] = {}
        self.codes: list[str] = []
        self.words = Words()

    @initialize(
        story=st.integers(0, 2**32),
        tries=st.integers(1, 3),
        room=st.sampled_from([3, 5, 200]),
        orders=st.tuples(*[st.sampled_from(list(Order))] * 2),
    )
    def opens(self, story: int, tries: int, room: int, orders: tuple[Order, Order]) -> None:
        """Two units with rules of their own; two desks are open."""
        self.story = story
        short = {"passed_s": 60, "wrap_up_s": 10, "interrupted_s": 120, "hold_s": 60, "fetch_s": 90}
        rules = {"ratio_k": 1, "head_start_min": 1, "dedicated": (self.clerks[0].id,)}
        self.policies = {
            CIVEL: Policy(tries=tries, max_waiting=room, order=orders[0], **rules),
            FAMILIA: Policy(order=orders[1], **short, **rules),
        }
        self.orders = {unit: policy for unit, policy in self.policies.items() if policy.order is not Order.STRICT}
        for who in self.clerks[:2]:
            fence = self.both("open_desk", who.staff, who.tabs[0], self.policies[CIVEL], take_over=False)
            who.alive, who.fences = True, [fence]
            self.both("set_status", self.words.request(who), who.id, fence, Status.AVAILABLE, None)
        self.words.chance = Random(f"{story}")  # noqa: S311 - a story, no secret
        for act in self.words.of(*OPENINGS):
            act(self)

    @rule(step=st.integers(0, 2**64))
    def something_happens(self, step: int) -> None:
        """One rule, not twenty: Hypothesis would leave most of them out of a story, and few calls would be answered.

        Of the numbers that it draws many are small or come again; with the story's own they mean something else.
        """
        chance = self.words.chance = Random(f"{self.story} {step}")  # noqa: S311 - the same
        happening = chance.choices(tuple(HAPPENINGS), tuple(HAPPENINGS.values()))[0]
        note(happening.__name__)
        happening(self)

    # people

    def a_visitor_acts(self) -> None:
        who = self.words.of(*self.people)
        place = self.both.model.live_of(who.holder)
        if place is not None and not who.alive and self.words.of(True, True, True, False):
            return  # not back yet
        fitting = visitor_acts.fitting(self, who) if place is None or who.alive else (visitor_acts.open_page,)
        self.words.of(*fitting)(self, who)

    def a_called_visitor_acts(self) -> None:
        """Rings are short; without this few of them would be answered."""
        who = self.words.of(*(self._called() or self.people))
        self.words.of(*visitor_acts.fitting(self, who))(self, who)

    def a_called_visitor_enters(self) -> None:
        for who in self._called():
            visitor_acts.enter(self, who)

    def a_clerk_acts(self) -> None:
        who = self.words.of(*self.clerks)
        if self._busy(who) and not who.alive and self.words.of(True, True, False):
            return  # not back yet
        self.words.of(*clerk_acts.fitting(self, who))(self, who)

    def a_call_begins(self) -> None:
        """Whoever is idle calls, and whoever is called enters, if all goes well."""
        idle = [who for who in self.clerks if who.alive and not self._busy(who)]
        who = self.words.of(*(idle or self.clerks))
        for act in (clerk_acts.open_desk, clerk_acts.set_status, clerk_acts.call_next)[0 if not who.alive else 1 :]:
            act(self, who)
        self.a_called_visitor_enters()

    def a_call_breaks(self) -> None:
        """One side falls silent, and the other hears nothing of it."""
        for who in self._talking()[:1]:
            clerk = self._with(who)
            if self.words.of(True, False, False):
                clerk_acts.hold(self, clerk)
            gone, left = self.words.of((who, clerk), (clerk, who))
            gone.alive = False
            self._until("visitor" if gone is who else "attendant", gone)
            (clerk_acts if left is clerk else visitor_acts).leg(self, left, alive=False)
            self._does_something(left)

    def a_call_is_held(self) -> None:
        for who in self._talking()[:1]:
            clerk = self._with(who)
            clerk_acts.hold(self, clerk)
            self._does_something(self.words.of(who, clerk))

    def a_busy_clerk_acts(self) -> None:
        who = self.words.of(*([who for who in self.clerks if self._busy(who)] or self.clerks))
        self.words.of(*clerk_acts.fitting(self, who))(self, who)

    def somebody_does_what_does_not_fit(self) -> None:
        who = self.words.of(*self.people, *self.clerks)
        self.words.of(*(visitor_acts.ANY_VISITOR if isinstance(who, Person) else clerk_acts.ANY_CLERK))(self, who)

    def a_command_comes_again(self) -> None:
        """The same request, after whatever has happened since."""
        if not self.both.asked:
            return
        command = self.words.of(*self.both.asked)
        self.both(command.verb, *command.args, **command.named)

    def a_request_id_is_used_for_something_else(self) -> None:
        if not self.both.asked:
            return
        command = self.words.of(*self.both.asked)
        other = Request(command.request.principal, command.request.id, "something else")
        self.both(command.verb, other, *command.args[1:], **command.named)

    # time and faults

    def time_passes_at_work(self) -> None:
        """Whoever is connected is renewed, deadlines are acted on."""
        self.both("move_clock", self._jump())
        self._renew()
        self.both("sweep")

    def the_clock_is_later(self) -> None:
        """Before anybody has renewed or swept."""
        self.both("move_clock", self._jump())

    def the_house_is_away(self) -> None:
        """Nothing works for a while; then somebody sweeps, or people come first."""
        self.both.passes(self._jump())
        if self.words.of(True, False):
            self.both("sweep")

    def the_house_sweeps(self) -> None:
        self.both("sweep")

    def the_nodes_renew(self) -> None:
        self._renew()

    def a_node_dies(self) -> None:
        """Nothing renews its people until they are back on the other."""
        node = self.words.of(0, 1)
        for who in (*self.people, *self.clerks):
            who.alive = who.alive and who.node != node

    def a_line_is_cut(self) -> None:
        busy = [who for who in self.clerks if self._busy(who)]
        self.words.of(*self.people, *self.clerks, *self._called(), *busy).alive = False

    def a_visitor_vanishes(self) -> None:
        """Until the house takes notice; often it is somebody who rings or talks."""
        waiting = [who for who in self.people if self.both.model.live_of(who.holder)]
        who = self.words.of(*(self._called() or waiting or self.people), *(waiting or self.people))
        who.alive = False
        self._until("visitor", who)

    def a_clerk_vanishes(self) -> None:
        busy = [who for who in self.clerks if self._busy(who)]
        who = self.words.of(*(busy or self.clerks))
        who.alive = False
        self._until("attendant", who)

    def nobody_enters(self) -> None:
        """A ring that a page shows, mostly, and that is over."""
        for who in self._called()[:1]:
            if self.words.of(True, True, False):
                visitor_acts.seen(self, who)
            self._until("ring", who)
            self._does_something(who)

    def both_are_silent(self) -> None:
        """Whoever talks, and the clerk they talk with."""
        for who in self._talking()[:1]:
            clerk = self._with(who)
            who.alive = clerk.alive = False
            self._until("visitor", who)
            self._until("attendant", clerk)

    def a_pause_in_a_call_is_over(self) -> None:
        """An interruption, a hold, an errand: until its end, or just before."""
        model = self.both.model
        stays = [(kind, who) for who in self.people for kind in STAYS if (kind, self._ticket(who)) in model.deadlines]
        if stays:
            self._until(*self.words.of(*stays))

    def somebody_misses_their_turn(self) -> None:
        """Away while the next one is called, and long after."""
        self.a_visitor_vanishes()
        self.a_clerk_acts()
        passed = [who for who in self.people if ("passed", self._ticket(who)) in self.both.model.deadlines]
        for who in passed[:1]:
            self._until("passed", who)

    def a_node_starts(self) -> None:
        """It has seen what there is, or more: then the store came back older."""
        self.both("adopt", self.both.model.n + self.words.of(-1, 0, 0, 1, 250))

    # the house and the supervisor

    def the_supervisor_signs_somebody_out(self) -> None:
        request = Request(SUPERVISOR, RequestId(self.words.new("request")), "as asked")
        busy = [who for who in self.clerks if self._busy(who)]
        who = self.words.of(*(busy or self.clerks))
        key = f"session-{who.id}"
        if self.words.of(True, False):
            self.both("sign_in", key, Session(who.id, "attendant"), 3600)
        if self.words.of(True, True, True, False):
            self.both("sign_out", request, who.id)
            who.alive = False
        if self.words.of(True, False, False):
            self.both("end_session", key)
        self.both("session", key, 3600)

    def the_supervisor_sees_to_a_ticket(self) -> None:
        words, places = self.words, self.both.model.places
        live = [place.id for place in places.values() if place.live]
        ticket = words.slip(words.of(*(live or [NO_TICKET])), NO_TICKET, *places)
        request = Request(SUPERVISOR, RequestId(words.new("request")), "as asked")
        if words.of(True, False):
            self.both("remove_supervisor", request, ticket, words.of(*RemoveReason))
        else:
            right = places[ticket].shown.rev if ticket in places else Rev(1)
            rev = Rev(words.slip(right, right - 1))
            self.both("set_tier_supervisor", request, ticket, rev, words.of(*Tier), words.of(*TierReason))

    def somebody_floods(self) -> None:
        """Or tries to sign in again and again; the supervisor lets the network ask again."""
        words = self.words
        if words.of(True, False):
            self.both("attempt", words.of("ana", "bia"), words.of("", "mobile"), an_account=3, a_network=4)
        elif words.of(True, False):
            self.both("turn_away", words.of(*UNITS), DAY, words.of(*self.people).holder, "too_late")
        else:
            request = Request(SUPERVISOR, RequestId(words.new("request")), "as asked")
            self.both("clear_flood", request, words.of("mobile", "elsewhere"))

    def a_unit_closes(self) -> None:
        now_ms, words = self.both.model.now_ms, self.words
        before, head_start = now_ms - words.of(-1, 0, 60_000), now_ms + words.of(0, 30_000, 3_600_000)
        self.both("close_unit", words.of(*UNITS), before, head_start)

    def somebody_looks_for_contradictions(self) -> None:
        """There is none, whatever has happened."""
        self.both.reconciles(self.clerks)

    def the_directory_changes(self) -> None:
        self.both("directory_changed")

    # what holds

    @invariant()
    def both_agree(self) -> None:
        self.both.agree(self.people, self.clerks)

    def teardown(self) -> None:
        self.both.reconciles(self.clerks)
        self.both.logs_agree()

    def _called(self) -> list[Person]:
        """Those who ring or talk."""
        holders = {place.holder for place in self.both.model.places.values() if place.live and not place.waiting}
        return [who for who in self.people if who.holder in holders]

    def _talking(self) -> list[Person]:
        """Those whose call has begun, in a random order."""
        live = [(who, self.both.model.live_of(who.holder)) for who in self.people]
        talking = [who for who, place in live if place is not None and place.shown.state in TALKING]
        return self.words.chance.sample(talking, len(talking))

    def _with(self, who: Person) -> Clerk:
        place = self.both.model.live_of(who.holder)
        return next(clerk for clerk in self.clerks if clerk.id == place.shown.attendant)

    def _busy(self, who: Clerk) -> bool:
        desk = self.both.model.desks.get(who.id)
        return desk is not None and desk.shown.activity is not Activity.IDLE

    def a_ticket_changes_devices(self) -> None:
        """Given away by one browser, looked at and taken by another, in time or not."""
        visitor_acts.hand_over(self, self.words.of(*self.people))
        other = self.words.of(*self.people)
        if self.words.of(True, False):
            self.both("move_clock", self._jump())
        visitor_acts.handover(self, other)
        visitor_acts.redeem(self, other)

    def _does_something(self, who: Person | Clerk) -> None:
        """What fits, at once, every other time."""
        if self.words.of(True, False):
            acts = visitor_acts.fitting(self, who) if isinstance(who, Person) else clerk_acts.fitting(self, who)
            self.words.of(*acts)(self, who)

    def _ticket(self, who: Person) -> str:
        return self.both.model.holders.get(who.holder, "")

    def _until(self, kind: str, who: Person | Clerk) -> None:
        """The house works until that deadline of theirs, or just before."""
        model = self.both.model
        at_ms = model.deadlines.get((kind, self._ticket(who) if isinstance(who, Person) else who.id))
        if at_ms is not None:
            self.both("move_clock", max(1, at_ms - model.now_ms + self.words.of(-1, 0, 0, 0, 1)))
            self._renew()
            self.both("sweep")

    def _renew(self) -> None:
        """Each node renews, in one batch, the people it has."""
        model = self.both.model
        tickets = [place.id for who in self.people if who.alive and (place := model.live_of(who.holder))]
        desks = [(who.id, self.words.slip(who.fences[-1], *who.fences)) for who in self.clerks if who.alive]
        self.both("renew", tickets, desks)

    def _jump(self) -> int:
        """So long; or to one side of the next deadline, or onto it."""
        model = self.both.model
        ends = sorted({at_ms for at_ms in (*model.deadlines.values(), model.grace) if at_ms > model.now_ms})
        edge = self.words.of(*ends[:4], *ends) if ends else model.now_ms + 1
        return self.words.of(self.words.of(*JUMPS_MS), max(1, edge - model.now_ms + self.words.of(-1, 0, 0, 1)))


OPENINGS = (
    (),
    (Story.a_visitor_acts,) * 6,
    (Story.a_visitor_acts,) * 6 + (Story.a_clerk_acts, Story.a_called_visitor_acts) * 2,
    (Story.a_visitor_acts,) * 6 + (Story.a_call_begins,) * 2,
    (Story.a_visitor_acts,) * 6 + (Story.a_call_begins, Story.a_call_begins, Story.a_call_is_held),
    (Story.a_visitor_acts,) * 6 + (Story.a_call_begins, Story.a_call_begins, Story.a_call_breaks),
)
"""What has happened when a story begins."""

HAPPENINGS = {
    Story.a_visitor_acts: 18,
    Story.a_called_visitor_acts: 24,
    Story.a_call_begins: 14,
    Story.a_call_breaks: 12,
    Story.a_clerk_acts: 24,
    Story.a_busy_clerk_acts: 24,
    Story.somebody_does_what_does_not_fit: 8,
    Story.a_command_comes_again: 5,
    Story.a_request_id_is_used_for_something_else: 2,
    Story.time_passes_at_work: 8,
    Story.the_clock_is_later: 3,
    Story.the_house_is_away: 3,
    Story.the_house_sweeps: 3,
    Story.the_nodes_renew: 3,
    Story.a_node_dies: 2,
    Story.a_line_is_cut: 3,
    Story.a_visitor_vanishes: 5,
    Story.a_clerk_vanishes: 4,
    Story.nobody_enters: 7,
    Story.somebody_misses_their_turn: 3,
    Story.both_are_silent: 4,
    Story.a_pause_in_a_call_is_over: 6,
    Story.the_supervisor_sees_to_a_ticket: 2,
    Story.a_node_starts: 1,
    Story.the_supervisor_signs_somebody_out: 4,
    Story.a_call_is_held: 8,
    Story.somebody_floods: 2,
    Story.a_ticket_changes_devices: 2,
    Story.a_unit_closes: 1,
    Story.the_directory_changes: 1,
    Story.somebody_looks_for_contradictions: 2,
}
"""What may happen, and how often beside the rest."""
