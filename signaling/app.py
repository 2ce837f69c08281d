"""The composition root: the only place that builds. It reads as the ordered list of what starts; it ends in reverse."""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from aiohttp import web

from rooms.clock import random_id, system_now
from rooms.errors import UnavailableError
from rooms.ids import CourtId
from rooms.model.receipt import signing_key
from rooms.ports import Mended, Store
from rooms.redis.client import BlockingReads, Client
from rooms.redis.log import RedisLog
from rooms.redis.store import RedisStore
from rooms.services.company import Company
from rooms.services.counter import Counter
from rooms.services.house import House
from rooms.services.janitor import Janitor
from rooms.services.oversight import Oversight
from rooms.services.person import PersonAtDesk
from rooms.services.pool import Pool
from rooms.services.pusher import Pusher
from rooms.services.reception import Reception
from rooms.services.reconciler import Reconciler
from rooms.services.recorder import Recorder
from rooms.sql.demo.load import load_demo
from rooms.sql.directory import SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from rooms.sql.history import SqlHistory
from signaling.auth.gate import Gate
from signaling.auth.permits import Permits
from signaling.children import child
from signaling.demo import company, demo_password, welcome
from signaling.echoing import site_echo
from signaling.embedded import embedded_valkey
from signaling.fanout.node import Fanout
from signaling.garbage import collect_seldom
from signaling.listening import listen
from signaling.logs import get_log
from signaling.practice.conductor import Conductor
from signaling.practice.court import COLLEAGUE_WORD, Practice, invitation, load_practice, people
from signaling.push import WebPush
from signaling.routes import Site, application
from signaling.settings import Settings, StartupError, make_data_folder, site_secret
from signaling.sockets.attendant import Attendants
from signaling.sockets.door import PATH, Door
from signaling.sockets.guest import Guests
from signaling.sockets.interpreter import Interpreters
from signaling.sockets.supervisor import Supervisors
from signaling.sockets.visitor import Visitors
from signaling.tasks import end, together, unless, within
from signaling.turn import Turn

STATIC: Final = Path(__file__).parent / "static"
"""Where `web/` is built to."""
EMPTY: Final = (
    "Este balcão ainda não tem unidades. Grave-as com `balcao units import ARQUIVO`, dê as senhas com"
    " `balcao staff add NOME` e inicie o servidor de novo."
)
ASKED_AT_START: Final = 8
AGAIN_S: Final = 0.5
READY_S: Final = 15.0
"""A store that was there a moment ago and is away again is waited for so long; then the other courts are served."""
SHUTDOWN_S: Final = 2.0
"""Requests under way get so long to end."""
_log = get_log()

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens."""

    url: str
    """Where it answers, with the port it got."""
    store: Store
    house: House
    fanout: Fanout
    failed: asyncio.Task[None]
    """The housekeeping; it ends only by a bug, and then carries it."""
    drain: Callable[[], Awaitable[None]]
    """Pages are asked to go to another server, and given `drain_s` for it."""
    practice: Conductor | None


async def run(
    settings: Settings,
    ending: asyncio.Event,
    *,
    demo: bool = False,
    crowd: int = 0,
    practice: Practice | None = None,
) -> None:
    """Serve until `ending` is set, then let pages go elsewhere first; end at once when cancelled.

    With `demo` the demo's court is loaded, and its links and password are printed; `crowd` simulated visitors come.
    With `practice` the simulated people of its script do. An empty site says what to do.

    Raises:
        StartupError: an expected reason not to start, in one sentence.

    """
    password = demo_password(settings) if demo else None
    async with running(settings, demo=password, practice=practice) as server:
        collect_seldom()
        url = settings.public_url or server.url
        if practice is not None:
            said = [*invitation(url, practice)]
        elif password is not None:
            said = [*welcome(url, password)]
        else:
            said = [] if server.house.courts() else [EMPTY]
        for line in said:
            _say(line)
        async with AsyncExitStack() as stack:
            if practice is not None and server.practice is not None:
                await stack.enter_async_context(child(*people(url), settings={COLLEAGUE_WORD: practice.colleague}))
                stack.push_async_callback(server.practice.close)
            if crowd:
                await stack.enter_async_context(child(*company(settings, url, crowd)))
            await stay(server, ending)


async def stay(server: Server, ending: asyncio.Event) -> None:
    """Return once `ending` is set and pages have had time to go elsewhere; a bug in the housekeeping is raised."""
    told = asyncio.create_task(ending.wait())
    try:
        await asyncio.wait({told, server.failed}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
    if server.failed.done():
        await server.failed
    await server.drain()


@asynccontextmanager
async def running(
    settings: Settings, *, demo: str | None = None, practice: Practice | None = None, static: Path = STATIC
) -> AsyncIterator[Server]:
    """A server, from the store up to the listening port; everything it started has ended when the block ends.

    With `demo`, the demo's court is loaded and its staff sign in with that password; with `practice`, its court is.

    Raises:
        StartupError: an expected reason not to start, in one sentence.

    """
    if not (static / "index.html").is_file():
        raise StartupError("As páginas ainda não foram construídas. Rode `make run`, ou `npm run build` em web/.")
    async with AsyncExitStack() as stack:
        make_data_folder(settings.data_dir)

        # 1. The live state, before anything that asks it. Last to end: what is acknowledged is on its disk.
        store_url = await _store_url(settings, stack)
        client = Client(store_url)
        stack.push_async_callback(client.close)
        store, log = RedisStore(client), RedisLog(client, lambda: BlockingReads(store_url))
        await _answers(store.ping, "O Redis não responde. Confira BALCAO_REDIS_URL.")

        # 2. The directory and the past, brought to the newest schema.
        engine = open_engine(settings.sql_url)
        stack.push_async_callback(engine.dispose)
        await _answers(
            partial(upgrade, settings.sql_url), "O banco de dados não responde. Confira BALCAO_DATABASE_URL."
        )
        directory, history = SqlDirectory(engine), SqlHistory(engine)
        await _load(directory, history, demo, practice)

        # 3. What this node knows by heart, and the verbs.
        house = House(directory, history)
        await house.open()
        reception = Reception(store, log, house, network_limit=settings.joins_per_network)
        counter, oversight, company = Counter(store, log, house), Oversight(store, house), Company(store, log)
        recorder = Recorder(store, log, history, house, node=random_id(), pause=asyncio.sleep)
        janitor = Janitor(store, house, pause=asyncio.sleep, jitter=random.random)
        push = WebPush(settings, house, demo=demo is not None)
        stack.push_async_callback(push.close)
        pusher = Pusher(store, log, push, house, node=random_id(), pause=asyncio.sleep)
        reconciler = Reconciler(store, house, pause=asyncio.sleep, jitter=random.random, tell=_mended)

        # 4. A store that came back older than history has seen gets a new epoch, before anybody is served from it. A
        # court whose store is away meets it when that answers: meanwhile the others are served.
        client.greet_new_servers(recorder.adopt, lambda: [court.id for court in house.courts()])
        there = await _met(client, house)

        # 5. The readers and the housekeeping. They stop after the sockets, so that nobody is shown a standing clock.
        led = None if practice is None else Conductor(log, practice, _say)
        fanout = Fanout([court.id for court in house.courts()], store, log, house, time.monotonic)
        failed = asyncio.create_task(
            together(
                fanout.run(),
                janitor.run(),
                reconciler.run(),
                recorder.run(),
                pusher.run(),
                *([led.run()] if led else []),
            )
        )
        stack.push_async_callback(end, failed)
        await unless(failed, within(READY_S, fanout.ready(there)))

        # 6. The doors: sockets inside the routes of one application.
        secret = site_secret(settings)
        gate, turn = Gate(settings, secret), Turn(settings, time.time)
        door = Door(
            [
                Visitors(reception, fanout, turn),
                Attendants(counter, PersonAtDesk(store, house), company, store, fanout, turn),
                Supervisors(oversight, store, fanout),
                Interpreters(Pool(store, house), counter, company, store, fanout, turn),
                Guests(company, fanout, turn),
            ],
            gate,
            house,
            settings,
        )
        echo = await stack.enter_async_context(site_echo(settings))
        app = application(
            Site(
                settings=settings,
                house=house,
                store=store,
                company=company,
                directory=directory,
                history=history,
                crowd=fanout,
                mended=reconciler.mended,
                is_ending=lambda: door.ending,
                gate=gate,
                turn=turn,
                permits=Permits(secret, time.time),
                echo=echo,
                receipt_key=signing_key(secret),
                push=push,
                static=static,
                demo=demo is not None,
                practice=led,
            )
        )
        app.router.add_get(PATH, door.handle)

        # 7. Listen, once all of it works. The first to end: nobody comes in while the rest goes.
        async def drain() -> None:
            _log.info("draining", limit=settings.drain_s)
            await door.drain(settings.drain_s)

        runner = web.AppRunner(app, handle_signals=False, access_log=None, shutdown_timeout=SHUTDOWN_S)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        stack.push_async_callback(door.close)
        listening_at = await listen(runner, settings)
        yield Server(listening_at, store, house, fanout, failed, drain, led)


async def _met(client: Client, house: House) -> list[CourtId]:
    """The courts that have been met; of the others, whose store is away, it is told."""

    async def met(court: CourtId) -> bool:
        try:
            await _asked(partial(client.greeted, court))
        except UnavailableError:
            _log.warning("court_away", court=court)
            return False
        _log.info("court_adopted", court=court)
        return True

    courts = [court.id for court in house.courts()]
    answers = await asyncio.gather(*map(met, courts))
    return [court for court, is_there in zip(courts, answers, strict=True) if is_there]


async def _load(directory: SqlDirectory, history: SqlHistory, demo: str | None, practice: Practice | None) -> None:
    """Put the court that this server brings with it, if it brings one."""
    if demo is not None:
        await load_demo(directory, history, demo, system_now())
    if practice is not None:
        await load_practice(directory, practice)


def _say(line: str) -> None:
    """For whoever looks at the terminal."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _mended(court: CourtId, mended: Mended) -> None:
    """Nothing mends itself in silence: somebody has to ask where it came from."""
    _log.error("mended", court=court, reason=mended.cause, found=mended.of)


async def _store_url(settings: Settings, stack: AsyncExitStack) -> str:
    if settings.redis_url is not None:
        return settings.redis_url.get_secret_value()
    return await stack.enter_async_context(embedded_valkey(settings.data_dir, max_mb=settings.store_max_mb))


async def _answers(ask: Callable[[], Awaitable[T]], sentence: str) -> T:
    """The answer, or that sentence as the reason not to start."""
    try:
        return await _asked(ask)
    except UnavailableError:
        raise StartupError(sentence) from None


async def _asked(ask: Callable[[], Awaitable[T]]) -> T:
    """The answer; asked again for a while, because a command has half a second and a machine that starts is busy."""
    for _ in range(ASKED_AT_START - 1):
        with suppress(UnavailableError):
            return await ask()
        await asyncio.sleep(AGAIN_S)
    return await ask()
