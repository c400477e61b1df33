"""How the jobs stand: what waits, what is dead, and how long the oldest that is due has waited."""

from datetime import timedelta

from sqlalchemy import MetaData

from common.runtime.database import open_database
from common.runtime.jobfigures import KindOfJob, figures, oldest_due
from common.runtime.jobs import Job, JobRequest, PermanentError
from common.runtime.sqljobs import SqlDispatcher, job_table
from common.runtime.vault import Vault
from tests.support.clock import START, MovedClock


async def refuse(_: Job) -> None:
    raise PermanentError("never")


async def do(_: Job) -> None:
    """Done."""


async def test_what_waits_is_dead_or_done() -> None:
    metadata, clock, database = MetaData(), MovedClock(), open_database("sqlite://")
    table = job_table(metadata)
    database.create(metadata)
    jobs = SqlDispatcher(database, table, Vault.parse(Vault.new_key("k1")), clock)
    later = START + timedelta(hours=1)
    asked = [
        *(JobRequest(kind, {}) for kind in ("done", "dead", "due", "due")),
        *(JobRequest(kind, {}, due=later) for kind in ("due", "later")),
    ]
    await database.write(lambda c: jobs.enqueue(c, asked))
    await jobs.work_due({"done": do, "dead": refuse})
    clock.move(seconds=90)
    found = await database.read(lambda c: figures(c, table, clock()))
    await database.close()
    assert found == [
        KindOfJob("dead", 0, 1, 0),
        KindOfJob("due", 3, 0, 90),
        KindOfJob("later", 1, 0, 0),
    ]
    assert (oldest_due(found), oldest_due([])) == (90, 0)
