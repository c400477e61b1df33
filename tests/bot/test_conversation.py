"""From the inbox through the dialogue to the jobs: order, side by side, and when things break."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.conversation import Conversations, Limits
from bot.dialogue.effects import Say, Toast, words
from bot.dialogue.inbound import Due, Inbound, Press, Signals, Text, Tick
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.envelopes import dump_own
from bot.ports import Received, SentMessage, Store, TurnResult, Waiting
from bot.storage.memory import MemoryStore
from common.runtime.jobs import JobRequest
from tests.support.bot_fakes import Advancing, FakeListener, PlainRenderer, plain_reader

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALICE, BOB = "telegram:1001", "telegram:1002"


def received(conversation: str, number: int, **body: object) -> Received:
    return Received("telegram", str(number), conversation, body, NOW)


def said(conversation: str, number: int, text: str) -> Received:
    return received(conversation, number, text=text)


def echo(session: Session, inbound: Inbound, _: datetime) -> Turn:
    """A dialogue that answers with the text, and remembers all of them."""
    text = inbound.text if isinstance(inbound, Text) else type(inbound).__name__
    told = (*session.many("told"), text)
    after = replace(session.with_answer("told", told), step="asked")
    return Turn(after, (Say((words("echo", text),)),))


def shell(
    store: Store,
    advance: Advancing = echo,
    listener: FakeListener | None = None,
    limits: Limits | None = None,
) -> Conversations:
    return Conversations(
        store=store,
        listener=listener or FakeListener(),
        renderer=PlainRenderer(),
        advance=advance,
        readers={"telegram": plain_reader},
        clock=lambda: NOW,
        limits=limits,
        new_id=lambda: "0123456789abcdef",
    )


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(lambda: NOW)


def sent(jobs: list[JobRequest]) -> list[str]:
    """What the send jobs say, in order."""
    return [
        str(one.get("html", one["verb"]))
        for job in jobs
        if job.kind == "send" and isinstance(outgoing := job.payload["outgoing"], list)
        for one in outgoing
    ]


async def test_a_turn_goes_from_the_inbox_to_an_outgoing_job(store: MemoryStore) -> None:
    await store.receive([said(ALICE, 1, "hello")])
    assert await shell(store).take_waiting() == 1
    session = await store.session(ALICE)
    assert session == Session(
        "0123456789abcdef", "telegram", "", "asked", answers={"told": ("hello",)}
    )
    (job,) = store.jobs
    assert (job.kind, job.lane, job.payload["conversation"]) == ("send", ALICE, ALICE)
    assert sent(store.jobs) == ["hello"]
    assert await store.waiting() == []


async def test_a_conversation_is_taken_in_order(store: MemoryStore) -> None:
    await store.receive([said(ALICE, number, f"n{number}") for number in range(1, 6)])
    assert await shell(store).take_waiting() == 5
    assert sent(store.jobs) == ["n1", "n2", "n3", "n4", "n5"]


async def test_the_apps_language_is_taken_only_when_there_are_words_in_it(
    store: MemoryStore,
) -> None:
    await store.receive([received(ALICE, 1, text="a", hint="bn-BD")])
    await store.receive([received(BOB, 2, text="a", hint="kw")])
    await shell(store).take_waiting()
    languages = [one and one.language for one in [await store.session(w) for w in (ALICE, BOB)]]
    assert languages == ["bn", ""]


async def test_the_persons_own_message_is_noted_for_deleting(store: MemoryStore) -> None:
    await store.receive([received(ALICE, 1, text="a", message="17")])
    await shell(store).take_waiting()
    assert await store.messages(ALICE) == [SentMessage("17", NOW)]


async def test_an_update_without_meaning_changes_nothing(store: MemoryStore) -> None:
    await store.receive([received(ALICE, 1, sticker_set="x")])
    await shell(store).take_waiting()
    assert await store.session(ALICE) is None
    assert store.jobs == []
    assert await store.waiting() == []


async def test_a_press_is_answered_first_whatever_follows(store: MemoryStore) -> None:
    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store).take_waiting()
    assert sent(store.jobs) == ["answer", "Press"]
    assert store.jobs[0].payload["outgoing"][0]["callback"] == "callback-1"  # type: ignore[index] # JSON


async def test_a_press_that_leads_to_nothing_is_answered_too(store: MemoryStore) -> None:
    def silent(session: Session, _: Inbound, __: datetime) -> Turn:
        return Turn(replace(session, step="asked"))

    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store, silent).take_waiting()
    assert sent(store.jobs) == ["answer"]


async def test_a_second_tap_on_skip_does_not_skip_the_next_question(store: MemoryStore) -> None:
    seen: list[Inbound] = []

    def moving(session: Session, inbound: Inbound, _: datetime) -> Turn:
        seen.append(inbound)
        return Turn(replace(session, step=f"question{len(seen)}"))

    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, moving).take_waiting()
    await store.sent(ALICE, SentMessage("7", NOW, "question1", has_buttons=True))
    await store.receive([received(ALICE, number, press="do=skip") for number in (2, 3)])
    await shell(store, moving).take_waiting()
    assert seen[1:] == [Press("do", "skip"), Press("", "")]


async def test_a_notice_is_the_answer_to_its_press(store: MemoryStore) -> None:
    def toast(session: Session, inbound: Inbound, _: datetime) -> Turn:
        assert inbound == Press("who_for", "me")
        notice = Toast(words("general", "old_button"))
        return Turn(session, (Say((words("x", "first"),)), notice))

    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store, toast).take_waiting()
    (job,) = store.jobs
    outgoing = job.payload["outgoing"]
    assert isinstance(outgoing, list)
    assert outgoing[0]["label"] == "old_button"
    assert outgoing[0]["callback"] == "callback-1"
    assert outgoing[1]["html"] == "first"


async def test_what_the_listener_hears_goes_with_the_text(store: MemoryStore) -> None:
    heard: list[Inbound] = []

    def keep(session: Session, inbound: Inbound, _: datetime) -> Turn:
        heard.append(inbound)
        return Turn(replace(session, step="asked", language="bn"))

    listener = FakeListener({"help me": Signals(urgent=True)})
    await store.receive([received(ALICE, 1, text="help me", hint="en"), said(ALICE, 2, "fine")])
    await shell(store, keep, listener).take_waiting()
    assert heard == [Text("help me", Signals(urgent=True)), Text("fine")]
    assert listener.asked == [("help me", "en"), ("fine", "bn")]


async def test_a_listener_that_fails_keeps_nobody_waiting(store: MemoryStore) -> None:
    listener = FakeListener({"hello": RuntimeError("a bug")})
    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, listener=listener).take_waiting()
    assert sent(store.jobs) == ["hello"]


async def test_a_listener_that_is_slow_keeps_nobody_waiting(store: MemoryStore) -> None:
    class Slow(FakeListener):
        async def hear(self, text: str, language: str) -> Signals:
            await asyncio.Event().wait()
            return await super().hear(text, language)

    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, listener=Slow(), limits=Limits(listen=0)).take_waiting()
    assert sent(store.jobs) == ["hello"]


async def test_what_the_dialogue_fails_on_is_set_aside_with_an_apology(store: MemoryStore) -> None:
    tried: list[str] = []

    def fragile(session: Session, inbound: Inbound, now: datetime) -> Turn:
        if isinstance(inbound, Text) and inbound.text == "poison":
            tried.append(inbound.text)
            raise ZeroDivisionError
        return echo(session, inbound, now)

    batch = [said(ALICE, 1, "one"), said(ALICE, 2, "poison"), said(ALICE, 3, "three")]
    await store.receive(batch)
    await shell(store, fragile).take_waiting()
    assert sent(store.jobs) == ["one", "something_broke", "three"]
    assert tried == ["poison"] * 3
    session = await store.session(ALICE)
    assert session is not None
    assert session.many("told") == ("one", "three")


async def test_a_press_that_the_dialogue_fails_on_stops_spinning(store: MemoryStore) -> None:
    def broken(*_: object) -> Turn:
        raise ZeroDivisionError

    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store, broken).take_waiting()
    assert sent(store.jobs) == ["answer", "something_broke"]


async def test_an_update_that_cannot_be_read_is_set_aside(store: MemoryStore) -> None:
    await store.receive([Received("nowhere", "1", ALICE, {}, NOW), said(ALICE, 2, "two")])
    await shell(store).take_waiting()
    assert sent(store.jobs) == ["something_broke", "two"]


async def test_nobody_is_told_that_a_mere_tick_has_failed(store: MemoryStore) -> None:
    def fails_on_ticks(session: Session, inbound: Inbound, now: datetime) -> Turn:
        if isinstance(inbound, Tick):
            raise ZeroDivisionError
        return echo(session, inbound, now)

    tick = Received("doorway", "tick:1", ALICE, dump_own(Tick(Due.EXPIRY)), NOW)
    await store.receive([said(ALICE, 1, "one"), tick])
    await shell(store, fails_on_ticks).take_waiting()
    assert sent(store.jobs) == ["one"]
    assert await store.waiting() == []


async def test_without_even_an_apology_the_next_message_has_its_turn(store: MemoryStore) -> None:
    class Mute(PlainRenderer):
        def render(self, *_: object) -> "None":  # type: ignore[override] # it says nothing
            raise LookupError

    await store.receive([said(ALICE, 1, "one")])
    conversations = Conversations(
        store=store,
        listener=FakeListener(),
        renderer=Mute(),  # type: ignore[arg-type] # it says nothing
        advance=echo,
        readers={"telegram": plain_reader},
        clock=lambda: NOW,
    )
    assert await conversations.take_waiting() == 1
    assert store.jobs == []


async def test_what_comes_back_for_a_forgotten_conversation_is_dropped(store: MemoryStore) -> None:
    tick = Received("doorway", "tick:1", ALICE, dump_own(Tick(Due.REMINDER)), NOW)
    await store.receive([tick])
    await shell(store).take_waiting()
    assert await store.session(ALICE) is None
    assert store.jobs == []


async def test_our_own_inbounds_reach_the_dialogue(store: MemoryStore) -> None:
    tick = Received("doorway", "tick:1", ALICE, dump_own(Tick(Due.REMINDER)), NOW)
    await store.receive([said(ALICE, 1, "one"), tick])
    await shell(store).take_waiting()
    assert sent(store.jobs) == ["one", "Tick"]


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
