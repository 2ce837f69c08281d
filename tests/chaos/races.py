"""`python -m tests.chaos.races TICKETS`: fifty attendants at one unit, two servers, and everybody accepts twice.

Every visitor has a page on each server, with one ticket between them; when the first shows that it rings, both enter at
once, under ids of their own. Whoever waits, waits for a view, as a person does.
"""

import asyncio
import secrets
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import perf_counter
from typing import Any

from rooms.errors import Code
from rooms.ids import AttendantId
from rooms.model.attendant import Status
from rooms.model.call import Outcome
from rooms.model.ticket import Media, Tier
from rooms.model.unit import Policy
from signaling.auth.capability import Cookie, new_secret
from signaling.protocol import commands as say
from signaling.protocol.base import EventName, Namespace
from tests.bench.figures import Row, Section, publish
from tests.bench.lines import Line, Lines, lines
from tests.bench.processes import allow_sockets
from tests.chaos.judge import Story, story_of
from tests.chaos.page import PASSING, PAUSE_S
from tests.chaos.people import signed_in
from tests.chaos.town import UNITS, Town, town
from tests.server.harness import form

CLERKS = {AttendantId(f"clerk-{number}"): UNITS[:1] for number in range(50)}
VISITORS = 120
"""More than attendants, so that there is a line."""


@dataclass(eq=False)
class Page:
    """One page and the newest view that it was shown."""

    line: Line | None = None
    view: Any = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def arrive(self, pages: Lines, url: str, namespace: Namespace, tab: str, cookie: tuple[str, str]) -> None:
        hello = {"tab": tab, "opened": True}
        self.line = await pages.open(namespace.value, hello, dict([cookie]), heard=self._hear, url=url)

    async def ask(self, command: Any) -> dict[str, Any]:
        """The answer; said again under the same id while a busy machine keeps the store away."""
        assert self.line is not None
        payload = {"id": secrets.token_hex(8), "command": command.model_dump(mode="json")}
        while True:
            _, answer = await self.line.ask(EventName.COMMAND.value, payload)
            if answer["ok"] or answer["code"] not in PASSING:
                return answer
            await asyncio.sleep(PAUSE_S)  # the pace at which a page tries again

    async def do(self, command: Any) -> Any:
        answer = await self.ask(command)
        assert answer["ok"], (command, answer)
        return answer["result"]

    async def until(self, true: Callable[[Any], Any]) -> None:
        while self.view is None or not true(self.view):
            self.changed.clear()
            await self.changed.wait()

    def _hear(self, event: str, body: Any) -> None:
        if event == EventName.VIEW:
            self.view = body
            self.changed.set()


@dataclass
class Race:
    """How many tickets are still to be taken, and how the double accepts went."""

    tickets: int
    taken: int = 0
    ended: int = 0
    wins: Counter[int] = field(default_factory=Counter)
    over: asyncio.Event = field(default_factory=asyncio.Event)

    async def visits(self, both: tuple[Page, Page]) -> None:
        """Ticket after ticket, each accepted on both servers at once."""
        while self.taken < self.tickets:
            self.taken += 1
            tier = Tier.EVERYONE if self.taken % 5 else Tier(self.taken % 3)
            ticket = (await both[0].do(form(UNITS[0], "Maria", tier)))["ticket"]
            await both[0].until(partial(_rings, ticket))
            call = both[0].view["ticket"]["ring"]["call"]
            answers = await asyncio.gather(*(page.ask(say.Enter(call=call, media=Media.VIDEO)) for page in both))
            self.wins[sum(answer["ok"] for answer in answers)] += 1
            await both[0].until(partial(_is_over, ticket))
            self.ended += 1
            if self.ended == self.tickets:
                self.over.set()

    async def serves(self, page: Page) -> None:
        """Calls whoever is next until the race is over."""
        await page.do(say.SetStatus(status=Status.AVAILABLE, pause=None))
        while not self.over.is_set():
            answer = await page.ask(say.CallNext())
            if not answer["ok"]:
                assert answer["code"] == Code.NOBODY_WAITING, answer
                await asyncio.sleep(PAUSE_S)  # a clerk looks up now and then
                continue
            call = answer["result"]["call"]
            await page.until(partial(_talks, call))
            await page.do(say.HangUp(call=call))
            await page.do(say.Finish(call=call, outcome=Outcome.INFORMED))


def _rings(ticket: str, view: Any) -> bool:
    held = view["ticket"]
    return held is not None and held["id"] == ticket and held["ring"] is not None


def _is_over(ticket: str, view: Any) -> bool:
    held = view["ticket"]
    return held is not None and held["id"] == ticket and held["end"] is not None


def _talks(call: str, view: Any) -> bool:
    return view["activity"] == "in_call" and view["call"]["call"] == call


async def clerk_of(place: Town, pages: Lines, number: int, who: AttendantId) -> Page:
    page = Page()
    cookie = await signed_in(place, who, Cookie.ATTENDANT)
    await page.arrive(pages, place.nodes[number % 2].url, Namespace.ATTENDANT, secrets.token_hex(8), cookie)
    return page


async def visitor_of(place: Town, pages: Lines) -> tuple[Page, Page]:
    both, tab, cookie = (Page(), Page()), secrets.token_hex(8), (Cookie.VISITOR.value, new_secret())
    for page, node in zip(both, place.nodes, strict=True):
        await page.arrive(pages, node.url, Namespace.VISITOR, tab, cookie)
    return both


async def raced(tickets: int) -> tuple[Race, Story, float]:
    """The race, what its events tell, and how long it took."""
    allow_sockets()
    race = Race(tickets)
    async with town(CLERKS, Policy(max_waiting=VISITORS)) as place, lines("") as pages:
        clerks = [await clerk_of(place, pages, number, who) for number, who in enumerate(CLERKS)]
        visitors = [await visitor_of(place, pages) for _ in range(min(VISITORS, tickets))]
        began_s = perf_counter()
        async with asyncio.TaskGroup() as tasks:
            for clerk in clerks:
                tasks.create_task(race.serves(clerk))
            for both in visitors:
                tasks.create_task(race.visits(both))
        took_s = perf_counter() - began_s
        place.read_events()
        return race, story_of(place.events, CLERKS), took_s


def section(race: Race, story: Story, took_s: float) -> Section:
    wrong = Counter(kind for kind, _ in story.wrong)
    return Section(
        title="Races",
        compared_with="nothing: what may never happen",
        how=f"{len(CLERKS)} attendants at one unit, half on each of two server processes, {VISITORS} visitors who take"
        " ticket after ticket and accept each ring on both servers at once, under two ids; one Valkey with"
        f" `appendfsync always`. {race.tickets / took_s:,.0f} visits a second.",
        rows=(
            Row("tickets", "", race.tickets),
            Row("called more than once, or by somebody who was busy", "", wrong["double calls"], target="0"),
            Row("order violations", "", wrong["order violations"], target="0"),
            Row("never served", "", race.tickets - Counter(story.ended.values())["hung_up"], target="0"),
            Row("double accepts that exactly one won", "", race.wins[1]),
            Row("that none or both won", "", race.wins[0] + race.wins[2], target="0"),
        ),
    )


async def main(tickets: int) -> int:
    race, story, took_s = await raced(tickets)
    for kind, sentence in story.wrong:
        sys.stderr.write(f"{kind}: {sentence}\n")
    publish(section(race, story, took_s))
    return 0 if not story.wrong and race.wins == {1: tickets} else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main(int(sys.argv[1]))))
