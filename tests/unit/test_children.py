"""A child process of ours: started again when it dies, ended with the server, and ended when the server is killed."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from signaling import children

STAND_IN = """
import os, pathlib, sys
folder = pathlib.Path(sys.argv[1])
(folder / str(os.getpid())).touch()
sys.stdin.read()
"""
PARENT = """
import asyncio, os, sys
from signaling.children import child
os.chdir(sys.argv[2])
async def run():
    async with child(sys.argv[1]):
        await asyncio.Future()
asyncio.run(run())
"""


@pytest.fixture
def balcao(tmp_path, monkeypatch):
    """`python -m signaling FOLDER` leaves its pid in the folder and waits for the end of its input."""
    package = tmp_path / "stand_in" / "signaling"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(STAND_IN)
    monkeypatch.setattr(children, "AGAIN_S", (0, 0))
    monkeypatch.chdir(package.parent)
    (tmp_path / "pids").mkdir()
    return tmp_path / "pids"


async def born(folder, *, besides=()):
    while not (pids := [int(file.name) for file in folder.iterdir() if int(file.name) not in besides]):  # noqa: ASYNC110
        await asyncio.sleep(0)
    return pids[0]


def lives(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


async def test_a_child_that_dies_is_started_again_and_the_last_one_ends_with_us(balcao):
    async with children.child(str(balcao)):
        first = await born(balcao)
        os.kill(first, signal.SIGKILL)
        second = await born(balcao, besides=[first])
        assert lives(second)
    assert not lives(second)


async def test_a_child_ends_when_its_parent_is_killed(balcao):
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(balcao), str(Path.cwd())], cwd=Path(children.__file__).parents[1]
    )
    pid = await born(balcao)
    parent.kill()
    parent.wait()
    while lives(pid):  # noqa: ASYNC110
        await asyncio.sleep(0)
