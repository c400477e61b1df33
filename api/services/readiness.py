"""Whether the service can do its work at this moment, and how it stands."""

import asyncio
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from api.persistence import directory, figures
from api.services.desk import Desk
from common.runtime.health import Ready, readiness
from common.runtime.jobfigures import KindOfJob, oldest_due
from common.runtime.logs import get

log = get(__name__)


async def check(desk: Desk, worker: "asyncio.Task[None] | None") -> Ready:
    """Ask the database something small; `worker` is what works the jobs."""
    now = desk.clock()

    def ask(connection: Connection) -> tuple[bool, int]:
        return directory.has_practices(connection), oldest_due(figures.jobs(connection, now))

    try:
        has_practices, oldest = await desk.database.read(ask)
        if not has_practices:
            return readiness("directory", oldest_due=oldest)
        snapshot = await desk.directory.current()
    except Exception:
        log.warning("api.not_ready", exc_info=True)
        return readiness("database")
    return readiness(
        "jobs" if worker is None or worker.done() else "",
        oldest_due=oldest,
        directory_version=snapshot.directory.version,
        directory_age=int((now - snapshot.since).total_seconds()),
    )


async def counts(desk: Desk) -> tuple[Sequence[KindOfJob], Mapping[str, int]]:
    """The jobs by kind, and the referrals by where they stand."""
    now = desk.clock()

    def ask(connection: Connection) -> tuple[Sequence[KindOfJob], Mapping[str, int]]:
        return figures.jobs(connection, now), figures.referrals_by_status(connection)

    return await desk.database.read(ask)
