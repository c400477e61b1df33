"""The SQL of the talks, built once; parameters stand behind each statement."""

from sqlalchemy import BindParameter, bindparam, case, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.storage.tables import LINES, TALKS

_KEY: BindParameter[str] = bindparam("key")
_CHANGE: BindParameter[int] = bindparam("change")
_COUNT = insert(TALKS)
_ADD = insert(LINES)
_OURS = LINES.c.conversation == _KEY
_THIS = (_OURS, LINES.c.name == bindparam("line"), LINES.c.place == 0)
_LAST_WHEN_WAITING = case((LINES.c.place == 0, 1), else_=0)

TALK = select(TALKS.c.changes, TALKS.c.cleared).where(TALKS.c.conversation == _KEY)  # key
CHANGES = select(TALKS.c.conversation, TALKS.c.changes).where(  # keys
    TALKS.c.conversation.in_(bindparam("keys", expanding=True))
)
COUNT = _COUNT.on_conflict_do_update(
    index_elements=["conversation"],
    set_={"changes": TALKS.c.changes + 1, "changed_at": _COUNT.excluded.changed_at},
).returning(TALKS.c.changes)
CLEARED = update(TALKS).where(TALKS.c.conversation == _KEY).values(cleared=TALKS.c.changes)  # key
CHANGED = (  # key, after
    select(LINES)
    # What has not had its turn yet is always among them: a page shows it apart from the rest.
    .where(_OURS, (LINES.c.change > bindparam("after")) | (LINES.c.place == 0))
    .order_by(_LAST_WHEN_WAITING, LINES.c.place, LINES.c.change)
)
ADD = _ADD.on_conflict_do_update(
    index_elements=["conversation", "name"],
    set_={name: _ADD.excluded[name] for name in ("place", "change", "is_open", "body")},
)
OPEN = (  # key
    select(LINES.c.name, LINES.c.place)
    .where(_OURS, LINES.c.is_open)
    .order_by(LINES.c.place.desc())
    .limit(1)
)
CLOSE = update(LINES).where(_OURS, LINES.c.is_open).values(is_open=False, change=_CHANGE)
PENDING = select(LINES.c.name).where(*_THIS)  # key, line
PLACE = update(LINES).where(*_THIS).values(place=_CHANGE, change=_CHANGE)  # key, line, change
CLEAR = delete(LINES).where(_OURS)  # key
CLEAR_CLOSED = delete(LINES).where(_OURS, ~LINES.c.is_open, LINES.c.place != 0)  # key
_OLD = select(TALKS.c.conversation).where(TALKS.c.changed_at < bindparam("before"))
PURGE_LINES = delete(LINES).where(LINES.c.conversation.in_(_OLD))  # before
PURGE_TALKS = delete(TALKS).where(TALKS.c.changed_at < bindparam("before"))  # before
