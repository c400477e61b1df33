"""What was answered under a key, so that a repeated request gets the same answer."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from api.persistence.tables import IDEMPOTENCY_KEY


@dataclass(frozen=True, slots=True)
class Answered:
    """An earlier request: the keyed hash of its body, and the answer as it was sent."""

    body: str
    answer: str


def answered(connection: Connection, key: str) -> Answered | None:
    """What was answered under this key's hash."""
    table = IDEMPOTENCY_KEY
    row = connection.execute(select(table.c.body, table.c.answer).where(table.c.key == key)).first()
    return Answered(row.body, row.answer) if row else None


def remember(connection: Connection, key: str, answered: Answered, at: datetime) -> None:
    """Keep the answer. A key that is known already is an error: look first."""
    row = {"key": key, "body": answered.body, "answer": answered.answer, "at": at}
    connection.execute(insert(IDEMPOTENCY_KEY), row)
