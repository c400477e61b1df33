"""The directory as it is handed out: one snapshot, kept in memory until something changes."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from api.persistence import directory
from common.contract.directory import Directory
from common.runtime.clock import Clock
from common.runtime.database import Database

FRESH = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The directory, its JSON as sent, and since when this process has it.

    `networks` are the PCNs of the practices that are open, by ODS code.
    """

    directory: Directory
    body: bytes
    since: datetime
    networks: Mapping[str, str]

    @property
    def etag(self) -> str:
        """The version as a strong entity tag (RFC 9110)."""
        return f'"{self.directory.version}"'


class DirectoryKeeper:
    """Reads the snapshot once, and again when something was changed, in whichever process.

    A change made here is seen at once, after `forget`; one made elsewhere within `FRESH`.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._kept: Snapshot | None = None
        self._edition = ""
        self._looked = clock()

    async def current(self) -> Snapshot:
        """The snapshot; two that ask at once may both read it, and read the same."""
        now = self._clock()
        if self._kept is not None and now - self._looked < FRESH:
            return self._kept
        self._looked = now
        edition = await self._database.peek(directory.edition)
        if self._kept is None or edition != self._edition:
            # The edition was read before: a change meanwhile makes it another once more.
            self._kept = _snapshot(await self._database.read(_read), now)
            self._edition = edition
        return self._kept

    def forget(self) -> None:
        """Something in the directory has changed."""
        self._kept = None


def _read(connection: Connection) -> Directory:
    practices, borough = directory.practices(connection), directory.borough(connection)
    content = Directory(version="", practices=practices, borough=borough)
    version = hashlib.sha256(content.model_dump_json().encode()).hexdigest()[:32]
    return content.model_copy(update={"version": version})


def _snapshot(content: Directory, since: datetime) -> Snapshot:
    networks = {one.ods_code: one.pcn_code for one in content.practices if one.open}
    return Snapshot(content, content.model_dump_json().encode(), since, networks)
