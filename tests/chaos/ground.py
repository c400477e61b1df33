"""Where a run takes place: folder, store, Telegram, post, proxies, and the processes themselves."""

import itertools
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from common.runtime.clock import system_clock
from common.runtime.vault import Vault
from tests.chaos.plan import Plan
from tests.chaos.post import MoodyOffice
from tests.chaos.processes import Process, free_port
from tests.chaos.proxy import Proxy, passing_on
from tests.chaos.stores import SIDES, Store, opened
from tests.chaos.weather import Weather
from tests.support.house import SECRET
from tests.support.smtp import open_office
from tests.telegram_server.server import TelegramServer, serving

TOKEN = "d1f0c2d3e4a5968778695a4b3c2d1e0f"
PASSWORD = "correct horse battery staple"
_WEBHOOK = "webhook"
_POLLING = "long polling"


@dataclass
class Ground:
    """All of it. Nothing is faked but Telegram and the post, and those speak real protocols."""

    plan: Plan
    folder: Path
    weather: Weather
    store: Store
    telegram: TelegramServer
    post: MoodyOffice
    bots: list[Process] = field(default_factory=list)
    apis: list[Process] = field(default_factory=list)
    keys: Mapping[str, str] = field(
        default_factory=lambda: {side: Vault.new_key("k1") for side in ("bot", "api")}
    )
    _starts: "itertools.count[int]" = field(default_factory=itertools.count)
    front: Proxy | None = None
    intake: Proxy | None = None

    def make_processes(self) -> None:
        """Plan as many of each side as the store can carry; none runs yet."""
        for number in range(1, self.store.copies + 1):
            bot, api = free_port(), free_port()
            self.bots.append(self._process("bot", number, bot))
            self.apis.append(self._process("api", number, api))

    def processes(self) -> Iterator[Process]:
        """All of them, those first that others need."""
        yield from self.apis
        yield from self.bots

    @property
    def front_url(self) -> str:
        """Where residents and Telegram find the bot."""
        assert self.front is not None
        return self.front.url

    async def forget_leases(self, side: str) -> None:
        """As if the time was up for which a killed process has taken its jobs."""
        await self.store.change(side, "UPDATE job SET leased_until = NULL, lease_token = NULL")

    async def hurry(self) -> None:
        """As if the minutes were up after which what has failed is tried again."""
        now = system_clock()
        for side in SIDES:
            await self.store.change(
                side,
                f"UPDATE job SET due_at = '{now:%Y-%m-%d %H:%M:%S}'"
                f" WHERE due_at < '{now + timedelta(minutes=10):%Y-%m-%d %H:%M:%S}'",
            )

    def _process(self, side: str, number: int, port: int) -> Process:
        settings = {"bot": self._bot_settings, "api": self._api_settings}[side]
        name = f"{side}{number}"
        return Process(name, side, port, self.folder, lambda: settings(name, port))

    def _bot_settings(self, name: str, port: int) -> Mapping[str, str]:
        assert self.intake is not None
        settings = {
            "BOT_DATABASE_URL": self.store.url("bot"),
            "BOT_DIRECTORY_FILE": str(self.folder / f"{name}.json"),
            "BOT_INTAKE_URL": self.intake.url,
            "BOT_INTAKE_TOKEN": TOKEN,
            "BOT_ENCRYPTION_KEYS": self.keys["bot"],
            "BOT_TELEGRAM_TOKEN": self.telegram.token,
            "BOT_TELEGRAM_API_URL": self.telegram.url,
            "BOT_WEBCHAT_PORT": str(port),
            "BOT_PUBLIC_URL": self.front_url,
            "BOT_DEMO": "true",
        }
        if self._way_of_updates() == _WEBHOOK:
            settings |= {
                "BOT_TELEGRAM_WEBHOOK_URL": self.front_url,
                "BOT_TELEGRAM_WEBHOOK_SECRET": SECRET,
            }
        return settings

    def _way_of_updates(self) -> str:
        """By webhook; one process alone changes to polling and back with each start."""
        polls = self.store.copies == 1 and next(self._starts) % 2
        way = _POLLING if polls else _WEBHOOK
        self.weather.note(f"starts of a bot with {way}")
        return way

    def _api_settings(self, _name: str, port: int) -> Mapping[str, str]:
        return {
            "API_DATABASE_URL": self.store.url("api"),
            "API_PORT": str(port),
            "API_INTAKE_TOKENS": TOKEN,
            "API_ENCRYPTION_KEYS": self.keys["api"],
            "API_SMTP_URL": self.post.url,
            "API_DEMO_PASSWORD": PASSWORD,
        }


@asynccontextmanager
async def prepared(plan: Plan, folder: Path) -> AsyncIterator[Ground]:
    """Everything up and running in this folder, in calm weather; gone when left."""
    weather = Weather(plan.seed)
    weather.calm.set()
    async with AsyncExitStack() as stack:
        store = stack.enter_context(opened(plan.store, folder))
        telegram = await stack.enter_async_context(serving())
        telegram.whims = weather.telegram
        post = await stack.enter_async_context(open_office(MoodyOffice(weather)))
        ground = Ground(plan, folder, weather, store, telegram, post)
        ground.make_processes()
        bots, apis = [one.url for one in ground.bots], [one.url for one in ground.apis]
        ground.front = await stack.enter_async_context(passing_on(weather, weather.front, bots))
        ground.intake = await stack.enter_async_context(passing_on(weather, weather.intake, apis))
        for process in ground.processes():
            stack.push_async_callback(process.stop)
            await process.start()
        yield ground
