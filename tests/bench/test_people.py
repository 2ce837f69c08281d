"""How many simulated people, and how many echoes, one core carries."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.bench.figures import Row, Section, publish
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
SECRET = "um-segredo-so-desta-medida"
PEOPLE = 20
HEAVY = 4
ECHOES = 6
SECONDS = 8


def people(what, how_many, **environment):
    """They run; answers what they used."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.people", what, str(how_many), str(SECONDS)],
        cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.PIPE, check=True, timeout=120,
    )  # fmt: skip
    return json.loads(told.stdout.splitlines()[-1])


def cpu_s(pid):
    """What a process has used of a processor so far."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def echoed():
    """Seconds of processor that one echo takes a second, in the echo's own process."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    known = {"BALCAO_ECHO_SECRET": SECRET, "BALCAO_ECHO_PLACES": str(ECHOES), "BALCAO_ECHO_PRIVATE": "true"}
    echo = subprocess.Popen(
        [sys.executable, "-m", "signaling", "echo", "--port", str(port)], cwd=ROOT, env={**os.environ, **known}
    )
    try:
        while True:
            try:
                with urllib.request.urlopen(f"{url}healthz", timeout=2):  # noqa: S310  # our own http URL
                    break
            except urllib.error.URLError:
                assert echo.poll() is None
        browsers = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.people", "browsers", str(ECHOES), str(SECONDS)],
            cwd=ROOT, env={**os.environ, **known, "ECHO_URL": url}, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert browsers.stdout.readline() == "connected\n"
        before, began = cpu_s(echo.pid), time.monotonic()
        told = json.loads(browsers.stdout.readline())
        used, wall = cpu_s(echo.pid) - before, time.monotonic() - began
        browsers.wait(timeout=60)
        assert told["received"] > ECHOES * SECONDS * 50, "the echo sent too little back to be measured"
        return used / wall / ECHOES, told["received"] / told["wall_s"] / ECHOES
    finally:
        echo.terminate()
        echo.wait(timeout=10)


def test_how_many_simulated_people_and_echoes_a_core_carries():
    light, heavy = people("light", PEOPLE), people("heavy", HEAVY)
    one, ordinary = (each["cpu_s"] / each["wall_s"] / count for each, count in ((light, PEOPLE), (heavy, HEAVY)))
    echo, packets = echoed()
    publish(
        Section(
            title="Simulated people and echoes per core",
            compared_with="people who each encode and decode a picture of the same size and rate with aiortc",
            how=f"{PEOPLE} people in pairs in one process ({HEAVY} of the others), {SECONDS} s;"
            f" {ECHOES} echoes in one process, each sent what a browser sends (50 packets of sound and 60 of picture a"
            f" second, 480 kbit/s) and sending {packets:.0f} a second back.",
            rows=(
                Row("processor time of one person, of a second", "ms", 1_000 * one, 1_000 * ordinary),
                Row("people a core carries", "", 1 / one, 1 / ordinary, "≥ 30"),
                Row("processor time of one echo, of a second", "ms", 1_000 * echo),
                Row("echoes a core carries", "", 1 / echo),
            ),
        )
    )
