"""For the tests of what comes in: a store that fails, pauses that take no time, the inbox."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.telegram.outbound import TelegramSender
from bot.dialogue.session import Session
from bot.ports import Outgoing, Received, TurnResult
from bot.storage.memory import MemoryStore
from tests.support.clock import MovedClock


class FailingStore(MemoryStore):
    """A store whose disk is full for the first so many batches; it notes all of them."""

    def __init__(self, clock: MovedClock, failures: int = 0) -> None:
        super().__init__(clock)
        self.batches: list[Sequence[Received]] = []
        self.failures = failures

    async def receive(self, batch: Sequence[Received]) -> None:
        self.batches.append(batch)
        if len(self.batches) <= self.failures:
            raise OSError(f"disk full, cannot write {batch}")
        await super().receive(batch)


class Pauses(list[float]):
    """The pauses that were asked for; none is waited for. `first` is set with the first."""

    def __init__(self) -> None:
        super().__init__()
        self.first = asyncio.Event()

    async def __call__(self, seconds: float) -> None:
        self.append(seconds)
        self.first.set()
        await asyncio.sleep(0)


@dataclass(frozen=True)
class Sending:
    """Sends, and notes at once in the store what has become of messages."""

    sender: TelegramSender
    store: MemoryStore

    async def send(self, conversation: str, outgoing: Outgoing) -> None:
        await self.sender.send(conversation, outgoing, self.store)


@dataclass(frozen=True)
class Door:
    """Takes in what arrives by storing it; `stored` is set then."""

    store: MemoryStore
    stored: asyncio.Event

    async def arrive(self, batch: Sequence[Received]) -> None:
        await self.store.receive(batch)
        self.stored.set()


async def texts(store: MemoryStore, conversation: str = "telegram:1001") -> list[str]:
    """Take all turns of a conversation and give what was written."""
    found = []
    while waiting := await store.oldest(conversation):
        message = waiting.received.body["message"]
        assert isinstance(message, dict)
        found.append(str(message["text"]))
        await store.turn(waiting, lambda _: TurnResult(Session("s1")))
    return found
