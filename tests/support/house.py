"""The whole house on loopback: both sides on real ports and files, Telegram and the post beside."""

import asyncio
import itertools
import logging
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr

from api import app as api_app
from api.settings import ApiSettings
from bot import app as bot_app
from bot.dialogue import session as dialogue
from bot.settings import BotSettings
from bot.storage.sql import SqlStore
from bot.storage.tables import JOBS, KEYS
from common.runtime import logs
from common.runtime.clock import system_clock
from common.runtime.database import open_database
from common.runtime.keytable import unlocked
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.vault import Vault
from tests.support.bot_settings import GIVEN, bot_settings
from tests.support.sides import PATIENCE, Side
from tests.support.smtp import PostOffice, open_office
from tests.support.staff_browser import APP
from tests.telegram_server.server import TelegramServer, serving

SECRET = "0123456789abcdef0123456789abcdef"
API_KEYS = Vault.new_key("k1")
TOKEN = GIVEN["intake_token"]


class HouseClock:
    """The real time, and as much later as a test has gone on: retries need not be sat out."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return system_clock() + self._ahead

    def move(self, **parts: float) -> None:
        """Go on by so many `seconds`, `minutes`, `hours` or `days`."""
        self._ahead += timedelta(**parts)


class Post(PostOffice):
    """A post office that can be waited for: `brought` are all letters, taken or not."""

    def __init__(self) -> None:
        super().__init__()
        self.brought: list[bytes] = []
        self._changed = asyncio.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 the server's own name
        """Take or refuse a letter, and say so to who waits."""
        reply = await super().handle_DATA(server, session, envelope)
        async with self._changed:
            self.brought.append(bytes(envelope.original_content or b""))
            self._changed.notify_all()
        return reply

    async def replied(self, count: int) -> None:
        """Wait until so many letters were brought, taken or not."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(self.brought) >= count)


@dataclass
class House:
    """All of it. Nothing is faked but Telegram and the post, and those speak real protocols."""

    folder: Path
    telegram: TelegramServer
    post: Post
    logs: "Logs"
    webhook: bool = False
    clock: HouseClock = field(default_factory=HouseClock)

    def __post_init__(self) -> None:
        self.api = Side(lambda: api_app.build(self._api_settings(), clock=self.clock))
        self.bot = Side(lambda: bot_app.build(self._bot_settings(), clock=self.clock))

    def rows(self, side: str, statement: str, **values: object) -> list[tuple[Any, ...]]:
        """Look or reach into the file of the `api` or the `bot`, past every rule."""
        with closing(sqlite3.connect(self.folder / f"{side}.sqlite3", timeout=5)) as file, file:
            return file.execute(statement, values).fetchall()

    def referrals(self) -> dict[str, bytes]:
        """All referrals the api has: what the person told, by reference."""
        vault = Vault.parse(API_KEYS)
        place = {"table": "referral", "column": "sealed"}
        found = self.rows("api", "SELECT reference, sealed FROM referral ORDER BY id")
        return {row[0]: vault.open(row[1], **place, row=row[0]) for row in found}

    def break_store(self) -> None:
        """Let the api's database refuse every new referral, in its last moment."""
        self.rows(
            "api",
            "CREATE TRIGGER broken AFTER INSERT ON referral_status_change "
            "BEGIN SELECT RAISE(ABORT, 'the disk is full'); END",
        )

    def mend_store(self) -> None:
        """Let it take them again."""
        self.rows("api", "DROP TRIGGER broken")

    async def put_off(self, side: str, kind: str) -> None:
        """Wait until a try at such a job has failed and the next one has its time."""
        given_back = (
            "SELECT id FROM job WHERE kind = :kind AND lease_token IS NULL "
            "AND done_at IS NULL AND dead_at IS NULL"
        )
        await until(lambda: bool(self.rows(side, given_back, kind=kind)))

    async def session(self, number: int) -> dialogue.Session | None:
        """The conversation as the closed bot has left it."""
        settings = self._bot_settings()
        database = open_database(settings.database_url)
        vault = unlocked(database, KEYS, settings.vault)
        dispatcher = SqlDispatcher(database, JOBS, vault, self.clock)
        try:
            store = SqlStore(database, dispatcher, vault, self.clock)
            return await store.session(f"telegram:{number}")
        finally:
            await database.close()

    def faults(self) -> list[str]:
        """What Telegram had to refuse or never saw answered."""
        # The long poll of a bot that has gone is told so, as Telegram does; nobody hears it.
        calls = [one for one in self.telegram.calls if one.method != "getUpdates"]
        refused = [f"{one.method}: {one.status}" for one in calls if one.status != 200]
        unknown = [f"{one} is no method" for one in self.telegram.unknown]
        return [*refused, *unknown, *(f"{one} unanswered" for one in self.telegram.unanswered)]

    def _api_settings(self) -> ApiSettings:
        return ApiSettings(
            database_url=f"sqlite:///{self.folder}/api.sqlite3",
            intake_tokens=SecretStr(TOKEN),
            encryption_keys=SecretStr(API_KEYS),
            smtp_url=SecretStr(self.post.url),
            public_url=self.api.url,
        )

    def _bot_settings(self) -> BotSettings:
        hook = {"telegram_webhook_url": self.bot.url, "telegram_webhook_secret": SECRET}
        return bot_settings(
            self.folder,
            database_url=f"sqlite:///{self.folder}/bot.sqlite3",
            intake_url=self.api.url,
            telegram_token=self.telegram.token,
            telegram_api_url=self.telegram.url,
            **(hook if self.webhook else {}),
        )


@dataclass
class Logs:
    """Everything the process has logged, in both renderings."""

    json: StringIO = field(default_factory=StringIO)
    console: StringIO = field(default_factory=StringIO)


@contextmanager
def captured_logs() -> Iterator[Logs]:
    """Log as a real start does, but into memory; as it was before when left."""
    root, captured, known = logging.getLogger(), Logs(), structlog.get_config()
    before, level = list(root.handlers), root.level
    logs.configure(json=True)
    root.handlers = []
    for stream, json in ((captured.json, True), (captured.console, False)):
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logs.formatter(json=json))
        root.addHandler(handler)
    try:
        yield captured
    finally:
        root.handlers, root.level = before, level
        structlog.configure(**known)


@asynccontextmanager
async def living(folder: Path, seeded: Path, *, webhook: bool = False) -> AsyncIterator[House]:
    """Open the house in this folder, with the api's file as `seeded`; closed when left."""
    shutil.copyfile(seeded, folder / "api.sqlite3")
    with captured_logs() as captured:
        async with serving() as telegram, open_office(Post()) as post:
            house = House(folder, telegram, post, captured, webhook)
            async with _open(house):
                yield house


@asynccontextmanager
async def _open(house: House) -> AsyncIterator[None]:
    try:
        await house.api.open()
        await house.bot.open()
        yield
    finally:
        await house.bot.close()
        await house.api.close()


def seed(folder: Path, password: str) -> Path:
    """An api's file with practices, postcodes and demonstration staff: this password, and `APP`."""
    url = f"sqlite:///{folder}/seeded.sqlite3"
    settings = ApiSettings(
        database_url=url,
        intake_tokens=SecretStr(TOKEN),
        encryption_keys=SecretStr(API_KEYS),
        demo_totp_secret=SecretStr(APP),
    )
    asyncio.run(api_app.fill(settings, password))
    return folder / "seeded.sqlite3"


async def until(seen: Callable[[], bool]) -> None:
    """Let the others work until this is so; for what nothing can be asked to tell."""
    async with asyncio.timeout(PATIENCE):
        for _ in itertools.count():
            if seen():
                return
            await asyncio.sleep(0)
