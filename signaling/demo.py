"""The demo: which password its people have, and where one goes to try it."""

import secrets
from collections.abc import Iterator

from signaling.settings import Settings

FIRST_UNIT = "civel-1-cuiaba"
"""The first listed, where both ana and bruno attend."""
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing to mistake when it is read off a terminal."""


def demo_password(settings: Settings) -> str:
    """What the demo's staff sign in with: the site's choice, else drawn at this start."""
    if settings.demo_password is not None:
        return settings.demo_password.get_secret_value()
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))


def company(settings: Settings, url: str, visitors: int) -> tuple[str, ...]:
    """The words of `balcao` that keep so many simulated visitors in the unit where both of its clerks attend."""
    known = () if settings.tls_cert is None else ("--certificate", str(settings.tls_cert))
    return ("crowd", "--company", "--url", url, "--unit", FIRST_UNIT, "--visitors", str(visitors), *known)


def welcome(url: str, password: str) -> Iterator[str]:
    """The lines that a person reads at the start, three links among them."""
    yield ""
    yield "Balcão de demonstração, com 12 unidades de exemplo."
    yield ""
    yield f"  Visitante    {url}/"
    yield f"  Atendente    {url}/atendimento   entre como ana ou bruno"
    yield f"  Supervisão   {url}/painel        entre como sofia"
    yield f"  Intérprete   {url}/libras        entre como lia"
    yield ""
    yield f"  Senha de ana, bruno, sofia e lia: {password}"
    yield ""
    yield "Para encerrar, Ctrl-C."
    yield ""
