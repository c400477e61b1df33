"""Whether the service can do its work at this moment."""

from dataclasses import dataclass

from sqlalchemy import Connection

from api.persistence import directory
from api.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Readiness:
    """The directory's version, and how long ago this process read it."""

    version: str
    age_seconds: int


async def check(desk: Desk) -> Readiness:
    """Ask the database something small; whatever is wrong is raised."""

    def ask(connection: Connection) -> bool:
        return directory.has_practices(connection)

    if not await desk.database.read(ask):
        raise LookupError("the directory is empty")
    snapshot = await desk.directory.current()
    age = (desk.clock() - snapshot.since).total_seconds()
    return Readiness(snapshot.directory.version, int(age))
