"""What is particular to jobs as rows of SQLite: sealed payloads, and what is left of them."""

import json

from sqlalchemy import MetaData, Row, select, update

from common.runtime.database import Database, open_database
from common.runtime.jobs import Job, JobRequest
from common.runtime.sqljobs import SqlDispatcher, job_table
from common.runtime.vault import Vault
from tests.support.clock import MovedClock

METADATA = MetaData()
JOBS = job_table(METADATA)
KEY = Vault.new_key("k1")


async def nothing(_: Job) -> None:
    """A handler with nothing to do."""


async def rows(database: Database) -> list[Row[tuple[object, ...]]]:
    return await database.read(lambda c: list(c.execute(select(JOBS))))


async def test_a_payload_is_sealed_while_it_waits_and_erased_when_it_is_done() -> None:
    database, clock = open_database("sqlite://"), MovedClock()
    database.create(METADATA)
    dispatcher = SqlDispatcher(database, JOBS, Vault.parse(KEY), clock)
    request = JobRequest("note", {"what": "private"})
    await database.write(lambda c: dispatcher.enqueue(c, [request]))
    (waiting,) = await rows(database)
    assert b"private" not in waiting.payload
    await dispatcher.work_due({"note": nothing})
    (done,) = await rows(database)
    assert done.payload is None
    assert done.done_at == clock()
    await database.close()


async def test_a_payload_that_does_not_open_fails_alone() -> None:
    database, clock = open_database("sqlite://"), MovedClock()
    database.create(METADATA)
    dispatcher = SqlDispatcher(database, JOBS, Vault.parse(KEY), clock)
    requests = [JobRequest("note", {"n": n}) for n in range(2)]
    await database.write(lambda c: dispatcher.enqueue(c, requests))
    sealed = json.dumps({"n": 0}).encode()
    damage = update(JOBS).where(JOBS.c.id == 1).values(payload=sealed)
    await database.write(lambda c: c.execute(damage).rowcount)
    assert await dispatcher.work_due({"note": nothing}) == 2
    first, second = await rows(database)
    assert (first.last_error, first.done_at, second.done_at) == ("SealError", None, clock())
    await database.close()
