"""Locks for the time of a transaction, by name: what must be alone, among all processes.

On SQLite every write is alone already, so nothing needs to be locked there.
"""

import hashlib

from sqlalchemy import Connection, text

_HOLD = text(
    "SELECT pg_advisory_xact_lock(number) FROM unnest(CAST(:numbers AS bigint[])) AS number"
)
_TRY = text("SELECT pg_try_advisory_xact_lock(:number)")
_BYTES = 8


def hold(connection: Connection, *names: str) -> None:
    """Wait until each of these is ours; they are let go with the transaction.

    They are taken in the same order by everybody, so that two never wait for each other.
    """
    if names and _is_shared(connection):
        connection.execute(_HOLD, {"numbers": sorted({_number(name) for name in names})})


def try_hold(connection: Connection, name: str) -> bool:
    """Take it if nobody else has it."""
    if not _is_shared(connection):
        return True
    return bool(connection.execute(_TRY, {"number": _number(name)}).scalar_one())


def _is_shared(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _number(name: str) -> int:
    """A name's number among PostgreSQL's advisory locks, which are signed 64-bit integers."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:_BYTES], signed=True)
