"""Table of the tickets with which a coordinator's page opens a preview at the bot."""

from datetime import datetime

from sqlmodel import Field

from api.persistence.tables.base import Row, table_of


class PreviewTicket(Row, table=True):
    """A ticket that has not been used; of the ticket itself only a keyed hash."""

    __tablename__ = "preview_ticket"
    ticket: str = Field(primary_key=True)
    language: str
    step: str
    expires_at: datetime = Field(index=True)


PREVIEW_TICKET = table_of(PreviewTicket)
