"""The webhook: answered 200 only when the update is stored."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import httpx2
import pytest
import uvicorn
from aiogram import Bot
from fastapi import FastAPI

from bot.channels.telegram import WEBHOOK_PATH
from bot.channels.telegram.entry import set_webhook, webhook_router
from bot.ports import SendError
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Door, FailingStore, Pauses, texts
from tests.support.clock import MovedClock
from tests.telegram_server.server import TelegramServer

SECRET = "a-secret_1"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = {
    "update_id": 1000,
    "message": {"message_id": 1, "chat": {"id": 1001, "type": "private"}, "text": "hello"},
}


def application(store: MemoryStore, clock: MovedClock, stored: asyncio.Event) -> FastAPI:
    app = FastAPI()
    app.include_router(webhook_router(SECRET, Door(store, stored).arrive, clock))
    return app


@pytest.fixture
def stored() -> asyncio.Event:
    return asyncio.Event()


@pytest.fixture
def failing(clock: MovedClock) -> FailingStore:
    return FailingStore(clock)


@pytest.fixture
async def client(
    store: MemoryStore, clock: MovedClock, stored: asyncio.Event
) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(application(store, clock, stored))
    async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
        yield client


async def post(client: httpx2.AsyncClient, body: bytes, secret: str = SECRET) -> httpx2.Response:
    return await client.post(WEBHOOK_PATH, content=body, headers={HEADER: secret})


async def test_an_update_is_stored_and_taken(
    client: httpx2.AsyncClient, store: MemoryStore, stored: asyncio.Event
) -> None:
    answer = await post(client, json.dumps(UPDATE).encode())
    assert (answer.status_code, answer.content) == (200, b"")
    assert await texts(store) == ["hello"]
    assert stored.is_set()


@pytest.mark.parametrize("secret", ["", "wrong", SECRET + "x", "é"])
async def test_nobody_else_can_speak_for_telegram(
    client: httpx2.AsyncClient, store: MemoryStore, secret: str
) -> None:
    headers = {HEADER.encode(): secret.encode()} if secret else {}
    answer = await client.post(WEBHOOK_PATH, json=UPDATE, headers=headers)
    assert answer.status_code == 401
    assert await store.waiting() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"\xff\xfe", 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 1' + b" " * 300_000 + b"}", 413),
        (b"{}", 200),
        (b'{"update_id": 1, "a_kind_of_next_year": {}}', 200),
        (b'{"update_id": "x", "message": {"chat": {"id": 1, "type": "private"}}}', 200),
    ],
)
async def test_what_is_no_update_for_us_is_not_stored(
    client: httpx2.AsyncClient, store: MemoryStore, body: bytes, status: int
) -> None:
    assert (await post(client, body)).status_code == status
    assert await store.waiting() == []


def test_a_webhook_without_a_secret_is_refused(store: MemoryStore, clock: MovedClock) -> None:
    with pytest.raises(ValueError, match="secret"):
        webhook_router("", store.receive, clock)


@pytest.fixture
async def address(
    failing: FailingStore, clock: MovedClock, stored: asyncio.Event
) -> AsyncIterator[str]:
    """A bot's web server on loopback."""
    listening = socket.create_server(("127.0.0.1", 0))
    app = application(failing, clock, stored)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, lifespan="off"))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    yield f"http://127.0.0.1:{listening.getsockname()[1]}{WEBHOOK_PATH}"
    server.should_exit = True
    await task


async def test_telegram_posts_again_what_could_not_be_stored(
    bot: Bot, telegram: TelegramServer, address: str, failing: FailingStore, stored: asyncio.Event
) -> None:
    failing.failures = 2
    await set_webhook(bot, address, SECRET)
    await telegram.person(1001).send("precious")
    await stored.wait()
    await telegram.updates.confirmed()
    assert telegram.updates.webhook is not None
    assert telegram.updates.webhook.statuses == [500, 500, 200]
    assert await texts(failing) == ["precious"]


async def test_an_update_that_comes_twice_changes_nothing(
    bot: Bot, telegram: TelegramServer, address: str, failing: FailingStore
) -> None:
    telegram.fail("webhook", "lost")
    await set_webhook(bot, address, SECRET)
    await telegram.person(1001).send("once")
    await telegram.updates.confirmed()
    assert [len(batch) for batch in failing.batches] == [1, 1]
    assert await texts(failing) == ["once"]


async def test_an_address_telegram_refuses_is_told_at_the_start(bot: Bot) -> None:
    with pytest.raises(SendError, match="refused"):
        await set_webhook(bot, "nowhere", SECRET)


async def test_telegram_is_given_the_wanted_kinds_when_it_is_there_again(
    bot: Bot, telegram: TelegramServer
) -> None:
    pauses = Pauses()
    telegram.fail("setWebhook", "reset", times=2)
    await set_webhook(bot, "http://127.0.0.1:9/x", SECRET, pause=pauses)
    assert pauses == [1, 2]
    (call,) = telegram.called("setWebhook")
    params = call.params
    assert params["secret_token"] == SECRET
    assert json.loads(params["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]
