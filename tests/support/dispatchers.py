"""A dispatcher on a store of either kind, with what its tests need around it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import MetaData

from common.runtime.database import Database, open_database
from common.runtime.jobs import Job, JobRequest
from common.runtime.sqljobs import SqlDispatcher, job_table
from common.runtime.vault import Vault
from tests.support.clock import MovedClock


@dataclass
class Bench:
    """A dispatcher with what the tests need around it; `again` makes a second worker."""

    database: Database
    clock: MovedClock
    again: Callable[..., SqlDispatcher]

    def __post_init__(self) -> None:
        self.dispatcher = self.again()
        self.seen: list[str] = []

    async def ask(self, *requests: JobRequest) -> None:
        await self.database.write(lambda c: self.dispatcher.enqueue(c, requests))

    async def note(self, job: Job) -> None:
        self.seen.append(str(job.payload["what"]))

    async def work(self, dispatcher: SqlDispatcher | None = None) -> int:
        return await (dispatcher or self.dispatcher).work_due({"note": self.note})


def note(what: str, *, lane: str = "", unique: str = "") -> JobRequest:
    return JobRequest("note", {"what": what}, lane=lane, unique=unique)


def bench_at(url: str) -> Bench:
    """A bench on the fresh store at this address."""
    database, metadata, clock = open_database(url), MetaData(), MovedClock()
    table, vault = job_table(metadata), Vault.parse(Vault.new_key("k1"))
    database.create(metadata)
    return Bench(database, clock, partial(SqlDispatcher, database, table, vault, clock))
