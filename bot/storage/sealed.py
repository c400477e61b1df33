"""Every sealed column of the bot's store, and the name of the row under which each is sealed."""

from bot.storage.tables import CONVERSATIONS, INBOX, JOBS, KEYS, LINES
from common.runtime.upkeep.reseal import SealedColumn

SEALED = (
    SealedColumn(INBOX, INBOX.c.body, INBOX.c.source + ":" + INBOX.c.update_id),
    SealedColumn(CONVERSATIONS, CONVERSATIONS.c.session, CONVERSATIONS.c.conversation),
    SealedColumn(JOBS, JOBS.c.payload, JOBS.c.key),
    SealedColumn(LINES, LINES.c.body, LINES.c.conversation + ":" + LINES.c.name),
    SealedColumn(KEYS, KEYS.c.sealed, KEYS.c.name),
)
PLAIN = frozenset[str]()
"""Columns of bytes that are not sealed, as `table.column`."""
