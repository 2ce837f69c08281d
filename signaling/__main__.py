"""The command line: `balcao serve`, `demo`, `practice`, `crowd`, `units import`, `staff add`, `settings`.

Exit status: 0 done, or ended by Ctrl-C or SIGTERM; 1 a bug, with its traceback; 2 refused, with one sentence.
"""

import argparse
import asyncio
import contextlib
import difflib
import getpass
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rooms.errors import NotFoundError, UnavailableError
from rooms.ids import AttendantId, CourtId, UnitId
from rooms.model.attendant import Staff
from rooms.redis.client import Client
from rooms.redis.store import RedisStore
from rooms.sql.directory import SqlDirectory
from rooms.sql.engine import open_engine, upgrade
from rooms.sql.importing import ImportRefusedError, read_site
from signaling import __version__
from signaling.children import WITH_PARENT, until_parent_goes
from signaling.echoing import SOCKET
from signaling.embedded import running_url
from signaling.lan import draw_qr, lan_address, self_signed
from signaling.logs import configure_logs
from signaling.loop import run
from signaling.practice.court import Practice
from signaling.rehearsal.practice import add_practice, forget_site, people, practice_of, settings_of
from signaling.settings import PREFIX, LogFormat, LogLevel, Settings, StartupError, explain_settings, read_settings

DEMO_FOLDER = Path("data/demo")
"""The demo never touches a real site's folder."""
SHORTEST_PASSWORD = 10


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what `arguments` (the command line) ask; answers the exit status."""
    asked = _parser().parse_args(arguments)
    act: Callable[[argparse.Namespace], None] = asked.act
    try:
        act(asked)
    except StartupError as refused:
        print(refused.sentence, file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # before the server took over the signals, or while a password was asked for
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="balcao", description="O balcão virtual dos tribunais.")
    parser.add_argument("--version", action="version", version=f"balcao {__version__}")
    verbs = parser.add_subparsers(title="comandos", required=True, metavar="COMANDO")

    serve = verbs.add_parser("serve", help="atende, com as unidades e pessoas que você importou")
    serve.set_defaults(act=_serve)
    _add_port(serve)

    demo = verbs.add_parser("demo", help="demonstração: 12 unidades de exemplo, prontas para experimentar")
    demo.set_defaults(act=_demo)
    _add_port(demo)
    demo.add_argument("--lan", action="store_true", help="atende também celulares da mesma rede, com HTTPS")

    demo.add_argument("--crowd", type=int, default=0, metavar="N", help="mantém N pessoas simuladas para você atender")

    echo = verbs.add_parser("echo", help="o eco do teste de câmera e internet, em uma máquina só para ele")
    echo.set_defaults(act=_echo)
    echo.add_argument(
        "--host", default="127.0.0.1", metavar="ENDEREÇO", help="onde os servidores o encontram (127.0.0.1)"
    )
    echo.add_argument("--port", type=int, default=8090, metavar="PORTA", help="em que porta (8090)")

    crowd = verbs.add_parser("crowd", help="um dia de pessoas simuladas, para ver o balcão cheio")
    crowd.set_defaults(act=_crowd)
    _add_crowd(crowd)

    practice = verbs.add_parser("practice", help="treino de quem atende: um tribunal à parte, com pessoas simuladas")
    practice.set_defaults(act=_practice)
    _add_port(practice)
    add_practice(practice)

    verbs.add_parser("settings", help="lista as variáveis de ambiente").set_defaults(act=_settings)

    units = verbs.add_parser("units", help="unidades").add_subparsers(required=True, metavar="COMANDO")
    importing = units.add_parser("import", help="grava o tribunal, as unidades e as pessoas de um arquivo")
    importing.set_defaults(act=_import_units)
    importing.add_argument("file", type=Path, metavar="ARQUIVO", help="JSON; o formato está em docs/importacao.md")

    staff = verbs.add_parser("staff", help="pessoas").add_subparsers(required=True, metavar="COMANDO")
    adding = staff.add_parser("add", help="dá senha a uma pessoa, ou inclui uma nova")
    adding.set_defaults(act=_add_staff)
    adding.add_argument("login", nargs="+", metavar="PESSOA", help="nome de entrada, como ana")
    adding.add_argument("--name", metavar="NOME", help="nome que o público vê; obrigatório para quem é novo")
    adding.add_argument("--function", metavar="FUNÇÃO", help="função que o público vê, como analista")
    adding.add_argument("--unit", action="append", default=[], metavar="UNIDADE", help="onde atende; pode repetir")
    adding.add_argument("--supervisor", action="store_true", help="vê o painel")
    adding.add_argument("--interpreter", action="store_true", help="interpreta Libras, para todas as unidades")
    adding.add_argument("--out-of-order", action="store_true", help="pode chamar fora da ordem, com um motivo")
    adding.add_argument("--court", metavar="TRIBUNAL", help="qual, se há mais de um")
    adding.add_argument("--password-stdin", action="store_true", help="lê as senhas da entrada, uma por linha")
    return parser


def _add_port(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="PORTA", help="em vez de BALCAO_PORT; 0 escolhe uma livre")


def _add_crowd(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--visitors", type=int, default=40, metavar="N", help="quantas pessoas vêm (40)")
    parser.add_argument("--clerks", type=int, default=8, metavar="N", help="quantas atendem (8)")
    parser.add_argument("--minutes", type=float, default=5, metavar="N", help="em quantos minutos cabe o dia (5)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="outro dia, com outras pessoas (1)")
    parser.add_argument("--report", type=Path, metavar="ARQUIVO", help="grava os números do dia, em JSON")
    parser.add_argument(
        "--url", metavar="ENDEREÇO", help="um balcão que já está em execução, em vez de um só para isso"
    )
    parser.add_argument("--unit", action="append", default=[], metavar="UNIDADE", help="com --url: só estas unidades")
    parser.add_argument(
        "--clerk", action="append", default=[], metavar="PESSOA:SENHA", help="com --url: quem atende; pode repetir"
    )
    parser.add_argument("--certificate", type=Path, metavar="ARQUIVO", help="com --url: o certificado dele, em PEM")
    parser.add_argument(
        "--company", action="store_true", help="com --url: mantém sempre tantas pessoas por lá, até Ctrl-C"
    )


# ---------------------------------------------------------------- serving


def _serve(asked: argparse.Namespace) -> None:
    _run(_read(asked), demo=False)


def _demo(asked: argparse.Namespace) -> None:
    settings = _read(asked)
    # The terminal is for the links, and people try it out on one machine or one network.
    quiet = {"data_dir": DEMO_FOLDER, "log_level": LogLevel.WARNING, "echo_private": True}
    unsaid = {name: value for name, value in quiet.items() if name not in settings.model_fields_set}
    settings = settings.model_copy(update=unsaid)
    if asked.lan:
        address = lan_address()
        certificate, key = self_signed(settings.data_dir / "tls", address, datetime.now(UTC))
        page = f"https://{address}:{settings.port}"
        settings = settings.model_copy(
            update={"host": "0.0.0.0", "tls_cert": certificate, "tls_key": key, "public_url": page}
        )
        print(f"No celular, na mesma rede, aponte a câmera ou abra {page} (aceite o certificado uma vez):")
        draw_qr(page, sys.stdout)
        sys.stdout.flush()
    _run(settings, demo=True, crowd=asked.crowd)


def _read(asked: argparse.Namespace) -> Settings:
    """The settings, the command line's port first; a misspelt variable is told, not silently without effect."""
    known = [name for name, _, _ in explain_settings()]
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            print(f"{name} não existe{f': seria {near[0]}?' if near else '.'}", file=sys.stderr)
    return read_settings(**({} if asked.port is None else {"port": asked.port}))


def _run(settings: Settings, *, demo: bool, crowd: int = 0, practice: Practice | None = None) -> None:
    from signaling import app

    configure_logs(settings.log_level, settings.log_format)
    run(_until_told(lambda ending: app.run(settings, ending, demo=demo, crowd=crowd, practice=practice)))


async def _until_told(serve: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """Await `serve`. SIGTERM sets its event: it lets people go first. Ctrl-C, or a second SIGTERM, cancels it, once.

    Either way it ends in its own order.
    """
    ending, told = asyncio.Event(), asyncio.Event()
    task = asyncio.create_task(serve(ending))

    def end() -> None:
        if not told.is_set():  # a second Ctrl-C must not tear the first one's clean end
            told.set()
            task.cancel()

    def drain() -> None:
        if ending.is_set():
            end()
        ending.set()

    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGINT, end)
    loop.add_signal_handler(signal.SIGTERM, drain)
    watch = asyncio.create_task(until_parent_goes(ending)) if WITH_PARENT in os.environ else None
    try:
        await task
    except asyncio.CancelledError:
        if not told.is_set():
            raise
    finally:
        if watch is not None:
            watch.cancel()


def _echo(asked: argparse.Namespace) -> None:
    from signaling.bots.echo import serve

    settings = read_settings()
    configure_logs(settings.log_level, settings.log_format)
    opened = os.environ.get(SOCKET)
    where = None if opened is None else int(opened)
    asyncio.run(_until_told(lambda ending: serve(settings, ending, asked.host, asked.port, where)))


def _crowd(asked: argparse.Namespace) -> None:
    from signaling.rehearsal.crowd import crowd

    configure_logs(LogLevel.ERROR, LogFormat.AUTO)
    asyncio.run(_until_told(lambda ending: crowd(asked, ending)))


def _practice(asked: argparse.Namespace) -> None:
    if asked.people:
        configure_logs(LogLevel.ERROR, LogFormat.AUTO)
        asyncio.run(_until_told(lambda ending: people(asked, ending)))
        return
    forget_site()
    with tempfile.TemporaryDirectory(prefix="balcao-") as folder:
        _run(
            settings_of(Path(folder), asked.port), demo=False, practice=practice_of(asked, datetime.now().astimezone())
        )


# ---------------------------------------------------------------- looking after a site


def _settings(_asked: argparse.Namespace) -> None:
    for name, default, meaning in explain_settings():
        print(f"{name}  [{default}]\n    {meaning}")


def _import_units(asked: argparse.Namespace) -> None:
    try:
        site = read_site(asked.file.read_text(encoding="utf-8"))
    except OSError:
        raise StartupError(f"Não é possível ler {asked.file}.") from None
    except UnicodeDecodeError:
        raise StartupError(f"{asked.file} não está em UTF-8: salve de novo com essa codificação.") from None
    except ImportRefusedError as refused:
        raise StartupError(f"Nada foi importado. Confira {asked.file}:\n{refused}") from None

    async def put() -> bool:
        settings = read_settings()
        async with _directory(settings) as directory:
            known = {court.id for court in await directory.courts()}
            await directory.put(site)
        await _tell_servers(settings, site.court.id)
        return site.court.id in known

    known = asyncio.run(put())
    print(f"{site.court.name}: {len(site.units)} unidades e {len(site.staff)} pessoas gravadas.")
    if not known:
        print("É um tribunal novo: se o servidor já está em execução, reinicie-o.")
    if site.staff:
        print(f"Falta dar a senha: balcao staff add {' '.join(member.id for member in site.staff)}")


def _add_staff(asked: argparse.Namespace) -> None:
    async def add() -> None:
        settings = read_settings()
        async with _directory(settings) as directory:
            court = await _court(directory, asked.court)
            known = {member.id: member for member in await directory.staff(court)}
            for login in asked.login:
                member = _member(asked, AttendantId(login), known.get(AttendantId(login)))
                await directory.add_staff(court, member, _ask_password(login, from_stdin=asked.password_stdin))
                print(f"{login}: pronto para entrar.")
        await _tell_servers(settings, court)

    asyncio.run(add())


def _member(asked: argparse.Namespace, login: AttendantId, known: Staff | None) -> Staff:
    """What the command line says of a person, over what the directory knows of them."""
    name = asked.name or (known.name if known else None)
    units = tuple(UnitId(unit) for unit in asked.unit) or (known.units if known else ())
    supervises = asked.supervisor or (known is not None and known.supervises)
    interprets = asked.interpreter or (known is not None and known.interprets)
    if name is None or not (units or supervises or interprets):
        raise StartupError(
            f"{login} ainda não existe. Diga quem é: balcao staff add {login} --name NOME --function FUNÇÃO"
            " --unit UNIDADE (ou --supervisor, ou --interpreter)."
        )
    function = asked.function or (known.function if known else "")
    out_of_order = asked.out_of_order or (known is not None and known.may_call_out_of_order)
    return Staff(login, name, function, units, bool(units), supervises, out_of_order, interprets)


def _ask_password(login: str, *, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\n")
    else:
        password = getpass.getpass(f"Senha de {login}: ")
        if password != getpass.getpass("De novo: "):
            raise StartupError(f"As duas senhas de {login} não são iguais. Nada mudou para {login}.")
    if len(password) < SHORTEST_PASSWORD:
        raise StartupError(f"A senha de {login} precisa de pelo menos {SHORTEST_PASSWORD} letras ou números.")
    return password


async def _court(directory: SqlDirectory, wanted: str | None) -> CourtId:
    known = [court.id for court in await directory.courts()]
    if not known:
        raise StartupError("Ainda não há tribunal. Comece por: balcao units import ARQUIVO")
    if wanted is None:
        if len(known) > 1:
            raise StartupError(f"Diga qual tribunal com --court: {', '.join(known)}.")
        return known[0]
    if wanted not in known:
        raise StartupError(f"Não há o tribunal {wanted}; há {', '.join(known)}.")
    return CourtId(wanted)


@contextlib.asynccontextmanager
async def _directory(settings: Settings) -> AsyncIterator[SqlDirectory]:
    """The directory of the site, its schema brought up to date."""
    if settings.database_url is None:
        try:
            await asyncio.to_thread(settings.data_dir.mkdir, mode=0o700, parents=True, exist_ok=True)
        except OSError:
            raise StartupError(
                f"Não é possível escrever em {settings.data_dir}. Escolha outra pasta em BALCAO_DATA_DIR."
            ) from None
    engine = open_engine(settings.sql_url)
    try:
        await upgrade(settings.sql_url)
        yield SqlDirectory(engine)
    except NotFoundError as unknown:
        raise StartupError(f"Não existe: {', '.join(map(str, unknown.details.values())) or unknown.code}.") from None
    except UnavailableError:
        raise StartupError("O banco de dados não responde. Confira BALCAO_DATABASE_URL e BALCAO_DATA_DIR.") from None
    finally:
        await engine.dispose()


async def _tell_servers(settings: Settings, court: CourtId) -> None:
    """Make the servers that run now read the directory again."""
    url = settings.redis_url.get_secret_value() if settings.redis_url else running_url(settings.data_dir)
    if url is None:  # none runs; the next one reads it anyway
        return
    client = Client(url)
    try:
        await RedisStore(client).directory_changed(court)
    except UnavailableError:
        print("Gravado, mas a fila não respondeu: reinicie os servidores para que vejam a mudança.", file=sys.stderr)
    finally:
        await client.close()


if __name__ == "__main__":
    sys.exit(main())
