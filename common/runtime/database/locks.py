"""Locks for the time of a transaction, by name: what must be alone, among all processes.

On SQLite every write is alone already, so nothing needs to be locked there.
"""

import hashlib

from sqlalchemy import ARRAY, BigInteger, Connection, bindparam, func, select, text

from common.runtime.database.quick import Asked, Quick, ask

_NUMBERS = bindparam("numbers", type_=ARRAY(BigInteger))
_HOLD = Quick(select(func.pg_advisory_xact_lock(func.unnest(_NUMBERS))))
_TRY = text("SELECT pg_try_advisory_xact_lock(:number)")
_BYTES = 8


def hold(connection: Connection, *names: str) -> None:
    """Wait until each of these is ours; they are let go with the transaction.

    They are taken in the same order by everybody, so that two never wait for each other.
    """
    ask(connection, *holding(connection, *names))


def holding(connection: Connection, *names: str) -> list[Asked]:
    """The statement that does it, if one is needed: to be asked before others, in one trip."""
    if not names or not is_shared(connection):
        return []
    return [(_HOLD, {"numbers": sorted({_number(name) for name in names})})]


def try_hold(connection: Connection, name: str) -> bool:
    """Take it if nobody else has it."""
    if not is_shared(connection):
        return True
    return bool(connection.execute(_TRY, {"number": _number(name)}).scalar_one())


def is_shared(connection: Connection) -> bool:
    """Whether this is a server, at which others may be at work."""
    return connection.dialect.name == "postgresql"


def _number(name: str) -> int:
    """A name's number among PostgreSQL's advisory locks, which are signed 64-bit integers."""
    digest = hashlib.sha256(name.encode()).digest()
    return int.from_bytes(digest[:_BYTES], signed=True)
