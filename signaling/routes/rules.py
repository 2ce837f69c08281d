"""What holds for every request: our pages only, our headers, every refusal an answer."""

from collections.abc import Mapping
from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from pydantic import ValidationError

from rooms.errors import RoomsError
from signaling.protocol.answers import bad_message, refused
from signaling.protocol.commands import Refused, WireCode
from signaling.routes.answers import refusal
from signaling.routes.site import Site

_CHANGING: Final = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:;"
    " connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": _CSP,
    "Permissions-Policy": "camera=(self), microphone=(self), fullscreen=(self), autoplay=(self),"
    " screen-wake-lock=(self), display-capture=(), geolocation=(), payment=(), usb=()",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_HSTS: Final = "max-age=31536000"
_SAID: Final[Mapping[int, WireCode]] = {
    404: WireCode.NOT_FOUND,
    405: WireCode.NOT_FOUND,
    413: WireCode.TOO_LARGE,
}
"""What aiohttp refuses by itself, in our words."""


def rules(site: Site) -> tuple[Middleware, ...]:
    """The middlewares, outermost first."""

    @web.middleware
    async def refusing(request: web.Request, handler: Handler) -> web.StreamResponse:
        if _is_ours_alone(request) and not site.gate.is_ours(request.remote, request.headers):
            return refusal(Refused(code=WireCode.FOREIGN_ORIGIN))
        try:
            return await handler(request)
        except RoomsError as error:
            return refusal(refused(error))
        except ValidationError as error:
            return refusal(bad_message(error))
        except web.HTTPException as error:
            if request.path.startswith("/api/") and error.status in _SAID:
                return refusal(Refused(code=_SAID[error.status]))
            raise

    return (refusing,)


def _is_ours_alone(request: web.Request) -> bool:
    """Whether only a page of ours may ask this: it changes something, or opens a socket, and carries our cookies."""
    return request.method in _CHANGING or "Upgrade" in request.headers


def add_headers(app: web.Application, *, https: bool) -> None:
    """Every response carries the headers, files and errors of aiohttp's own too."""

    async def prepare(_request: web.Request, response: web.StreamResponse) -> None:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        if https:
            response.headers.setdefault("Strict-Transport-Security", _HSTS)

    app.on_response_prepare.append(prepare)
