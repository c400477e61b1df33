"""The rows behind the store, on one connection: sealed on the way in, opened on the way out."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from sqlalchemy import Connection, Row

from bot.dialogue.session import Session
from bot.ports import Notes, Received, SentMessage, Waiting
from bot.storage import lines
from bot.storage import statements as sql
from common.runtime import logs
from common.runtime.database import locks
from common.runtime.vault import SealError, Vault

KEYS_REMEMBERED = 4096  # conversations that have just been heard of will be again

log = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Answering:
    """A turn that is being taken as it arrives: the conversation's key, and its session."""

    key: str
    session: Session | None


class Rows:
    """Reads and writes what is sealed. A `key` is a conversation's fingerprint."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._keys = remembered(partial(vault.fingerprint, "conversation"))

    def key(self, conversation: str) -> str:
        """The name under which a conversation is looked up; it cannot be read back."""
        return self._keys(conversation)

    def receive(self, connection: Connection, batch: Sequence[Received]) -> int:
        """Add what arrived, in order, but for what is known; returns how many are new."""
        # Rows of one conversation get their numbers in the order in which they become visible.
        locks.hold(connection, *(self.lock(self.key(one.conversation)) for one in batch))
        return sum(self._add(connection, self._sealed(one)) for one in batch)

    def answer(
        self, connection: Connection, received: Received, now: datetime
    ) -> "Answering | None":
        """Add something whose turn is taken in this very transaction.

        None when it is known already, or when it must wait for what came before it (it is added
        to that, then).
        """
        key = self.key(received.conversation)
        locks.hold(connection, self.lock(key))
        [(waits, sealed)] = sql.LOOK.all(connection, {"key": key})
        if waits:
            self._add(connection, self._sealed(received))
            return None
        known_by = {"source": received.source, "update_id": received.update_id}
        done = {"received_at": received.received_at, "done_at": now, "body": b""}
        if not self._add(connection, {**known_by, **done, "conversation": key}):
            return None
        return Answering(key, self._session(key, sealed))

    def lock(self, key: str) -> str:
        """The lock under which a conversation is worked."""
        return f"conversation {key}"

    def waiting(self, connection: Connection) -> list[Waiting]:
        """The first waiting row of each conversation, longest waiting first."""
        rows = connection.execute(sql.WAITING)
        return [one for row in rows if (one := self._readable(row))]

    def oldest(self, connection: Connection, key: str) -> Waiting | None:
        """The first waiting row of this conversation."""
        row = sql.OLDEST.first(connection, {"key": key})
        return None if row is None else self._opened(*row)

    def load(self, connection: Connection, key: str) -> Session | None:
        """The conversation's session."""
        row = sql.LOAD.first(connection, {"key": key})
        return None if row is None else self._session(key, row[0])

    def _session(self, key: str, sealed: bytes | None) -> Session | None:
        if sealed is None:
            return None
        plain = self._vault.open(sealed, table="conversation", column="session", row=key)
        return Session.load(plain.decode())

    def save(self, connection: Connection, key: str, session: Session) -> None:
        """Put the session in place of whatever stood there."""
        plain = session.dump().encode()
        sealed = self._vault.seal(plain, table="conversation", column="session", row=key)
        sql.SAVE.count(connection, {"conversation": key, "session": sealed})

    def _add(self, connection: Connection, row: dict[str, object]) -> bool:
        """Whether it is new."""
        return sql.RECEIVE.first(connection, row) is not None

    def _sealed(self, received: Received) -> dict[str, object]:
        plain = {"conversation": received.conversation, "body": received.body}
        return {
            "source": received.source,
            "update_id": received.update_id,
            "conversation": self.key(received.conversation),
            "body": self._vault.seal(
                # Half of a surrogate pair is valid in JSON: refused here, it would come again
                # and again, and keep all that came with it from being stored.
                json.dumps(plain, ensure_ascii=False).encode(errors="surrogatepass"),
                table="inbox",
                column="body",
                row=f"{received.source}:{received.update_id}",
            ),
            "received_at": received.received_at,
            "done_at": None,
        }

    def _readable(self, row: Row[*tuple[Any, ...]]) -> Waiting | None:
        try:
            return self._opened(*row)
        except SealError:
            log.critical("inbox.unreadable", turn=row.id)  # nor must the others wait for its key
            return None

    def _opened(
        self, number: int, source: str, update_id: str, sealed: bytes, received_at: datetime
    ) -> Waiting:
        place = f"{source}:{update_id}"
        plain = json.loads(self._vault.open(sealed, table="inbox", column="body", row=place))
        conversation, body = plain["conversation"], plain["body"]
        return Waiting(number, Received(source, update_id, conversation, body, received_at))


def remembered(key: Callable[[str], str]) -> Callable[[str], str]:
    """The same, and what was asked for a moment ago is not worked out again."""
    return lru_cache(maxsize=KEYS_REMEMBERED)(key)


def claim(connection: Connection, row: int, now: datetime) -> bool:
    """End this row and erase its body; False when it was ended before."""
    return sql.END.count(connection, {"row": row, "now": now}) == 1


def forget(connection: Connection, key: str, *, keep_messages: bool) -> None:
    """Remove a conversation. Its waiting rows stay: they came later, and want an answer."""
    connection.execute(sql.FORGET, {"key": key})
    if not keep_messages:
        connection.execute(sql.FORGET_MESSAGES, {"key": key})


def messages(connection: Connection, key: str) -> list[SentMessage]:
    """What was sent and not deleted, oldest first."""
    return [SentMessage(*row) for row in sql.SENT.all(connection, {"key": key})]


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
        sql.NOTE.each(connection, values)


def note_all(connection: Connection, key: str, notes: Notes) -> None:
    """Write down all that has become of messages."""
    note(connection, key, notes.sent)
    if notes.buttons_gone:
        close_buttons(connection, key, notes.buttons_gone)
    if notes.deleted:
        drop(connection, key, notes.deleted)


def close_buttons(connection: Connection, key: str, which: Sequence[str]) -> None:
    """Note that these messages carry no buttons any more."""
    sql.CLOSE_BUTTONS.each(connection, [{"key": key, "which": one} for one in which])


def drop(connection: Connection, key: str, which: Sequence[str]) -> None:
    """Forget these messages."""
    sql.DROP.each(connection, [{"key": key, "which": one} for one in which])


def purge(connection: Connection, before: datetime) -> int:
    """Drop what was done or sent before this moment; returns how many inbox rows went."""
    for old in (sql.PURGE_MESSAGES, lines.PURGE_LINES, lines.PURGE_TALKS):
        connection.execute(old, {"before": before})
    return connection.execute(sql.PURGE_INBOX, {"before": before}).rowcount
