"""One call of a simulated person, from the ring to its end: reads the call's log, builds the leg, sends the clip.

The leg is the one between the attendant and somebody else: people of code have none among each other.
"""

import asyncio
from contextlib import suppress
from typing import Any, Final

from rooms.model.ticket import Media
from signaling.bots.clip import ClipTrack, picture, tone
from signaling.bots.leg import Leg, Packets
from signaling.bots.wire import GoneError, Page, TurnedAwayError
from signaling.protocol.commands import HangUp, Replay, Replayed, Signal
from signaling.protocol.signals import (
    Candidate,
    Chat,
    Description,
    End,
    Go,
    Ice,
    MediaState,
    Party,
    Rejoin,
    Sent,
    SignalEntry,
)

LEG: Final = (Description, Candidate, Rejoin)
"""What two sides say about their leg."""


class Conversation:
    """Follows one call on one page. `run` ends with the call; what happened is in the other fields."""

    def __init__(self, page: Page[Any], party: Party, call: str, *, colour: int = 0) -> None:
        """`colour` tells this person's picture from others'; an attendant's other side is the visitor."""
        self._page: Final = page
        self._party: Final = party
        self._other: Final = Party.VISITOR if party is Party.ATTENDANT else Party.ATTENDANT
        # What belongs to a guest's leg is for the attendant alone; the leg of the two needs no name.
        self._to: Final = self._other if party in {Party.GUEST_1, Party.GUEST_2} else None
        self._call: Final = call
        self._colour: Final = colour
        self._outbox: Final[asyncio.Queue[Sent]] = asyncio.Queue()
        self._leg: Leg | None = None
        self._ice: Ice | None = None
        self._seen: Final[set[str]] = set()
        self._last: str | None = None
        self._connections = 0
        self.media = Media.VIDEO
        """What this person sends once the call goes."""
        self.answered: Final[asyncio.Future[bool]] = asyncio.get_running_loop().create_future()
        """Whether the visitor entered; known once that is decided."""
        self.end: End | None = None
        self.heard: Final[asyncio.Queue[str]] = asyncio.Queue()
        """What the other side wrote."""
        self.packets = Packets()

    async def run(self) -> None:
        """Take part until the call is over, or the page is gone."""
        speaking = asyncio.create_task(self._speak())
        try:
            await self._begin()
            self._connections = self._page.connections
            waiting = self._page.entries.setdefault(self._call, [])
            while self.end is None:
                await self._page.changed(lambda: bool(waiting) or self._page.connections != self._connections)
                if self._page.connections != self._connections:
                    self._connections = self._page.connections
                    await self._take(await self._missed())
                due = waiting.copy()
                waiting.clear()
                await self._take(due)
        except (GoneError, TurnedAwayError):
            pass  # the page is closed, or the call is not this page's any more
        finally:
            speaking.cancel()
            if not self.answered.done():
                self.answered.set_result(False)
            await self._close()

    def say(self, body: Sent) -> None:
        """Put a word into the call's log, behind those said before."""
        self._outbox.put_nowait(body)

    def chat(self, text: str) -> None:
        """Write something that both sides see."""
        self.say(Chat(text=text))

    async def hang_up(self) -> None:
        """End the call for both: said directly, and to the counter."""
        if self._leg is not None:
            self._leg.bye()
        await self._page.ask(HangUp(call=self._call))

    async def count(self) -> Packets:
        """Packets so far."""
        return self.packets if self._leg is None else await self._leg.packets()

    # ------------------------------------------------------------------------------------------------- the log

    async def _begin(self) -> None:
        entries = await self._missed()
        assert self._ice is not None  # noqa: S101  # every replay says it
        leg = self._leg = Leg(self._party, self._ice, self.say)
        mine = [
            entry.body
            for entry in entries
            if entry.sender is self._party and entry.to in {None, self._other} and isinstance(entry.body, LEG)
        ]
        if mine:
            # An earlier page of this person spoke here: it is gone, and its leg with it.
            for body in mine:
                leg.remember(body)
            await self._take([entry for entry in entries if not isinstance(entry.body, LEG)])
            await leg.rejoin()
        else:
            await leg.begin()
            await self._take(entries)

    async def _missed(self) -> list[SignalEntry]:
        """The log behind what was seen last, in order."""
        entries: list[SignalEntry] = []
        while True:
            after = entries[-1].id if entries else self._last
            read = await self._page.do(Replay(call=self._call, after=after))
            assert isinstance(read, Replayed)  # noqa: S101  # the wire's own answer to it
            self._ice = read.ice
            entries.extend(read.entries)
            if not read.more:
                return entries

    async def _take(self, entries: list[SignalEntry]) -> None:
        for entry in entries:
            if entry.id not in self._seen:  # live entries and a replay overlap
                self._seen.add(entry.id)
                self._last = entry.id
                await self._hear(entry)

    async def _hear(self, entry: SignalEntry) -> None:
        match entry.body:
            case Description() | Candidate() | Rejoin() as body:
                if entry.sender is self._other and self._leg is not None and self._is_ours(entry):
                    await self._leg.receive(body)
            case Go(media=media):
                self._go(media)
            case End() as end:
                self.end = end
            case Chat(text=text):
                if entry.sender is self._other:
                    self.heard.put_nowait(text)
            case _:
                pass  # the views say the rest

    def _is_ours(self, entry: SignalEntry) -> bool:
        """Whether it belongs to the leg of these two, and not to one with somebody else."""
        return entry.to is self._party or (entry.to is None and self._to is None)

    def _go(self, media: Media) -> None:
        if not self.answered.done():
            self.answered.set_result(True)
        if self._party is Party.VISITOR:
            self.media = media
        video = ClipTrack(picture(self._colour)) if self.media is Media.VIDEO else None
        audio = ClipTrack(tone()) if self.media is not Media.TEXT else None
        if self._leg is not None:
            self._leg.send(audio, video)
        self.say(MediaState(microphone=audio is not None, camera=video is not None))

    async def _speak(self) -> None:
        while True:
            body = await self._outbox.get()
            with suppress(TurnedAwayError):  # the call is over, or the log is full: nobody would read it
                to = self._to if isinstance(body, LEG) else None
                await self._page.do(Signal(call=self._call, to=to, body=body))

    async def _close(self) -> None:
        if self._leg is not None:
            leg, self.packets = self._leg, await self._leg.packets()
            self._leg = None
            await leg.close()
