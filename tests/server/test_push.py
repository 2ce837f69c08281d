"""Web Push from a closed page to its push service, which is one of ours and unseals what it gets as a browser does."""

import asyncio
import base64
import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import http_ece
import pytest
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from rooms.model.ticket import Tier
from signaling.protocol import commands as say
from signaling.protocol.reminders import PushMessage
from tests.server.harness import COURT, UNIT, WITHIN_S, Supervisor, Visitor, World, form, world


def base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class PushService:
    """What Google, Mozilla or Apple run: it passes sealed messages on. This one also holds the browser's keys."""

    url: str = ""
    gone: bool = False
    got: list[tuple[PushMessage, dict[str, str]]] = field(default_factory=list)
    _private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    _auth: bytes = field(default_factory=lambda: os.urandom(16))
    _came: asyncio.Event = field(default_factory=asyncio.Event)

    def subscription(self, endpoint: str | None = None) -> dict[str, str]:
        """What a browser gives its page."""
        point = self._private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        return {
            "endpoint": endpoint or f"{self.url}/send/1",
            "p256dh": base64url(point),
            "auth": base64url(self._auth),
            "language": "pt",
        }

    async def takes(self, request: web.Request) -> web.Response:
        body = await request.read()
        if self.gone:
            self._came.set()
            return web.Response(status=HTTPStatus.GONE)
        plain = http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth, version="aes128gcm")
        self.got.append((PushMessage.model_validate_json(plain), dict(request.headers)))
        self._came.set()
        return web.Response(status=HTTPStatus.CREATED)

    async def until_asked(self) -> None:
        async with asyncio.timeout(WITHIN_S):
            await self._came.wait()
        self._came.clear()


@asynccontextmanager
async def push_service() -> AsyncIterator[PushService]:
    service = PushService()
    app = web.Application()
    app.router.add_post("/send/{id}", service.takes)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    service.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield service
    finally:
        await runner.cleanup()


@pytest.fixture
async def service() -> AsyncIterator[PushService]:
    async with push_service() as running:
        yield running


@pytest.fixture
async def place(service: PushService) -> AsyncIterator[World]:
    async with world(push_origins=(service.url,)) as opened:
        yield opened


async def subscribe(visitor: Visitor, subscription: dict[str, str]) -> tuple[int, Any]:
    return await visitor.request("POST", "push", subscription)


async def goes_away(visitor: Visitor, board: Supervisor, place: World) -> None:
    """The page is closed, and half a minute passes; whoever has a page stays."""
    await visitor.close()
    await place.later(31, gone=f"visitor:{visitor.view.ticket.id}")
    await board.until(lambda view: [(unit.waiting, unit.away) for unit in view.units if unit.slug == UNIT] == [(1, 1)])


async def test_whoever_is_away_is_told_that_their_turn_has_come_sealed_for_their_browser_alone(
    service: PushService, crowd, place: World
):
    board, maria, joao = await crowd.supervisor(), await crowd.visitor(), await crowd.visitor()
    await maria.join(name="Maria da Silva")
    status, _ = await subscribe(maria, service.subscription())
    assert status == HTTPStatus.NO_CONTENT
    await joao.join()
    await goes_away(maria, board, place)
    await (await (await crowd.attendant()).available()).do(say.CallNext())
    await service.until_asked()
    message, headers = service.got[0]
    assert (message.occasion, message.unit, message.address) == ("passed", "1ª Vara Cível de Cuiabá", f"/balcao/{UNIT}")
    assert message.until_ms is not None
    assert "Maria" not in message.model_dump_json()
    assert (headers["Content-Encoding"], headers["Urgency"], headers["TTL"]) == ("aes128gcm", "high", "900")
    _, body = await maria.request("GET", "push")
    authorised = headers["Authorization"]
    assert f"k={body['key']}" in authorised
    token = authorised.removeprefix("vapid t=").split(",")[0]
    assert Vapid02.verify(f"WebPush {token}".replace("WebPush ", "vapid t=") + f",k={body['key']}")
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert (claims["aud"], claims["sub"]) == (service.url, "mailto:demo@balcao.example")


async def test_a_subscription_that_its_service_calls_over_is_forgotten(service: PushService, crowd, place: World):
    board, maria, joao = await crowd.supervisor(), await crowd.visitor(), await crowd.visitor()
    joined = await maria.join()
    await subscribe(maria, service.subscription())
    await joao.join()
    await goes_away(maria, board, place)
    service.gone = True
    await (await (await crowd.attendant()).available()).do(say.CallNext())
    await service.until_asked()
    async with asyncio.timeout(WITHIN_S):
        while await maria.server.store.reminder(COURT, joined.ticket) is not None:
            await asyncio.to_thread(lambda: None)
    assert service.got == []


async def test_a_ring_that_a_page_shows_is_not_told_twice(service: PushService, crowd):
    attendant = await (await crowd.attendant()).available()
    maria, lia = await crowd.visitor(), await crowd.visitor()
    await maria.join()
    await subscribe(maria, service.subscription())
    await lia.do(form(name="Lia", tier=Tier.EVERYONE))
    await subscribe(lia, service.subscription(f"{service.url}/send/lia"))
    ringing = await attendant.do(say.CallNext())
    await maria.do(say.RingSeen(call=ringing.call))
    bruno = await (await crowd.attendant("bruno")).available()
    await bruno.do(say.CallNext())
    await service.until_asked()
    assert [message.occasion for message, _ in service.got] == ["called"]


async def test_a_foreign_service_a_missing_ticket_and_a_missing_session_are_refused(service: PushService, crowd):
    maria = await crowd.visitor()
    status, body = await subscribe(maria, service.subscription())
    assert (status, body["code"]) == (HTTPStatus.NOT_FOUND, "ticket_unknown")
    await maria.join()
    status, body = await subscribe(maria, service.subscription("http://127.0.0.1:1/inside"))
    assert (status, body["code"]) == (HTTPStatus.FORBIDDEN, "foreign_service")
    status, body = await subscribe(maria, {**service.subscription(), "auth": "short"})
    assert (status, body["code"]) == (HTTPStatus.BAD_REQUEST, "bad_message")
    maria.cookies.clear()
    status, body = await subscribe(maria, service.subscription())
    assert (status, body["code"]) == (HTTPStatus.UNAUTHORIZED, "no_session")
