"""The store's SQL, built once: building a statement costs more than most of them take to run."""

from sqlalchemy import BindParameter, bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.tables import CONVERSATIONS, INBOX, MESSAGES
from common.runtime.database.quick import Quick

_KEY: BindParameter[str] = bindparam("key")
_WHICH: BindParameter[str] = bindparam("which")
_WAITS = INBOX.c.done_at.is_(None)
_ROW = select(
    INBOX.c.id, INBOX.c.source, INBOX.c.update_id, INBOX.c.body, INBOX.c.received_at
).order_by(INBOX.c.id)
_FIRST_OF_EACH = select(func.min(INBOX.c.id)).where(_WAITS).group_by(INBOX.c.conversation)
_THESE = (MESSAGES.c.conversation == _KEY, MESSAGES.c.message == _WHICH)
_SAVE = insert(CONVERSATIONS)

# Parameters stand behind each; the inserts take the columns' own names.
RECEIVE = Quick(insert(INBOX).on_conflict_do_nothing().returning(INBOX.c.id))
WAITING = _ROW.where(INBOX.c.id.in_(_FIRST_OF_EACH))
OLDEST = Quick(_ROW.where(_WAITS, INBOX.c.conversation == _KEY).limit(1))  # key
END = Quick(
    # row, now
    update(INBOX)
    .where(INBOX.c.id == bindparam("row"), _WAITS)
    .values(body=b"", done_at=bindparam("now"))
)
LOOK = Quick(
    select(  # key
        exists().where(INBOX.c.conversation == _KEY, _WAITS),
        select(CONVERSATIONS.c.session)
        .where(CONVERSATIONS.c.conversation == _KEY)
        .scalar_subquery(),
    )
)
LOAD = Quick(select(CONVERSATIONS.c.session).where(CONVERSATIONS.c.conversation == _KEY))  # key
SAVE = Quick(
    _SAVE.on_conflict_do_update(
        index_elements=["conversation"], set_={"session": _SAVE.excluded.session}
    )
)
FORGET = delete(CONVERSATIONS).where(CONVERSATIONS.c.conversation == _KEY)  # key
FORGET_MESSAGES = delete(MESSAGES).where(MESSAGES.c.conversation == _KEY)  # key
NOTE = Quick(insert(MESSAGES).on_conflict_do_nothing())
SENT = Quick(
    # key
    select(MESSAGES.c.message, MESSAGES.c.sent_at, MESSAGES.c.question, MESSAGES.c.has_buttons)
    .where(MESSAGES.c.conversation == _KEY)
    .order_by(MESSAGES.c.id)
)
CLOSE_BUTTONS = Quick(update(MESSAGES).where(*_THESE).values(has_buttons=False))  # key, which
DROP = Quick(delete(MESSAGES).where(*_THESE))  # key, which
PURGE_INBOX = delete(INBOX).where(INBOX.c.done_at < bindparam("before"))
PURGE_MESSAGES = delete(MESSAGES).where(MESSAGES.c.sent_at < bindparam("before"))
