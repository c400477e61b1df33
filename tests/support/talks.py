"""The talks in a store, with the store beside them, and the lines that tests put there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels.webchat.site import Site
from bot.dialogue.session import Session
from bot.ports import Outgoing, OutgoingButton, Received, TurnResult
from bot.storage.sql import SqlStore
from bot.storage.tables import JOBS, KEYS, BotTable
from bot.storage.talks import SqlTalks
from bot.talks import Line, Talk, Talks
from common.runtime.database import open_database
from common.runtime.jobs import JobRequest
from common.runtime.keytable import unlocked
from common.runtime.pace import Pace
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.vault import Vault
from tests.support.clock import START, MovedClock
from tests.support.voices import NoVoices
from tests.support.world import translator

ALICE, BOB = "webchat:alice", "webchat:bob"
ROWS = ((OutgoingButton("Yes", "welcome=yes"), OutgoingButton("No", "welcome=no")),)


@dataclass
class TalkPlace:
    """The talks with the store beside them, in one database."""

    url: str
    clock: MovedClock = field(default_factory=MovedClock)
    key: str = field(default_factory=lambda: Vault.new_key("k1"))

    def open(self) -> None:
        """Begin, as a process does."""
        self.database = open_database(self.url)
        self.database.create(BotTable.metadata)
        vault = unlocked(self.database, KEYS, Vault.parse(self.key))
        self.dispatcher = SqlDispatcher(self.database, JOBS, vault, self.clock)
        self.talks = SqlTalks(self.database, self.dispatcher, vault, self.clock)
        self.store = SqlStore(self.database, self.dispatcher, vault, self.clock)

    async def restart(self) -> None:
        """The process ends, and another begins."""
        await self.database.close()
        self.open()

    async def turn(self, *lanes: str) -> None:
        """Take Alice's next turn; it asks for one job in each of these lanes."""
        waiting = await self.store.oldest(ALICE)
        assert waiting is not None
        jobs = tuple(JobRequest("send", {}, lane=one) for one in lanes)
        await self.store.turn(waiting, lambda _: TurnResult(Session("s1"), jobs))


def asks(text: str) -> Outgoing:
    """A question with two buttons."""
    return Outgoing("say", html=text, rows=ROWS, question="welcome", language="en")


def tells(text: str) -> Outgoing:
    """A message that asks nothing."""
    return Outgoing("say", html=text, language="en")


def mine(name: str, text: str = "") -> tuple[list[Received], Line]:
    """What Alice has sent under this name, with her line."""
    body = {"text": text or name}
    return [Received("webchat", name, ALICE, body, START)], Line(name, text or name)


def shown(talk: Talk) -> list[str]:
    """What the lines say."""
    return [one.said.html if one.said else one.text for one in talk.lines]


@asynccontextmanager
async def talk_place(url: str) -> AsyncIterator[TalkPlace]:
    """Open the store at this address; closed when left."""
    place = TalkPlace(url)
    place.open()
    try:
        yield place
    finally:
        await place.database.close()


def site(talks: Talks, public_url: str = "https://doorway.example", exit_url: str = "") -> Site:
    """What the pages stand on, with these talks and the real words."""
    return Site(
        talks=talks,
        wake=lambda _: None,
        clock=lambda: START,
        speech=translator(),
        first_words=lambda _hint, _start: (),
        voices=NoVoices(),
        public_url=public_url,
        numbers=(),
        keep=timedelta(days=7),
        exit_url=exit_url,
        pace=Pace(Vault.parse(Vault.new_key("k1")).fingerprint, lambda: START),
    )
