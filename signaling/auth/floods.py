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
    """The buckets of every capability that has a page here; one without pages is forgotten."""

    def __init__(self, messages_per_s: int, bytes_per_s: int) -> None:
        self._messages_per_s = messages_per_s
        self._bytes_per_s = bytes_per_s
        self._pages: dict[str, int] = {}
        self._buckets: dict[str, tuple[Bucket, Bucket]] = {}

    def come(self, capability: str, now_s: float) -> None:
        """One more page of this capability is here."""
        self._pages[capability] = self._pages.get(capability, 0) + 1
        self._buckets.setdefault(
            capability, (self._full(self._messages_per_s, now_s), self._full(self._bytes_per_s, now_s))
        )

    def go(self, capability: str) -> None:
        """One page less."""
        left = self._pages.get(capability, 0) - 1
        if left > 0:
            self._pages[capability] = left
        else:
            self._pages.pop(capability, None)
            self._buckets.pop(capability, None)

    def allows(self, capability: str, size: int, now_s: float) -> bool:
        """Whether this capability may say a message of `size` bytes now."""
        messages, volume = self._buckets[capability]
        return messages.take(1, now_s) and volume.take(size, now_s)

    @staticmethod
    def _full(per_s: float, now_s: float) -> Bucket:
        return Bucket(per_s, per_s * BURST_S, now_s)
