"""The bot as it is shipped, with its inbox, store and loops, met only by what Telegram may do."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from benchmarks import world
from benchmarks.measure import Contender, Work
from benchmarks.script import Person, Turn, acts
from benchmarks.telegram import CHAT, TOKEN, Telegram
from bot.app import build
from bot.channels.telegram import WEBHOOK_PATH
from common.runtime import collector

QUIET = 0.1
"""Seconds in which what is still written after the last call comes to its end."""


class Shipped:
    """A running bot. People are new in every talk."""

    def __init__(self, app: FastAPI, telegram: Telegram, *, webhook: bool) -> None:
        self._app = app
        self._telegram = telegram
        self._webhook = webhook
        self._people = itertools.count(5_000_000_001)

    def prepared(self, talks: Sequence[Sequence[Turn]], at_once: int) -> list[list[Turn]]:
        """Waves of updates: so many new people do the same thing at the same time."""
        people = [next(self._people) for _ in range(at_once)]
        mine = [talks[place % len(talks)] for place in range(at_once)]
        waves = zip(*mine, strict=True)
        return [
            [turn.fresh(chat) for turn, chat in zip(wave, people, strict=True)] for wave in waves
        ]

    async def talk(self, waves: Sequence[Sequence[Turn]]) -> None:
        """Bring each wave when the one before has been answered whole."""
        for wave in waves:
            expected = self._telegram.calls + sum(len(turn.calls) for turn in wave)
            await self._bring([turn.update for turn in wave])
            await self._telegram.reached(expected)

    async def told(self, telegram: Telegram, language: str, *more: str) -> tuple[Turn, ...]:
        """Talk once with the bot, and write down updates and calls, later ones of a turn too."""
        person, turns = Person(language), list[Turn]()
        for did in acts(language, *more):
            seen = [call for turn in turns for call in turn.calls]
            update, telegram.recorded = person.update(did, seen), []
            await self._bring([Turn(update, ()).fresh(CHAT).update])
            await _settled(telegram)
            turns.append(Turn(update, tuple(telegram.recorded)))
        telegram.recorded = None
        return tuple(turns)

    async def _bring(self, updates: list[bytes]) -> None:
        if self._webhook:
            await asyncio.gather(*(self._posted(one) for one in updates))
        else:
            self._telegram.post(updates)

    async def _posted(self, update: bytes) -> None:
        statuses: list[int] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": update, "more_body": False}

        async def send(message: Any) -> None:  # noqa: ANN401 the protocol's messages
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        await self._app(_scope(len(update)), receive, send)
        if statuses != [200]:
            raise AssertionError(f"the webhook answered {statuses}")


def talking(bot: Shipped, talks: Sequence[Sequence[Turn]], at_once: int, people: int) -> Contender:
    """So many people in a round, so many of them at a time, who have these talks in turn."""

    def ready() -> Work:
        groups = [
            bot.prepared([*talks[first % len(talks) :], *talks[: first % len(talks)]], at_once)
            for first in range(0, people, at_once)
        ]

        async def work() -> int:
            for waves in groups:
                await bot.talk(waves)
            await asyncio.sleep(QUIET)
            return sum(len(wave) for waves in groups for wave in waves)

        return work

    return ready


@asynccontextmanager
async def running(
    folder: Path, telegram: Telegram, *, webhook: bool = False
) -> AsyncIterator[Shipped]:
    """The bot at work in this folder, fetching updates or, with `webhook`, being sent them."""
    hook = {
        "telegram_webhook_url": "https://doorway.example",
        "telegram_webhook_secret": world.SECRET,
    }
    settings = world.bot_settings(folder, telegram_token=TOKEN, **(hook if webhook else {}))
    app = build(settings, transport=world.intake())
    async with app.router.lifespan_context(app):
        await _settled(telegram)
        collector.settle()  # as its own command does
        yield Shipped(app, telegram, webhook=webhook)


async def _settled(telegram: Telegram) -> None:
    """Wait until the calls of the start are over."""
    calls = -1
    while calls != telegram.calls:
        calls = telegram.calls
        await asyncio.sleep(QUIET * 3)


def _scope(length: int) -> dict[str, Any]:
    headers = {
        "host": "doorway.example",
        "content-type": "application/json",
        "content-length": str(length),
        "x-telegram-bot-api-secret-token": world.SECRET,
    }
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "https",
        "path": WEBHOOK_PATH,
        "raw_path": WEBHOOK_PATH.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": ("127.0.0.1", 443),
        "server": ("doorway.example", 443),
    }
