"""Rings where pages wait for a talk to change."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Bells:
    """One bell for each talk that is being looked at; nothing is kept for any other."""

    def __init__(self) -> None:
        self._bells: dict[str, asyncio.Event] = {}
        self._waiting: Counter[str] = Counter()

    @contextmanager
    def listening(self, conversation: str) -> Iterator[None]:
        """Hear this talk's bell until left."""
        self._bells.setdefault(conversation, asyncio.Event())
        self._waiting[conversation] += 1
        try:
            yield
        finally:
            self._waiting[conversation] -= 1
            if not self._waiting[conversation]:
                del self._waiting[conversation], self._bells[conversation]

    def listened_to(self) -> list[str]:
        """The talks that somebody looks at here."""
        return list(self._waiting)

    def ring(self, conversation: str) -> None:
        """Whoever waits now looks again."""
        bell = self._bells.get(conversation)
        if bell is not None:
            self._bells[conversation] = asyncio.Event()
            bell.set()

    def heard(self, conversation: str) -> "asyncio.Event":
        """The bell that rings next. Take it before looking, so that nothing is missed between."""
        return self._bells[conversation]


async def within(bell: asyncio.Event, seconds: float) -> bool:
    """Whether the bell rang within this time."""
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return False
    return True
