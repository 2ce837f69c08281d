"""Random stories at one counter, told to the model and to the real scripts at once."""

from collections import Counter as Count
from random import Random
from typing import ClassVar

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from rooms.model.attendant import Status
from rooms.model.unit import Order, Policy
from tests.model.both import Both
from tests.model.frozen import Loop
from tests.model.happenings import Happenings
from tests.model.stage import Stage
from tests.scene import CIVEL, FAMILIA


class Story(Happenings, RuleBasedStateMachine):
    """What happens is chosen by chance, step by step; after each step both counters agree."""

    loop: ClassVar[Loop]
    seen: ClassVar[Count[object]]

    def __init__(self) -> None:
        RuleBasedStateMachine.__init__(self)
        Stage.__init__(self, Both(self.loop, self.seen))

    @initialize(
        story=st.integers(0, 2**32),
        tries=st.integers(1, 3),
        room=st.sampled_from([3, 5, 200]),
        orders=st.tuples(*[st.sampled_from(list(Order))] * 2),
    )
    def opens(self, story: int, tries: int, room: int, orders: tuple[Order, Order]) -> None:
        """Two units with rules of their own; two desks are open."""
        self.story = story
        short = {"tries": 1, "passed_s": 60, "wrap_up_s": 10, "interrupted_s": 120, "hold_s": 60, "fetch_s": 90}
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

    @invariant()
    def both_agree(self) -> None:
        self.both.agree(self.people, self.clerks)

    def teardown(self) -> None:
        self.both.reconciles(self.clerks)
        self.both.logs_agree()


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
    Story.nobody_enters: 9,
    Story.somebody_misses_their_turn: 3,
    Story.both_are_silent: 4,
    Story.a_pause_in_a_call_is_over: 6,
    Story.the_supervisor_sees_to_a_ticket: 2,
    Story.a_node_starts: 1,
    Story.the_supervisor_signs_somebody_out: 4,
    Story.a_call_is_held: 8,
    Story.somebody_floods: 2,
    Story.a_ticket_changes_devices: 2,
    Story.somebody_is_to_be_reminded: 2,
    Story.a_unit_closes: 1,
    Story.the_directory_changes: 1,
    Story.somebody_looks_for_contradictions: 2,
}
"""What may happen, and how often beside the rest."""
