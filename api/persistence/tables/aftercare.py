"""Tables of what comes after sending: monitoring, feedback, a new number, a wish to be erased."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class AboutYou(Row, table=True):
    """The monitoring answers, sealed: ethnic group is special category data."""

    __tablename__ = "about_you"
    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    sealed: bytes
    at: datetime


class Feedback(Row, table=True):
    """How it went, 1 to 5 each."""

    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    easy: int | None = None
    understood: int | None = None
    at: datetime


class Correction(Row, table=True):
    """A changed number, kept beside what was first sent: nothing is overwritten.

    `seen_at` is when somebody of staff said that they have noted it.
    """

    __table_args__ = (
        Index(
            "correction_unseen",
            "at",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    referral_id: int = Field(foreign_key="referral.id", index=True)
    sealed: bytes
    at: datetime
    seen_at: datetime | None = None


class ErasureRequest(Row, table=True):
    """The person asks for everything to be deleted; a human decides and does it."""

    __tablename__ = "erasure_request"
    referral_id: int = Field(primary_key=True, foreign_key="referral.id")
    asked_at: datetime = Field(index=True)


class Erasure(Row, table=True):
    """A referral that was erased: its number, so that it stays erased, and nothing else of it.

    Whoever restores an older backup finds here what must be erased once more.
    """

    reference: str = Field(primary_key=True)
    at: datetime


class ErasedCount(Row, table=True):
    """How many were erased, by the month they came in and the network: never by practice."""

    __tablename__ = "erased_count"
    month: str = Field(primary_key=True)
    network: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    count: int


ABOUT_YOU = table_of(AboutYou)
FEEDBACK = table_of(Feedback)
CORRECTION = table_of(Correction)
ERASURE_REQUEST = table_of(ErasureRequest)
ERASURE = table_of(Erasure)
ERASED_COUNT = table_of(ErasedCount)
