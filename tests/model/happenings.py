"""What may happen in a story."""

from rooms.ids import RequestId, Rev
from rooms.model.ticket import RemoveReason, Tier, TierReason
from rooms.ports import Request, Session
from tests.model import clerk_acts, visitor_acts
from tests.model.both import UNITS, Person
from tests.model.stage import Stage
from tests.model.state import STAYS
from tests.model.words import NO_TICKET
from tests.scene import DAY

SUPERVISOR = "s:sofia"


class Happenings(Stage):
    """Each one of people's acts, of time, of faults, of the house's work."""

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
        who = self.words.of(*(self.called() or self.people))
        self.words.of(*visitor_acts.fitting(self, who))(self, who)

    def a_called_visitor_enters(self) -> None:
        for who in self.called():
            visitor_acts.enter(self, who)

    def a_clerk_acts(self) -> None:
        who = self.words.of(*self.clerks)
        if self.is_busy(who) and not who.alive and self.words.of(True, True, False):
            return  # not back yet
        self.words.of(*clerk_acts.fitting(self, who))(self, who)

    def a_busy_clerk_acts(self) -> None:
        who = self.words.of(*([who for who in self.clerks if self.is_busy(who)] or self.clerks))
        self.words.of(*clerk_acts.fitting(self, who))(self, who)

    def a_call_begins(self) -> None:
        """Whoever is idle calls, and whoever is called enters, if all goes well."""
        idle = [who for who in self.clerks if who.alive and not self.is_busy(who)]
        who = self.words.of(*(idle or self.clerks))
        for act in (clerk_acts.open_desk, clerk_acts.set_status, clerk_acts.call_next)[0 if not who.alive else 1 :]:
            act(self, who)
        self.a_called_visitor_enters()

    def a_call_is_held(self) -> None:
        for who in self.talking()[:1]:
            clerk = self.clerk_of(who)
            clerk_acts.hold(self, clerk)
            self.does_something(self.words.of(who, clerk))

    def a_ticket_changes_devices(self) -> None:
        """Given away by one browser, looked at and taken by another, in time or not."""
        visitor_acts.hand_over(self, self.words.of(*self.people))
        other = self.words.of(*self.people)
        if self.words.of(True, False):
            self.both("move_clock", self.jump())
        visitor_acts.handover(self, other)
        visitor_acts.redeem(self, other)

    def somebody_is_to_be_reminded(self) -> None:
        """Or not any more; whoever looks, sees what there is to say."""
        who, words = self.words.of(*self.people), self.words
        ticket = self.both.model.holders.get(who.holder, NO_TICKET)
        if words.of(True, True, False):
            self.both("subscribe", who.holder, words.of("push-1", "push-2"))
        else:
            self.both("unsubscribe", ticket, words.of("push-1", "push-2"))
        self.both("reminder", ticket)

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

    # time

    def time_passes_at_work(self) -> None:
        """Whoever is connected is renewed, deadlines are acted on."""
        self.both("move_clock", self.jump())
        self.renew()
        self.both("sweep")

    def the_clock_is_later(self) -> None:
        """Before anybody has renewed or swept."""
        self.both("move_clock", self.jump())

    def a_pause_in_a_call_is_over(self) -> None:
        """An interruption, a hold, an errand: until its end, or just before."""
        model = self.both.model
        stays = [(kind, who) for who in self.people for kind in STAYS if (kind, self.ticket_of(who)) in model.deadlines]
        if stays:
            self.until(*self.words.of(*stays))

    def nobody_enters(self) -> None:
        """A ring that a page shows, mostly, and that is over."""
        for who in self.called()[:1]:
            if self.words.of(True, True, False):
                visitor_acts.seen(self, who)
            self.until("ring", who)
            self.words.of(*visitor_acts.fitting(self, who))(self, who)
            self.a_call_begins()

    # faults

    def the_house_is_away(self) -> None:
        """Nothing works for a while; then somebody sweeps, or people come first."""
        self.both.passes(self.jump())
        if self.words.of(True, False):
            self.both("sweep")

    def the_house_sweeps(self) -> None:
        self.both("sweep")

    def the_nodes_renew(self) -> None:
        self.renew()

    def a_node_dies(self) -> None:
        """Nothing renews its people until they are back on the other."""
        node = self.words.of(0, 1)
        for who in (*self.people, *self.clerks):
            who.alive = who.alive and who.node != node

    def a_node_starts(self) -> None:
        """It has seen what there is, or more: then the store came back older."""
        self.both("adopt", self.both.model.n + self.words.of(-1, 0, 0, 1, 250))

    def a_line_is_cut(self) -> None:
        busy = [who for who in self.clerks if self.is_busy(who)]
        self.words.of(*self.people, *self.clerks, *self.called(), *busy).alive = False

    def a_visitor_vanishes(self) -> None:
        """Until the house takes notice; often it is somebody who rings or talks."""
        waiting = [who for who in self.people if self.both.model.live_of(who.holder)]
        who = self.words.of(*(self.called() or waiting or self.people), *(waiting or self.people))
        who.alive = False
        self.until("visitor", who)

    def a_clerk_vanishes(self) -> None:
        busy = [who for who in self.clerks if self.is_busy(who)]
        who = self.words.of(*(busy or self.clerks))
        who.alive = False
        self.until("attendant", who)

    def both_are_silent(self) -> None:
        """Whoever talks, and the clerk they talk with."""
        for who in self.talking()[:1]:
            clerk = self.clerk_of(who)
            who.alive = clerk.alive = False
            self.until("visitor", who)
            self.until("attendant", clerk)

    def a_call_breaks(self) -> None:
        """One side falls silent, and the other hears nothing of it."""
        for who in self.talking()[:1]:
            clerk = self.clerk_of(who)
            if self.words.of(True, False, False):
                clerk_acts.hold(self, clerk)
            gone, left = self.words.of((who, clerk), (clerk, who))
            gone.alive = False
            self.until("visitor" if gone is who else "attendant", gone)
            (clerk_acts if left is clerk else visitor_acts).leg(self, left, alive=False)
            self.does_something(left)

    def somebody_misses_their_turn(self) -> None:
        """Away while the next one is called, and long after."""
        self.a_visitor_vanishes()
        self.a_clerk_acts()
        passed = [who for who in self.people if ("passed", self.ticket_of(who)) in self.both.model.deadlines]
        for who in passed[:1]:
            self.until("passed", who)

    # the house and the supervisor

    def the_supervisor_signs_somebody_out(self) -> None:
        request = Request(SUPERVISOR, RequestId(self.words.new("request")), "as asked")
        busy = [who for who in self.clerks if self.is_busy(who)]
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
