"""docker-compose.yml and what it mounts: names that exist, pinned images, a relay that reaches nothing of ours."""

import ipaddress
import re
from pathlib import Path

import pytest
import yaml

from signaling.settings import PREFIX, Settings
from signaling.turn import CHECK_NAMES

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
SERVERS = [name for name in SERVICES if name.startswith("server-")]
TURN = (ROOT / "deploy/turn/turnserver.conf").read_text(encoding="utf-8")
VALKEY = (ROOT / "deploy/valkey/valkey.conf").read_text(encoding="utf-8")
CADDY = (ROOT / "deploy/proxy/Caddyfile").read_text(encoding="utf-8")


def options(conf, separator):
    pairs = (line.partition(separator) for line in conf.splitlines() if line and not line.startswith("#"))
    return [(name, value.strip('"')) for name, _, value in pairs]


def test_a_site_is_a_proxy_two_servers_valkey_postgres_and_turn():
    assert set(SERVICES) == {"proxy", "server-1", "server-2", "valkey", "postgres", "turn"}


@pytest.mark.parametrize("file", ["docker-compose.yml", "Dockerfile", "docs/instalacao.md"])
def test_every_setting_that_is_named_exists(file):
    named = set(re.findall(rf"\b{PREFIX}[A-Z_]+\b", (ROOT / file).read_text(encoding="utf-8")))
    assert named
    assert named <= {PREFIX + name.upper() for name in Settings.model_fields}


def test_every_variable_to_fill_in_stands_in_the_example():
    asked = set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", TEXT))
    example = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
    assert asked == set(re.findall(r"^([A-Z_]+)=", example, re.MULTILINE))


def test_the_servers_settings_are_accepted_by_the_server(monkeypatch):
    example = dict.fromkeys(re.findall(r"\$\{([A-Z_]+)", TEXT), "x" * 32)
    for name, value in SERVICES["server-1"]["environment"].items():
        monkeypatch.setenv(name, re.sub(r"\$\{([A-Z_]+)[^}]*\}", lambda found: example[found[1]], value))
    settings = Settings()
    assert settings.relays_staff
    assert settings.secure
    assert len(settings.turn_urls) == 3
    assert settings.sql_url.startswith("postgresql+asyncpg://")


def test_both_servers_are_the_same_and_share_nothing_but_stores():
    assert SERVERS == ["server-1", "server-2"]
    assert SERVICES["server-1"] == SERVICES["server-2"]
    assert all(f"{name}:8080" in CADDY for name in SERVERS)


def test_images_are_pinned_to_a_version():
    images = [service["image"] for service in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.MULTILINE)
    for image in images:
        assert re.search(r":v?\d+\.\d+(\.\d+)?(-[\w.-]+)?$", image), image


def test_the_relay_is_a_version_without_known_holes():
    version = SERVICES["turn"]["image"].partition(":")[2]
    assert tuple(map(int, version.split("."))) >= (4, 17, 2)


def test_health_is_asked_at_readyz():
    for name in SERVERS:
        assert "/readyz" in " ".join(SERVICES[name]["healthcheck"]["test"])
    assert "health_uri /readyz" in CADDY
    assert "/readyz" in (ROOT / "Dockerfile").read_text(encoding="utf-8").partition("HEALTHCHECK")[2]


def test_nothing_starts_before_what_it_needs_is_well():
    for name in SERVERS:
        assert SERVICES[name]["depends_on"] == {
            store: {"condition": "service_healthy"} for store in ("valkey", "postgres")
        }
    for store in ("valkey", "postgres"):
        assert "healthcheck" in SERVICES[store]


def test_only_the_proxy_and_the_relay_are_reached_from_outside():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert [name for name, service in SERVICES.items() if service.get("network_mode") == "host"] == ["turn"]
    assert COMPOSE["networks"]["back"]["internal"] is True
    for store in ("valkey", "postgres"):
        assert SERVICES[store]["networks"] == ["back"]


def test_the_servers_trust_the_proxys_network_and_no_other():
    [subnet] = COMPOSE["networks"]["front"]["ipam"]["config"]
    assert SERVICES["server-1"]["environment"]["BALCAO_TRUSTED_PROXIES"] == subnet["subnet"]


def test_every_mounted_file_is_there():
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            assert (ROOT / source).exists() if source.startswith("./") else source in COMPOSE["volumes"]


def test_no_secret_has_a_value():
    for service in SERVICES.values():
        for name, value in (service.get("environment") or {}).items():
            if re.search("PASSWORD|SECRET|KEY", name):
                assert re.fullmatch(r"\$\{[A-Z_]+(:\?[^}]*)?\}", value), name
    example = (ROOT / "deploy/env.example").read_text(encoding="utf-8")
    assert not re.search(r"^\w*(PASSWORD|SECRET|KEY)=.+", example, re.MULTILINE)


def test_the_server_runs_as_nobody_in_particular():
    last = (ROOT / "Dockerfile").read_text(encoding="utf-8").rpartition("FROM ")[2]
    assert re.search(r"^USER balcao$", last, re.MULTILINE)
    for name in SERVERS:
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_the_stores_refuse_to_forget():
    conf = dict(options(VALKEY, " "))
    assert (conf["appendonly"], conf["appendfsync"], conf["maxmemory-policy"]) == ("yes", "always", "noeviction")
    assert conf["maxmemory"].endswith("gb")


def denied(address):
    for name, value in options(TURN, "="):
        if name == "denied-peer-ip":
            first, last = map(ipaddress.ip_address, value.split("-"))
            if first.version == address.version and first <= address <= last:
                return True
    return False


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.168.1.1", "198.18.0.1", "224.0.0.1", "255.255.255.255",
        "::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "fd00:ec2::254", "fe80::1", "ff02::1", "2002:a00:1::",
    ],
)  # fmt: skip
def test_the_relay_reaches_nothing_of_ours(address):
    assert denied(ipaddress.ip_address(address))


def test_no_range_begins_where_coturn_takes_it_for_one_without_a_beginning():
    """It would deny all of IPv4; `::` itself is no peer for coturn (`tests/server/test_turn_probes.py` asks it)."""
    assert not [value for name, value in options(TURN, "=") if name == "denied-peer-ip" and value.startswith("::-")]


@pytest.mark.parametrize("address", ["8.8.8.8", "177.43.10.9", "100.128.0.1", "172.32.0.1", "2804:14d::1", "2606::1"])
def test_the_relay_reaches_people(address):
    assert not denied(ipaddress.ip_address(address))


def test_the_relay_carries_media_only_and_not_without_bound():
    conf = dict(options(TURN, "="))
    assert {"no-tcp-relay", "no-multicast-peers", "use-auth-secret", "fingerprint"} <= set(conf)
    total = int(conf["total-quota"])
    assert total <= int(conf["max-port"]) - int(conf["min-port"]) + 1
    assert 36 <= int(conf["user-quota"]) <= 64, "a page in a call of four, and not much more"
    assert CHECK_NAMES * int(conf["user-quota"]) <= total / 4, "checks leave the relay to calls"
