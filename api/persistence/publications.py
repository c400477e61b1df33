"""Publications in the store: each whole and compressed, so that any can be restored."""

import zlib
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from api.persistence.shipped_words import shipped
from api.persistence.tables import PUBLICATION, STAFF_MEMBER
from api.persistence.wordings import DOORWAY
from common.contract.publication import Publication


@dataclass(frozen=True, slots=True)
class Edition:
    """A publication without its content; `changed` is how many messages it has changed."""

    version: int
    who: str
    note: str
    changed: int
    at: datetime


def newest(connection: Connection) -> int:
    """The newest publication's version; 0 when there is none."""
    return connection.execute(select(func.max(PUBLICATION.c.version))).scalar_one() or 0


def made_with(connection: Connection) -> str:
    """The shipped words of the program that has made the newest; empty when there is none."""
    found = select(PUBLICATION.c.shipped).order_by(PUBLICATION.c.version.desc()).limit(1)
    return connection.execute(found).scalar_one_or_none() or ""


def content(connection: Connection, version: int) -> Publication | None:
    """A publication, whole."""
    found = select(PUBLICATION.c.content).where(PUBLICATION.c.version == version)
    packed = connection.execute(found).scalar_one_or_none()
    return None if packed is None else _opened(packed)


@lru_cache(maxsize=2)  # the newest and the one before are asked for again and again; some MB each
def _opened(packed: bytes) -> Publication:
    return Publication.model_validate_json(zlib.decompress(packed))


def add(  # noqa: PLR0913 the columns of one row, by name
    connection: Connection,
    new: Publication,
    *,
    author: int | None,
    note: str,
    changed: int,
    at: datetime,
) -> None:
    """Add a publication."""
    row = {
        "version": new.version,
        "author": author,
        "note": note,
        "changed": changed,
        "shipped": shipped().digest,
        "content": zlib.compress(new.model_dump_json().encode()),
        "at": at,
    }
    connection.execute(insert(PUBLICATION), row)


def editions(connection: Connection, *, before: int | None, most: int) -> list[Edition]:
    """The newest publications, or those before a version, the newest first."""
    found = _editions().order_by(PUBLICATION.c.version.desc()).limit(most)
    if before is not None:
        found = found.where(PUBLICATION.c.version < before)
    return [_edition(row) for row in connection.execute(found)]


def edition(connection: Connection, version: int) -> Edition | None:
    """One publication, without its content."""
    row = connection.execute(_editions().where(PUBLICATION.c.version == version)).first()
    return _edition(row) if row else None


def _editions() -> Select[Any]:
    table = PUBLICATION
    columns = (table.c.version, table.c.note, table.c.changed, table.c.at)
    joined = table.outerjoin(STAFF_MEMBER, STAFF_MEMBER.c.id == table.c.author)
    return select(*columns, STAFF_MEMBER.c.name.label("who")).select_from(joined)


def _edition(row: Row[Any]) -> Edition:
    return Edition(row.version, row.who or DOORWAY, row.note, row.changed, row.at)
