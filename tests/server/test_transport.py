"""What carries a page's packets, and what is left of it."""

import asyncio
import gc
import weakref

from signaling.sockets.transport import Transport
from tests.server.harness import WITHIN_S


async def test_a_connection_that_is_over_leaves_nothing_for_the_collector(crowd):
    """A collection stops everybody for as long as it looks at everything: it must have no reason to."""
    visitor = await crowd.visitor()
    await visitor.join()
    there = [weakref.ref(each) for each in gc.get_objects() if isinstance(each, Transport)]
    assert there
    gc.disable()
    try:
        await visitor.close()
        async with asyncio.timeout(WITHIN_S):
            while any(each() is not None for each in there):  # noqa: ASYNC110 - nobody tells when an object is gone
                await asyncio.sleep(0.01)
    finally:
        gc.enable()
