"""The echo of a site: a process beside the server, or one on a host of its own; asked over HTTP."""

import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Final

import aiohttp

from signaling.children import child
from signaling.protocol.http import ECHO_TURN, EchoCall, EchoTurn
from signaling.settings import PREFIX, Settings

SOCKET: Final = "_BALCAO_ECHO_SOCKET"
"""The number of the open socket on which a child answers."""
ASK_S: Final = 8.0


class NoEchoError(Exception):
    """The echo does not answer now."""


class BadOfferError(Exception):
    """The echo cannot answer this offer."""


class AnsweredError(Exception):
    """The echo has answered this check already."""


class Echo:
    """Asks the echo for browsers."""

    def __init__(self, http: aiohttp.ClientSession, url: str, secret: str) -> None:
        self._http: Final = http
        self._url: Final = url
        self._secret: Final = secret

    async def ask(self, call: EchoCall) -> EchoTurn:
        """The echo's answer to this browser's offer, or how many wait first.

        Raises:
            NoEchoError: it does not answer now.
            BadOfferError: it cannot answer that.
            AnsweredError: it has answered this check already.

        """
        headers = {"Authorization": f"Bearer {self._secret}"}
        try:
            async with self._http.post(f"{self._url}/", json=call.model_dump(mode="json"), headers=headers) as response:
                if response.status == HTTPStatus.BAD_REQUEST:
                    raise BadOfferError
                if response.status == HTTPStatus.CONFLICT:
                    raise AnsweredError
                if not response.ok:
                    raise NoEchoError
                return ECHO_TURN.validate_json(await response.read())
        except (aiohttp.ClientError, TimeoutError):
            raise NoEchoError from None


@asynccontextmanager
async def site_echo(settings: Settings) -> AsyncIterator[Echo | None]:
    """The site's echo, as long as the block lasts; None where the settings want none."""
    if settings.echo_places == 0:
        yield None
        return
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(ASK_S)))
        if settings.echo_url is not None and settings.echo_secret is not None:
            yield Echo(http, settings.echo_url, settings.echo_secret.get_secret_value())
            return
        # Opened here and answered there: it keeps its address when the child is started again.
        listening = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        secret = secrets.token_urlsafe(32)
        said = {
            SOCKET: str(listening.fileno()),
            f"{PREFIX}ECHO_SECRET": secret,
            f"{PREFIX}ECHO_PLACES": str(settings.echo_places),
            f"{PREFIX}ECHO_PRIVATE": str(settings.echo_private).lower(),
            f"{PREFIX}STUN_URLS": ",".join(settings.stun_urls),
            f"{PREFIX}LOG_LEVEL": settings.log_level.value,
            f"{PREFIX}LOG_FORMAT": settings.log_format.value,
        }
        await stack.enter_async_context(child("echo", settings=said, sockets=[listening.fileno()]))
        yield Echo(http, f"http://127.0.0.1:{listening.getsockname()[1]}", secret)
