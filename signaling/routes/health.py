"""For machines that look after the server: alive, ready, and in numbers."""

import asyncio
from collections.abc import Iterator

from aiohttp import web

from rooms.errors import UnavailableError
from rooms.ids import CourtId
from signaling.routes.answers import answer
from signaling.routes.site import Site


class Health:
    """`/healthz`, `/readyz`, `/metrics`. They name courts and count; nothing in them is about a person."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def alive(self, _request: web.Request) -> web.Response:
        """The process answers. Nothing else is asked: a dead store is no reason to restart it."""
        return answer({"alive": True})

    async def ready(self, _request: web.Request) -> web.Response:
        """It can serve: units have been read, the store and the directory answer; it is not ending.

        One court that is served is enough: its neighbours, whose store is away, would not be served elsewhere either.
        """
        away = await self._away()
        courts = [court.id for court in self._site.house.courts()]
        parts = {
            "units": not courts or bool(self._site.crowd.served),
            "store": not courts or len(away) < len(courts),
            "directory": await self._directory(),
            "staying": not self._site.is_ending(),
        }
        response = answer({"ready": all(parts.values()), **parts, "away": away})
        if not all(parts.values()):
            response.set_status(503)
        return response

    async def metrics(self, _request: web.Request) -> web.Response:
        """The text exposition format of Prometheus."""
        text = "".join(f"{line}\n" for line in self._lines())
        return web.Response(body=text.encode(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})

    async def _away(self) -> list[CourtId]:
        """The courts whose store does not answer; all are asked at once."""
        courts = [court.id for court in self._site.house.courts()]
        answers = await asyncio.gather(*map(self._answers, courts))
        return [court for court, is_there in zip(courts, answers, strict=True) if not is_there]

    async def _answers(self, court: CourtId) -> bool:
        try:
            await self._site.store.now(court)
        except UnavailableError:
            return False
        return True

    async def _directory(self) -> bool:
        try:
            await self._site.directory.courts()
        except UnavailableError:
            return False
        return True

    def _lines(self) -> Iterator[str]:
        figures = list(self._site.crowd.figures())
        yield "# HELP balcao_pages Pages connected to this node."
        yield "# TYPE balcao_pages gauge"
        for court in figures:
            for role, count in (("visitor", court.visitors), ("attendant", court.desks), ("supervisor", court.boards)):
                yield f'balcao_pages{{court="{court.court}",role="{role}"}} {count}'
        yield "# HELP balcao_log_gaps_total Times a stream's counter showed that entries were missed."
        yield "# TYPE balcao_log_gaps_total counter"
        for court in figures:
            yield f'balcao_log_gaps_total{{court="{court.court}"}} {court.gaps}'
        yield "# HELP balcao_mended_total Contradictions in the live state that were put right; each is somebody's bug."
        yield "# TYPE balcao_mended_total counter"
        for (of, cause), count in sorted(self._site.mended.items()):
            yield f'balcao_mended_total{{court="{of}",cause="{cause}"}} {count}'
        yield from self._unit_lines()

    def _unit_lines(self) -> Iterator[str]:
        yield "# HELP balcao_waiting People present in line."
        yield "# TYPE balcao_waiting gauge"
        yield "# HELP balcao_attending Attendants available or busy."
        yield "# TYPE balcao_attending gauge"
        for court in self._site.crowd.served:
            for unit in self._site.crowd.unit_list(court):
                labels = f'{{court="{court}",unit="{unit.slug}"}}'
                yield f"balcao_waiting{labels} {unit.waiting}"
                yield f"balcao_attending{labels} {unit.attending}"
