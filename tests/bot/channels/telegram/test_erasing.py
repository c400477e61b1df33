"""Erasing a chat: what Telegram lets go of goes, and the rest is forgotten."""

from bot.ports import Outgoing, SentMessage
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Sending
from tests.support.clock import MovedClock
from tests.telegram_server.person import Person
from tests.telegram_server.server import TelegramServer

CHAT = "telegram:1001"


async def test_erasing_removes_what_is_young_enough_and_forgets_the_rest(
    sender: Sending,
    person: Person,
    store: MemoryStore,
    telegram: TelegramServer,
    clock: MovedClock,
) -> None:
    await sender.send(CHAT, Outgoing("say", "long ago"))
    clock.move(hours=48)
    for number in range(120):
        await sender.send(CHAT, Outgoing("say", f"lately {number}"))
    own = await person.send("my secret")
    await store.sent(CHAT, SentMessage(str(own.id), clock()))
    await sender.send(CHAT, Outgoing("erase"))
    assert [one.text for one in person.history] == ["hello", "long ago"]
    assert await store.messages(CHAT) == []
    assert len(telegram.called("deleteMessages")) == 2


async def test_one_message_that_stays_does_not_keep_the_others(
    sender: Sending, person: Person, store: MemoryStore
) -> None:
    await sender.send(CHAT, Outgoing("say", "one"))
    await sender.send(CHAT, Outgoing("say", "two"))
    one, _ = await person.wait_for(2)
    one.at -= 3 * 24 * 3600
    await sender.send(CHAT, Outgoing("erase"))
    assert [one.text for one in person.history] == ["hello", "one"]
    assert await store.messages(CHAT) == []


async def test_erasing_nothing_calls_nobody(
    sender: Sending, person: Person, telegram: TelegramServer
) -> None:
    await sender.send(CHAT, Outgoing("erase"))
    assert telegram.calls == []
    assert person.history
