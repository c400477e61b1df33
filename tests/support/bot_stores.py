"""Both stores of the bot behind one face, for the tests that each of them must pass."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.ports import Store
from bot.storage.memory import MemoryStore
from bot.storage.sql import SqlStore
from bot.storage.tables import JOBS, KEYS, BotTable
from common.runtime.database import open_database
from common.runtime.jobs import Job
from common.runtime.keytable import unlocked
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.vault import Vault


class PurgingStore(Store, Protocol):
    """A store with its housekeeping."""

    async def purge(self, before: datetime) -> int:
        """Drop what is old."""
        ...


class House(Protocol):
    """A store, what its turns asked for, and how it is closed and opened again."""

    store: PurgingStore

    async def asked_for(self) -> list[str]:
        """The kinds of the jobs that wait, in order; they are done by being looked at."""
        ...

    async def restart(self) -> None:
        """The process ends, and another begins."""
        ...

    async def close(self) -> None:
        """The end."""
        ...


class MemoryHouse:
    """The store in memory; to restart it is to go on."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._memory = MemoryStore(clock)
        self.store: PurgingStore = self._memory

    async def asked_for(self) -> list[str]:
        """The kinds of the jobs."""
        kinds = [job.kind for job in self._memory.jobs]
        self._memory.jobs.clear()
        return kinds

    async def restart(self) -> None:
        """Nothing is kept apart from the process."""

    async def close(self) -> None:
        """Nothing to close."""


@dataclass
class SqlHouse:
    """The store in a database."""

    url: str
    clock: Callable[[], datetime]
    key: str = field(default_factory=lambda: Vault.new_key("k1"))

    def __post_init__(self) -> None:
        self._open()

    def _open(self) -> None:
        self._database = open_database(self.url)
        self._database.create(BotTable.metadata)
        vault = unlocked(self._database, KEYS, Vault.parse(self.key))
        self._dispatcher = SqlDispatcher(self._database, JOBS, vault, self.clock)
        self.store: PurgingStore = SqlStore(self._database, self._dispatcher, vault, self.clock)

    async def asked_for(self) -> list[str]:
        """The kinds of the jobs, worked by a handler that only notes them."""
        kinds: list[str] = []

        async def note(job: Job) -> None:
            kinds.append(job.kind)

        await self._dispatcher.work_due({"send": note, "deliver": note})
        return kinds

    async def restart(self) -> None:
        """Close it and open it anew."""
        await self._database.close()
        self._open()

    async def close(self) -> None:
        """Let it go."""
        await self._database.close()
