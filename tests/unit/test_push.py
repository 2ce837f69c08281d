"""Which push services are written to, and with which key."""

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from rooms.ids import CourtId
from rooms.model.reminder import Occasion, Reminder
from rooms.services.house import House
from signaling.protocol.http import PushSubscription
from signaling.push import WebPush
from signaling.settings import Settings, StartupError
from tests.houses import FixedDirectory, FixedHistory
from tests.scene import CIVEL

RAW = base64.urlsafe_b64encode(bytes(range(1, 33))).rstrip(b"=").decode()


def push(folder: Path, *, demo: bool = False, **settings: object) -> WebPush:
    house = House(FixedDirectory("tjmt"), FixedHistory())
    return WebPush(Settings(data_dir=folder, **settings), house, demo=demo)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/abc",
        "https://updates.push.services.mozilla.com/wpush/v2/abc",
        "https://web.push.apple.com/abc",
        "https://wns2-by3p.notify.windows.com/w/?token=abc",
    ],
)
def test_the_services_of_the_known_browsers_are_written_to(tmp_path: Path, endpoint: str):
    assert push(tmp_path, demo=True).knows(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://attacker.example/fcm.googleapis.com",
        "http://fcm.googleapis.com/abc",
        "https://fcm.googleapis.com:8443/abc",
        "https://someone@fcm.googleapis.com/abc",
        "https://fcm.googleapis.com.attacker.example/abc",
        "https://evilnotify.windows.com/abc",
        "https://127.0.0.1/abc",
        "file:///etc/passwd",
        "https:///abc",
        "",
    ],
)
def test_no_other_address_is_written_to_whatever_a_page_says(tmp_path: Path, endpoint: str):
    assert not push(tmp_path, demo=True).knows(endpoint)


def test_a_site_may_add_a_service_by_its_origin(tmp_path: Path):
    site = push(tmp_path, demo=True, push_origins="http://127.0.0.1:9000")
    assert site.knows("http://127.0.0.1:9000/abc")
    assert not site.knows("http://127.0.0.1:9001/abc")


def test_without_a_contact_nothing_is_sent_and_no_key_is_made(tmp_path: Path):
    assert push(tmp_path).key is None
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_made_once_and_kept_for_nobody_else_to_read(tmp_path: Path):
    first = push(tmp_path, push_contact="mailto:balcao@tribunal.example").key
    assert push(tmp_path, push_contact="mailto:balcao@tribunal.example").key == first
    assert (tmp_path / "push.key").stat().st_mode & 0o777 == 0o600
    assert len(base64.urlsafe_b64decode(first + "=")) == 65


def test_every_node_has_the_key_that_it_is_given(tmp_path: Path):
    keys = {push(tmp_path, push_contact="https://tribunal.example", push_key=RAW).key for _ in range(2)}
    assert len(keys) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("wrong", ["no key", "AAAA", "A" * 43])
def test_a_key_that_is_none_is_said_at_start(tmp_path: Path, wrong: str):
    with pytest.raises(StartupError, match="BALCAO_PUSH_KEY"):
        push(tmp_path, push_contact="https://tribunal.example", push_key=wrong)


async def test_keys_that_no_browser_made_are_forgotten_and_harm_nobody(tmp_path: Path):
    site = push(tmp_path, demo=True)
    await site._house.open()
    told = Reminder(Occasion.NEAR, CIVEL, "CV1 001", None)
    wrong = PushSubscription(endpoint="https://fcm.googleapis.com/x", p256dh="A" * 87, auth="A" * 22, language="pt")
    assert not await site.send(CourtId("tjmt"), wrong.model_dump_json(), told)
    foreign = wrong.model_copy(update={"endpoint": "https://inside.example/x"})
    assert not await site.send(CourtId("tjmt"), foreign.model_dump_json(), told)
    assert not await site.send(CourtId("tjmt"), "an older release wrote this", told)
    await site.close()


async def test_a_service_that_does_not_answer_loses_nobody(tmp_path: Path):
    site = push(tmp_path, demo=True, push_origins="http://127.0.0.1:1")
    await site._house.open()
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    key = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    there = PushSubscription(endpoint="http://127.0.0.1:1/x", p256dh=key, auth="A" * 22, language="pt")
    assert await site.send(CourtId("tjmt"), there.model_dump_json(), Reminder(Occasion.NEAR, CIVEL, "CV1 001", None))
    await site.close()
    await site.close()
