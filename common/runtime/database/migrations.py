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

    def _upgrade(self, connection: Connection) -> None:
        locks.hold(connection, "migrations")  # two that start together do not both take a step
        numbered = _VERSIONS.name in inspect(connection).get_table_names()
        version, head = self._version(connection, numbered=numbered), self.head
        if version > head:
            raise DatabaseError(
                f"This database is at step {version}, and this version of Doorway knows only "
                f"{head}: start the newer version, or restore a backup from before it."
            )
        if version < head or not numbered:
            self._take_steps(connection, version)

    def _version(self, connection: Connection, *, numbered: bool) -> str:
        """The step the store is at; empty when there is nothing in it yet."""
        if numbered:
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
