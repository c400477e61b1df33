"""The publication as it is handed out: the newest, kept in memory until there is a newer one."""

from dataclasses import dataclass
from datetime import timedelta

from api.persistence import publications
from common.contract.publication import Publication
from common.runtime.clock import Clock
from common.runtime.database import Database

FRESH = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Issue:
    """A publication with its JSON as sent."""

    publication: Publication
    body: bytes

    @property
    def etag(self) -> str:
        """A strong entity tag (RFC 9110)."""
        return f'"{self.publication.etag}"'


class PublicationKeeper:
    """Reads the newest publication once; another process's newer one is seen within `FRESH`."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: Issue | None = None
        self._looked = clock()

    async def current(self) -> Issue | None:
        """The newest; None before there is any."""
        now = self._clock()
        if self._kept is not None and now - self._looked < FRESH:
            return self._kept
        self._looked = now
        version = await self._database.peek(publications.newest)
        if self._kept is None or self._kept.publication.version != version:
            found = await self._database.read(lambda c: publications.content(c, version))
            self._kept = Issue(found, found.model_dump_json().encode()) if found else None
        return self._kept

    def forget(self) -> None:
        """Something was published here."""
        self._kept = None
