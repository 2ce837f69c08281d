"""Others join a call by a link, over the wire: members hear each other, strangers nothing; who goes harms nobody."""

from itertools import pairwise

from rooms.errors import Code
from rooms.model.call import GuestKind, WhyLeft
from signaling.protocol import commands as say
from signaling.protocol.commands import WireCode
from signaling.protocol.guests import Dismiss, Invite
from signaling.protocol.signals import Chat, Description, Party
from tests.server.harness import UNIT, Attendant, Guest, Visitor, talk


async def talking(crowd) -> tuple[Visitor, Attendant, str]:
    visitor, attendant = await crowd.visitor(), await crowd.attendant()
    await visitor.join()
    await attendant.available()
    return visitor, attendant, await talk(visitor, attendant)


async def joined(crowd, attendant: Attendant, call: str, name: str = "Rosa", kind: str = "companion") -> Guest:
    invited = await attendant.do(Invite(call=call, kind=kind))
    return await crowd.add(Guest(attendant.server)).joins(invited.link, name)


def offer(number: int = 0) -> Description:
    return Description(number=number, kind="offer", sdp=f"v=0 {number}")


async def test_a_companion_comes_by_link_and_everybody_is_told(crowd, server):
    visitor, attendant, call = await talking(crowd)
    invited = await attendant.do(Invite(call=call, kind="companion"))
    assert invited.link.startswith(f"{server.url}/acompanhar/")
    assert invited.qr.startswith("data:image/svg+xml")
    assert (await attendant.until(lambda view: view.call.invited_until_ms)).call.invited_until_ms == invited.until_ms
    code = invited.link.rsplit("/", 1)[1]
    rosa = crowd.add(Guest(server))
    assert await rosa.request("POST", f"guests/{code}", {"name": "Rosa"}) == (
        401,
        {"ok": False, "code": WireCode.NO_SESSION, "details": {}},
    )
    status, card = await rosa.request("GET", f"guests/{code}")
    assert (status, card["kind"], card["clerk"]["name"]) == (200, GuestKind.COMPANION, attendant.view.name)
    cookie = dict(rosa.cookies)
    assert (await rosa.request("GET", f"guests/{code}"))[0] == 200, "looking uses nothing up"
    assert rosa.cookies == cookie, "and the browser stays who it is"
    assert (await rosa.request("POST", f"guests/{code}", {"name": " "}))[1]["code"] == Code.NAME_MISSING
    assert (await rosa.request("POST", f"guests/{code}", {"name": " Rosa  Lima"}))[0] == 200
    await rosa.connect()
    view = await rosa.until(lambda view: not view.mirror)
    assert (view.me.party, view.me.name, view.left, view.call.call) == (Party.GUEST_1, "Rosa Lima", None, call)
    for person in (visitor, attendant):
        came = await person.until_said("came")
        assert (came.body.party, came.body.name, came.body.kind) == (Party.GUEST_1, "Rosa Lima", GuestKind.COMPANION)
    desk = await attendant.until(lambda view: view.call.guests)
    assert desk.call.guests == (view.me,)
    assert desk.call.invited_until_ms is None
    again = crowd.add(Guest(server))
    assert (await again.request("GET", f"guests/{code}"))[1]["code"] == Code.INVITATION_UNKNOWN
    await again.connect()
    assert again.refused is not None
    assert again.refused.code is WireCode.NO_SESSION


async def test_four_in_a_call_hear_what_is_for_them_and_nothing_else(crowd):
    visitor, attendant, call = await talking(crowd)
    await visitor.do(say.Signal(call=call, to=Party.ATTENDANT, body=offer(2)))
    await visitor.do(say.Signal(call=call, to=None, body=Chat(text="before")))
    rosa, lia = await joined(crowd, attendant, call), await joined(crowd, attendant, call, "Lia", "interpreter")
    everybody = {Party.VISITOR: visitor, Party.ATTENDANT: attendant, Party.GUEST_1: rosa, Party.GUEST_2: lia}
    for number, (later, earlier) in enumerate(pairwise(reversed(everybody)), start=10):
        await everybody[later].do(say.Signal(call=call, to=earlier, body=offer(number)))
        await everybody[earlier].until_heard(lambda entry, number=number: entry.body == offer(number))
    await rosa.do(say.Signal(call=call, to=None, body=Chat(text="after")))
    for person in everybody.values():
        await person.until_heard(lambda entry: entry.body == Chat(text="after"))
    for guest in (rosa, lia):
        assert [entry.body.text for entry in guest.signals if entry.body.type == "chat"] == ["after"]
    for party, person in everybody.items():
        offers = [entry for entry in person.signals if entry.body.type == "description"]
        assert all(entry.to is party for entry in offers), "an offer to somebody else"
    replayed = await rosa.do(say.Replay(call=call, after=None))
    assert [entry.body.type for entry in replayed.entries if entry.to is None] == ["ring", "go", "came", "came", "chat"]
    assert all(Party.GUEST_1 in {entry.to, entry.sender} for entry in replayed.entries if entry.to is not None)
    assert replayed.ice is not None
    refused = await lia.ask(say.Signal(call=call, to=None, body=offer(3)))
    assert refused.code is Code.NOT_MEMBER, "what belongs to a leg is for one"


async def test_a_guest_who_goes_harms_nobody_and_the_end_is_for_all(crowd):
    visitor, attendant, call = await talking(crowd)
    rosa, lia = await joined(crowd, attendant, call), await joined(crowd, attendant, call, "Lia")
    await attendant.do(Dismiss(call=call, party="guest_1"))
    assert (await rosa.until(lambda view: view.left)).left is WhyLeft.DISMISSED
    for person in (visitor, attendant, lia):
        assert (await person.until_said("left")).body.party is Party.GUEST_1
    assert (await rosa.ask(say.Signal(call=call, to=None, body=Chat(text="still here?")))).code is Code.NOT_MEMBER
    assert (await rosa.ask(say.Replay(call=call, after=None))).code is Code.NOT_MEMBER
    await lia.do(say.HangUp(call=call))
    assert (await lia.until(lambda view: view.left)).left is WhyLeft.LEFT
    assert (await attendant.until(lambda view: not view.call.guests)).call.state == "active"
    davi = await joined(crowd, attendant, call, "Davi")
    await visitor.do(say.HangUp(call=call))
    assert (await davi.until(lambda view: view.left)).left is WhyLeft.OVER
    assert (await davi.until_said("end")).body.reason == "hung_up"


async def test_a_guest_has_no_other_roles_words_and_no_other_call(crowd):
    _, attendant, call = await talking(crowd)
    rosa = await joined(crowd, attendant, call)
    assert (await rosa.ask(Invite(call=call, kind="companion"))).code is WireCode.OTHER_ROLE
    assert (await rosa.ask(say.Signal(call="another", to=None, body=Chat(text="oi")))).code is Code.NOT_MEMBER
    assert (await rosa.ask(say.Replay(call="another", after=None))).code is Code.NOT_MEMBER
    visitor = await crowd.visitor()
    await visitor.join(UNIT)
    assert (await visitor.ask(say.HangUp(call=call))).code is Code.CALL_UNKNOWN
    assert (await visitor.ask(say.Signal(call=call, to=Party.GUEST_1, body=Chat(text="oi")))).code is Code.NOT_MEMBER
