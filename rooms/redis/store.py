"""The counter's live state on Redis or Valkey: `rooms.ports.Store`, one method, one script."""

from rooms.ports import Store
from rooms.redis.attendant_verbs import RedisAttendantVerbs
from rooms.redis.client import Client
from rooms.redis.guest_verbs import RedisGuestVerbs
from rooms.redis.house_verbs import RedisHouseVerbs
from rooms.redis.script import Scripts
from rooms.redis.visitor_verbs import RedisVisitorVerbs


class RedisStore(RedisVisitorVerbs, RedisAttendantVerbs, RedisGuestVerbs, RedisHouseVerbs, Store):
    """Every verb of every court."""

    def __init__(self, client: Client) -> None:
        super().__init__(Scripts(client))
        self._client = client

    async def ping(self) -> None:
        """The store answers. STORE_AWAY."""
        await self._client.call("PING")
