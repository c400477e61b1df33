"""The desk everything is done at: the store, the keys, the clock, the jobs, the directory."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from api.domain.keep import Keep
from api.domain.staff import ConversationAsker
from api.services.directory import DirectoryKeeper
from api.services.publications import PublicationKeeper
from api.services.together import Together
from common.runtime.clock import Clock
from common.runtime.database import Database
from common.runtime.jobs import Dispatcher
from common.runtime.vault import Vault

T = TypeVar("T")
LONDON = ZoneInfo("Europe/London")


class WakingDispatcher(Dispatcher, Protocol):
    """A dispatcher that can be told to look at once."""

    def wake(self) -> None:
        """Look for work now: something was committed."""
        ...


@dataclass(slots=True)
class StaffBot:
    """Our bot for staff, as far as others need to know of it; without a `name` nobody can write.

    `on`: there is one, and its name is known as soon as Telegram has been reached.
    """

    on: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a service works with. `contact_days` are working days, as promised to residents.

    At `filing` arrivals wait that are stored together. `interpreting_phone` is the interpreting
    service's number as it is to be read, empty when there is none. `chat_url` is where the bot's
    web chat is, for previews.
    """

    database: Database
    vault: Vault
    clock: Clock
    dispatcher: WakingDispatcher
    directory: DirectoryKeeper
    publications: PublicationKeeper
    contact_days: int
    public_url: str
    filing: Together[Any, Any]
    interpreting_phone: str = ""
    chat_url: str = ""
    random_below: Callable[[int], int] = secrets.randbelow
    staff_bot: StaffBot = field(default_factory=StaffBot)
    keep: Keep = field(default_factory=Keep)

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Do `work` in one transaction, then let the jobs it asked for begin."""
        result = await self.database.write(work)
        self.dispatcher.wake()
        return result

    def today(self) -> date:
        """The day in London: leave and birthdays go by it."""
        return self.clock().astimezone(LONDON).date()

    def conversation(self, conversation_id: str) -> ConversationAsker:
        """The asker behind a conversation's id; the id itself is never stored in the open."""
        return ConversationAsker(self.vault.fingerprint("conversation", conversation_id))
