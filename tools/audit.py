"""Ask PyPI and npm about known weaknesses of what a site runs.

    python3 tools/audit.py

A known weakness fails; a service that cannot be reached is said in one line and fails nothing: whoever works offline
can still check, and the next one with a network is told.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bootstrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ENVIRONMENT = bootstrap.ROOT / ".cache" / "audit"
WITHIN_S = 120


class UnansweredError(Exception):
    """Nobody could be asked; the sentence says why."""


def python_weaknesses(said: str) -> Iterator[str]:
    """What pip-audit's JSON says: a line for each known weakness.

    Raises:
        UnansweredError: the service knows none of the packages, or pip-audit told nothing.

    """
    packages = answer_of(said)["dependencies"]
    if packages and all("skip_reason" in package for package in packages):
        raise UnansweredError("não conhece nenhum dos pacotes")
    for package in packages:
        for weakness in package.get("vulns", []):
            fixed = ", ".join(weakness["fix_versions"]) or "nothing yet"
            yield f"{package['name']} {package['version']}: {weakness['id']}, mended in {fixed}"


def npm_weaknesses(said: str) -> Iterator[str]:
    """What npm's JSON says: a line for each package with a known weakness.

    Raises:
        UnansweredError: npm could not ask.

    """
    answer = answer_of(said)
    if "vulnerabilities" not in answer:
        raise UnansweredError(str(answer.get("message", "sem resposta")).partition(" - ")[0])
    for name, package in answer["vulnerabilities"].items():
        yield f"{name} {package['range']}: {package['severity']}"


def answer_of(said: str) -> dict[str, Any]:
    """A tool's JSON.

    Raises:
        UnansweredError: it is none: the tool broke off before it could tell.

    """
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        raise UnansweredError("sem resposta") from None
    return answer


def told_by(command: Sequence[str | Path], cwd: Path = bootstrap.ROOT) -> str:
    """What a command writes; whether it ends well says nothing here.

    Raises:
        UnansweredError: it is not there, or too slow.

    """
    words = [str(word) for word in command]
    try:
        return subprocess.run(
            words, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False, timeout=WITHIN_S
        ).stdout.decode()
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnansweredError(type(error).__name__) from None


def ask_pypi() -> list[str]:
    """Known weaknesses of what the lock installs on a server."""
    program = ENVIRONMENT / "bin" / "pip-audit"
    if not program.exists():
        told_by([sys.executable, "-m", "venv", ENVIRONMENT])
        told_by([ENVIRONMENT / "bin" / "pip", "install", "--quiet", "--no-input", "pip-audit"])
    lock = bootstrap.ROOT / bootstrap.RUN_LOCK
    asked = [program, "--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off", "-r", lock]
    return list(python_weaknesses(told_by(asked)))


def ask_npm() -> list[str]:
    """Known weaknesses of what is built into the pages."""
    return list(npm_weaknesses(told_by([*bootstrap.find_node(), "audit", "--omit=dev", "--json"], bootstrap.WEB)))


def main() -> int:
    """0: nothing known, or nobody could be asked."""
    known = []
    for name, ask in (("PyPI", ask_pypi), ("npm", ask_npm)):
        try:
            found = ask()
        except UnansweredError as why:
            bootstrap.say(f"Dependências: {name} não pôde ser consultado sobre falhas conhecidas ({why}).")
        else:
            bootstrap.say(f"Dependências: {name} conhece {len(found)} falhas.")
            known += found
    for weakness in known:
        bootstrap.say(f"  {weakness}")
    return 1 if known else 0


if __name__ == "__main__":
    sys.exit(main())
