"""Words that came back in a file, in the store until somebody has agreed to them."""

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from api.persistence.tables import STAFF_MEMBER, WORD_PARCEL
from common.words.formats.units import Unit, Words


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that waits: its number, who brought it, and when."""

    number: int
    who: str
    at: datetime


def keep(connection: Connection, words: Words, author: int, at: datetime) -> int:
    """Keep a file's words; the number under which they are found again."""
    row = {
        "language": words.language,
        "content": _dump(words.units),
        "author": author,
        "at": at,
    }
    made = connection.execute(insert(WORD_PARCEL).returning(WORD_PARCEL.c.id), row)
    return int(made.scalar_one())


def find(connection: Connection, language: str, number: int) -> Words | None:
    """A file's words, if they still wait."""
    found = select(WORD_PARCEL.c.content).where(
        WORD_PARCEL.c.id == number, WORD_PARCEL.c.language == language
    )
    content = connection.execute(found).scalar_one_or_none()
    return None if content is None else Words(language, tuple(_load(content)))


def waiting(connection: Connection, language: str) -> list[Parcel]:
    """The files that wait to be agreed to, newest first."""
    table = WORD_PARCEL
    found = (
        select(table.c.id, table.c.at, STAFF_MEMBER.c.name)
        .join(STAFF_MEMBER, STAFF_MEMBER.c.id == table.c.author)
        .where(table.c.language == language)
        .order_by(table.c.id.desc())
    )
    return [Parcel(row.id, row.name, row.at) for row in connection.execute(found)]


def drop(connection: Connection, number: int) -> None:
    """They have been agreed to, or will not be."""
    connection.execute(delete(WORD_PARCEL).where(WORD_PARCEL.c.id == number))


def drop_older(connection: Connection, than: datetime) -> None:
    """Take away what nobody came back to."""
    connection.execute(delete(WORD_PARCEL).where(WORD_PARCEL.c.at < than))


def _dump(units: Iterable[Unit]) -> bytes:
    rows = [[one.step, one.id, one.english, one.texts, one.base, one.where] for one in units]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode("utf-8", "replace"))


def _load(content: bytes) -> Iterable[Unit]:
    for step, name, english, texts, base, where in json.loads(zlib.decompress(content)):
        yield Unit(step, name, tuple(english), tuple(texts), base, where=where)
