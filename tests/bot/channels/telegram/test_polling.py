"""Long polling: an update is confirmed to Telegram only when it is stored."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot

from bot.channels.telegram.entry import poll, register_commands, set_webhook
from bot.ports import OutgoingButton
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Door, FailingStore, Pauses, texts
from tests.support.clock import START, MovedClock
from tests.telegram_server.server import TelegramServer


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@asynccontextmanager
async def polling(
    bot: Bot, store: MemoryStore, clock: MovedClock, pauses: Pauses
) -> AsyncIterator[asyncio.Event]:
    """Polls for the time of the block; the event is set when something was stored."""
    stored = asyncio.Event()
    task = asyncio.create_task(poll(bot, Door(store, stored).arrive, clock, pause=pauses))
    yield stored
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_what_is_written_waits_in_the_inbox_as_it_came(
    bot: Bot, telegram: TelegramServer, store: MemoryStore, clock: MovedClock, pauses: Pauses
) -> None:
    person = telegram.person(1001)
    async with polling(bot, store, clock, pauses) as stored:
        await person.send("/start")
        await stored.wait()
        await telegram.updates.confirmed()
    waiting = await store.oldest("telegram:1001")
    assert waiting is not None
    received = waiting.received
    assert (received.source, received.update_id, received.received_at) == (
        "telegram",
        "1000",
        START,
    )
    message = received.body["message"]
    assert isinstance(message, dict)
    assert message["text"] == "/start"
    assert message["from"] == {
        "id": 1001,
        "is_bot": False,
        "first_name": "A",
        "language_code": "en",
    }
    assert pauses == []


async def test_an_update_is_confirmed_only_after_it_was_stored(
    bot: Bot, telegram: TelegramServer, clock: MovedClock, capfd: pytest.CaptureFixture[str]
) -> None:
    pauses = Pauses()
    store = FailingStore(clock, failures=2)
    await telegram.person(1001).send("precious")
    async with polling(bot, store, clock, pauses) as stored:
        await stored.wait()
        offsets = [one.params.get("offset", "0") for one in telegram.called("getUpdates")]
        assert set(offsets) == {"0"}
        await telegram.updates.confirmed()
    assert [len(batch) for batch in store.batches] == [1, 1, 1]
    assert pauses == [1.0, 2.0]
    assert await texts(store) == ["precious"]
    said = "".join(capfd.readouterr())
    assert "updates.not_stored" in said
    assert "precious" not in said


async def test_a_batch_is_stored_at_once_and_in_order(
    bot: Bot, telegram: TelegramServer, clock: MovedClock, pauses: Pauses
) -> None:
    store = FailingStore(clock, failures=0)
    for number in range(5):
        await telegram.person(1001 + number % 2).send(str(number))
    async with polling(bot, store, clock, pauses) as stored:
        await stored.wait()
    assert [[one.conversation for one in batch] for batch in store.batches] == [
        ["telegram:1001", "telegram:1002", "telegram:1001", "telegram:1002", "telegram:1001"]
    ]


async def test_the_same_update_after_a_restart_changes_nothing(
    bot: Bot, telegram: TelegramServer, store: MemoryStore, clock: MovedClock, pauses: Pauses
) -> None:
    await telegram.person(1001).send("once")
    for _ in range(2):
        async with polling(bot, store, clock, pauses) as stored:
            await stored.wait()
            await telegram.updates.confirmed()
        await telegram.updates.repeat(1000)
    assert await texts(store) == ["once"]


async def test_what_nobody_can_answer_is_confirmed_and_not_kept(
    bot: Bot, telegram: TelegramServer, store: MemoryStore, clock: MovedClock, pauses: Pauses
) -> None:
    group = {"message_id": 1, "chat": {"id": -5, "type": "group"}, "text": "hello all"}
    await telegram.updates.push("message", group)
    await telegram.updates.push("a_kind_of_next_year", {"id": 1})
    async with polling(bot, store, clock, pauses) as stored:
        await telegram.updates.confirmed()
    assert not stored.is_set()
    assert await store.waiting() == []


@pytest.mark.parametrize(
    ("kind", "pause"), [("500", 1.0), ("reset", 1.0), ("garbage", 1.0), ("lost", 1.0), ("429", 9.0)]
)
async def test_an_ill_telegram_is_asked_again_later(
    bot: Bot, telegram: TelegramServer, clock: MovedClock, kind: str, pause: float
) -> None:
    store, pauses = MemoryStore(clock), Pauses()
    telegram.fail("getUpdates", kind, retry_after=9)
    await telegram.person(1001).send("still there")
    async with polling(bot, store, clock, pauses) as stored:
        await stored.wait()
    assert await texts(store) == ["still there"]
    assert pauses == [pause]


async def test_the_pauses_grow_up_to_a_minute(
    bot: Bot, telegram: TelegramServer, store: MemoryStore, clock: MovedClock, pauses: Pauses
) -> None:
    telegram.fail("getUpdates", "500", times=8)
    await telegram.person(1001).send("at last")
    async with polling(bot, store, clock, pauses) as stored:
        await stored.wait()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]


async def test_two_that_poll_with_one_token_take_turns_and_lose_nothing(
    bot: Bot, telegram: TelegramServer, store: MemoryStore, clock: MovedClock, pauses: Pauses
) -> None:
    async with polling(bot, store, clock, pauses), polling(bot, store, clock, pauses):
        await pauses.first.wait()
        await telegram.person(1001).send("to either")
        await telegram.updates.confirmed()
    assert 409 in [one.status for one in telegram.called("getUpdates")]
    assert await texts(store) == ["to either"]


async def test_polling_takes_the_webhook_away_first(
    bot: Bot, telegram: TelegramServer, store: MemoryStore, clock: MovedClock, pauses: Pauses
) -> None:
    await set_webhook(bot, f"{telegram.url}/nowhere", "secret")
    async with polling(bot, store, clock, pauses) as stored:
        await telegram.person(1001).send("hello")
        await stored.wait()
    assert telegram.updates.webhook is None
    kinds = telegram.called("getUpdates")[0].params["allowed_updates"]
    assert kinds == '["message", "edited_message", "callback_query", "my_chat_member"]'


async def test_commands_are_named_for_each_language_telegram_knows(
    bot: Bot, telegram: TelegramServer, pauses: Pauses
) -> None:
    telegram.fail("setMyCommands", "429", retry_after=2)
    words = {"en": "Begin", "bn": "শুরু", "syl": "শুরু", "so": ""}
    commands = {one: [OutgoingButton(label, "start")] for one, label in words.items()}
    await register_commands(bot, commands, pause=pauses)
    assert telegram.methods.commands == {
        ("default", ""): {"start": "Begin"},
        ("default", "en"): {"start": "Begin"},
        ("default", "bn"): {"start": "শুরু"},
    }
    assert pauses == [2]
