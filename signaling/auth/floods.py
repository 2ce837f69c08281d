"""How much one browser may say: a bucket of messages and one of bytes per capability, shared by all its pages."""

from dataclasses import dataclass

BURST_S = 3
"""A page that has just been called says in one second what it else says in ten; so much is saved up."""
PAGES = 32
"""Of one browser at one node; more tabs of the counter than anybody has."""
KEPT_BACK_S = 2.0
"""No refusal is kept back for longer: pages ask again when nothing has come for a while."""


@dataclass(slots=True)
class Bucket:
    """Fills by `per_s`, holds `holds`."""

    per_s: float
    holds: float
    left: float
    at_s: float

    def take(self, amount: float, now_s: float) -> bool:
        """Whether there was enough; then it is gone."""
        self._fill(now_s)
        if self.left < amount:
            return False
        self.left -= amount
        return True

    def spend(self, amount: float, now_s: float) -> float:
        """Take it whether there is enough or not; answers in how many seconds there will have been."""
        self._fill(now_s)
        self.left -= amount
        return max(0.0, -self.left / self.per_s)

    def _fill(self, now_s: float) -> None:
        self.left = min(self.holds, self.left + (now_s - self.at_s) * self.per_s)
        self.at_s = now_s


def full_bucket(per_s: float, seconds: float, now_s: float) -> Bucket:
    """One that holds as much as comes in so many seconds, and has it."""
    return Bucket(per_s, per_s * seconds, per_s * seconds, now_s)


class Refusals:
    """When each refusal is answered: so many a second of each who is refused, after the first that come in `burst_s`.

    A page is not heard further before it is answered. So whoever goes on without listening is heard as seldom as those
    who keep to what is allowed, on however many connections, and what they say waits where it is theirs.
    """

    def __init__(self, per_s: float, burst_s: float = 0.0) -> None:
        self._per_s = per_s
        self._burst_s = burst_s
        self._due_s: dict[str, float] = {}
        """When the last refusal of each was due, without a burst; who was refused longest ago first."""

    @property
    def counted(self) -> int:
        """How many are kept in mind."""
        return len(self._due_s)

    def wait_s(self, who: str, now_s: float) -> float:
        """How long this refusal is to be kept back."""
        begins_s = now_s - self._burst_s
        self._forget(begins_s)
        due_s = max(begins_s, self._due_s.pop(who, begins_s)) + 1 / self._per_s
        self._due_s[who] = due_s = min(due_s, now_s + KEPT_BACK_S)
        return max(0.0, due_s - now_s)

    def _forget(self, before_s: float) -> None:
        while self._due_s:
            who, due_s = next(iter(self._due_s.items()))
            if due_s > before_s:
                return
            del self._due_s[who]


class Floods:
    """The buckets of every capability that has a page here, or had one until they would be full again."""

    def __init__(self, messages_per_s: int, bytes_per_s: int) -> None:
        self._messages_per_s = messages_per_s
        self._bytes_per_s = bytes_per_s
        self._pages: dict[str, int] = {}
        self._buckets: dict[str, tuple[Bucket, Bucket]] = {}
        self._without: dict[str, float] = {}
        """Who has no page here, since when; the longest first."""

    @property
    def counted(self) -> int:
        """Of how many capabilities there are buckets."""
        return len(self._buckets)

    def knocks(self, capability: str, size: int, now_s: float) -> bool:
        """Whether this capability may come in now: a handshake is a message as any other."""
        self._forget(now_s)
        self._begin(capability, now_s)
        self._rest(capability, now_s)
        return self.allows(capability, size, now_s) and self._pages.get(capability, 0) < PAGES

    def come(self, capability: str, now_s: float) -> None:
        """One more page of this capability is here."""
        self._begin(capability, now_s)
        self._pages[capability] = self._pages.get(capability, 0) + 1
        self._without.pop(capability, None)

    def go(self, capability: str, now_s: float) -> None:
        """One page less."""
        self._pages[capability] -= 1
        self._rest(capability, now_s)

    def allows(self, capability: str, size: int, now_s: float) -> bool:
        """Whether this capability may say a message of `size` bytes now."""
        messages, volume = self._buckets[capability]
        return messages.take(1, now_s) and volume.take(size, now_s)

    def _begin(self, capability: str, now_s: float) -> None:
        if capability not in self._buckets:
            messages = full_bucket(self._messages_per_s, BURST_S, now_s)
            self._buckets[capability] = messages, full_bucket(self._bytes_per_s, BURST_S, now_s)

    def _rest(self, capability: str, now_s: float) -> None:
        """Without a page, the buckets are kept for a while: whoever comes anew has not more than who stays."""
        if self._pages.get(capability, 0) == 0:
            self._pages.pop(capability, None)
            self._without.pop(capability, None)
            self._without[capability] = now_s

    def _forget(self, now_s: float) -> None:
        while self._without:
            capability, since_s = next(iter(self._without.items()))
            if now_s - since_s < BURST_S:
                return
            del self._without[capability], self._buckets[capability]
