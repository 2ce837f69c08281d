"""The echo: whom it may send to, whose turn it is, and that it reaches for no address inside."""

import pytest
from aioice import Candidate
from aioice.stun import Class, Message, Method, TransactionTimeout
from aiortc import RTCPeerConnection

from signaling.bots.addresses import is_public, without_private
from signaling.bots.echo import BadOfferError, Echoes
from signaling.bots.places import FORGOTTEN_S, Places
from signaling.protocol.http import EchoCall, EchoWait


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
    assert places.come("ana", 0) is None
    assert places.come("ana", 0) is None, "a place is kept"
    assert places.come("bia", 0) == 0
    assert places.come("caio", 1) == 1
    assert places.come("bia", 2) == 0
    places.go("ana")
    assert places.come("caio", 3) == 1, "bia was before him"
    assert places.come("caio", 2 + FORGOTTEN_S + 1) is None, "bia has not asked again"
    assert places.taken == 1


class AnyProtocol:
    """Where a check came in."""

    local_candidate = Candidate.from_sdp("1 1 udp 2 127.0.0.1 9 typ host")
    transport = None

    async def request(self, *_words, **_more):
        raise TransactionTimeout


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


@pytest.mark.parametrize("private", [False, True])
async def test_an_echo_reaches_for_addresses_inside_only_where_the_settings_say_so(private):
    echoes = Echoes(1, private=private)
    try:
        await echoes.ask(EchoCall(who="ana", sdp=await offered()))
        connection, _ = echoes._running["ana"]
        ice = connection.getTransceivers()[0].receiver.transport.transport
        assert bool(ice.getRemoteCandidates()) is private
        message = Message(message_method=Method.BINDING, message_class=Class.REQUEST)
        message.attributes["PRIORITY"] = 1
        ice._connection.check_incoming(message, ("127.0.0.1", 9), AnyProtocol())
        found = [each.host for each in ice._connection.remote_candidates]
        assert ("127.0.0.1" in found) is private, "a check that comes from inside is not answered either"
    finally:
        await echoes.close()


async def test_the_place_of_a_bad_offer_is_free_again():
    echoes = Echoes(1, private=True)
    with pytest.raises(BadOfferError):
        await echoes.ask(EchoCall(who="ana", sdp="v=0\r\nthis is no offer\r\n"))
    assert not isinstance(await echoes.ask(EchoCall(who="bia", sdp=await offered())), EchoWait)
    assert isinstance(await echoes.ask(EchoCall(who="ana", sdp="v=0")), EchoWait)
    await echoes.close()
