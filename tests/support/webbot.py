"""The bot with its web chat on a file, and an api in memory that takes what it is brought."""

import asyncio
import itertools
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx2

from bot.app import build
from bot.settings import BotSettings
from common.runtime.clock import Clock, system_clock
from tests.support.bot_settings import bot_settings
from tests.support.sides import PATIENCE, Side
from tests.support.webvisitor import Visitor
from tests.support.world import world

REFERENCE = "TH-7777-771"


@dataclass
class Intake:
    """Takes each referral once, by its key; hands out the directory."""

    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/v1/directory":
            return httpx2.Response(200, content=_directory())
        if request.url.path == "/v1/publications/current":
            return httpx2.Response(404)  # nothing has been released
        self.taken.setdefault(request.headers["idempotency-key"], json.loads(request.content))
        receipt = {"reference": REFERENCE, "status": "assigned", "contact_within_working_days": 5}
        return httpx2.Response(201, json=receipt)


@dataclass
class WebBot:
    """The running bot: `visitor()` is a browser of its own, `rows` looks into the file."""

    path: Path
    url: str
    transport: httpx2.ASGITransport | None
    intake: Intake
    browsers: list[httpx2.AsyncClient] = field(default_factory=list)

    def visitor(self, language: str = "en-GB,en;q=0.9") -> Visitor:
        """A fresh browser that prefers this language."""
        self.browsers.append(
            httpx2.AsyncClient(
                transport=self.transport,
                base_url=self.url,
                headers={"accept-language": language},
                timeout=PATIENCE,
                trust_env=False,
            )
        )
        return Visitor(self.browsers[-1])

    def rows(self, statement: str, **values: object) -> list[tuple[Any, ...]]:
        """Look into the file."""
        with closing(sqlite3.connect(self.path, timeout=5)) as file, file:
            return file.execute(statement, values).fetchall()

    async def done(self) -> None:
        """Wait until all that has arrived is answered, and no work waits but what time brings."""
        waiting = (
            "SELECT 1 FROM inbox WHERE done_at IS NULL UNION ALL "
            "SELECT 1 FROM job WHERE done_at IS NULL AND kind <> 'tick'"
        )
        async with asyncio.timeout(PATIENCE):
            for _ in itertools.count():
                if not self.rows(waiting):
                    return
                await asyncio.sleep(0)

    def on_disk(self) -> bytes:
        """Every byte of the database, with what it has not yet put into its file."""
        files = self.path.parent.glob(f"{self.path.name}*")
        return b"".join(one.read_bytes() for one in files)

    def count(self, *tables: str) -> list[int]:
        """How many rows each table has."""
        return [int(self.rows(f"SELECT count(*) FROM {one}")[0][0]) for one in tables]


def web_settings(folder: Path, **more: Any) -> BotSettings:  # noqa: ANN401 the fields' own types
    """Settings of a bot whose database is a file in this folder."""
    return bot_settings(folder, database_url=f"sqlite:///{folder}/bot.sqlite3", **more)


@asynccontextmanager
async def web_bot(
    folder: Path,
    intake: Intake | None = None,
    clock: Clock = system_clock,
    **more: Any,  # noqa: ANN401 the settings' own types
) -> AsyncIterator[WebBot]:
    """Open the bot in this folder; closed when left, and all browsers with it."""
    intake = intake or Intake()
    settings = web_settings(folder, **more)
    app = build(settings, clock=clock, transport=httpx2.MockTransport(intake))
    async with app.router.lifespan_context(app):
        bot = WebBot(folder / "bot.sqlite3", settings.public_url, httpx2.ASGITransport(app), intake)
        yield bot
        for one in bot.browsers:
            await one.aclose()


@asynccontextmanager
async def served_bot(folder: Path) -> AsyncIterator[tuple[WebBot, Side]]:
    """The same on a real port, as streams need it; it can be closed and opened again."""
    intake = Intake()
    settings = web_settings(folder)
    side = Side(lambda: build(settings, transport=httpx2.MockTransport(intake)))
    await side.open()
    bot = WebBot(folder / "bot.sqlite3", side.url, None, intake)
    try:
        yield bot, side
    finally:
        for one in bot.browsers:
            await one.aclose()
        await side.close()


@cache
def _directory() -> bytes:
    return world().directory.model_dump_json().encode()
