"""How a handler answers in JSON, reads a body, and sets a cookie."""

import json
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel

from rooms.errors import Code, NotFoundError
from rooms.model.unit import Court
from signaling.auth.capability import LIFE_S, Cookie
from signaling.protocol.answers import status_of
from signaling.protocol.commands import Refused
from signaling.routes.site import Site

M = TypeVar("M", bound=BaseModel)


def answer(body: BaseModel | dict[str, Any]) -> web.Response:
    """The body as JSON; what it says is true now and kept by nobody."""
    text = body.model_dump_json() if isinstance(body, BaseModel) else json.dumps(body)
    return web.Response(text=text, content_type="application/json", headers={"Cache-Control": "no-store"})


def refusal(refused: Refused) -> web.Response:
    """The refusal as JSON, under its status."""
    response = answer(refused)
    response.set_status(status_of(refused))
    return response


async def body_of(request: web.Request, model: type[M]) -> M:
    """The request's body.

    Raises:
        pydantic.ValidationError: it is not a `model`.
        aiohttp.web.HTTPRequestEntityTooLarge: it is too long to be one.

    """
    return model.model_validate_json(await request.read())


def court_here(site: Site, request: web.Request) -> Court:
    """The court that the request is for.

    Raises:
        NotFoundError: UNIT_UNKNOWN: the site is empty.

    """
    court = site.court_of(request)
    if court is None:
        raise NotFoundError(Code.UNIT_UNKNOWN)
    return court


def set_secret(site: Site, response: web.Response, cookie: Cookie, secret: str) -> None:
    """Give the browser its secret: no script reads it, no other site sends it with a POST."""
    _set(site, response, cookie, secret, LIFE_S[cookie])


def take_secret_back(site: Site, response: web.Response, cookie: Cookie) -> None:
    """The browser has none any more."""
    _set(site, response, cookie, "", 0)


def _set(site: Site, response: web.Response, cookie: Cookie, secret: str, life_s: int) -> None:
    response.set_cookie(
        cookie.value,
        secret,
        max_age=life_s,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=site.settings.secure,
    )
