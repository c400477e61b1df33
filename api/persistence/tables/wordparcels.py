"""A table of the workshop: words that came back in a file and wait to be agreed to."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class WordParcel(Row, table=True):
    """A file's words, compressed JSON, until somebody has said what is to be taken of them."""

    __tablename__ = "word_parcel"
    id: int | None = Field(default=None, primary_key=True)
    language: str
    content: bytes
    author: int = Field(foreign_key="staff_member.id")
    at: datetime


WORD_PARCEL = table_of(WordParcel)
