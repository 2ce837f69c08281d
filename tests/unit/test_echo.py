"""The echo: whom it may send to, whose turn it is, and that it reaches for no address inside."""

import asyncio

import pytest
from aioice import Connection
from aioice.stun import Class, Message, Method, parse_message
from aiortc import RTCPeerConnection

from signaling.bots import echo
from signaling.bots.addresses import is_public, without_private
from signaling.bots.echo import AnsweredError, BadOfferError, Echoes
from signaling.bots.places import FORGOTTEN_S, Places
from signaling.protocol.http import EchoAnswer, EchoCall, EchoWait
from signaling.settings import StartupError
from tests.inside import Inside, only_at


@pytest.mark.parametrize("address", ["8.8.8.8", "177.43.10.9", "2804:14d:1::1", "2606:4700::1111"])
def test_people_on_the_internet_are_answered(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "192.0.2.1",
        "198.18.0.1", "224.0.0.1", "239.1.1.1", "255.255.255.255", "::", "::1", "fd00:ec2::254", "fe80::1", "ff02::1",
        "ff0e::1", "2001:db8::1", "::ffff:8.8.8.8", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "2002:a00:1::",
        "2001:0:a00:1::", "f3b2c1d0-1111-2222-3333-444455556666.local", "redis", "",
    ],
)  # fmt: skip
def test_nothing_inside_is_an_address_of_a_visitor(address):
    assert not is_public(address)


def test_only_public_udp_candidates_are_left_and_everything_else_stays():
    before = "v=0\r\na=ice-ufrag:abcd\r\na=candidate:1 1 {} 2 {} 9 typ host\r\nm=audio 9\r\n"
    assert "a=candidate" in without_private(before.format("udp", "8.8.8.8"))
    for transport, address in (("udp", "10.0.0.1"), ("tcp", "8.8.8.8"), ("udp", "x.local"), ("udp", "")):
        assert without_private(before.format(transport, address)) == "v=0\r\na=ice-ufrag:abcd\r\nm=audio 9\r\n"


def test_places_go_in_the_order_of_coming_and_whoever_stays_away_is_forgotten():
    places = Places(1)
    assert places.come("ana", "", 0) is None
    assert places.come("ana", "", 0) is None, "a place is kept"
    assert places.come("bia", "", 0) == 0
    assert places.come("caio", "", 1) == 1
    assert places.come("bia", "", 2) == 0
    places.go("ana")
    assert places.come("caio", "", 3) == 1, "bia was before him"
    assert places.come("caio", "", 2 + FORGOTTEN_S + 1) is None, "bia has not asked again"
    assert places.taken == 1


def test_one_network_has_no_more_than_half_of_the_places_and_holds_up_nobody_else():
    places = Places(4)
    for number in range(2):
        assert places.come(f"forum-{number}", "forum", 0) is None
    assert places.come("forum-2", "forum", 0) == 0
    assert places.come("ana", "home", 1) is None, "who cannot come in is passed by"
    assert places.come("bia", "", 1) is None, "a network of the allow-list is not counted"
    assert places.come("caio", "work", 1) == 1
    places.go("bia")
    assert places.come("forum-2", "forum", 2) == 0
    assert places.come("caio", "work", 2) is None
    places.go("forum-0")
    assert places.come("forum-2", "forum", 3) is None


async def offered():
    """A browser's offer, with the addresses of this machine: none of them is public."""
    browser = RTCPeerConnection()
    for kind in ("audio", "video"):
        browser.addTransceiver(kind)
    await browser.setLocalDescription(await browser.createOffer())
    sdp = browser.localDescription.sdp
    await browser.close()
    assert "a=candidate" in sdp
    return sdp


def asked(who, sdp, check=None):
    return EchoCall(who=who, check=check or f"check-of-{who}", network="", sdp=sdp)


@pytest.fixture
async def echoes():
    running = Echoes(1, private=True)
    yield running
    await running.close()


@pytest.mark.parametrize("private", [False, True])
async def test_an_echo_reaches_for_addresses_inside_only_where_the_settings_say_so(private, monkeypatch):
    monkeypatch.setattr(echo, "CONNECT_S", 1)
    echoes = Echoes(1, private=private)
    inside, heard = await asyncio.get_running_loop().create_datagram_endpoint(Inside, local_addr=("127.0.0.1", 0))
    await echoes.ask(asked("ana", only_at(inside.get_extra_info("sockname"), await offered())))
    running = echoes._running["ana"]
    ice = running.connection.getTransceivers()[0].receiver.transport.transport
    assert bool(ice.getRemoteCandidates()) is private
    async with asyncio.timeout(30):
        await (heard.something.wait() if private else running.watching)
    assert heard.something.is_set() is private
    await echoes.close()
    inside.close()


class Heard(asyncio.DatagramProtocol):
    """A socket on loopback that knocks at an echo's, and what comes to it."""

    def __init__(self):
        self.came: list[Message] = []
        self.answered = asyncio.Event()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, packet, source):
        self.came.append(parse_message(packet))
        self.answered.set()

    async def knocks(self, ice, *, wait):
        """A check as a browser sends it; waits for what comes to it."""
        message = Message(message_method=Method.BINDING, message_class=Class.REQUEST)
        message.attributes["USERNAME"] = f"{ice.local_username}:browser"
        message.attributes["PRIORITY"] = 1
        message.attributes["ICE-CONTROLLING"] = 1
        message.add_message_integrity(ice.local_password.encode())
        self.answered.clear()
        for candidate in ice.local_candidates:
            self.transport.sendto(bytes(message), (candidate.host, candidate.port))
        if wait:
            async with asyncio.timeout(20):
                await self.answered.wait()
        return message.transaction_id


async def test_a_request_that_comes_from_inside_is_not_even_answered():
    """On real sockets; an echo that answers everybody shows when an answer would have been there."""
    echoes = {private: Echoes(1, private=private) for private in (False, True)}
    connections = {private: each._connection() for private, each in echoes.items()}
    for connection in connections.values():
        await connection.setLocalDescription(await connection.createOffer())
    ices = {
        private: connection.getTransceivers()[0].receiver.transport.transport._connection
        for private, connection in connections.items()
    }
    loop = asyncio.get_running_loop()
    _, browser = await loop.create_datagram_endpoint(Heard, local_addr=("127.0.0.1", 0))
    silent = [await browser.knocks(ices[False], wait=False) for _ in range(3)]
    heard = [await browser.knocks(ices[True], wait=True) for _ in range(3)]
    assert {each.transaction_id for each in browser.came} >= set(heard)
    assert not {each.transaction_id for each in browser.came} & set(silent)
    browser.transport.close()
    for connection in connections.values():
        await connection.close()


def test_an_echo_that_could_not_refuse_the_inside_does_not_start(monkeypatch):
    monkeypatch.delattr(Connection, "request_received")
    with pytest.raises(StartupError, match="aioice"):
        Echoes(1, private=False)
    Echoes(1, private=True)


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("", "v=0"),
        ("a=candidate:", "a=candidate:1\r\na=was:"),
        ("opus/48000/2", "lyra/48000"),
        ("a=ice-ufrag", "a=ice-nothing"),
    ],
)
async def test_the_place_of_a_bad_offer_is_free_again(echoes, whole, part):
    bad = (await offered()).replace(whole, part) if whole else part
    with pytest.raises(BadOfferError):
        await echoes.ask(asked("ana", bad))
    assert isinstance(await echoes.ask(asked("bia", await offered())), EchoAnswer)


async def test_two_offers_of_one_person_at_once_leave_them_one_connection(echoes):
    """Two tabs: each has its answer, and the later one its ten seconds."""
    sdp = await offered()
    told = await asyncio.gather(*(echoes.ask(asked("ana", sdp, check)) for check in ("first", "second")))
    assert [type(each) for each in told] == [EchoAnswer, EchoAnswer]
    running = echoes._running["ana"]
    assert running.connection.localDescription.sdp == told[1].sdp
    assert not running.watching.done()
    assert running.connection.connectionState in {"new", "connecting"}


async def test_a_check_has_one_answer_however_often_it_is_asked_for(echoes):
    sdp, other = await offered(), await offered()
    answer = await echoes.ask(asked("ana", sdp))
    assert isinstance(answer, EchoAnswer)
    before = echoes._running["ana"]
    assert isinstance(await echoes.ask(asked("bia", sdp)), EchoWait)
    assert await echoes.ask(asked("ana", sdp)) == answer, "one that was lost on its way is told again"
    with pytest.raises(AnsweredError):
        await echoes.ask(asked("ana", other))
    assert echoes._running["ana"] is before, "nor is what goes on disturbed"
    await echoes._end("ana")
    with pytest.raises(AnsweredError):
        await echoes.ask(asked("ana", sdp))
    assert isinstance(await echoes.ask(asked("bia", sdp)), EchoAnswer), "waiting used nothing up"
