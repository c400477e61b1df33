"""A running bot follows what coordinators release, wherever it shows words, in five seconds."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2

from bot.app import build
from common.contract.publication import HeardPhrase
from tests.support.bot_settings import bot_settings
from tests.support.released import PublishingApi, publication
from tests.telegram_server.person import Person
from tests.telegram_server.server import TelegramServer, serving

WITHIN = 5.0  # seconds: the promise to coordinators
NEW = publication(
    7,
    en={
        ("welcome", "what_this_is"): "Brand new words.",
        ("commands", "help"): "Brand new help",
        ("webchat", "heading"): "Brand new heading",
        ("webchat", "too_long"): "Brand new apology",
        ("webchat", "privacy"): "Brand new privacy",
        ("do", "back"): "<b>Broken",
    },
).model_copy(
    update={"phrases": (HeardPhrase(language="en", tier="urgent", text="the blue door is open"),)}
)


@asynccontextmanager
async def house(
    folder: Path, api: PublishingApi
) -> AsyncIterator[tuple[TelegramServer, httpx2.AsyncClient]]:
    """A bot at work on Telegram and the web, and a client of its addresses."""
    async with serving() as telegram:
        on_telegram = {"telegram_token": telegram.token, "telegram_api_url": telegram.url}
        settings = bot_settings(folder, **on_telegram)
        app = build(settings, transport=httpx2.MockTransport(api))
        async with app.router.lifespan_context(app):
            transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
            async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
                yield telegram, client


async def until_named(telegram: TelegramServer, words: str) -> None:
    """Wait until the bot has named its commands in these words."""
    called = asyncio.Event()

    def noted(method: str) -> str:
        if method == "setMyCommands":
            asyncio.get_running_loop().call_soon(called.set)
        return ""

    telegram.whims = noted
    while not any(words in str(one.params) for one in telegram.called("setMyCommands")):
        await called.wait()
        called.clear()


async def begun(telegram: TelegramServer) -> Person:
    """Somebody in the middle of a talk."""
    person = telegram.person(1001, language="en")
    await person.send("/start")
    await person.expect("Doorway")
    await until_named(telegram, "language_code")
    return person


async def test_a_talk_goes_on_in_the_new_words_within_five_seconds(tmp_path: Path) -> None:
    api = PublishingApi()
    async with house(tmp_path, api) as (telegram, client):
        person = await begun(telegram)
        async with asyncio.timeout(WITHIN):
            api.newest = NEW
            await until_named(telegram, "Brand new help")
        await person.press("language=en")
        await person.expect("Brand new words.")
        await person.send("the blue door is open")
        await person.expect("Samaritans")
        page = await client.get("/", headers={"Accept": "text/html"})
        assert "Brand new heading" in page.text
        assert "Brand new privacy" in (await client.get("/privacy")).text
        a_page = {"Accept": "text/html"}
        sorry = await client.post("/say", content=b"x" * 300_000, headers=a_page)
        assert "Brand new apology" in sorry.text
        figures = (await client.get("/metrics")).text
        assert 'bot_words_not_usable_total{language="en",why="markup"} 1.0' in figures
    assert telegram.unanswered == []


async def test_a_bot_that_starts_while_the_api_is_away_speaks_the_last_words(
    tmp_path: Path,
) -> None:
    async with house(tmp_path, PublishingApi(NEW)) as (telegram, _):
        async with asyncio.timeout(WITHIN):
            await until_named(telegram, "Brand new help")
    async with house(tmp_path, PublishingApi()) as (telegram, _):
        person = await begun(telegram)
        await person.press("language=en")
        await person.expect("Brand new words.")
