"""Waiting in a run: for something, or until it is time to go on."""

import asyncio
import contextlib
from collections.abc import Callable


async def within(event: asyncio.Event, seconds: float) -> bool:
    """Whether it happens within this time."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


async def rest(seconds: float) -> None:
    """Let this time go by; nothing shortens it but being cancelled."""
    await within(asyncio.Event(), seconds)


async def changed(condition: asyncio.Condition, ready: Callable[[], bool], seconds: float) -> bool:
    """Whether this becomes so within this time; looked at whenever there was a change."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds), condition:
            await condition.wait_for(ready)
    return ready()


class Patience:
    """How long somebody waits before trying again: each time in vain twice as long as before."""

    def __init__(self, shortest: float, longest: float = 60.0) -> None:
        self._shortest = shortest
        self._longest = longest
        self.seconds = shortest

    def learn(self, *, came: bool) -> None:
        """It came, or did not."""
        self.seconds = self._shortest if came else min(self.seconds * 2, self._longest)
