"""Web Push: one sealed sentence to somebody whose page is closed, through their browser's own service.

RFC 8030 (the service), 8291 (the seal), 8292 (who sends). Only services that we know are written to: an address comes
from a page, and our server must not be sent anywhere.
"""

import base64
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02  # type: ignore[import-untyped]  # ships no types
from pydantic import ValidationError
from pywebpush import WebPusher  # type: ignore[import-untyped]  # ships no types

from rooms.ids import CourtId
from rooms.model.reminder import Occasion, Reminder
from rooms.services.house import House
from signaling.logs import get_log
from signaling.protocol.http import PushSubscription
from signaling.protocol.reminders import PushMessage
from signaling.settings import Settings, StartupError, kept_secret

_HOSTS: Final = frozenset({"fcm.googleapis.com", "updates.push.services.mozilla.com", "web.push.apple.com"})
_DOMAINS: Final = (".push.services.mozilla.com", ".push.apple.com", ".notify.windows.com")
_TTL_S: Final = {Occasion.NEAR: 600, Occasion.PASSED: 900, Occasion.CALLED: 60}
"""How long the browser's service may keep it for a telephone that is off; later it would not be true."""
_WITHIN: Final = aiohttp.ClientTimeout(total=5)
_OVER: Final = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
"""What a service answers where the subscription is over (RFC 8030 §7.3)."""
_DEMO_CONTACT: Final = "mailto:demo@balcao.example"
_log = get_log()


class WebPush:
    """`rooms.ports.Push`; `key` None: this site sends no notifications. Close it."""

    def __init__(self, settings: Settings, house: House, *, demo: bool) -> None:
        contact = settings.push_contact or (_DEMO_CONTACT if demo else None)
        self._house = house
        self._origins: Final = frozenset(settings.push_origins)
        self._contact: Final = contact
        self._vapid: Final = None if contact is None else _vapid(settings)
        self._client: aiohttp.ClientSession | None = None

    @property
    def key(self) -> str | None:
        """The public key that a browser subscribes with, base64url; None where nothing is sent."""
        if self._vapid is None:
            return None
        point = self._vapid.public_key.public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return _base64url(point)

    def knows(self, endpoint: str) -> bool:
        """Whether the address is one of a push service that we write to."""
        parts = urlsplit(endpoint)
        if f"{parts.scheme}://{parts.netloc}" in self._origins:
            return True
        host = (parts.hostname or "").lower()
        usual = parts.scheme == "https" and parts.netloc.lower() == host
        return usual and (host in _HOSTS or host.endswith(_DOMAINS))

    async def send(self, court: CourtId, push: str, reminder: Reminder) -> bool:
        """Encrypt, sign, post. What fails for another reason than an over subscription is logged and let be."""
        try:
            subscription = PushSubscription.model_validate_json(push)
        except ValidationError:
            return False
        if self._vapid is None or not self.knows(subscription.endpoint):
            return False
        try:
            body, headers = self._sealed(subscription, self._message(court, reminder, subscription), reminder)
        except ValueError:  # a page may say anything: this is no point of the curve
            return False
        try:
            async with self._session().post(
                subscription.endpoint, data=body, headers=headers, allow_redirects=False
            ) as answer:
                status = answer.status
        except (aiohttp.ClientError, TimeoutError):
            _log.warning("push_unreachable", court=court, kind=reminder.occasion)
            return True
        _log.info("push_sent", court=court, kind=reminder.occasion, status=status)
        return status not in _OVER

    async def close(self) -> None:
        """No connection is left. Idempotent."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _session(self) -> aiohttp.ClientSession:
        if self._client is None:
            self._client = aiohttp.ClientSession(timeout=_WITHIN, trust_env=True)  # a court is often behind a proxy
        return self._client

    def _message(self, court: CourtId, reminder: Reminder, subscription: PushSubscription) -> PushMessage:
        unit = self._house.unit(court, reminder.unit)
        return PushMessage(
            occasion=reminder.occasion,
            number=reminder.number,
            unit=unit.name,
            address=f"/balcao/{unit.id}",
            until_ms=reminder.until_ms,
            zone=unit.hours.zone,
            language=subscription.language,
        )

    def _sealed(
        self, subscription: PushSubscription, message: PushMessage, reminder: Reminder
    ) -> tuple[bytes, dict[str, str]]:
        keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
        sealed: dict[str, Any] = WebPusher({"endpoint": subscription.endpoint, "keys": keys}).encode(
            message.model_dump_json().encode(), content_encoding="aes128gcm"
        )
        parts = urlsplit(subscription.endpoint)
        assert self._vapid is not None  # noqa: S101  # `send` has asked
        claims = {"sub": self._contact, "aud": f"{parts.scheme}://{parts.netloc}"}
        signed: dict[str, str] = self._vapid.sign(claims)
        return bytes(sealed["body"]), {
            **signed,
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(_TTL_S[reminder.occasion]),
            "Urgency": "high",
            "Topic": "turn",
        }


def _vapid(settings: Settings) -> Vapid02:
    """The site's key: from the settings, else made once in the data folder.

    Raises:
        StartupError: the key is none, or the data folder cannot be written.

    """
    if settings.push_key is not None:
        return _read(settings.push_key.get_secret_value(), "Confira BALCAO_PUSH_KEY: 32 bytes em base64url.")
    made = kept_secret(settings, "push.key", _new_key)
    return _read(made, "O arquivo push.key da pasta de dados não é uma chave de notificações; apague-o.")


def _read(text: str, sentence: str) -> Vapid02:
    try:
        return Vapid02.from_raw(text.strip().encode("ascii"))
    except ValueError:
        raise StartupError(sentence) from None


def _new_key() -> str:
    secret = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
    return _base64url(secret.to_bytes(32, "big"))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")
