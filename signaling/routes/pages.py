"""The pages, built by `web/` into `signaling/static/`, and what they load."""

import re
from pathlib import Path
from typing import Final

from aiohttp import web

from rooms.errors import NotFoundError
from rooms.ids import UnitId
from signaling.routes.site import Site

_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_FRESH: Final = "no-cache"
_ASSET: Final = re.compile(r"[\w-][\w.-]*", re.ASCII)
"""What the build calls its files: in no other folder, and none that is hidden."""
EMPTY: Final = """<!doctype html><html lang="pt-BR"><meta charset="utf-8"><title>Balcão</title>
<h1>Este balcão ainda não tem unidades</h1>
<p>Quem cuida dele grava as unidades com <code>balcao units import ARQUIVO</code>, dá as senhas com
<code>balcao staff add NOME</code> e inicia o servidor de novo.</p></html>"""
"""An empty site says what to do."""


class Pages:
    """Pages are asked for anew each time (their name stays, their content does not); hashed assets never change."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def visitor(self, request: web.Request) -> web.StreamResponse:
        """`/`, `/recibo/<code>`, `/continuar`, `/acompanhar/<code>`: the visitor's page, and their company's."""
        return self._page(request, "index.html")

    async def counter(self, request: web.Request) -> web.StreamResponse:
        """`/balcao/<unit>`: the same page; where the unit is unknown the status says so, and the page how to go on."""
        court = self._site.court_of(request)
        page = self._page(request, "index.html")
        if court is not None:
            try:
                self._site.house.unit(court.id, UnitId(request.match_info["unit"]))
            except NotFoundError:
                page.set_status(404)
        return page

    async def attendant(self, request: web.Request) -> web.StreamResponse:
        """`/atendimento`: the desk."""
        return self._page(request, "attendant.html")

    async def supervisor(self, request: web.Request) -> web.StreamResponse:
        """`/painel`: the board."""
        return self._page(request, "supervisor.html")

    async def interpreter(self, request: web.Request) -> web.StreamResponse:
        """`/libras`: the interpreters' page."""
        return self._page(request, "interpreter.html")

    async def panel(self, request: web.Request) -> web.StreamResponse:
        """`/tv/<unit>`: the screen in the waiting room."""
        return self._page(request, "panel.html")

    async def theme(self, request: web.Request) -> web.StreamResponse:
        """`/theme.css`: the court's colour for what can be done. By day only: at night the token's own is brighter."""
        court = self._site.court_of(request)
        colour = court.colour if court is not None else None
        # The colour was checked at import, its form and its contrast.
        # `:root:root` outweighs the tokens of the page's own style, which the build links after this one.
        text = (
            "" if colour is None else f"@media (prefers-color-scheme: light) {{ :root:root {{ --act: {colour}; }} }}\n"
        )
        return web.Response(text=text, content_type="text/css", headers={"Cache-Control": _FRESH})

    async def crest(self, request: web.Request) -> web.StreamResponse:
        """`/crest`: the court's image, from below the data folder."""
        court = self._site.court_of(request)
        if court is None or court.crest is None:
            raise web.HTTPNotFound
        folder = self._site.settings.data_dir.resolve()
        path = (folder / court.crest).resolve()
        if not path.is_relative_to(folder):
            raise web.HTTPNotFound
        return self._file(path, _FRESH)

    async def asset(self, request: web.Request) -> web.StreamResponse:
        """`/assets/<name>`: named by its content, kept for ever; its .br or .gz sibling where the browser takes one."""
        name = request.match_info["name"]
        if _ASSET.fullmatch(name) is None:
            raise web.HTTPNotFound
        return self._file(self._site.static / "assets" / name, _IMMUTABLE)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """The few files whose address must not change: the service worker, the manifest, icons."""
        return self._file(self._site.static / request.match_info["name"], _FRESH)

    def _page(self, request: web.Request, name: str) -> web.StreamResponse:
        if self._site.court_of(request) is None:
            return web.Response(text=EMPTY, content_type="text/html")
        return self._file(self._site.static / name, _FRESH)

    @staticmethod
    def _file(path: Path, cache: str) -> web.FileResponse:
        return web.FileResponse(path, headers={"Cache-Control": cache})
