"""What Balcão is compared with, as a process of its own: `python -m tests.bench.bare [REDIS_URL SHA]`.

python-socketio with the settings of `signaling.sockets.door` and nothing of ours: it connects, and acknowledges one
event after one script has run.
"""

import asyncio
import sys
from contextlib import AsyncExitStack
from typing import Any

import socketio
from aiohttp import web
from redis.asyncio import BlockingConnectionPool, Redis

from rooms.redis.client import CONNECTIONS
from tests.bench.processes import allow_sockets, tell

NAMESPACE = "/bare"
EVENT = "command"


def application(redis: Redis | None, sha: str) -> web.Application:
    server: Any = socketio.AsyncServer(
        async_mode="aiohttp",
        transports=["websocket"],
        async_handlers=False,
        always_connect=False,
        namespaces=[NAMESPACE],
        cors_allowed_origins=[],
    )

    async def command(_sid: str, arguments: list[str]) -> dict[str, Any]:
        assert redis is not None
        return {"ok": True, "result": await redis.evalsha(sha, 0, *arguments)}

    async def handle(request: web.Request) -> web.StreamResponse:
        headers = request.headers.copy()
        headers.popall("Sec-WebSocket-Extensions", None)  # without permessage-deflate, as ours
        response: web.StreamResponse = await server.handle_request(request.clone(headers=headers))
        return response

    server.on("connect", lambda _sid, _environ, _auth: None, namespace=NAMESPACE)
    server.on(EVENT, command, namespace=NAMESPACE)
    app = web.Application()
    app.router.add_get("/socket.io/", handle)
    return app


async def serve(redis_url: str | None, sha: str) -> None:
    async with AsyncExitStack() as stack:
        redis = None
        if redis_url is not None:
            pool = BlockingConnectionPool.from_url(
                redis_url, max_connections=CONNECTIONS, decode_responses=True, protocol=2
            )
            redis = await stack.enter_async_context(Redis.from_pool(pool))
        runner = web.AppRunner(application(redis, sha), access_log=None, shutdown_timeout=0)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        await tell(f"http://127.0.0.1:{runner.addresses[0][1]}")


if __name__ == "__main__":
    allow_sockets()
    asyncio.run(serve(*(sys.argv[1:] or (None, ""))))
