"""The rows behind the store, on one connection: sealed on the way in, opened on the way out."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlmodel import col

from bot.dialogue.session import Session
from bot.ports import Received, SentMessage, Waiting
from bot.storage.tables import ConversationRow, InboxRow, MessageRow
from common.runtime import logs
from common.runtime.vault import SealError, Vault

ERASED = b""

log = logs.get(__name__)

_WAITS = col(InboxRow.done_at).is_(None)
_INBOX = select(
    col(InboxRow.id),
    col(InboxRow.source),
    col(InboxRow.update_id),
    col(InboxRow.body),
    col(InboxRow.received_at),
)
_MESSAGES = select(
    col(MessageRow.message),
    col(MessageRow.sent_at),
    col(MessageRow.question),
    col(MessageRow.has_buttons),
).order_by(col(MessageRow.id))


class Rows:
    """What SQL the store speaks. A `key` is a conversation's fingerprint."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def key(self, conversation: str) -> str:
        """The name under which a conversation is looked up; it cannot be read back."""
        return self._vault.fingerprint("conversation", conversation)

    def receive(self, connection: Connection, batch: Sequence[Received]) -> None:
        """Add what arrived, in order; what is known already is ignored."""
        values = [self._sealed(received) for received in batch]
        connection.execute(insert(InboxRow).on_conflict_do_nothing(), values)

    def waiting(self, connection: Connection) -> list[Waiting]:
        """The first waiting row of each conversation, longest waiting first."""
        first = (
            select(func.min(col(InboxRow.id))).where(_WAITS).group_by(col(InboxRow.conversation))
        )
        statement = _INBOX.where(col(InboxRow.id).in_(first)).order_by(col(InboxRow.id))
        return [one for row in connection.execute(statement) if (one := self._readable(row))]

    def oldest(self, connection: Connection, key: str) -> Waiting | None:
        """The first waiting row of this conversation."""
        mine = _INBOX.where(_WAITS, col(InboxRow.conversation) == key)
        row = connection.execute(mine.order_by(col(InboxRow.id)).limit(1)).first()
        return None if row is None else self._opened(row)

    def load(self, connection: Connection, key: str) -> Session | None:
        """The conversation's session."""
        statement = select(col(ConversationRow.session)).where(_conversation(key))
        sealed = connection.execute(statement).scalar_one_or_none()
        if sealed is None:
            return None
        plain = self._vault.open(sealed, table="conversation", column="session", row=key)
        return Session.load(plain.decode())

    def save(self, connection: Connection, key: str, session: Session) -> None:
        """Put the session in place of whatever stood there."""
        plain = session.dump().encode()
        sealed = self._vault.seal(plain, table="conversation", column="session", row=key)
        statement = insert(ConversationRow).values(conversation=key, session=sealed)
        replacing = statement.on_conflict_do_update(
            index_elements=["conversation"], set_={"session": statement.excluded.session}
        )
        connection.execute(replacing)

    def _sealed(self, received: Received) -> dict[str, object]:
        plain = {"conversation": received.conversation, "body": received.body}
        return {
            "source": received.source,
            "update_id": received.update_id,
            "conversation": self.key(received.conversation),
            "body": self._vault.seal(
                json.dumps(plain, ensure_ascii=False).encode(),
                table="inbox",
                column="body",
                row=f"{received.source}:{received.update_id}",
            ),
            "received_at": received.received_at,
        }

    def _readable(self, row: Row[*tuple[Any, ...]]) -> Waiting | None:
        try:
            return self._opened(row)
        except SealError:
            log.critical("inbox.unreadable", turn=row.id)  # nor must the others wait for its key
            return None

    def _opened(self, row: Row[*tuple[Any, ...]]) -> Waiting:
        place = f"{row.source}:{row.update_id}"
        plain = json.loads(self._vault.open(row.body, table="inbox", column="body", row=place))
        return Waiting(
            row.id,
            Received(
                row.source, row.update_id, plain["conversation"], plain["body"], row.received_at
            ),
        )


def claim(connection: Connection, row: int, now: datetime) -> bool:
    """End this row and erase its body; False when it was ended before."""
    ended = update(InboxRow).where(col(InboxRow.id) == row, _WAITS)
    return connection.execute(ended.values(body=ERASED, done_at=now)).rowcount == 1


def forget(connection: Connection, key: str, *, keep_messages: bool) -> None:
    """Remove a conversation. Its waiting rows stay: they came later, and want an answer."""
    connection.execute(delete(ConversationRow).where(_conversation(key)))
    if not keep_messages:
        connection.execute(delete(MessageRow).where(col(MessageRow.conversation) == key))


def messages(connection: Connection, key: str) -> list[SentMessage]:
    """What was sent and not deleted, oldest first."""
    mine = _MESSAGES.where(col(MessageRow.conversation) == key)
    return [SentMessage(*row) for row in connection.execute(mine)]


def note(connection: Connection, key: str, new: Sequence[SentMessage]) -> None:
    """Remember messages; one that is known already is ignored."""
    values = [
        {
            "conversation": key,
            "message": one.message,
            "sent_at": one.sent_at,
            "question": one.question,
            "has_buttons": one.has_buttons,
        }
        for one in new
    ]
    if values:
        connection.execute(insert(MessageRow).on_conflict_do_nothing(), values)


def close_buttons(connection: Connection, key: str, which: Sequence[str]) -> None:
    """Note that these messages carry no buttons any more."""
    connection.execute(update(MessageRow).where(*_these(key, which)).values(has_buttons=False))


def drop(connection: Connection, key: str, which: Sequence[str]) -> None:
    """Forget these messages."""
    connection.execute(delete(MessageRow).where(*_these(key, which)))


def purge(connection: Connection, before: datetime) -> int:
    """Drop what was done or sent before this moment; returns how many inbox rows went."""
    connection.execute(delete(MessageRow).where(col(MessageRow.sent_at) < before))
    return connection.execute(delete(InboxRow).where(col(InboxRow.done_at) < before)).rowcount


def _conversation(key: str) -> ColumnElement[bool]:
    return col(ConversationRow.conversation) == key


def _these(key: str, which: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    return (col(MessageRow.conversation) == key, col(MessageRow.message).in_(which))
