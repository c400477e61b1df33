"""Brings a store's tables to where this version of Doorway wants them, step by numbered step."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sqlalchemy import Connection, MetaData, inspect, select, table
from sqlalchemy.sql import column

from common.runtime.database import locks
from common.runtime.database.port import Database, DatabaseError

if TYPE_CHECKING:
    from alembic.config import Config

FIRST = "0001"
"""The tables as they were before their changes were numbered; such a store counts as this."""

LOCK = "migrations"
"""The name of the lock that is held while steps are taken."""

_STEP = re.compile(r"(\d{4})_\w+\.py")
_VERSIONS = table("alembic_version", column("version_num"))


@dataclass(frozen=True, slots=True)
class Migrations:
    """A folder of Alembic's with numbered steps in `versions/`, and the tables they lead to."""

    folder: Path
    metadata: MetaData

    @property
    def head(self) -> str:
        """The number of the last step."""
        names = (one.name for one in (self.folder / "versions").iterdir())
        return max(found[1] for name in names if (found := _STEP.fullmatch(name)))

    def upgrade(self, database: Database) -> None:
        """Take the steps that are missing, all or none. Blocks: for the start of a process.

        Raises:
            DatabaseError: a newer version of Doorway has been at work on this store.
        """
        database.prepare(self._upgrade)

    def require(self, connection: Connection) -> None:
        """See that no step is missing, for a command that has none to take.

        Raises:
            DatabaseError: an older or a newer version of Doorway was at work here last.
        """
        version = self._version(connection)
        if version != self.head:
            self._refuse_newer(version)
            raise DatabaseError(
                "This database is not of this version of Doorway yet: start it once, and try again."
            )

    def _upgrade(self, connection: Connection) -> None:
        locks.hold(connection, LOCK)  # two that start together do not both take a step
        version = self._version(connection)
        self._refuse_newer(version)
        if version < self.head or not _is_numbered(connection):
            self._take_steps(connection, version)

    def _refuse_newer(self, version: str) -> None:
        if version > self.head:
            raise DatabaseError(
                f"This database is at step {version}, and this version of Doorway knows only "
                f"{self.head}: start the newer version, or restore a backup from before it."
            )

    def _version(self, connection: Connection) -> str:
        """The step the store is at; empty when there is nothing in it yet."""
        if _is_numbered(connection):
            return str(connection.execute(select(_VERSIONS.c.version_num)).scalar_one())
        there = set(inspect(connection).get_table_names())
        return FIRST if there & self.metadata.tables.keys() else ""

    def _take_steps(self, connection: Connection, version: str) -> None:
        # Only here: it takes its time to load, and is rarely needed.
        from alembic import command  # noqa: PLC0415 as said above

        config = self.config(connection)
        if version == FIRST:
            command.stamp(config, FIRST)
        command.upgrade(config, "head")

    def config(self, connection: Connection) -> "Config":
        """What Alembic's own commands take, at work on this connection."""
        from alembic.config import Config  # noqa: PLC0415 as said above

        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        return config


def _is_numbered(connection: Connection) -> bool:
    return _VERSIONS.name in inspect(connection).get_table_names()


def run(metadata: MetaData) -> None:
    """What the `env.py` of each folder does: the steps, in the transaction of whoever asks."""
    from alembic import context  # noqa: PLC0415 as said above

    connection: Connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,  # SQLite changes a table by making it anew
        render_item=_plain_types,
    )
    context.run_migrations()


def _plain_types(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Steps are written in SQLAlchemy's own types, which stay what they are."""
    if kind != "type":
        return False
    plain = {"AutoString": "sa.String()", "UTCDateTime": "sa.DateTime(timezone=True)"}
    return plain.get(type(item).__name__, False)
