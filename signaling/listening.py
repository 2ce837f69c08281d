"""The address at which a site is heard, with its certificate where it has one."""

import ssl

from aiohttp import web

from signaling.logs import get_log
from signaling.settings import Settings, StartupError

_log = get_log()


async def listen(runner: web.AppRunner, settings: Settings) -> str:
    """Listen; answer where, with the port it got.

    Raises:
        StartupError: the port is taken, the address is not ours, the certificate is none.

    """
    try:
        site = web.TCPSite(runner, settings.host, settings.port, ssl_context=_tls(settings))
        await site.start()
    except (PermissionError, OSError) as error:
        raise StartupError(_why_not(error, settings)) from None
    port = int(runner.addresses[0][1])
    _log.info("listening", port=port)
    scheme = "http" if settings.tls_cert is None else "https"
    return f"{scheme}://{_shown(settings.host)}:{port}"


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_cert is None or settings.tls_key is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(settings.tls_cert, settings.tls_key)
    return context


def _why_not(error: OSError, settings: Settings) -> str:
    if isinstance(error, ssl.SSLError | FileNotFoundError):
        return "O certificado não pode ser lido. Confira BALCAO_TLS_CERT e BALCAO_TLS_KEY."
    if isinstance(error, PermissionError):
        return f"A porta {settings.port} é reservada ao sistema. Escolha outra: make run PORT=8081 ou BALCAO_PORT."
    return f"A porta {settings.port} já está em uso. Escolha outra: make run PORT=8081 ou BALCAO_PORT."


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
