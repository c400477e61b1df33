"""Everything a person can do in the app, from the app to the dialogue's values and back."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiogram import Bot

from bot.channels.telegram.entry import poll
from bot.channels.telegram.inbound import read
from bot.dialogue.inbound import (
    Blocked,
    Command,
    Inbound,
    Media,
    MediaKind,
    Press,
    SharedContact,
    Text,
)
from bot.dialogue.session import Session
from bot.ports import Arrival, Outgoing, OutgoingButton, SentMessage, TurnResult
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Door, Sending
from tests.support.clock import MovedClock
from tests.telegram_server.person import Person
from tests.telegram_server.server import TelegramServer

CHAT = "telegram:1001"

Next = Callable[[], Awaitable[Arrival | None]]


@pytest.fixture
async def next_arrival(
    bot: Bot, telegram: TelegramServer, store: MemoryStore, clock: MovedClock
) -> AsyncIterator[Next]:
    """Takes the next turn as soon as there is one."""
    stored = asyncio.Event()
    task = asyncio.create_task(poll(bot, Door(store, stored).arrive, clock))

    async def arrival() -> Arrival | None:
        async with asyncio.timeout(10):
            await stored.wait()
            waiting = await store.oldest(CHAT)
            assert waiting is not None
            arrived = read(waiting.received.body)
            own = arrived.message if arrived else ""
            messages = (SentMessage(own, clock()),) if own else ()
            await store.turn(waiting, lambda _: TurnResult(Session("s1"), messages=messages))
            if not await store.waiting():
                stored.clear()
            return arrived

    yield arrival
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert telegram.unknown == []


async def said(arrival: Next) -> Inbound:
    arrived = await arrival()
    assert arrived is not None
    return arrived.inbound


async def test_what_a_person_does_arrives_as_it_was_meant(
    telegram: TelegramServer, next_arrival: Next
) -> None:
    person = telegram.person(1001, language="bn")
    message = await person.send("/start bn-F84122")
    arrived = await next_arrival()
    assert arrived == Arrival(Command("start", "bn-F84122"), "bn", message=str(message.id))
    await person.edit(message, "changed")
    assert await said(next_arrival) == Text("changed", edited=True)
    await person.send_media("voice", {"file_id": "x", "duration": 1}, caption="listen")
    assert await said(next_arrival) == Media(MediaKind.VOICE, "listen")
    await person.share_contact("07700900999", owner=5)
    assert await said(next_arrival) == SharedContact("07700900999", own=False)
    await person.block()
    assert await said(next_arrival) == Blocked()
    await person.unblock()
    assert await next_arrival() is None


async def test_a_question_is_answered_by_its_button_and_by_the_shared_number(
    telegram: TelegramServer, person: Person, sender: Sending, next_arrival: Next
) -> None:
    assert await said(next_arrival) == Text("hello")
    buttons = ((OutgoingButton("No phone", "phone=no_phone"),),)
    await sender.send(CHAT, Outgoing("say", "Which number?", buttons, "phone"))
    await sender.send(CHAT, Outgoing("ask_contact", "Or press:", label="Share"))
    question, _ = await person.wait_for(2)
    await person.share_contact()
    assert await said(next_arrival) == SharedContact("+447700900123")
    await sender.send(CHAT, Outgoing("close"))
    callback = await person.press("phone=no_phone", question)
    arrived = await next_arrival()
    shown = str(question.id)
    assert arrived == Arrival(Press("phone", "no_phone"), "en", callback=callback.id, pressed=shown)
    assert telegram.unanswered == [callback.id]
    await sender.send(CHAT, Outgoing("answer", callback=callback.id, label="Thank you"))
    assert await person.answered(callback) == "Thank you"


async def test_deleting_removes_both_sides(
    person: Person, sender: Sending, next_arrival: Next
) -> None:
    assert await said(next_arrival) == Text("hello")
    await sender.send(CHAT, Outgoing("say", "Hello to you."))
    await person.send("/delete")
    assert await said(next_arrival) == Command("delete")
    await sender.send(CHAT, Outgoing("erase"))
    assert person.history == []
