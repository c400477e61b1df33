"""Telegram for one test: the server, a bot on it, a store, and somebody who writes."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession

from bot.channels.telegram.client import make_bot
from bot.channels.telegram.outbound import TelegramSender
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Sending
from tests.support.clock import MovedClock
from tests.support.voices import NoVoices
from tests.telegram_server.person import Person
from tests.telegram_server.server import TelegramServer, serving


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
async def telegram(clock: MovedClock) -> AsyncIterator[TelegramServer]:
    async with serving() as server:
        server.methods.clock = lambda: clock().timestamp()
        yield server


@pytest.fixture
async def bot(telegram: TelegramServer) -> AsyncIterator[Bot]:
    bot = make_bot(telegram.token, telegram.url)
    yield bot
    assert isinstance(bot.session, AiohttpSession)
    # The session's own close waits a quarter of a second for TLS, which loopback has not.
    await (await bot.session.create_session()).close()


@pytest.fixture
def store(clock: MovedClock) -> MemoryStore:
    return MemoryStore(clock)


@pytest.fixture
def sender(bot: Bot, store: MemoryStore, clock: MovedClock) -> Sending:
    return Sending(TelegramSender(bot, clock, NoVoices()), store)


@pytest.fixture
async def person(telegram: TelegramServer) -> Person:
    """Somebody who has written already, so that the bot may answer."""
    person = telegram.person(1001)
    await person.send("hello")
    return person
