"""Tables of the record: what was answered under which key, and who did what."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class IdempotencyKey(Row, table=True):
    """What was answered under a key; the key and the body only as keyed hashes."""

    __tablename__ = "idempotency_key"
    key: str = Field(primary_key=True)
    body: str
    answer: str
    at: datetime = Field(index=True)


class Audit(Row, table=True):
    """Who did what to which referral, for investigation only; rows are only ever added."""

    id: int | None = Field(default=None, primary_key=True)
    actor: str
    action: str
    subject: str = Field(index=True)
    at: datetime


class Lease(Row, table=True):
    """What only one process may do at a time: who does it now, and until when at the latest."""

    name: str = Field(primary_key=True)
    holder: str
    until: datetime


IDEMPOTENCY_KEY = table_of(IdempotencyKey)
AUDIT = table_of(Audit)
LEASE = table_of(Lease)
