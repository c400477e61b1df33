"""The one place that picks real things and puts the bot together."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
from fastapi import FastAPI

from bot.clips import ClipShelf
from bot.conversation import Conversations
from bot.delivery import Delivery
from bot.dialogue import engine
from bot.dialogue.inbound import Inbound
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.dialogue.world import World
from bot.directory import DirectorySource
from bot.intake import HttpIntake, make_client
from bot.lobby import Lobby
from bot.metrics import BotMetrics
from bot.pages import add_assets, add_health, add_metrics, add_privacy, add_way_back, too_large
from bot.ports import Reader, Sender
from bot.preview.entry import Ground, Previews
from bot.publication import PublicationSource
from bot.settings import BotSettings
from bot.storage.sql import SqlStore
from bot.storage.tables import JOBS, KEYS, MIGRATIONS
from bot.storage.talks import SqlTalks
from bot.switchboard import Channel, House, Work, open_channels, web_site
from bot.turns import Turns
from bot.vocabulary import Numbers, Shipped, Vocabulary
from common.contract.directory import Borough, Directory
from common.runtime import logs
from common.runtime.clock import Clock, system_clock
from common.runtime.database import open_database
from common.runtime.health import Missing, Ready, readiness
from common.runtime.jobfigures import KindOfJob, figures, oldest_due
from common.runtime.jobs import Job, Periodic
from common.runtime.keytable import unlocked
from common.runtime.metrics import CountRequests, Metrics
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.web import BodyLimit, keep_to_itself

LOCALES = Path(__file__).parent.parent / "locales"
PURGE = Periodic("purge", timedelta(hours=1))
KEEP_DONE = timedelta(days=8)  # a day more than the longest draft, whose buttons may have to go
NOWHERE = Directory(version="", practices=(), borough=Borough(inside={}))

log = logs.get(__name__)


class Bot:
    """Everything but the channels, which are plugged into it."""

    def __init__(
        self,
        settings: BotSettings,
        *,
        clock: Clock = system_clock,
        transport: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self.settings = settings
        self.clock = clock
        self.database = open_database(settings.database_url)
        MIGRATIONS.upgrade(self.database)
        vault = unlocked(self.database, KEYS, settings.vault)
        self.dispatcher = SqlDispatcher(self.database, JOBS, vault, clock)
        self.store = SqlStore(self.database, self.dispatcher, vault, clock)
        self.talks = SqlTalks(self.database, self.dispatcher, vault, clock)
        self.metrics = Metrics("bot", clock)
        self.watch = BotMetrics(self.metrics)
        self.vocabulary = Vocabulary(
            Shipped.load(LOCALES),
            clock,
            lacking=self.watch.said_in_english,
            unusable=self.watch.not_usable,
        )
        self._client = make_client(settings.intake_url, settings.token, transport)
        self.directory = DirectorySource(self._client, settings.directory_file, clock=clock)
        self.directory.read_kept()
        self.publication = PublicationSource(
            self._client, settings.publication_file, self.vocabulary.take
        )
        self.publication.read_kept()
        self.clips = ClipShelf(
            self._client, settings.clip_folder, lambda: self.vocabulary.publication.clips
        )
        self._senders: dict[str, Sender] = {}
        self._readers: dict[str, Reader] = {}
        self.conversations = self._conversations()
        intake, wake = HttpIntake(self._client), self.conversations.wake
        self.delivery = Delivery(self.store, self._senders, intake, clock, wake, watch=self.watch)
        self.lobby = Lobby(self.vocabulary, self._world, clock)

    def _conversations(self) -> Conversations:
        turns = Turns(
            store=self.store,
            listener=self.vocabulary,
            renderer=self.vocabulary,
            advance=self._advance,
            readers=self._readers,
            clock=self.clock,
            watch=self.watch,
        )
        return Conversations(self.store, turns)

    def plug(self, name: str, sender: Sender, reader: Reader) -> None:
        """Let the conversations of a channel be read and answered."""
        self._senders[name] = sender
        self._readers[name] = reader

    def open_channels(self) -> tuple[Channel, ...]:
        """Open and plug in every channel that has what it needs."""
        channels = open_channels(self._house())
        for channel in channels:
            self.plug(channel.name, channel.sender, channel.reader)
        return channels

    def previews(self) -> Previews:
        """The web chat in words that are not out, for coordinators' pages."""
        site = web_site(self._house())
        shipped, world = self.vocabulary.shipped, self._world
        return Previews(Ground(self._client, site, shipped, world, self.vocabulary))

    def works(self) -> tuple[Work, ...]:
        """What runs for as long as the bot does."""
        fetching = (self.directory.run, self.publication.run, self.clips.run)
        return (*fetching, self._converse, self._work_jobs)

    async def jobs(self) -> Sequence[KindOfJob]:
        """The jobs that are not done, by kind."""
        now = self.clock()
        return await self.database.read(lambda connection: figures(connection, JOBS, now))

    async def readiness(self, tasks: Sequence["asyncio.Task[None]"]) -> Ready:
        """What keeps the bot from working; a failed task comes back with a restart only."""
        try:
            oldest = oldest_due(await self.jobs())
        except Exception:
            log.exception("bot.not_ready")
            return readiness("database")
        missing: Missing = "" if self.directory.ready else "directory"
        if any(task.done() and (task.cancelled() or task.exception()) for task in tasks):
            missing = "restart"
        known, since = self.directory, self.directory.confirmed_at
        return readiness(
            missing,
            oldest_due=oldest,
            directory_version=known.current().version if known.ready else "",
            directory_age=int((self.clock() - since).total_seconds()) if since else None,
        )

    async def close(self) -> None:
        """Let go of the database and the api."""
        await self._client.aclose()
        await self.database.close()

    def _house(self) -> House:
        return House(
            settings=self.settings,
            store=self.store,
            arrive=self.conversations.arrive,
            talks=self.talks,
            wake=self.conversations.wake,
            clock=self.clock,
            speech=self.vocabulary,
            voices=self.clips,
            next_words=self.vocabulary.next_change,
            first_words=self.lobby.first_words,
            numbers=Numbers(self.vocabulary, self.settings.service.phone),
            watch=self.watch,
            shared=self.database.shared,
        )

    def _world(self) -> World:
        return World(
            self.directory.current() if self.directory.ready else NOWHERE,
            self.vocabulary.translator,
            self.settings.service,
            self.vocabulary.helplines,
            remind_after=timedelta(days=self.settings.remind_after_days),
            expire_after=timedelta(days=self.settings.expire_after_days),
            names=self.vocabulary.helpline_names,
            voices=self.vocabulary.voices,
        )

    def _advance(self, session: Session, inbound: Inbound, now: datetime) -> Turn:
        return engine.advance(session, inbound, now, self._world())

    async def _converse(self) -> None:
        if not self.directory.ready:
            log.warning("directory.awaited")  # what arrives meanwhile is kept
        await self.directory.wait()
        await self.conversations.run()

    async def _work_jobs(self) -> None:
        handlers = {**self.delivery.handlers(), PURGE.kind: self._purge}
        await self.dispatcher.run(handlers, (PURGE,))

    async def _purge(self, _: Job) -> None:
        await self.store.purge(self.clock() - KEEP_DONE)


def build(
    settings: BotSettings,
    *,
    clock: Clock = system_clock,
    transport: httpx2.AsyncBaseTransport | None = None,
) -> FastAPI:
    """The bot as one web application; all its work lives and dies with it.

    `transport` stands in for the network between here and the api.

    Raises:
        DatabaseError: the database cannot be opened.
    """
    bot = Bot(settings, clock=clock, transport=transport)
    channels = bot.open_channels()
    tasks: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        works = [*bot.works(), *(work for channel in channels for work in channel.works)]
        tasks.extend(asyncio.ensure_future(_logged(work)) for work in works)
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for channel in channels:
                await channel.close()
            await bot.close()

    app = FastAPI(title="Doorway bot", lifespan=lifespan, openapi_url=None)
    for router in (bot.previews().router(), *(one.router for one in channels)):
        if router is not None:
            app.include_router(router)
    add_health(app, lambda: bot.readiness(tasks))
    _furnish(app, bot)
    return app


def _furnish(app: FastAPI, bot: Bot) -> None:
    """What the bot answers besides its channels, and what stands around all of it."""
    settings = bot.settings
    add_assets(app)
    add_metrics(app, bot.metrics, settings.metrics_token_value, bot.jobs)
    add_way_back(app, bot.vocabulary)
    add_privacy(app, bot.lobby, bot.vocabulary)
    app.add_middleware(BodyLimit, refusal=too_large(bot.vocabulary))
    keep_to_itself(app, https=settings.https)
    app.add_middleware(CountRequests, metrics=bot.metrics)


async def _logged(work: Work) -> None:
    try:
        await work()
    except Exception:
        log.exception("work.ended")  # /readyz says so too
        raise
