"""Somebody else in a call: let in once by a link, in a seat of their own, and gone without harm to anybody."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from rooms.errors import Code, RoomsError
from rooms.ids import CallId, EntryId, GuestId, Millis, ParticipantId, RequestId, TabId
from rooms.model.call import CallState, GuestKind, LogEntry, WhyLeft
from rooms.model.events import EventKind
from rooms.model.guest import Guest
from rooms.model.ticket import TicketState
from rooms.ports import Request, Round, Saying
from tests.scene import CIVEL, Clerk, Person, Scene, in_call

outcome = pytest.mark.outcome
INVITED_S = 600
TAB = TabId("tab")
CHAT = '{"type":"chat","text":"oi"}'


def refused(code: Code):
    return pytest.raises(RoomsError, match=f"^{code}$")


@dataclass
class Other:
    """Somebody with a browser of their own."""

    scene: Scene
    name: str

    @property
    def id(self) -> GuestId:
        return GuestId(hashlib.sha256(self.name.encode()).hexdigest())

    async def joins(self, code: str = "link") -> ParticipantId:
        """By a link, and opens the page."""
        party = await self.scene.store.join_call(self.scene.court, code, self.id, self.name)
        await self.opens()
        return party

    async def opens(self, *, opened: bool = True):
        return await self.scene.store.open_guest(self.scene.court, self.id, TAB, opened=opened)

    async def seat(self) -> Guest:
        found = (await self.scene.store.guest(self.scene.court, self.id)).guest
        assert found is not None
        return found

    async def says(
        self, call: CallId, to: str | None = None, kind: str = "chat", body: str = CHAT, tab: str = TAB
    ) -> EntryId:
        request = self.scene.request(f"g:{self.id}")
        saying = Saying(None if to is None else ParticipantId(to), kind, body)
        return await self.scene.store.signal_guest(self.scene.court, request, self.id, TabId(tab), call, saying)

    async def leaves(self, call: CallId) -> None:
        await self.scene.store.leave_call(self.scene.court, self.scene.request(f"g:{self.id}"), self.id, call)


async def invites(clerk: Clerk, call: CallId, code: str = "link", kind: GuestKind = GuestKind.COMPANION) -> Millis:
    return await clerk.scene.store.invite(clerk.scene.court, clerk.id, clerk.fence, call, code, kind, INVITED_S)


async def dismisses(clerk: Clerk, call: CallId, party: str) -> None:
    at, request = clerk.scene.court, clerk.request()
    await clerk.scene.store.dismiss(at, request, clerk.id, clerk.fence, call, ParticipantId(party))


async def talking(scene: Scene) -> tuple[Person, Clerk, CallId]:
    maria, ana = await scene.visitor(), await scene.clerk()
    return maria, ana, await in_call(scene, maria, ana)


async def joined(scene: Scene, clerk: Clerk, call: CallId, name: str = "rosa") -> Other:
    await invites(clerk, call, f"link of {name}")
    other = Other(scene, name)
    await other.joins(f"link of {name}")
    return other


async def log(scene: Scene, call: CallId) -> Sequence[LogEntry]:
    return await scene.log.call_log(scene.court, call, None, 1000)


async def kinds(scene: Scene, call: CallId) -> list[str]:
    return [entry.kind for entry in await log(scene, call)]


@outcome("invite", "invited")
@outcome("invitation", "invitation")
@outcome("join_call", "joined")
@outcome("guest", "guest")
@outcome("open_guest", "guest")
async def test_whoever_uses_the_link_has_a_seat_of_their_own_and_all_are_told(scene: Scene):
    maria, ana, call = await talking(scene)
    until_ms = await invites(ana, call)
    rosa = Other(scene, "rosa")
    shown = await scene.store.invitation(scene.court, "link", rosa.id)
    assert (shown.call, shown.unit, shown.attendant, shown.kind) == (call, CIVEL, "ana", GuestKind.COMPANION)
    assert shown.until_ms == until_ms == (await maria.call()).invited_until_ms
    assert await rosa.joins() == "guest_1"
    seat = await rosa.seat()
    assert (seat.call, seat.kind, seat.name, seat.party, seat.tab, seat.left) == (
        call, GuestKind.COMPANION, "rosa", "guest_1", "tab", None
    )  # fmt: skip
    came = (await log(scene, call))[-1]
    assert (came.id, came.sender, came.to, came.kind) == (seat.since, "guest_1", None, "came")
    assert json.loads(came.body) == {
        "type": "came", "party": "guest_1", "kind": "companion", "name": "rosa", "function": None,
    }  # fmt: skip
    desk = await scene.store.desk(scene.court, ana.id)
    assert desk.guests == (seat,)
    assert desk.call is not None
    assert desk.call.invited_until_ms is None, "the link is used up"
    events = [(event.kind, event.call) for event in await scene.events() if event.kind.startswith("guest.")]
    assert events == [(kind, call) for kind in (EventKind.GUEST_INVITED, EventKind.GUEST_CAME, EventKind.GUEST_PAGE)]
    told = (await scene.events(EventKind.GUEST_CAME))[0]
    assert told.facts == {"party": "guest_1", "as": "companion"}, "ids and codes, no name"


@outcome("join_call", "invitation_unknown")
@outcome("invitation", "invitation_unknown")
async def test_a_link_is_good_once(scene: Scene):
    _, ana, call = await talking(scene)
    await joined(scene, ana, call)
    stranger = Other(scene, "stranger")
    with refused(Code.INVITATION_UNKNOWN):
        await stranger.joins("link of rosa")
    with refused(Code.INVITATION_UNKNOWN):
        await scene.store.invitation(scene.court, "link of rosa", stranger.id)
    with refused(Code.INVITATION_UNKNOWN):
        await stranger.joins("guessed")


async def test_whoever_did_not_hear_the_answer_asks_again_and_keeps_one_seat(scene: Scene):
    _, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    assert await rosa.joins("link of rosa") == "guest_1"
    assert (await kinds(scene, call)).count("came") == 1


async def test_a_link_lasts_ten_minutes_and_a_newer_one_makes_it_worthless(scene: Scene):
    _, ana, call = await talking(scene)
    await invites(ana, call, "older")
    await invites(ana, call, "newer")
    with refused(Code.INVITATION_UNKNOWN):
        await Other(scene, "rosa").joins("older")
    await scene.later(INVITED_S - 1)
    assert (await scene.store.invitation(scene.court, "newer", Other(scene, "rosa").id)).call == call
    await scene.later(2)
    with refused(Code.INVITATION_UNKNOWN):
        await Other(scene, "rosa").joins("newer")


@outcome("invite", "call_full")
@outcome("join_call", "call_full")
async def test_four_fit_in_a_call_and_no_more(scene: Scene):
    _, ana, call = await talking(scene)
    rosa, lia = await joined(scene, ana, call), await joined(scene, ana, call, "lia")
    assert ((await rosa.seat()).party, (await lia.seat()).party) == ("guest_1", "guest_2")
    with refused(Code.CALL_FULL):
        await invites(ana, call)
    await lia.leaves(call)
    await invites(ana, call, "third")
    await invites_behind_its_back(scene, call)
    with refused(Code.CALL_FULL):
        await Other(scene, "davi").joins("third")


async def invites_behind_its_back(scene: Scene, call: CallId) -> None:
    """Whoever was gone is back in the seat that was free while the link was out."""
    await scene.store._client.call("HSET", f"{{{scene.court}}}:call:{call}:state", "guest_2", "somebody")


@outcome("invite", "stale_fence")
@outcome("invite", "call_unknown")
@outcome("invite", "wrong_state")
async def test_only_the_desk_whose_call_it_is_lets_anybody_in_and_only_while_they_talk(scene: Scene):
    maria, ana = await scene.visitor(), await scene.clerk()
    bruno = await scene.clerk("bruno")
    call = (await ana.calls()).call
    with refused(Code.WRONG_STATE):
        await invites(ana, call)
    await maria.enters(call)
    with refused(Code.CALL_UNKNOWN):
        await invites(bruno, call)
    ana.fence, held = ana.fence - 1, ana.fence
    with refused(Code.STALE_FENCE):
        await invites(ana, call)
    ana.fence = held
    await invites(ana, call)
    await maria.hangs_up(call)
    with refused(Code.INVITATION_UNKNOWN):
        await Other(scene, "rosa").joins()
    with refused(Code.WRONG_STATE):
        await invites(ana, call)


async def test_members_speak_to_each_other_and_nobody_else_does(scene: Scene):
    maria, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    await rosa.says(call)
    await rosa.says(call, to="visitor", kind="description")
    await maria.says(call, to="guest_1")
    await ana.says(call, to="guest_1")
    said = [(entry.sender, entry.to) for entry in await log(scene, call) if entry.kind in {"chat", "description"}]
    assert said == [("guest_1", None), ("guest_1", "visitor"), ("visitor", "guest_1"), ("attendant", "guest_1")]
    for to in ("guest_1", "guest_2"):
        with refused(Code.NOT_MEMBER):
            await rosa.says(call, to=to)
    with refused(Code.NOT_MEMBER):
        await maria.says(call, to="guest_2")
    for kind in ("description", "candidate", "rejoin"):
        with refused(Code.NOT_MEMBER):
            await rosa.says(call, kind=kind)
    with refused(Code.NOT_MEMBER):
        await Other(scene, "stranger").says(call)
    with refused(Code.NOT_MEMBER):
        await rosa.says(CallId("another"))
    with refused(Code.NOT_ACTIVE_PAGE):
        await rosa.says(call, tab="another")


async def test_a_guest_reads_of_others_words_those_since_they_came_and_never_anothers_leg(scene: Scene):
    maria, ana, call = await talking(scene)
    first = await joined(scene, ana, call)
    await maria.says(call, "before")
    await first.says(call, to="visitor", kind="description", body='{"type":"of the one before"}')
    await first.leaves(call)
    rosa = await joined(scene, ana, call, "lia")
    seat = await rosa.seat()
    assert seat.party == "guest_1", "the seat that somebody else had"
    await maria.says(call, "after")
    await maria.says(call, "for one", to="guest_1")
    await maria.says(call, "for another", to="attendant")
    read = [entry for entry in await log(scene, call) if seat.may_read(entry)]
    assert [entry.kind for entry in read] == ["ring", "go", "came", "left", "came", "chat", "chat"]
    assert ["after" in read[-2].body, "for one" in read[-1].body] == [True, True]


@outcome("leave_call", "left")
@outcome("leave_call", "not_member")
async def test_a_guest_leaves_and_the_call_goes_on(scene: Scene):
    maria, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    await rosa.leaves(call)
    told = json.loads((await log(scene, call))[-1].body)
    assert told == {"type": "left", "party": "guest_1", "reason": "left"}
    assert (await rosa.seat()).left is WhyLeft.LEFT
    assert (await scene.store.desk(scene.court, ana.id)).guests == ()
    assert (await maria.ticket()).state is TicketState.IN_CALL
    with refused(Code.NOT_MEMBER):
        await rosa.says(call)
    with refused(Code.NOT_MEMBER):
        await rosa.leaves(call)
    assert (await rosa.opens()).guest.left is WhyLeft.LEFT, "whoever has left is not back by opening the page"


@outcome("dismiss", "dismissed")
@outcome("dismiss", "stale_fence")
@outcome("dismiss", "call_unknown")
@outcome("dismiss", "not_member")
async def test_the_clerk_may_ask_a_guest_out(scene: Scene):
    _, ana, call = await talking(scene)
    bruno = await scene.clerk("bruno")
    rosa = await joined(scene, ana, call)
    with refused(Code.CALL_UNKNOWN):
        await dismisses(bruno, call, "guest_1")
    with refused(Code.NOT_MEMBER):
        await dismisses(ana, call, "guest_2")
    ana.fence, held = ana.fence - 1, ana.fence
    with refused(Code.STALE_FENCE):
        await dismisses(ana, call, "guest_1")
    ana.fence = held
    await dismisses(ana, call, "guest_1")
    assert (await rosa.seat()).left is WhyLeft.DISMISSED
    assert (await rosa.opens()).guest.left is WhyLeft.DISMISSED
    with refused(Code.NOT_MEMBER):
        await rosa.says(call)


async def test_a_guest_whose_line_is_silent_loses_the_seat_and_nobody_else_anything(scene: Scene):
    maria, ana, call = await talking(scene)
    rosa, lia = await joined(scene, ana, call), await joined(scene, ana, call, "lia")
    for _ in range(2):
        await scene.later(20)
        await scene.renew()
        await scene.store.renew(scene.court, (), (), [lia.id])
        await scene.sweep()
    assert ((await rosa.seat()).left, (await lia.seat()).left) == (WhyLeft.GONE, None)
    assert (await kinds(scene, call))[-1] == "left"
    assert (await maria.ticket()).state is TicketState.IN_CALL
    assert (await maria.call()).state is CallState.ACTIVE
    left = (await scene.events(EventKind.GUEST_LEFT))[0]
    assert left.facts == {"party": "guest_1", "as": "companion", "cause": "gone"}


async def test_whoever_was_gone_is_back_by_opening_the_page_while_there_is_a_seat(scene: Scene):
    _, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    await scene.passes(40)
    assert (await rosa.seat()).left is WhyLeft.GONE
    back = (await rosa.opens(opened=False)).guest
    assert (back.left, back.party) == (None, "guest_1")
    assert (await kinds(scene, call))[-3:] == ["came", "left", "came"]
    await rosa.says(call)
    await scene.passes(20)
    await scene.store.renew(scene.court, (), (), [rosa.id])
    await scene.passes(20)
    assert (await rosa.seat()).left is None, "the lease runs anew"


async def test_the_end_of_the_call_is_the_end_for_guests_too(scene: Scene):
    maria, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    await maria.hangs_up(call)
    assert (await rosa.seat()).left is WhyLeft.OVER
    one = await rosa.opens()
    assert (one.guest.left, one.call.state) == (WhyLeft.OVER, CallState.ENDED)
    with refused(Code.NOT_MEMBER):
        await rosa.says(call)
    assert (await scene.store.desk(scene.court, ana.id)).guests == ()


async def test_a_hold_and_an_interruption_are_the_twos_whose_call_it_is(scene: Scene):
    maria, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    await ana.holds(call)
    one = await rosa.opens(opened=False)
    assert (one.call.state, one.until_ms is not None) == (CallState.ON_HOLD, True)
    await ana.unholds(call)
    scene.vanishes(maria)
    await ana.hears(call, alive=False)
    for _ in range(4):
        await scene.store.renew(scene.court, (), (), [rosa.id])
        await scene.passes(10)
    one = await rosa.opens(opened=False)
    assert (one.call.state, one.call.gone, one.guest.left) == (CallState.INTERRUPTED, "visitor", None)


async def test_a_browser_that_joins_another_call_leaves_the_one_it_was_in(scene: Scene):
    _, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    joao, bruno = await scene.visitor("joao"), await scene.clerk("bruno")
    other = await in_call(scene, joao, bruno)
    await invites(bruno, other, "another link")
    await rosa.joins("another link")
    assert (await rosa.seat()).call == other
    assert (await kinds(scene, call))[-1] == "left"
    assert (await scene.store.desk(scene.court, ana.id)).guests == ()


async def test_nothing_is_mended_about_guests(scene: Scene):
    _, ana, call = await talking(scene)
    rosa = await joined(scene, ana, call)
    await joined(scene, ana, call, "lia")
    await rosa.leaves(call)
    await scene.store.reconcile(scene.court, Round(), [CIVEL], [ana.id])
    assert await scene.events(EventKind.MENDED) == []


@outcome("leave_call", "request_reused")
@outcome("dismiss", "request_reused")
async def test_a_request_says_one_thing_only(scene: Scene):
    _, ana, call = await talking(scene)
    rosa, lia = await joined(scene, ana, call), await joined(scene, ana, call, "lia")
    once, again = Request("g:rosa", RequestId("r"), "one"), Request("g:rosa", RequestId("r"), "another")
    await scene.store.leave_call(scene.court, once, rosa.id, call)
    await scene.store.leave_call(scene.court, once, rosa.id, call)
    with refused(Code.REQUEST_REUSED):
        await scene.store.leave_call(scene.court, again, lia.id, call)
    await scene.store.dismiss(scene.court, once, ana.id, ana.fence, call, ParticipantId("guest_2"))
    with refused(Code.REQUEST_REUSED):
        await scene.store.dismiss(scene.court, again, ana.id, ana.fence, call, ParticipantId("guest_2"))
    assert (await kinds(scene, call)).count("left") == 2
