"""Tables of the record: what was answered under which key, and who did what."""

from datetime import date, datetime

from sqlalchemy import Index, text
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

    # Residents write most of it, and are never looked for.
    __table_args__ = (
        Index(
            "audit_of_staff",
            "actor",
            "id",
            sqlite_where=text("actor LIKE 'staff:%'"),
            postgresql_where=text("actor LIKE 'staff:%'"),
        ),
    )

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


class AuditOrigin(Row, table=True):
    """From where a line of the audit came, when somebody of staff made it.

    Apart from the line, so that what residents send costs the intake no more than before.
    """

    __tablename__ = "audit_origin"
    audit_id: int = Field(primary_key=True)
    way: str
    network: str


class AuditLink(Row, table=True):
    """A line's link in the chain: a keyed hash of the line and of the link before it."""

    __tablename__ = "audit_link"
    audit_id: int = Field(primary_key=True)
    link: str


class AuditSeal(Row, table=True):
    """How far the chain had come by the end of a day, under a keyed hash of its own.

    `day` is the day of the sealing; `last_id` the last line that is in, `lines` how many came in
    on that day. `pruned` is a keyed hash, too: only who has the key can take a day away.
    """

    __tablename__ = "audit_seal"
    day: date = Field(primary_key=True)
    last_id: int
    lines: int
    head: str
    seal: str
    pruned: str = ""


IDEMPOTENCY_KEY = table_of(IdempotencyKey)
AUDIT = table_of(Audit)
LEASE = table_of(Lease)
AUDIT_ORIGIN = table_of(AuditOrigin)
AUDIT_LINK = table_of(AuditLink)
AUDIT_SEAL = table_of(AuditSeal)
