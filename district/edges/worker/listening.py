"""Listens to the message streams that departments deliver by, if there are any."""

from __future__ import annotations

import asyncio

from asgiref.sync import sync_to_async

from district.kernel.connectors.streams.listening import Listeners

LOOK_EVERY_S = 5.0


async def listen_for_ever() -> None:
    """Runs until cancelled. Brokers that fail are the listeners' own affair; a lost database ends the worker."""
    listeners = Listeners()
    try:
        while True:
            await sync_to_async(listeners.look, thread_sensitive=True)()
            await asyncio.sleep(LOOK_EVERY_S)
    finally:
        listeners.stop()
