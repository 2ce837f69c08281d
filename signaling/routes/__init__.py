"""The whole URL table. Handlers stand in the modules beside, by what they serve."""

from aiohttp import web

from signaling.routes.api import Api
from signaling.routes.check import Check
from signaling.routes.guests import Guests
from signaling.routes.handover import Handover
from signaling.routes.health import Health
from signaling.routes.openapi import openapi
from signaling.routes.pages import Pages
from signaling.routes.practice import Practices
from signaling.routes.rules import add_headers, rules
from signaling.routes.site import Site
from signaling.routes.staff import Staff

__all__ = ["Site", "application"]

MAX_BODY_BYTES = 16 * 1024
"""No body of the HTTP API is longer."""


def application(site: Site) -> web.Application:
    """Everything this site answers over HTTP; the sockets are mounted by the composition root."""
    pages, api, staff, health = Pages(site), Api(site), Staff(site), Health(site)
    handover, guests, check = Handover(site), Guests(site), Check(site)
    app = web.Application(middlewares=rules(site), client_max_size=MAX_BODY_BYTES)
    app.add_routes([
        web.get("/", pages.visitor),
        web.get("/balcao/{unit}", pages.counter),
        web.get("/recibo/{code}", pages.visitor),
        web.get("/continuar", pages.visitor),
        web.get("/continuar/{code}", pages.visitor),
        web.get("/acompanhar/{code}", pages.visitor),
        web.get("/atendimento", pages.attendant),
        web.get("/painel", pages.supervisor),
        web.get("/libras", pages.interpreter),
        web.get("/tv/{unit}", pages.panel),
        web.get("/theme.css", pages.theme),
        web.get("/crest", pages.crest),
        web.get("/assets/{name}", pages.asset),
        web.get(r"/{name:[a-z0-9-]+\.(?:js|webmanifest|svg|png|ico|txt)}", pages.file),

        web.get("/api/v1/openapi.json", openapi),
        web.get("/api/v1/court", api.court),
        web.get("/api/v1/units", api.units),
        web.get("/api/v1/units/{unit}", api.unit),
        web.get("/api/v1/session", api.session),
        web.post("/api/v1/session", api.begin_session),
        web.delete("/api/v1/session", api.end_session),
        web.post("/api/v1/handover", handover.begin),
        web.get("/api/v1/handover/{code}", handover.show),
        web.post("/api/v1/handover/{code}", handover.redeem),
        web.get("/api/v1/guests/{code}", guests.show),
        web.post("/api/v1/guests/{code}", guests.join),
        web.post("/api/v1/check", check.begin),
        web.post("/api/v1/check/echo", check.echo),
        web.get("/api/v1/push", api.push),
        web.post("/api/v1/push", api.subscribe),
        web.get("/api/v1/receipts/{code}", api.receipt),
        web.get("/api/v1/staff/session", staff.session),
        web.post("/api/v1/staff/session", staff.sign_in),
        web.delete("/api/v1/staff/session", staff.sign_out),

        web.get("/healthz", health.alive),
        web.get("/readyz", health.ready),
        web.get("/metrics", health.metrics),
    ])  # fmt: skip
    if site.practice is not None:
        practice = Practices(site, site.practice)
        app.add_routes([
            web.get("/api/v1/practice", practice.show),
            web.post("/api/v1/practice", practice.act),
        ])  # fmt: skip
    add_headers(app, https=site.settings.secure)
    return app
