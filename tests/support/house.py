"""The whole house on loopback: both sides on real ports and files, Telegram and the post beside."""

import asyncio
import shutil
import socket
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, asynccontextmanager, closing, nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn
from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import app as api_app
from api.settings import ApiSettings
from bot import app as bot_app
from bot.dialogue import session as dialogue
from bot.storage.sql import SqlStore
from bot.storage.tables import JOBS
from common.runtime.clock import system_clock
from common.runtime.database import Database
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.vault import Vault
from tests.support.bot_settings import GIVEN, bot_settings
from tests.support.smtp import PostOffice, open_office
from tests.telegram_server.server import TelegramServer, serving

PATIENCE = 15.0
"""Seconds of real time after which something that is waited for in vain fails the test."""

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


class Door:
    """Stands before an application: notes what is asked and refused, and can lose answers.

    `asked` are method and address as they came, `refusals` the bodies of answers from 400 on,
    `lost` says how many more answers to an address never arrive although the work is done.
    """

    def __init__(self) -> None:
        self.app: ASGIApp
        self.asked: list[str] = []
        self.done: list[tuple[str, int]] = []
        self.refusals: list[bytes] = []
        self.lost: dict[str, int] = {}
        self._changed = asyncio.Condition()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.asked.append(f"{scope['method']} {scope['raw_path']!r}?{scope['query_string']!r}")
        answer: list[Message] = []

        async def keep(message: Message) -> None:
            answer.append(message)

        try:
            await self.app(scope, receive, keep)
        finally:
            await self._give(str(scope["path"]), answer, send)

    async def answered(self, path: str, *, times: int = 1) -> None:
        """Wait until so many requests for this address have been worked."""

        def enough() -> bool:
            return sum(one == path for one, _ in self.done) >= times

        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(enough)

    async def _give(self, path: str, answer: list[Message], send: Send) -> None:
        if self.lost.get(path):
            self.lost[path] -= 1
            # More is promised than comes: the server hangs up in the middle of it.
            promise = [(b"content-length", b"1000")]
            await send({"type": "http.response.start", "status": 200, "headers": promise})
        else:
            for message in answer:
                await send(message)
        status = next((one["status"] for one in answer if "status" in one), 0)
        if status >= 400:
            self.refusals.append(b"".join(one.get("body", b"") for one in answer))
        async with self._changed:
            self.done.append((path, status))
            self._changed.notify_all()


class Side:
    """One side of the house; it can be closed and opened again at the same address."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build
        self._socket: socket.socket | None = socket.create_server(("127.0.0.1", 0))
        self._port = self._socket.getsockname()[1]
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self.door = Door()
        self.url = f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Build it anew from what is on disk, and serve."""
        self.door.app = self._build()
        listening = self._socket or socket.create_server(("127.0.0.1", self._port))
        self._socket = None
        self._server = _Server(
            uvicorn.Config(
                self.door, log_config=None, access_log=False, server_header=False, ws="none"
            )
        )
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))
        async with asyncio.timeout(PATIENCE):
            await self._server.up.wait()

    async def close(self) -> None:
        """Stop as on SIGTERM; nothing listens at the address then."""
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task
        self._server = self._task = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class _Server(uvicorn.Server):
    """Says when it is up, and leaves the process's signals to the tests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # theirs is a generator
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()


class Post(PostOffice):
    """A post office that can be waited for; `replies` are what it said to each letter."""

    def __init__(self) -> None:
        super().__init__()
        self.replies: list[str] = []
        self._changed = asyncio.Condition()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 the server's own name
        """Take or refuse a letter, and say so to who waits."""
        reply = await super().handle_DATA(server, session, envelope)
        async with self._changed:
            self.replies.append(reply)
            self._changed.notify_all()
        return reply

    async def replied(self, count: int) -> None:
        """Wait until so many letters were brought, taken or not."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(lambda: len(self.replies) >= count)


@dataclass
class House:
    """All of it. Nothing is faked but Telegram and the post, and those speak real protocols."""

    folder: Path
    telegram: TelegramServer
    post: Post
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

    async def session(self, number: int) -> dialogue.Session | None:
        """The conversation as the closed bot has left it."""
        settings = self._bot_settings()
        database = Database.open(settings.database_url)
        dispatcher = SqlDispatcher(database, JOBS, settings.vault, self.clock)
        try:
            store = SqlStore(database, dispatcher, settings.vault, self.clock)
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

    def _bot_settings(self) -> bot_app.BotSettings:
        hook = {"telegram_webhook_url": self.bot.url, "telegram_webhook_secret": SECRET}
        return bot_settings(
            self.folder,
            database_url=f"sqlite:///{self.folder}/bot.sqlite3",
            intake_url=self.api.url,
            telegram_token=self.telegram.token,
            telegram_api_url=self.telegram.url,
            **(hook if self.webhook else {}),
        )


@asynccontextmanager
async def living(folder: Path, seeded: Path, *, webhook: bool = False) -> AsyncIterator[House]:
    """Open the house in this folder, with the api's file as `seeded`; closed when left."""
    shutil.copyfile(seeded, folder / "api.sqlite3")
    async with serving() as telegram, open_office(Post()) as post:
        house = House(folder, telegram, post, webhook)
        try:
            await house.api.open()
            await house.bot.open()
            yield house
        finally:
            await house.bot.close()
            await house.api.close()


def seed(folder: Path, password: str) -> Path:
    """An api's file with practices, postcodes and demonstration staff with this password."""
    url = f"sqlite:///{folder}/seeded.sqlite3"
    settings = ApiSettings(
        database_url=url, intake_tokens=SecretStr(TOKEN), encryption_keys=SecretStr(API_KEYS)
    )
    asyncio.run(api_app.fill(settings, password))
    return folder / "seeded.sqlite3"
