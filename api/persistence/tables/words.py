"""Tables of the workshop: words as they are worked on, what was done to them, what went out."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class WordingRow(Row, table=True):
    """A message in one language; the texts are JSON lists, an empty one when there are none."""

    __tablename__ = "wording"
    language: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    message: str = Field(primary_key=True)
    texts: str
    english: str
    published: str
    author: int | None = Field(default=None, foreign_key="staff_member.id")
    reviewer: int | None = Field(default=None, foreign_key="staff_member.id")
    ready: bool
    version: int
    changed_at: datetime


class WordingChange(Row, table=True):
    """What was done to a message, by whom; None stands for Doorway itself. Only ever added to."""

    __tablename__ = "wording_change"
    __table_args__ = (
        Index("wording_change_of", "language", "step", "message", "id"),
        Index("wording_change_since", "at"),
    )
    id: int | None = Field(default=None, primary_key=True)
    language: str
    step: str
    message: str
    deed: str
    before: str
    after: str
    author: int | None = Field(default=None, foreign_key="staff_member.id")
    at: datetime


class WordingComment(Row, table=True):
    """What one coordinator asks or tells another about a message."""

    __tablename__ = "wording_comment"
    __table_args__ = (Index("wording_comment_of", "step", "message", "language", "id"),)
    id: int | None = Field(default=None, primary_key=True)
    language: str
    step: str
    message: str
    text: str
    author: int = Field(foreign_key="staff_member.id")
    at: datetime


class PublicationRow(Row, table=True):
    """Everything that was released together: compressed JSON, as bots are given it.

    `shipped` stands for the words that came with the program which has made it.
    """

    __tablename__ = "publication"
    version: int | None = Field(default=None, primary_key=True)
    author: int | None = Field(default=None, foreign_key="staff_member.id")
    note: str
    changed: int
    shipped: str
    content: bytes
    at: datetime


WORDING = table_of(WordingRow)
WORDING_CHANGE = table_of(WordingChange)
WORDING_COMMENT = table_of(WordingComment)
PUBLICATION = table_of(PublicationRow)
