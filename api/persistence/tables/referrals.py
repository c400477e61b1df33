"""Tables of referrals: the sealed answers, and beside them only what queries need."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from api.persistence.tables.base import Row, table_of

_UNREAD = text("unread > 0")
_UNSORTED = text("concerns IS NULL")


class Referral(Row, table=True):
    """A referral or a request to be called; `sealed` is all the person told us, encrypted.

    `conversation`, `person`, `by_phone` and `by_postcode` are keyed hashes. Lists of codes are
    joined with spaces. `rank` orders the queue and follows from `status` and `flags`: 0 open and
    flagged, 1 open, 2 and 3 the same when nothing is to be done any more. `unread` counts the free
    texts that nobody has read yet.

    `concerns` and `interpreter` are there for the inbox to be filtered by; all else about them is
    sealed. What somebody needs help with is among the most private things here ("safety at
    home"), so the codes do not stand in the open: each is a keyed hash, and a stolen file tells
    nothing about anybody without the keys but who share a need. NULL stands for not known yet:
    rows from before these columns are filled when a process starts.
    """

    __table_args__ = (
        Index("referral_queue", "rank", "received_at", "id"),
        Index("referral_carried", "assigned_to", "rank"),
        Index(
            "referral_unread",
            *("rank", "received_at", "id"),
            sqlite_where=_UNREAD,
            postgresql_where=_UNREAD,
        ),
        Index("referral_unsorted", "id", sqlite_where=_UNSORTED, postgresql_where=_UNSORTED),
    )

    id: int | None = Field(default=None, primary_key=True)
    reference: str = Field(unique=True)
    kind: str
    status: str = Field(index=True)
    rank: int
    practice: str = Field(index=True)
    decision: str
    reasons: str
    flags: str
    assigned_to: int | None = Field(default=None, foreign_key="staff_member.id")
    assigned_because: str
    received_at: datetime
    contact_days: int
    channel: str
    language: str
    conversation: str
    person: str = Field(index=True)
    by_phone: str
    by_postcode: str
    unread: int
    sealed: bytes
    concerns: str | None = None
    interpreter: bool | None = None


class StatusChange(Row, table=True):
    """One move of a referral, with its author; rows are only ever added."""

    __tablename__ = "referral_status_change"
    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    before: str
    after: str
    reason: str
    author: str
    at: datetime


class DuplicateLink(Row, table=True):
    """Two referrals that may be of the same person; staff join or separate them."""

    __tablename__ = "duplicate_link"
    first_id: int = Field(primary_key=True, foreign_key="referral.id")
    second_id: int = Field(primary_key=True, foreign_key="referral.id", index=True)
    shared: str
    found_at: datetime


REFERRAL = table_of(Referral)
STATUS_CHANGE = table_of(StatusChange)
DUPLICATE_LINK = table_of(DuplicateLink)
