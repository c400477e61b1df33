"""Both sides on real ports and files, for their pages to be opened in a real browser."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx2
from pydantic import SecretStr
from structlog.testing import capture_logs

from api import app as api_app
from api.services import apps
from api.settings import ApiSettings
from bot import app as bot_app
from bot.settings import BotSettings
from common.runtime.clock import system_clock
from common.runtime.vault import Vault
from tests.support.bot_settings import GIVEN, bot_settings
from tests.support.sides import PATIENCE, Side
from tests.support.smtp import PostOffice, open_office
from tests.support.staff_browser import APP, FORGET_CODE, PASSWORD

API_KEYS = Vault.new_key("k1")
# A turn is stored together with its message's end: while that is refused, no answer comes.
_HOLD = """
CREATE TRIGGER held BEFORE UPDATE OF done_at ON inbox WHEN NEW.done_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the disk is full'); END
"""


class Place:
    """The api and the bot, with their files in `folder` and letters going to `post`."""

    def __init__(self, folder: Path, post: str) -> None:
        self._folder = folder
        self._post = post
        self.api = Side(lambda: api_app.build(self._api_settings()))
        self.bot = Side(lambda: bot_app.build(self._bot_settings()))
        self.url = self.bot.url

    async def open(self) -> None:
        """Serve, until a first message can be answered."""
        await self.api.open()
        await self.bot.open()
        async with asyncio.timeout(PATIENCE), self._client() as client:
            while (await client.get("/readyz")).is_error:
                continue

    async def close(self) -> None:
        """Serve no more."""
        await self.bot.close()
        await self.api.close()

    def code(self, email: str) -> str:
        """What somebody's app shows, as if they had not used it yet: tests are quicker than it."""
        with closing(sqlite3.connect(self._folder / "api.sqlite3", timeout=5)) as file, file:
            file.execute(FORGET_CODE, {"email": email})
        return apps.code_at(APP, system_clock())

    @asynccontextmanager
    async def holding_its_tongue(self) -> AsyncIterator[None]:
        """Everything that is said is kept, and nothing answered before this is left."""
        self._run(_HOLD)
        try:
            with capture_logs():  # each failure's full account takes longer than the test
                yield
        finally:
            self._run("DROP TRIGGER held")
            await self._somebody_else_speaks()  # at which all that waits is looked at again

    async def _somebody_else_speaks(self) -> None:
        async with self._client() as client:
            page = (await client.get("/")).text
            token = page.partition('name="token" value="')[2].partition('"')[0]
            answer = {"token": token, "start": "", "press": "language=en"}
            said = await client.post("/say", data=answer)
            assert said.status_code == 303

    def _client(self) -> httpx2.AsyncClient:
        headers = {"sec-fetch-site": "same-origin"}
        return httpx2.AsyncClient(base_url=self.url, headers=headers, trust_env=False)

    def _run(self, statement: str) -> None:
        with closing(sqlite3.connect(self._folder / "bot.sqlite3", timeout=5)) as file, file:
            file.execute(statement)

    def _api_settings(self) -> ApiSettings:
        return ApiSettings(
            database_url=f"sqlite:///{self._folder}/api.sqlite3",
            intake_tokens=SecretStr(GIVEN["intake_token"]),
            encryption_keys=SecretStr(API_KEYS),
            smtp_url=SecretStr(self._post),
            public_url=self.api.url,
            chat_url=self.bot.url,
            demo_password=SecretStr(PASSWORD),
            demo_totp_secret=SecretStr(APP),
        )

    def _bot_settings(self) -> BotSettings:
        return bot_settings(
            self._folder,
            database_url=f"sqlite:///{self._folder}/bot.sqlite3",
            intake_url=self.api.url,
            public_url=self.bot.url,
            telegram_token=None,
        )


@asynccontextmanager
async def open_place(folder: Path) -> AsyncIterator[Place]:
    """Both sides with new files in this folder; closed when left."""
    async with open_office(PostOffice()) as post:
        place = Place(folder, post.url)
        try:
            await place.open()
            yield place
        finally:
            await place.close()
