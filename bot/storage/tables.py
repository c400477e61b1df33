"""The bot's tables. A conversation is found by its keyed fingerprint and never named in clear."""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Index, MetaData, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from common.runtime.database.migrations import Migrations
from common.runtime.keytable import key_table
from common.runtime.sqljobs import job_table


class BotTable(SQLModel):
    """The bot's own tables, apart from any other metadata in the process."""

    metadata = MetaData()


class InboxRow(BotTable, table=True):
    """Something that arrived. `body` is sealed with its conversation, and erased with its turn.

    A done row stays for a while without its body, so that the same update is known again.
    """

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("source", "update_id"),
        # Only what still waits is looked for, and that is a handful among many done rows.
        Index(
            "inbox_waiting",
            "conversation",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "inbox_done",
            "done_at",
            sqlite_where=text("done_at IS NOT NULL"),
            postgresql_where=text("done_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    source: str
    update_id: str
    conversation: str
    body: bytes
    received_at: datetime
    done_at: datetime | None = None


class ConversationRow(BotTable, table=True):
    """The session of one conversation, sealed whole."""

    __tablename__ = "conversation"

    conversation: str = Field(primary_key=True)
    session: bytes


class MessageRow(BotTable, table=True):
    """A message on the platform, so that its buttons or itself can be taken away later."""

    __tablename__ = "message"
    __table_args__ = (UniqueConstraint("conversation", "message"),)

    id: int | None = Field(default=None, primary_key=True)
    conversation: str
    message: str
    sent_at: datetime
    question: str = ""
    has_buttons: bool = False


class TalkRow(BotTable, table=True):
    """A talk that we keep ourselves: how often it has changed, and when lines were last deleted.

    Both count changes of this talk, so that a page can ask for what it has not seen.
    """

    __tablename__ = "talk"

    conversation: str = Field(primary_key=True)
    changes: int
    cleared: int = 0
    changed_at: datetime = Field(index=True)


class LineRow(BotTable, table=True):
    """A line of such a talk; `body` is sealed with its name."""

    __tablename__ = "line"
    __table_args__ = (Index("line_changed", "conversation", "change"),)

    conversation: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    place: int
    change: int
    is_open: bool
    body: bytes


JOBS = job_table(BotTable.metadata)
KEYS = key_table(BotTable.metadata)
MIGRATIONS = Migrations(Path(__file__).parent / "migrations", BotTable.metadata)
INBOX = BotTable.metadata.tables["inbox"]
CONVERSATIONS = BotTable.metadata.tables["conversation"]
MESSAGES = BotTable.metadata.tables["message"]
TALKS = BotTable.metadata.tables["talk"]
LINES = BotTable.metadata.tables["line"]
