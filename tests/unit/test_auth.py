"""Who is asking: origins, networks, capabilities, floods; and what TURN is told."""

from ipaddress import ip_address, ip_network

import pytest

from rooms.ids import Holder
from signaling.auth.capability import holder_of, key_of, new_secret
from signaling.auth.floods import BURST_S, KEPT_BACK_S, PAGES, Floods, Refusals, full_bucket
from signaling.auth.gate import Gate
from signaling.auth.handover import LETTERS, SHORT, code_key_of, new_short_code, short_key_of
from signaling.auth.network import client_address, hashed_network, network_of
from signaling.auth.origin import is_ours
from signaling.auth.permits import Permits
from signaling.protocol.http import PERMIT_S
from signaling.protocol.signals import Party
from signaling.settings import Settings
from signaling.turn import CHECK_NAMES, CHECK_S, Turn


@pytest.mark.parametrize(
    ("origin", "host", "ours"),
    [
        ("https://balcao.example", "balcao.example", True),
        ("http://balcao.example", "balcao.example", True),
        ("https://BALCAO.example", "balcao.EXAMPLE", True),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", True),
        ("https://portal.example", "balcao.example", True),
        ("http://127.0.0.1:8081", "127.0.0.1:8080", False),
        ("https://balcao.example.evil", "balcao.example", False),
        ("https://evil.example", "balcao.example", False),
        ("ftp://balcao.example", "balcao.example", False),
        ("null", "balcao.example", False),
        ("http://[", "balcao.example", False),
        ("http://\u2100.example", "balcao.example", False),
        ("", "", False),
        (None, "balcao.example", False),
    ],
)
def test_a_page_is_ours_by_its_host_or_because_the_site_allows_it(origin, host, ours):
    assert is_ours(origin, host, None, {"https://portal.example"}) is ours


def test_where_the_scheme_is_known_a_page_of_the_other_one_is_foreign():
    """Whoever stands between an http page and the browser may write in it what they like."""
    assert is_ours("https://balcao.example", "balcao.example", "https", set())
    assert not is_ours("http://balcao.example", "balcao.example", "https", set())
    assert not is_ours("https://balcao.example", "balcao.example", "http", set())


@pytest.mark.parametrize(
    ("peer", "said", "ours"),
    [
        ("10.0.0.1", {"X-Forwarded-Proto": "https"}, (True, False)),
        ("10.0.0.1", {"X-Forwarded-Proto": "HTTPS, http"}, (True, False)),
        ("10.0.0.1", {}, (True, True)),
        ("200.1.2.3", {"X-Forwarded-Proto": "https"}, (True, True)),
        (None, {"X-Forwarded-Proto": "https"}, (True, True)),
    ],
    ids=["a proxy says it", "the first of several", "a proxy that does not say", "a stranger says it", "no address"],
)
def test_a_trusted_proxy_says_how_a_page_was_asked_for(peer, said, ours):
    gate = Gate(Settings(trusted_proxies="10.0.0.0/8"), "secret")
    pages = ({"Origin": f"{scheme}://balcao.example", "Host": "balcao.example"} for scheme in ("https", "http"))
    assert tuple(gate.is_ours(peer, page | said) for page in pages) == ours


def test_with_a_certificate_of_our_own_pages_are_https():
    gate = Gate(Settings(tls_cert="cert.pem", tls_key="key.pem"), "secret")
    assert gate.is_ours(None, {"Origin": "https://balcao.example", "Host": "balcao.example"})
    assert not gate.is_ours(None, {"Origin": "http://balcao.example", "Host": "balcao.example"})


def test_a_proxy_is_believed_a_visitor_is_not():
    trusted = [ip_network("10.0.0.0/8")]
    assert client_address("200.1.2.3", "1.1.1.1", trusted) == ip_address("200.1.2.3")
    assert client_address("10.0.0.1", "200.1.2.3", trusted) == ip_address("200.1.2.3")
    assert client_address("10.0.0.1", "1.1.1.1, 200.1.2.3", trusted) == ip_address("200.1.2.3")
    assert client_address("10.0.0.1", "200.1.2.3, 10.0.0.2", trusted) == ip_address("200.1.2.3")
    assert client_address("10.0.0.1", "nonsense", trusted) == ip_address("10.0.0.1")
    assert client_address("10.0.0.1", None, trusted) == ip_address("10.0.0.1")
    assert client_address(None, "1.1.1.1", trusted) is None


def test_a_network_is_a_24_or_a_64():
    assert str(network_of(ip_address("200.1.2.3"))) == "200.1.2.0/24"
    assert str(network_of(ip_address("2001:db8:1:2:3:4:5:6"))) == "2001:db8:1:2::/64"
    assert str(network_of(ip_address("::ffff:200.1.2.3"))) == "200.1.2.0/24"


def test_networks_are_counted_by_a_keyed_hash_and_allowed_ones_not_at_all():
    forum = [ip_network("200.9.0.0/16")]
    one, two = (hashed_network(ip_address(f"200.1.2.{n}"), forum, b"key") for n in (3, 4))
    assert one == two
    assert len(one) == 16
    assert hashed_network(ip_address("200.1.3.3"), forum, b"key") != one
    assert hashed_network(ip_address("200.1.2.3"), forum, b"other") != one
    assert hashed_network(ip_address("200.9.1.1"), forum, b"key") == ""
    assert hashed_network(ip_address("::ffff:200.9.1.1"), forum, b"key") == ""
    assert hashed_network(None, forum, b"key") == ""


def test_two_nodes_of_a_site_count_a_network_alike():
    nodes = [Gate(Settings(trusted_proxies="10.0.0.0/8"), "the site's secret") for _ in range(2)]
    counted = {gate.network("10.0.0.1", {"X-Forwarded-For": "200.1.2.3"}) for gate in nodes}
    assert len(counted) == 1
    assert counted != {""}


def test_a_cookie_is_kept_as_a_hash_and_only_if_it_was_ours():
    secret = new_secret()
    key = key_of(secret)
    assert key is not None
    assert secret not in key
    assert holder_of(secret) == key
    for never in (None, "", "short", secret + "x", secret[:-1] + "á", secret[:-1] + "\n"):
        assert key_of(never) is None
        assert holder_of(never) is None


def test_a_short_code_is_read_however_it_is_typed_and_nothing_else_is_one():
    code = new_short_code()
    assert len(code.replace("-", "")) == SHORT
    assert set(code) <= set(LETTERS) | {"-"}
    assert short_key_of(code) == short_key_of(f" {code.lower().replace('-', ' ')} ")
    assert short_key_of(code) != short_key_of(new_short_code())
    for never in ("", "BCDF-GHJ", "BCDF-GHJKL", "BCDF-GHJA", "BCDF-GHJ1", "BCDF/GHJK"):
        assert short_key_of(never) is None


def test_only_a_code_that_could_be_guessed_is_counted():
    secret = new_secret()
    assert code_key_of(secret) == (key_of(secret), False)
    assert code_key_of("BCDF-GHJK") == (short_key_of("BCDFGHJK"), True)
    assert code_key_of("anything") == (None, True)


def test_a_browser_says_twenty_a_second_with_three_seconds_saved_up():
    floods = Floods(messages_per_s=20, bytes_per_s=10_000)
    floods.come("a", 0.0)
    assert sum(floods.allows("a", 1, 0.0) for _ in range(100)) == 20 * BURST_S
    assert sum(floods.allows("a", 1, 1.0) for _ in range(100)) == 20
    assert sum(floods.allows("a", 1, 1000.0) for _ in range(100)) == 20 * BURST_S


def test_bytes_are_counted_too():
    floods = Floods(messages_per_s=20, bytes_per_s=100)
    floods.come("a", 0.0)
    assert floods.allows("a", 300, 0.0)
    assert not floods.allows("a", 1, 0.0)
    assert floods.allows("a", 100, 1.0)


def test_pages_of_one_browser_share_their_buckets_and_handshakes_are_messages_too():
    floods = Floods(messages_per_s=1, bytes_per_s=100)
    assert floods.knocks("a", 1, 0.0)
    floods.come("a", 0.0)
    assert floods.knocks("a", 1, 0.0)
    floods.come("a", 0.0)
    floods.go("a", 0.0)
    assert floods.allows("a", 1, 0.0)
    assert not floods.allows("a", 1, 0.0)
    assert not floods.knocks("a", 1, 0.0)
    assert floods.knocks("b", 1, 0.0)


def test_whoever_comes_anew_has_not_more_than_who_stays():
    floods = Floods(messages_per_s=1, bytes_per_s=100)
    for _ in range(BURST_S):
        assert floods.knocks("a", 1, 0.0)
        floods.come("a", 0.0)
        floods.go("a", 0.0)
    assert not floods.knocks("a", 1, 0.0)
    assert floods.knocks("a", 1, 1.0)
    assert not floods.knocks("a", 1, 1.0)


def test_who_has_been_away_until_their_bucket_is_full_is_forgotten():
    floods = Floods(messages_per_s=1, bytes_per_s=100)
    floods.knocks("stays", 1, 0.0)
    floods.come("stays", 0.0)
    for n in range(1000):
        floods.knocks(f"stranger-{n}", 1, 0.0)
    floods.knocks("a", 1, float(BURST_S))
    assert floods.counted == 2
    assert floods.allows("stays", 1, float(BURST_S))


def test_a_browser_has_no_more_pages_than_anybody_opens():
    floods = Floods(messages_per_s=1000, bytes_per_s=100_000)
    for _ in range(PAGES):
        assert floods.knocks("a", 1, 0.0)
        floods.come("a", 0.0)
    assert not floods.knocks("a", 1, 0.0)
    assert floods.knocks("b", 1, 0.0)
    floods.go("a", 0.0)
    assert floods.knocks("a", 1, 0.0)


def test_what_is_spent_beyond_the_bucket_is_waited_for():
    bucket = full_bucket(10, 2.0, 0.0)
    assert [bucket.spend(10, 0.0) for _ in range(4)] == [0, 0, 1, 2]
    assert bucket.spend(10, 3.0) == 0
    assert bucket.spend(20, 1000.0) == 0
    assert bucket.spend(1, 1000.0) == 0.1


def test_refusals_are_answered_no_faster_than_one_may_ask_on_however_many_connections():
    refusals = Refusals(per_s=20)
    assert [refusals.wait_s("a", 10.0) for _ in range(3)] == pytest.approx([0.05, 0.1, 0.15])
    assert refusals.wait_s("b", 10.0) == pytest.approx(0.05)
    assert refusals.wait_s("a", 11.0) == pytest.approx(0.05)
    assert max(refusals.wait_s("a", 11.0) for _ in range(1000)) == pytest.approx(KEPT_BACK_S)


def test_the_first_refusals_of_a_network_are_answered_at_once():
    """Of a forum, where many ask for what is not to be had, and nobody means any harm."""
    refusals = Refusals(per_s=10, burst_s=3.0)
    assert [refusals.wait_s("forum", 100.0) for _ in range(30)] == pytest.approx([0.0] * 30)
    assert [refusals.wait_s("forum", 100.0) for _ in range(2)] == pytest.approx([0.1, 0.2])
    assert refusals.wait_s("forum", 101.3) == pytest.approx(0.0)
    assert [refusals.wait_s("forum", 1000.0) for _ in range(31)][-1] == pytest.approx(0.1)


def test_who_was_refused_long_ago_is_forgotten():
    refusals = Refusals(per_s=20)
    for n in range(1000):
        refusals.wait_s(f"stranger-{n}", 0.0)
    refusals.wait_s("a", KEPT_BACK_S)
    assert refusals.counted == 1


def test_turn_credentials_are_the_hmac_that_openssl_makes():
    """`printf '1600:call-1-attendant' | openssl dgst -sha1 -hmac north -binary | base64`."""
    settings = Settings(turn_urls="turn:t.example", turn_secret="north", stun_urls="stun:s.example", turn_ttl=600)
    ice = Turn(settings, lambda: 1_000.9).ice("call-1", Party.ATTENDANT)
    stun, turn = ice.servers
    assert (stun.urls, stun.username, stun.credential) == (("stun:s.example",), None, None)
    assert turn.username == "1600:call-1-attendant"
    assert turn.credential == "qGzhTAO8FqSvuhhPkfSduosyN8o="


def test_only_the_clerks_side_hides_behind_the_relay_until_the_visitor_enters():
    turn = Turn(Settings(turn_urls="turn:t.example", turn_secret="north"), lambda: 0.0)
    assert turn.ice("c", Party.ATTENDANT).relay_until_go
    assert not turn.ice("c", Party.VISITOR).relay_until_go
    open_turn = Turn(Settings(turn_urls="turn:t.example", turn_secret="north", media_policy="direct"), lambda: 0.0)
    assert not open_turn.ice("c", Party.ATTENDANT).relay_until_go


def test_the_checks_of_any_number_of_browsers_share_a_few_names_and_none_of_a_calls():
    turn = Turn(Settings(turn_urls="turn:t.example", turn_secret="north"), lambda: 1_000.9)
    told = {turn.check(f"{number:064x}").servers[0].username for number in range(500)}
    assert told == {f"{1_000 + CHECK_S}:check-{name}" for name in range(CHECK_NAMES)}


def test_without_settings_nobody_elses_server_is_named():
    assert Turn(Settings(), lambda: 0.0).ice("c", Party.VISITOR).servers == ()


def test_a_permit_is_good_for_whom_it_was_given_to_on_every_node_and_not_for_long():
    now_s = [1_000.5]
    here, there = (Permits("site" * 10, lambda: now_s[0]) for _ in range(2))
    permit, another = here.give(Holder("ana")), here.give(Holder("ana"))
    check = there.check_of(permit, Holder("ana"))
    assert check
    assert check != there.check_of(another, Holder("ana")), "each check has its own"
    assert there.check_of(permit, Holder("bia")) is None
    assert Permits("other" * 10, lambda: now_s[0]).check_of(permit, Holder("ana")) is None
    for forged in ("", "-", "0-9999999999-", permit[:-1], f"0{permit}", permit.replace("-1", "-2", 1)):
        assert there.check_of(forged, Holder("ana")) is None, forged
    now_s[0] += PERMIT_S
    assert there.check_of(permit, Holder("ana")) is None
