"""The words as they are worked on, in the store; they are nobody's personal data."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, func, insert, select, update

from api.domain.wording import Change, Comment, Name, Texts, Wording
from api.persistence.tables import STAFF_MEMBER, WORDING, WORDING_CHANGE, WORDING_COMMENT

DOORWAY = "Doorway"
"""Who has written what came with the program."""

# In the order of a `Wording`'s fields.
_OF_A_WORDING: Sequence[Column[Any]] = (
    WORDING.c.language,
    WORDING.c.step,
    WORDING.c.message,
    WORDING.c.texts,
    WORDING.c.english,
    WORDING.c.published,
    WORDING.c.author,
    WORDING.c.reviewer,
    WORDING.c.ready,
    WORDING.c.version,
)


def everything(connection: Connection, *languages: str) -> dict[tuple[str, Name], Wording]:
    """All messages of these languages, or of all languages, by language and name."""
    found = select(*_OF_A_WORDING)
    if languages:
        found = found.where(WORDING.c.language.in_(languages))
    wordings = (_wording(row) for row in connection.execute(found))
    return {(one.language, one.name): one for one in wordings}


def one(connection: Connection, language: str, name: Name) -> Wording:
    """A message in a language; one without words when there are none yet."""
    row = connection.execute(_place(select(*_OF_A_WORDING), WORDING, language, name)).first()
    return _wording(row) if row else Wording(language, name)


def changed_at(connection: Connection, language: str) -> dict[Name, datetime]:
    """When each message of a language was last changed."""
    table = WORDING
    found = select(table.c.step, table.c.message, table.c.changed_at)
    rows = connection.execute(found.where(table.c.language == language))
    return {Name(row.step, row.message): row.changed_at for row in rows}


def add(connection: Connection, new: Sequence[Wording], at: datetime) -> None:
    """Add messages that have no row yet."""
    rows = [{**_key(one), **_values(one), "changed_at": at} for one in new]
    if rows:
        connection.execute(insert(WORDING), rows)


def keep(connection: Connection, changed: Wording, at: datetime) -> bool:
    """Keep a message as it is now; False when it was changed since its last version."""
    values = {**_values(changed), "changed_at": at}
    if changed.version == 1 and not _is_there(connection, changed):
        connection.execute(insert(WORDING), {**_key(changed), **values})
        return True
    before = update(WORDING).where(
        WORDING.c.language == changed.language,
        WORDING.c.step == changed.name.step,
        WORDING.c.message == changed.name.id,
        WORDING.c.version == changed.version - 1,
    )
    return connection.execute(before.values(**values)).rowcount == 1


def note(  # noqa: PLR0913 the columns of one row, by name
    connection: Connection,
    changed: Wording,
    *,
    deed: str,
    before: Texts,
    author: int | None,
    at: datetime,
) -> None:
    """Add to the history what was done."""
    row = {
        **_key(changed),
        "deed": deed,
        "before": _dump(before),
        "after": _dump(changed.texts),
        "author": author,
        "at": at,
    }
    connection.execute(insert(WORDING_CHANGE), row)


def history(connection: Connection, language: str, name: Name, *, most: int) -> list[Change]:
    """What was done to a message, the newest first."""
    found = _place(_changes(), WORDING_CHANGE, language, name)
    rows = connection.execute(found.order_by(WORDING_CHANGE.c.id.desc()).limit(most))
    return [_change(row) for row in rows]


def say(connection: Connection, place: Wording, text: str, author: int, at: datetime) -> None:
    """Add a comment."""
    row = {**_key(place), "text": text, "author": author, "at": at}
    connection.execute(insert(WORDING_COMMENT), row)


def comments(connection: Connection, name: Name) -> list[Comment]:
    """What was said about a message, in whichever language, oldest first."""
    table = WORDING_COMMENT
    found = (
        select(table, STAFF_MEMBER.c.name.label("who"))
        .join(STAFF_MEMBER, STAFF_MEMBER.c.id == table.c.author)
        .where(table.c.step == name.step, table.c.message == name.id)
        .order_by(table.c.id)
    )
    return [Comment(row.language, row.text, row.who, row.at) for row in connection.execute(found)]


def commented(connection: Connection) -> set[Name]:
    """The messages that somebody has said something about."""
    table = WORDING_COMMENT
    found = select(table.c.step, table.c.message).distinct()
    return {Name(row.step, row.message) for row in connection.execute(found)}


def names(connection: Connection, ids: Iterable[int | None]) -> dict[int | None, str]:
    """What these people are called."""
    wanted = sorted({one for one in ids if one is not None})
    found = select(STAFF_MEMBER.c.id, STAFF_MEMBER.c.name).where(STAFF_MEMBER.c.id.in_(wanted))
    return {None: DOORWAY, **{row.id: row.name for row in connection.execute(found)}}


def count(connection: Connection) -> int:
    """How many messages there are, in all languages together."""
    return int(connection.execute(select(func.count()).select_from(WORDING)).scalar_one())


def _changes() -> Select[Any]:
    table = WORDING_CHANGE
    who = STAFF_MEMBER.c.name.label("who")
    return select(table, who).outerjoin(STAFF_MEMBER, STAFF_MEMBER.c.id == table.c.author)


def _place(found: Select[Any], table: Any, language: str, name: Name) -> Select[Any]:  # noqa: ANN401 one of our tables
    here = (table.c.language == language, table.c.step == name.step, table.c.message == name.id)
    return found.where(*here)


def _is_there(connection: Connection, wording: Wording) -> bool:
    found = _place(select(WORDING.c.version), WORDING, wording.language, wording.name)
    return connection.execute(found).first() is not None


def _key(wording: Wording) -> dict[str, object]:
    return {
        "language": wording.language,
        "step": wording.name.step,
        "message": wording.name.id,
    }


def _values(wording: Wording) -> dict[str, object]:
    return {
        "texts": _dump(wording.texts),
        "english": _dump(wording.english),
        "published": _dump(wording.published),
        "author": wording.author,
        "reviewer": wording.reviewer,
        "ready": wording.ready,
        "version": wording.version,
    }


def _wording(row: Sequence[Any]) -> Wording:
    language, step, message, texts, english, published, *rest = row
    return Wording(
        language, Name(step, message), _load(texts), _load(english), _load(published), *rest
    )


def _change(row: Row[Any]) -> Change:
    return Change(
        id=row.id,
        language=row.language,
        name=Name(row.step, row.message),
        deed=row.deed,
        before=_load(row.before),
        after=_load(row.after),
        who=row.who or DOORWAY,
        at=row.at,
    )


def _dump(texts: Texts) -> str:
    return json.dumps(texts, ensure_ascii=False)


@lru_cache(maxsize=32_768)  # a book is read whole for many pages, and seldom changes
def _load(text: str) -> Texts:
    return tuple(json.loads(text))
