"""Tables of the helplines and of the phrases of danger, with all that they once were."""

from datetime import date, datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class HelplineRow(Row, table=True):
    """A helpline as it stands now; `place` is that in the shipped list."""

    __tablename__ = "helpline"
    key: str = Field(primary_key=True)
    place: int
    shown: str
    name: str
    contact: str
    situation: str
    hours: str
    owner: str
    source: str
    confirmed_on: date | None
    expires_on: date | None
    version: int


class HelplineHistory(Row, table=True):
    """A helpline as it was from one change to the next; without an author it was shipped so."""

    __tablename__ = "helpline_history"
    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(foreign_key="helpline.key", index=True)
    what: str
    version: int
    name: str
    contact: str
    situation: str
    hours: str
    owner: str
    source: str
    confirmed_on: date | None
    expires_on: date | None
    staff_id: int | None = Field(foreign_key="staff_member.id")
    at: datetime


class HelplineProposal(Row, table=True):
    """Another name or number, which holds as soon as a second person agrees."""

    __tablename__ = "helpline_proposal"
    key: str = Field(primary_key=True, foreign_key="helpline.key")
    name: str
    contact: str
    source: str
    staff_id: int = Field(foreign_key="staff_member.id")
    at: datetime


class PhraseRow(Row, table=True):
    """A phrase that is listened for; `folded` is what is really compared.

    `standing` says if it is in force; `moved_by` brought it there, nobody if it was shipped so.
    """

    __tablename__ = "phrase"
    id: int | None = Field(default=None, primary_key=True)
    language: str = Field(index=True)
    tier: str
    text: str
    folded: str = Field(index=True)
    standing: str = Field(index=True)
    moved_by: int | None = Field(foreign_key="staff_member.id")
    moved_at: datetime


class PhraseHistory(Row, table=True):
    """What was once done to a phrase, and by whom."""

    __tablename__ = "phrase_history"
    id: int | None = Field(default=None, primary_key=True)
    phrase_id: int = Field(foreign_key="phrase.id", index=True)
    what: str
    staff_id: int | None = Field(foreign_key="staff_member.id")
    at: datetime


HELPLINE = table_of(HelplineRow)
HELPLINE_HISTORY = table_of(HelplineHistory)
HELPLINE_PROPOSAL = table_of(HelplineProposal)
PHRASE = table_of(PhraseRow)
PHRASE_HISTORY = table_of(PhraseHistory)
