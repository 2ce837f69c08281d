"""What a court installs: the wheel carries its pages, serves from an empty folder, and is filled with its own commands.

Needs the built web part (`python3 tools/bootstrap.py web`), which `make test` builds; the wheel builds it where stale.
"""

import json
import os
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[2]
SITE = files("rooms.sql.demo") / "tjmt.json"
PASSWORD = "correta cavalo bateria"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built as `pip wheel .` does, with the build tools of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, "."]
    subprocess.run(command, cwd=ROOT, check=True)
    [built] = folder.glob("balcao-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment with the wheel in it; what it needs is borrowed from this one, but not the project."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=True, symlinks=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel], check=True)
    [packages] = (folder / "lib").glob("python3.*/site-packages")
    # A path in a .pth file is looked into, its own .pth files are not: this project's editable install stays out.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin" / "balcao"


@pytest.fixture
def environment(tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BALCAO_", "PYTHON"))}
    return clean | {"BALCAO_DATA_DIR": str(tmp_path / "data"), "BALCAO_PORT": "0", "BALCAO_LOG_FORMAT": "json"}


@contextmanager
def serving(installed, environment, folder):
    """`balcao serve` in a process of its own; answers (process, its URL)."""
    with subprocess.Popen(
        [installed, "serve"], cwd=folder, env=environment, stderr=subprocess.PIPE, start_new_session=True
    ) as process:
        assert process.stderr is not None
        lines = (json.loads(line) for line in process.stderr)
        port = next(line["port"] for line in lines if line["event"] == "listening")
        try:
            yield process, f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)


async def answered(url, path):
    async with aiohttp.ClientSession(url) as browser, browser.get(path) as answer:
        return answer.status, await answer.text()


def test_the_wheel_carries_pages_scripts_and_migrations_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for page in ("index", "attendant", "supervisor", "interpreter", "panel"):
        assert f"signaling/static/{page}.html" in names
    for file in (
        "rooms/redis/lua/join.lua",
        "rooms/sql/migrations/env.py",
        "rooms/sql/demo/tjmt.json",
        "signaling/practice/script/pt.json",
    ):
        assert file in names
    assert {name.split("/")[0].partition("-")[0] for name in names} == {"rooms", "signaling", "balcao"}


async def test_an_installed_site_starts_empty_says_what_to_do_and_is_filled(installed, environment, tmp_path):
    def balcao(*arguments, typed=""):
        command = [installed, *arguments]
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, input=typed, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    with serving(installed, environment, tmp_path) as (_, url):
        status, page = await answered(url, "/")
        assert "balcao units import" in page
        assert "reinicie" in balcao("units", "import", str(SITE))
        assert "ana: pronto" in balcao("staff", "add", "--password-stdin", "ana", typed=f"{PASSWORD}\n")
    with serving(installed, environment, tmp_path) as (_, url):
        status, page = await answered(url, "/")
        assert status == 200
        assert "<script" in page
        status, units = await answered(url, "/api/v1/units")
        assert len(json.loads(units)["units"]) == 12


def test_a_signal_ends_it_with_all_that_it_started(installed, environment, tmp_path):
    with serving(installed, environment, tmp_path) as (process, _):
        store = int((tmp_path / "data" / "valkey" / "valkey.lock").read_text())
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read().decode()
        assert process.wait() == 0
    assert "Traceback" not in rest
    assert not Path(f"/proc/{store}").exists()
