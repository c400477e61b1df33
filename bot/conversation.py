"""Sees that every conversation has its turns: in order for each person, side by side for all."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from bot.ports import Received, Store
from bot.turns import BrokenTurnError, Turns
from common.runtime import logs

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many conversations are worked at once, and how many turns one may have in a row.

    `poll` is how late, in seconds, something is noticed that another process stored and did not
    work, or after the database was away; what this process stores begins at once.
    """

    at_once: int = 32
    in_a_row: int = 8
    poll: float = 5.0


class Conversations:
    """Takes in what arrives and works it. Each conversation has one turn at a time."""

    def __init__(self, store: Store, turns: Turns, limits: Limits | None = None) -> None:
        self._store = store
        self._turns = turns
        self._limits = limits or Limits()
        self._places = asyncio.Semaphore(self._limits.at_once)
        self._awake = asyncio.Event()
        self._tasks: asyncio.TaskGroup | None = None
        self._busy: set[str] = set()
        self._again: set[str] = set()
        # Those whose turn is being taken as it arrives: what follows is stored after it.
        self._arriving: dict[str, asyncio.Event] = {}

    async def arrive(self, batch: Sequence[Received]) -> None:
        """Store what arrived; when this returns the channel may say that it did.

        Whoever has nothing else under way has their turn in the very transaction that stores
        it, which is half the work of storing it first and looking at it later.
        """
        each = Counter(one.conversation for one in batch)
        alone = [one for one in batch if each[one.conversation] == 1 and self._is_free(one)]
        named = {one.conversation for one in alone}
        others = [one for one in batch if one.conversation not in named]
        # At once, before anything else can arrive for them.
        self._busy |= named
        self._arriving |= {conversation: asyncio.Event() for conversation in named}
        await asyncio.gather(self._wait(others), *(self._answer(one) for one in alone))

    def wake(self, conversation: str = "") -> None:
        """Something was stored: work this conversation now, or look for all that wait."""
        if conversation:
            self._begin(conversation)
        else:
            self._awake.set()

    async def run(self) -> None:
        """Take turns until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            self._tasks = tasks
            try:
                while True:
                    self._awake.clear()
                    await self._begin_all()
                    await self._rest()
            finally:
                self._tasks = None

    async def take_waiting(self) -> int:
        """Take every turn that waits, and those that follow from them; returns how many."""
        taken = 0
        while waiting := await self._store.waiting():
            taken += sum(await asyncio.gather(*(self._work_off(one) for one in waiting)))
        return taken

    def _is_free(self, received: Received) -> bool:
        return self._tasks is not None and received.conversation not in self._busy

    async def _answer(self, received: Received) -> None:
        conversation = received.conversation
        answered = False
        try:
            answered = await self._turns.at_once(received)
        except BrokenTurnError:
            await self._store.receive([received])  # it has its other tries from there
        finally:
            self._arriving.pop(conversation).set()
            self._leave(conversation, again=not answered)

    async def _wait(self, batch: Sequence[Received]) -> None:
        """Store what must wait for its turn."""
        if not batch:
            return
        conversations = dict.fromkeys(one.conversation for one in batch)
        for conversation in conversations:
            if ended := self._arriving.get(conversation):
                await ended.wait()
        await self._store.receive(batch)
        for conversation in conversations:
            self._begin(conversation)

    async def _begin_all(self) -> None:
        try:
            waiting = await self._store.waiting()
        except Exception:
            log.exception("inbox.unreadable")  # it may come back, and people wait for it
            return
        for conversation in waiting:
            self._begin(conversation)

    def _begin(self, conversation: str) -> None:
        if conversation in self._busy:
            self._again.add(conversation)
        elif self._tasks is not None:
            self._busy.add(conversation)
            self._tasks.create_task(self._work(conversation))

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._limits.poll):
                await self._awake.wait()

    async def _work(self, conversation: str) -> None:
        more = False
        try:
            async with self._places:
                more = await self._work_off(conversation) == self._limits.in_a_row
        except Exception:
            log.exception("turn.not_stored")  # one conversation must not stop the others
        finally:
            self._leave(conversation, again=more)

    def _leave(self, conversation: str, *, again: bool) -> None:
        """It is somebody else's turn; what came meanwhile is worked after those who wait."""
        self._busy.discard(conversation)
        if again or conversation in self._again:
            self._again.discard(conversation)
            self._begin(conversation)

    async def _work_off(self, conversation: str) -> int:
        """Take the turns that wait, but not so many that others would wait long."""
        for taken in range(self._limits.in_a_row):
            waiting = await self._store.oldest(conversation)
            if waiting is None:
                return taken
            await self._turns.take(waiting)
        return self._limits.in_a_row
