"""Pages, their headers, and the HTTP API as other systems see them."""

import json
from http import HTTPStatus

import aiohttp
import pytest

from rooms.model.receipt import verify
from signaling.protocol import commands as say
from tests.server.harness import PASSWORD, UNIT, Attendant, Visitor


async def get(server, path, **headers):
    """Status, headers and text of a page."""
    async with (
        aiohttp.ClientSession(auto_decompress=False) as client,
        client.get(server.url + path, headers=headers) as response,
    ):
        return response.status, response.headers, await response.read()


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/", "index"),
        (f"/balcao/{UNIT}", "index"),
        (f"/balcao/{UNIT}?case=1&from=https://clickjud.example", "index"),
        ("/recibo/ABCD-EFGH-JKMN", "index"),
        ("/atendimento", "attendant"),
        ("/painel", "supervisor"),
        ("/libras", "interpreter"),
        (f"/tv/{UNIT}", "panel"),
    ],
)
async def test_every_link_that_stays_has_its_page(server, path, page):
    status, headers, body = await get(server, path)
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/html")
    assert f"<title>{page}</title>" in body.decode()
    assert headers["Cache-Control"] == "no-cache"


async def test_an_unknown_units_page_says_so_itself_and_by_its_status(server):
    status, _, body = await get(server, "/balcao/no-such-unit")
    assert status == 404
    assert b"<title>index</title>" in body


async def test_pages_load_nothing_from_elsewhere_and_are_framed_by_nobody(server):
    _, headers, _ = await get(server, "/")
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=(self)" in headers["Permissions-Policy"]
    assert "Strict-Transport-Security" not in headers


async def test_over_https_browsers_are_told_to_stay_there(place):
    async with place.server(public_url="https://balcao.exemplo.jus.br") as server:
        _, headers, _ = await get(server, "/")
        assert headers["Strict-Transport-Security"].startswith("max-age=")
        visitor = Visitor(server)
        async with aiohttp.ClientSession() as client:
            url = f"{server.url}/api/v1/session"
            response = await client.post(url, headers={"Origin": "https://balcao.exemplo.jus.br"})
        assert "Secure" in response.headers["Set-Cookie"]
        assert visitor.cookies == {}


async def test_assets_are_kept_for_ever_and_come_compressed_where_taken(server):
    status, headers, _ = await get(server, "/assets/app-1a2b.js", **{"Accept-Encoding": "identity"})
    assert (status, "immutable" in headers["Cache-Control"]) == (200, True)
    assert "Content-Encoding" not in headers
    _, headers, body = await get(server, "/assets/app-1a2b.js", **{"Accept-Encoding": "gzip"})
    assert (headers["Content-Encoding"], body[:2]) == ("gzip", b"\x1f\x8b")


@pytest.mark.parametrize(
    "path", ["/assets/../index.html", "/assets/%2e%2e%2findex.html", "/assets/.hidden", "/receipt.key", "/assets/no.js"]
)
async def test_nothing_but_the_built_files_is_served(server, path):
    status, _, body = await get(server, path)
    assert status == 404
    assert b"kkkk" not in body


async def test_the_units_are_told_open_ones_first(server):
    status, _, body = await get(server, "/api/v1/units")
    units = json.loads(body)["units"]
    assert (status, len(units)) == (200, 12)
    assert [unit["open"] for unit in units] == [True] * 11 + [False]
    assert units[0]["slug"] == UNIT
    assert {"slug", "name", "comarca", "open", "until", "waiting"} <= units[0].keys()
    assert units[0]["until"].endswith("-04:00"), "the hour of Mato Grosso"
    assert units[-1]["opens_at"] is not None
    assert units[-1]["closed_reason"]
    status, _, body = await get(server, f"/api/v1/units/{UNIT}")
    assert (status, json.loads(body)["slug"]) == (200, UNIT)
    status, _, body = await get(server, "/api/v1/units/no-such-unit")
    assert (status, json.loads(body)["code"]) == (404, "unit_unknown")


async def test_with_somebody_there_an_estimate_is_told(server, crowd):
    clerk, visitor = await crowd.attendant(), await crowd.visitor()
    await clerk.available()
    await visitor.join()
    view = await visitor.until(lambda view: view.ticket and view.ticket.estimate)
    assert view.ticket.estimate.low_min <= view.ticket.estimate.high_min
    assert view.ticket.unit.attending == 1


async def test_a_browser_gets_one_capability_and_keeps_it(server):
    visitor = Visitor(server)
    assert (await visitor.request("GET", "session"))[0] == HTTPStatus.OK
    assert visitor.cookies == {}
    await visitor.request("POST", "session")
    first = visitor.cookies["balcao_visitor"]
    assert len(first) == 43
    await visitor.request("POST", "session")
    assert visitor.cookies["balcao_visitor"] == first
    async with aiohttp.ClientSession() as client:
        response = await client.post(f"{server.url}/api/v1/session", headers={"Origin": server.url})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


async def test_the_session_says_where_the_live_ticket_is(crowd):
    visitor = await crowd.visitor()
    assert (await visitor.request("GET", "session"))[1] == {"unit": None}
    await visitor.join()
    assert (await visitor.request("GET", "session"))[1] == {"unit": UNIT}


@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example", "http://127.0.0.1:1"])
async def test_a_foreign_page_changes_nothing(server, origin):
    visitor = Visitor(server)
    for method, path in (("POST", "session"), ("POST", "staff/session"), ("DELETE", "staff/session?role=attendant")):
        status, body = await visitor.request(method, path, {}, origin=origin)
        assert (status, body["code"]) == (403, "foreign_origin")
    assert visitor.cookies == {}


async def test_an_origin_that_the_site_allows_is_ours(place):
    async with place.server(origins="https://portal.exemplo.jus.br") as server:
        status, _ = await Visitor(server).request("POST", "session", origin="https://portal.exemplo.jus.br")
        assert status == HTTPStatus.OK


async def test_staff_sign_in_read_their_session_and_sign_out(server):
    clerk = Attendant(server)
    assert (await clerk.request("GET", "staff/session?role=attendant"))[1]["code"] == "no_session"
    body = {"login": " Ana ", "password": PASSWORD, "role": "attendant"}
    status, card = await clerk.request("POST", "staff/session", body)
    assert (status, card["login"], card["role"]) == (200, "ana", "attendant")
    assert (await clerk.request("GET", "staff/session?role=attendant"))[1] == card
    assert (await clerk.request("GET", "staff/session?role=supervisor"))[0] == HTTPStatus.UNAUTHORIZED
    kept = dict(clerk.cookies)
    assert (await clerk.request("DELETE", "staff/session?role=attendant"))[0] == HTTPStatus.NO_CONTENT
    clerk.cookies = kept
    assert (await clerk.request("GET", "staff/session?role=attendant"))[0] == HTTPStatus.UNAUTHORIZED


async def test_signing_out_ends_the_open_page(crowd):
    clerk = await crowd.attendant()
    await clerk.available()
    await clerk.request("DELETE", "staff/session?role=attendant")
    await clerk.until_cut()
    assert clerk.goodbye.reason == "signed_out"


async def test_wrong_passwords_and_roles_are_refused_alike_and_in_the_end_no_more_heard(server):
    clerk = Attendant(server)

    async def attempt(login, password, role="attendant"):
        status, body = await clerk.request(
            "POST", "staff/session", {"login": login, "password": password, "role": role}
        )
        return status, body["code"]

    assert await attempt("nobody", "wrong") == (401, "sign_in_wrong")
    assert await attempt("sofia", PASSWORD) == (403, "role_missing")
    assert await attempt("ana", PASSWORD, "supervisor") == (403, "role_missing")
    told = [await attempt("bruno", "wrong") for _ in range(12)]
    assert told[0] == (401, "sign_in_wrong")
    assert told[-1] == (429, "too_many_attempts")
    assert await attempt("bruno", PASSWORD) == (429, "too_many_attempts")
    assert clerk.cookies == {}


@pytest.mark.parametrize(
    "body", [None, [], {}, {"login": "ana"}, {"login": "ana", "password": 1, "role": "attendant"}, {"role": "king"}]
)
async def test_a_body_that_is_not_of_the_wire_is_refused(server, body):
    status, answer = await Attendant(server).request("POST", "staff/session", body)
    assert (status, answer["code"]) == (400, "bad_message")


async def test_a_body_that_is_too_long_is_refused(server):
    body = {"login": "a" * 40_000, "password": "p", "role": "attendant"}
    status, answer = await Attendant(server).request("POST", "staff/session", body)
    assert (status, answer["code"]) == (413, "too_large")


async def test_a_receipt_proves_a_visit_that_was_left_too(crowd, server):
    visitor = await crowd.visitor()
    await visitor.join()
    await visitor.until(lambda view: view.ticket)
    await visitor.do(say.Leave(rev=visitor.view.ticket.rev))
    end = (await visitor.until(lambda view: view.ticket and view.ticket.end)).ticket.end
    receipt = None
    while receipt is None or receipt["state"] != "left":  # the recorder writes it within a second or two
        status, receipt = await visitor.request("GET", f"receipts/{end.receipt.lower()}")
        receipt = receipt if status == HTTPStatus.OK else None
    assert receipt["protocol"] == end.protocol
    assert verify(receipt["signed"], receipt["signature"], receipt["public_key"])
    assert not verify(receipt["signed"].replace("left", "served"), receipt["signature"], receipt["public_key"])
    status, refused = await visitor.request("GET", "receipts/AAAA-AAAA-AAAA")
    assert (status, refused["code"]) == (404, "receipt_unknown")


async def test_machines_are_told_that_it_lives_serves_and_how_much(server, crowd):
    visitor = await crowd.visitor()
    await visitor.join()
    assert (await get(server, "/healthz"))[0] == HTTPStatus.OK
    assert (await get(server, "/readyz"))[0] == HTTPStatus.OK
    _, _, text = await get(server, "/metrics")
    assert 'balcao_pages{court="tjmt",role="visitor"} 1' in text.decode()
    assert "# TYPE balcao_mended_total counter" in text.decode()


async def test_without_its_store_it_lives_but_is_not_ready_and_says_so_to_visitors(place, server, crowd):
    visitor = await crowd.visitor()
    place.store.kill()
    assert (await get(server, "/healthz"))[0] == HTTPStatus.OK
    status, _, body = await get(server, "/readyz")
    assert (status, json.loads(body)["store"]) == (503, False)
    refused = await visitor.ask(say.Leave(rev=1))
    assert refused.code == "store_away"
    place.store.start()


async def test_the_api_describes_itself_without_a_loose_end(server):
    _, _, body = await get(server, "/api/v1/openapi.json")
    described = json.loads(body)
    schemas = described["components"]["schemas"]
    references = {part.split('"')[0] for part in body.decode().split('"#/components/schemas/')[1:]}
    assert references <= schemas.keys()
    assert "/api/v1/units/{unit}" in described["paths"]


async def test_an_address_of_the_api_that_is_none_is_refused_in_its_own_words(server):
    status, _, body = await get(server, "/api/v1/nothing")
    assert (status, json.loads(body)["code"]) == (404, "not_found")
