"""The way that media takes between two browsers, in a test's hands: slow, lossy, narrow, gone, or from another address.

Needs no root. Each page announces its addresses through `THROUGH_AIR`, which puts in their place a port of ours (a
*hole*); what arrives at a hole is passed on, late or not at all, from the hole of whoever sent it.
"""

import asyncio
import random
import socket
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.async_api import BrowserContext

Address = tuple[str, int]
Opens = Callable[[], socket.socket]
"""A UDP socket, bound to any port."""

# Host addresses are announced only when their hole is open, in the order in which they were found. Descriptions carry
# none that was not announced.
THROUGH_AIR = """(() => {
  const Native = globalThis.RTCPeerConnection;
  const HOST = /^(a=)?(candidate:\\S+ \\d+ udp \\d+ )(\\S+) (\\d+)( typ host.*)$/i;
  const holes = new Map();
  const moved = (text) => {
    const found = HOST.exec(text);
    if (found === null) return text;
    const [, a = "", head, address, port, tail] = found;
    const hole = holes.get(`${address} ${port}`);
    return hole === undefined ? null : `${a}${head}${address} ${hole}${tail}`;
  };
  const announced = async (candidate) => {
    const found = HOST.exec(candidate);
    if (found === null) return candidate;
    const [, , , address, port] = found;
    if (address.includes(":")) return null;
    holes.set(`${address} ${port}`, await globalThis.openHole(address, Number(port)));
    return moved(candidate);
  };
  globalThis.RTCPeerConnection = class extends Native {
    #turn = Promise.resolve();
    #heard = null;

    #tell(event, listener) {
      this.#turn = this.#turn.then(async () => {
        const found = event.candidate;
        if (!found?.candidate) return listener(event);
        const candidate = await announced(found.candidate);
        if (candidate === null) return;
        const { sdpMid, sdpMLineIndex, usernameFragment } = found;
        listener({ type: "icecandidate", candidate: { candidate, sdpMid, sdpMLineIndex, usernameFragment } });
      });
    }

    addEventListener(type, listener, options) {
      if (type !== "icecandidate") return super.addEventListener(type, listener, options);
      return super.addEventListener(type, (event) => this.#tell(event, listener), options);
    }

    set onicecandidate(listener) {
      this.#heard ??= super.addEventListener("icecandidate", (event) => this.#tell(event, (it) => this.#heard?.(it)));
      this.#heard = listener;
    }

    get localDescription() {
      const held = super.localDescription;
      if (held === null) return null;
      const lines = held.sdp.split("\\r\\n").map(moved).filter((line) => line !== null);
      return { type: held.type, sdp: lines.join("\\r\\n"), toJSON() { return { type: this.type, sdp: this.sdp }; } };
    }
  };
})()"""


@dataclass
class Hole:
    """The port that stands for one address of one person's browser."""

    person: str
    address: Address
    socket: socket.socket
    free_at: float = 0.0
    """When the narrow way from here has sent what is in it (the loop's clock)."""


@dataclass(frozen=True)
class Limits:
    """What the way carries of somebody's packets."""

    bits_per_s: float | None
    loss: float


@dataclass
class Air:
    """All media between people of one town. What is set holds for packets that arrive from now on."""

    delay_s: float = 0.0
    """One way."""
    bits_per_s: float | None = None
    """Of each direction; what would wait longer than `QUEUE_S` is dropped."""
    loss: float = 0.0
    """Share of the packets, 0..1; the same ones in every run."""
    own: dict[str, Limits] = field(default_factory=dict)
    """Of the packets of whoever has a way of their own, in place of what holds for all (`narrow`)."""
    among: dict[str, Opens] = field(default_factory=dict)
    """Of people in networks of their own: what opens somebody's holes in the network of whoever talks with them."""
    media: Counter[str] = field(default_factory=Counter)
    """How many packets of sound and picture (RTP) each person has sent."""
    _holes: dict[Address, Hole] = field(default_factory=dict)
    _away: set[str] = field(default_factory=set)
    _chance: random.Random = field(default_factory=lambda: random.Random(7))  # noqa: S311 -- the same losses in every run

    QUEUE_S = 0.3

    async def reaches(self, context: BrowserContext, person: str) -> None:
        """Pages of this context, opened from now on, are reached through the air only."""
        await context.expose_binding("openHole", lambda _, host, port: self._open(person, (host, port)))
        await context.add_init_script(THROUGH_AIR)

    def narrow(self, person: str, *, bits_per_s: float | None = None, loss: float = 0.0) -> None:
        """What this person sends has a way of its own from now on; what they get is not touched."""
        self.own[person] = Limits(bits_per_s, loss)

    def widen(self, person: str) -> None:
        """What this person sends goes as all else again."""
        self.own.pop(person, None)

    def cut(self, *people: str) -> None:
        """Nothing reaches these people and nothing of theirs arrives."""
        self._away |= set(people)

    def mend(self) -> None:
        """What was cut passes again."""
        self._away.clear()

    def rebind(self, person: str) -> None:
        """The person's router forgets its mappings: they come from other ports now, and the old ones lead nowhere."""
        for hole in self._of(person):
            self._close(hole)
            hole.socket = self._bound(hole)

    def move(self, person: str) -> None:
        """The person is on another network: no address that they had leads anywhere any more."""
        for hole in self._of(person):
            self._close(hole)
            del self._holes[hole.address]

    def close(self) -> None:
        """Every hole is shut."""
        for hole in self._holes.values():
            self._close(hole)
        self._holes.clear()

    def _of(self, person: str) -> list[Hole]:
        return [hole for hole in self._holes.values() if hole.person == person]

    def _open(self, person: str, address: Address) -> int:
        hole = self._holes.get(address)
        if hole is None:
            hole = self._holes[address] = Hole(person, address, socket.socket())
            hole.socket.close()
            hole.socket = self._bound(hole)
        return hole.socket.getsockname()[1]

    def _bound(self, hole: Hole) -> socket.socket:
        opens = self.among.get(hole.person)
        opened = _beside(hole) if opens is None else opens()
        opened.setblocking(False)
        asyncio.get_running_loop().add_reader(opened, self._arrived, hole, opened)
        return opened

    def _close(self, hole: Hole) -> None:
        asyncio.get_running_loop().remove_reader(hole.socket)
        hole.socket.close()

    def _arrived(self, target: Hole, at: socket.socket) -> None:
        while True:
            try:
                packet, sender = at.recvfrom(65_536)
            except (BlockingIOError, ConnectionRefusedError):
                return
            source = self._holes.get(sender)
            if source is not None and _is_rtp(packet):
                self.media[source.person] += 1
            if source is not None and not self._lost(source, target):
                self._pass(packet, source, target)

    def _lost(self, source: Hole, target: Hole) -> bool:
        return bool(self._away & {source.person, target.person}) or self._chance.random() < self._limits(source).loss

    def _limits(self, source: Hole) -> Limits:
        return self.own.get(source.person) or Limits(self.bits_per_s, self.loss)

    def _pass(self, packet: bytes, source: Hole, target: Hole) -> None:
        loop = asyncio.get_running_loop()
        now = loop.time()
        bits_per_s = self._limits(source).bits_per_s
        if bits_per_s is not None:
            begins = max(now, source.free_at)
            if begins - now > self.QUEUE_S:
                return
            source.free_at = begins + (len(packet) + 28) * 8 / bits_per_s
            now_or_later = source.free_at
        else:
            now_or_later = now
        due = now_or_later + self.delay_s
        deliver: Callable[[], None] = lambda: self._deliver(packet, source, target)  # noqa: E731 -- bound to these three
        if due <= now:
            deliver()
        else:
            loop.call_at(due, deliver)

    def _deliver(self, packet: bytes, source: Hole, target: Hole) -> None:
        # On its way when the way was cut, or its sender moved.
        if self._away & {source.person, target.person} or self._holes.get(source.address) is not source:
            return
        try:
            source.socket.sendto(packet, target.address)
        except (BlockingIOError, ConnectionRefusedError):
            return


def _beside(hole: Hole) -> socket.socket:
    opened = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    opened.bind((hole.address[0], 0))
    return opened


def _is_rtp(packet: bytes) -> bool:
    """Neither STUN, DTLS (RFC 7983 §7) nor RTCP (RFC 5761 §4)."""
    return len(packet) > 1 and 128 <= packet[0] <= 191 and not 192 <= packet[1] <= 223
