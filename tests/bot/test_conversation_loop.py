"""The loop that takes turns: side by side, in order, and going on when the store fails."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.conversation import Conversations, Limits
from bot.dialogue.inbound import Inbound
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.ports import Received, TurnResult, Waiting
from bot.storage.memory import MemoryStore
from tests.support.turns import ALICE, BOB, NOW, echo, said, shell


class Running:
    """The loop as it runs in production, ended when the test is done with it."""

    def __init__(self, conversations: Conversations) -> None:
        self.conversations = conversations

    async def __aenter__(self) -> Conversations:
        self._task = asyncio.create_task(self.conversations.run())
        return self.conversations

    async def __aexit__(self, *_: object) -> None:
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)


class WatchedStore(MemoryStore):
    """A store whose every turn can be waited for, or held back, by its text."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__(clock)
        self.reached: asyncio.Queue[str] = asyncio.Queue()
        self.gates: dict[str, asyncio.Event] = {}
        self.failures: list[Exception] = []

    async def turn(
        self, waiting: Waiting, work: Callable[[Session | None], TurnResult]
    ) -> TurnResult | None:
        text = str(waiting.received.body["text"])
        if self.failures:
            raise self.failures.pop()
        await self.reached.put(text)
        if text in self.gates:
            await self.gates[text].wait()
        return await super().turn(waiting, work)


async def test_conversations_go_side_by_side_and_each_in_order() -> None:
    store = WatchedStore(lambda: NOW)
    store.gates["alice 1"] = asyncio.Event()
    async with Running(shell(store)) as conversations:
        await store.receive([said(ALICE, 1, "alice 1"), said(ALICE, 2, "alice 2")])
        conversations.wake()
        assert await store.reached.get() == "alice 1"
        await store.receive([said(BOB, 3, "bob 1")])
        conversations.wake()
        assert await store.reached.get() == "bob 1"
        store.gates["alice 1"].set()
        assert await store.reached.get() == "alice 2"


async def test_what_arrives_during_a_turn_is_taken_after_it() -> None:
    store = WatchedStore(lambda: NOW)
    async with Running(shell(store)) as conversations:
        for number in range(1, 30):
            await store.receive([said(ALICE, number, f"n{number}")])
            conversations.wake()
            await asyncio.sleep(0)
        assert [await store.reached.get() for _ in range(29)] == [f"n{n}" for n in range(1, 30)]


async def test_no_more_conversations_at_once_than_allowed() -> None:
    store = WatchedStore(lambda: NOW)
    store.gates["a"] = asyncio.Event()
    async with Running(shell(store, limits=Limits(at_once=1))) as conversations:
        await store.receive([said(ALICE, 1, "a"), said(BOB, 2, "b")])
        conversations.wake()
        assert await store.reached.get() == "a"
        for _ in range(10):
            await asyncio.sleep(0)
        assert store.reached.empty()
        store.gates["a"].set()
        assert await store.reached.get() == "b"


async def test_a_store_that_fails_is_tried_again() -> None:
    store = WatchedStore(lambda: NOW)
    store.failures = [OSError("the disk is full")]
    async with Running(shell(store, limits=Limits(poll=0.001))):
        await store.receive([said(ALICE, 1, "a")])
        assert await store.reached.get() == "a"


async def test_an_inbox_that_cannot_be_read_does_not_end_the_loop() -> None:
    class Unreadable(WatchedStore):
        broken = True

        async def waiting(self) -> list[str]:
            if self.broken:
                self.broken = False
                raise OSError
            return list(await super().waiting())

    store = Unreadable(lambda: NOW)
    async with Running(shell(store, limits=Limits(poll=0.001))):
        await store.receive([said(ALICE, 1, "a")])
        assert await store.reached.get() == "a"


async def test_what_comes_while_a_turn_is_taken_as_it_arrives_is_stored_after_it() -> None:
    class Slow(MemoryStore):
        def __init__(self) -> None:
            super().__init__(lambda: NOW)
            self.going_on = asyncio.Event()
            self.order: list[str] = []

        async def answer(
            self, received: Received, work: Callable[[Session | None], TurnResult]
        ) -> TurnResult | None:
            await self.going_on.wait()
            self.order.append(f"answered {received.update_id}")
            return await super().answer(received, work)

        async def receive(self, batch: Sequence[Received]) -> None:
            self.order += [f"stored {one.update_id}" for one in batch]
            await super().receive(batch)

    store = Slow()
    async with Running(shell(store)) as conversations:
        await asyncio.sleep(0)
        arriving = [
            asyncio.ensure_future(conversations.arrive([said(ALICE, number, f"n{number}")]))
            for number in (1, 2, 3)
        ]
        await asyncio.sleep(0)
        store.going_on.set()
        await asyncio.gather(*arriving)
        await conversations.take_waiting()
    assert [one for one in store.order if one != "stored 1"] == [
        "answered 1",
        "stored 2",
        "stored 3",
    ]
    session = await store.session(ALICE)
    assert session is not None
    assert session.many("told") == ("n1", "n2", "n3")


async def test_what_the_dialogue_fails_on_as_it_arrives_is_stored_and_tried_again() -> None:
    tries: list[str] = []

    def fragile(session: Session, inbound: Inbound, now: datetime) -> Turn:
        tries.append("tried")
        if len(tries) == 1:
            raise ZeroDivisionError
        return echo(session, inbound, now)

    store = MemoryStore(lambda: NOW)
    async with Running(shell(store, fragile)) as conversations:
        await asyncio.sleep(0)
        await conversations.arrive([said(ALICE, 1, "hello")])
        await conversations.take_waiting()
    session = await store.session(ALICE)
    assert session is not None
    assert session.many("told") == ("hello",)
    assert await store.waiting() == []
