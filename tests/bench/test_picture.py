"""How long from "Entrar" to each other's picture, on three lines, beside three other ways to get there."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest
from playwright.async_api import async_playwright

from tests.bench.accept import Marks, Ours, Theirs, peer_server
from tests.bench.figures import Row, Section, publish
from tests.e2e.air import Air
from tests.e2e.conftest import FLAGS
from tests.e2e.house import House, data_folder
from tests.e2e.line import Line
from tests.e2e.people import Town

ROUNDS = 10


@dataclass(frozen=True)
class Distance:
    """`rtt_ms` of media between the two; `signaling_ms` from a page to its server, one way."""

    rtt_ms: int
    signaling_ms: int
    target: float

    @property
    def title(self) -> str:
        if not self.rtt_ms:
            return "Accept → first frame"
        return f"Accept → first frame, {self.rtt_ms} ms RTT, {self.signaling_ms} ms signaling"


DISTANCES = (Distance(0, 0, 0.9), Distance(30, 20, 0.45), Distance(100, 60, 0.45))


@dataclass
class Round:
    """Milliseconds of one round, all four in turn."""

    visitor: Marks
    clerk: Marks
    at_accept: float
    peerjs: float
    one_page: float

    @property
    def ours(self) -> float:
        return both(self.visitor, self.clerk)


def both(visitor: Marks, clerk: Marks) -> float:
    return max(visitor["picture"], clerk["picture"]) - visitor["pressed"]


@pytest.mark.timeout(900)
@pytest.mark.parametrize("distance", DISTANCES, ids=lambda distance: f"{distance.rtt_ms}ms")
async def test_accept_to_first_frame(distance: Distance):
    chromium = shutil.which("chromium")
    assert chromium is not None, "no Chromium: apt-get install chromium"
    # Nothing of ours lies between them where nothing is to be late.
    air = Air(delay_s=distance.rtt_ms / 2_000) if distance.rtt_ms else None
    rounds = []
    async with async_playwright() as playwright, peer_server() as peers:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with data_folder() as folder:
            house = House(Path(folder))
            await house.start()
            lines = [Line(port, distance.signaling_ms / 1_000) for port in (house.port, peers)]
            for line in lines:
                await line.start()
            ours = await Ours.opened(Town(browser, house, air), lines[0].url)
            theirs = Theirs(browser, house, air)
            for _ in range(ROUNDS):
                visitor, clerk = await ours.marks(at_accept=False)
                at_accept = both(*await ours.marks(at_accept=True))
                peerjs = await theirs.peerjs_ms(lines[1].port_here)
                rounds.append(Round(visitor, clerk, at_accept, peerjs, await theirs.one_page_ms()))
            version = browser.version
            await browser.close()
            for line in lines:
                await line.stop()
            house.stop()
    if air is not None:
        air.close()
    publish(_section(distance, rounds, version))


def _section(distance: Distance, rounds: list[Round], version: str) -> Section:
    mine = median(each.ours for each in rounds)
    against = {
        "two peers inside one page, no server, starting cold": (median(each.one_page for each in rounds), 0.9),
        "ours, everything at accept": (median(each.at_accept for each in rounds), 0.45),
        "PeerJS with its own server": (median(each.peerjs for each in rounds), 0.45),
    }
    # Without distance, one page is the least that there is; at a distance, it is what others do that counts.
    targets = {name: target for name, (_, target) in against.items() if target == distance.target}
    rows = [
        Row(f"picture on both sides, beside {name}", "ms", mine, compared, targets.get(name))
        for name, (compared, _) in against.items()
    ]
    return Section(
        title=distance.title,
        compared_with="three other ways, all with the camera already open",
        how=f"Medians of {ROUNDS}, one browser context per person, rounds of all four in turn; from the press of"
        ' "Entrar" (PeerJS: `answer`) to the frame that the page presents, after a ring long enough to connect in.'
        " Distances are made by userspace proxies for UDP and TCP.",
        rows=[*rows, *_budget(rounds)],
        browser=f"Chromium {version}",
    )


def _budget(rounds: list[Round]) -> list[Row]:
    """Where the time goes: before "Entrar" nobody waits for it, behind it everybody does."""

    def stage(what: str, of: str, since: str, until: str) -> Row:
        took = [getattr(each, of)[until] - _instant(each, of, since) for each in rounds]
        return Row(what, "ms", median(took))

    return [
        Row("before: the visitor's camera, while waiting", "ms", median(each.visitor["camera"] for each in rounds)),
        stage("before: clerk's call → ring on the visitor's screen", "visitor", "called", "seen"),
        stage("before: ring → a way is found (ICE)", "visitor", "seen", "ice"),
        stage("before: → keys are agreed (DTLS)", "visitor", "ice", "dtls"),
        stage("Entrar → the visitor sends", "visitor", "pressed", "sent"),
        stage("Entrar → the clerk sends", "clerk", "pressed", "sent"),
        stage("the clerk sends → first packet at the visitor", "visitor", "other", "packet"),
        stage("→ first frame", "visitor", "packet", "arrived"),
        stage("→ on the visitor's screen", "visitor", "arrived", "picture"),
        stage("the visitor sends → first packet at the clerk", "clerk", "other", "packet"),
        stage("→ first frame", "clerk", "packet", "arrived"),
        stage("→ on the clerk's screen", "clerk", "arrived", "picture"),
    ]


def _instant(each: Round, of: str, what: str) -> float:
    if what == "called":
        return each.clerk["called"]
    if what == "pressed":
        return each.visitor["pressed"]
    if what == "other":
        return (each.clerk if of == "visitor" else each.visitor)["sent"]
    return getattr(each, of)[what]
