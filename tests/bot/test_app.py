"""The bot put together: from a message on Telegram to the answer, with everything real between."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from bot.app import build
from bot.settings import BotSettings
from common.runtime.database import DatabaseError
from tests.support.bot_settings import bot_settings
from tests.support.world import world
from tests.telegram_server.server import serving

SECRET = "0123456789abcdef0123456789abcdef"
WEBHOOK = {"telegram_webhook_url": "https://bot.example", "telegram_webhook_secret": SECRET}


class Api:
    """The api's directory, once it is there."""

    def __init__(self, *, there: bool = True) -> None:
        self.there = there
        self.content = world().directory.model_dump_json().encode()
        self.asked = asyncio.Event()

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path != "/v1/directory":
            return httpx2.Response(404)  # nothing has been released
        self.asked.set()
        if not self.there:
            return httpx2.Response(503)
        return httpx2.Response(200, content=self.content)


@asynccontextmanager
async def running(settings: BotSettings, api: Api) -> AsyncIterator[httpx2.AsyncClient]:
    """The bot at work, and a client of its web addresses."""
    app: FastAPI = build(settings, transport=httpx2.MockTransport(api))
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
            yield client


async def until(seen: Callable[[], Awaitable[bool]]) -> None:
    """Let the others work until this is seen."""
    for _ in range(100_000):
        if await seen():
            return
        await asyncio.sleep(0)
    raise AssertionError("not seen")


async def test_a_message_on_telegram_is_answered(tmp_path: Path) -> None:
    async with serving() as telegram:
        on_telegram = {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        async with running(bot_settings(tmp_path, **on_telegram), Api()):
            person = telegram.person(1001, language="en")
            await person.send("/start")
            greeting = await person.expect("Doorway")
            assert greeting
            callback = await person.press("language=en")
            assert await person.answered(callback) == ""

            async def is_asked_next() -> bool:
                return "welcome=yes" in person.choices

            await until(is_asked_next)
        assert telegram.unanswered == []


async def test_what_arrives_before_there_is_a_directory_is_answered_after(tmp_path: Path) -> None:
    api = Api(there=False)
    async with serving() as telegram:
        on_telegram = {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        async with running(bot_settings(tmp_path, **on_telegram), api) as client:
            person = telegram.person(1001, language="en")
            await person.send("/start")
            await api.asked.wait()
            waiting = await client.get("/readyz")
            assert (waiting.status_code, waiting.json()["waits_for"]) == (503, "directory")
            api.there = True
            await person.expect("Doorway")
            assert (await client.get("/readyz")).status_code == 200


async def test_without_a_token_telegram_is_off(tmp_path: Path) -> None:
    async with running(bot_settings(tmp_path), Api()) as client:

        async def is_ready() -> bool:
            return (await client.get("/readyz")).status_code == 200

        await until(is_ready)
        assert (await client.get("/healthz")).json() == {"status": "alive"}
        assert (await client.post("/telegram/webhook")).status_code == 404


async def test_a_webhook_is_held_and_guarded(tmp_path: Path) -> None:
    async with serving() as telegram:
        on_telegram = {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        settings = bot_settings(tmp_path, **on_telegram, **WEBHOOK)
        async with running(settings, Api()) as client:

            async def is_set() -> bool:
                return bool(telegram.called("setWebhook"))

            await until(is_set)
            (call, *_) = telegram.called("setWebhook")
            assert call.params["url"] == "https://bot.example/telegram/webhook"
            refused = await client.post("/telegram/webhook", json={})
            assert refused.status_code == 401
            secret = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
            taken = await client.post("/telegram/webhook", json={"update_id": 1}, headers=secret)
            assert taken.status_code == 200


async def test_a_body_that_is_too_large_is_refused(tmp_path: Path) -> None:
    async with running(bot_settings(tmp_path), Api()) as client:
        assert (await client.post("/telegram/webhook", content=b"x" * 300_000)).status_code == 413


@pytest.mark.parametrize(("path", "language"), [("/privacy", "en"), ("/privacy/en", "en")])
async def test_the_privacy_page_names_who_is_responsible(
    tmp_path: Path, path: str, language: str
) -> None:
    async with running(bot_settings(tmp_path), Api()) as client:
        page = await client.get(path)
    assert page.status_code == 200
    assert f'lang="{language}' in page.text
    for fact in ("The Borough", "dpo@borough.gov.uk", "ico.org.uk", "9(2)(h)", "OS data"):
        assert fact in page.text
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]


async def test_there_is_no_privacy_page_in_a_language_without_words(tmp_path: Path) -> None:
    async with running(bot_settings(tmp_path), Api()) as client:
        assert (await client.get("/privacy/kw")).status_code == 404


async def test_two_bots_do_not_share_a_file(tmp_path: Path) -> None:
    settings = bot_settings(tmp_path, database_url=f"sqlite:///{tmp_path}/bot.sqlite3")
    async with running(settings, Api()):
        with pytest.raises(DatabaseError, match="Another process"):
            build(settings)
