"""How much one browser may say: a bucket of messages and one of bytes per capability, shared by all its pages."""

from dataclasses import dataclass

BURST_S = 3
"""A page that has just been called says in one second what it else says in ten; so much is saved up."""


@dataclass(slots=True)
class Bucket:
    """Fills by `per_s`, holds `BURST_S` seconds' worth."""

    per_s: float
    left: float
    at_s: float

    def take(self, amount: float, now_s: float) -> bool:
        """Whether there was enough; then it is gone."""
        self.left = min(self.per_s * BURST_S, self.left + (now_s - self.at_s) * self.per_s)
        self.at_s = now_s
        if self.left < amount:
            return False
        self.left -= amount
        return True


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
        return self.allows(capability, size, now_s)

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
        self._buckets.setdefault(
            capability, (self._full(self._messages_per_s, now_s), self._full(self._bytes_per_s, now_s))
        )

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

    @staticmethod
    def _full(per_s: float, now_s: float) -> Bucket:
        return Bucket(per_s, per_s * BURST_S, now_s)
