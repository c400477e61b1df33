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

    async def current(self) -> Issue:
        """The newest.

        Raises:
            LookupError: nothing was ever published, which the api sees to before it serves.
        """
        now = self._clock()
        if self._kept is not None and now - self._looked < FRESH:
            return self._kept
        self._looked = now
        version = await self._database.peek(publications.newest)
        if self._kept is None or self._kept.publication.version != version:
            self._kept = await self._read(version)
        return self._kept

    async def _read(self, version: int) -> Issue:
        found = await self._database.read(lambda c: publications.content(c, version))
        if found is None:
            raise LookupError("there is no publication")
        return Issue(found, found.model_dump_json().encode())

    def forget(self) -> None:
        """Something was published here."""
        self._kept = None
