"""What was answered under a key, so that a repeated request gets the same answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert

from api.persistence.tables import IDEMPOTENCY_KEY as KEYS
from common.runtime.database.quick import Quick

# On SQLite it does just the same.
_CLAIM = Quick(insert(KEYS).on_conflict_do_nothing().returning(KEYS.c.key))
_ANSWERED = select(KEYS.c.body, KEYS.c.answer).where(KEYS.c.key == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Answered:
    """A request: the keyed hash of its body, and the answer as it was sent."""

    body: str
    answer: str


def claim(connection: Connection, key: str, answer: Answered, at: datetime) -> bool:
    """Keep this answer under the key's hash; False when there is one already, which stays.

    Whoever claims a key that another transaction is claiming waits for its end: one alone of
    those that race for it has it.
    """
    row = {"key": key, "body": answer.body, "answer": answer.answer, "at": at}
    return _CLAIM.first(connection, row) is not None


def answered(connection: Connection, key: str) -> Answered | None:
    """What was answered under this key's hash."""
    row = connection.execute(_ANSWERED, {"key": key}).first()
    return Answered(row.body, row.answer) if row else None


def forget(connection: Connection, before: datetime, most: int) -> int:
    """Forget at most so many of those from before then; how many."""
    old = connection.scalars(select(KEYS.c.key).where(KEYS.c.at < before).limit(most)).all()
    if not old:
        return 0
    return connection.execute(delete(KEYS).where(KEYS.c.key.in_(old))).rowcount
