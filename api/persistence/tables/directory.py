"""Tables of the directory: networks, practices by every name, and the borough's postcodes."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class Pcn(Row, table=True):
    """A primary care network."""

    code: str = Field(primary_key=True)
    name: str


class Practice(Row, table=True):
    """A GP practice; a closed one stays, to be known by name."""

    ods_code: str = Field(primary_key=True)
    name: str
    street: str
    postcode: str
    phone: str
    pcn_code: str | None = Field(default=None, foreign_key="pcn.code", index=True)
    open: bool


class PracticeAlias(Row, table=True):
    """Another name a practice is or was known by; `place` keeps their order."""

    __tablename__ = "practice_alias"
    ods_code: str = Field(primary_key=True, foreign_key="practice.ods_code")
    name: str = Field(primary_key=True)
    place: int


class DirectoryDocument(Row, table=True):
    """A large part of the directory kept as one document: compressed JSON of one edition."""

    __tablename__ = "directory_document"
    name: str = Field(primary_key=True)
    edition: str
    body: bytes
    stored_at: datetime


PCN = table_of(Pcn)
PRACTICE = table_of(Practice)
PRACTICE_ALIAS = table_of(PracticeAlias)
DIRECTORY_DOCUMENT = table_of(DirectoryDocument)
