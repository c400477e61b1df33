"""Which languages staff read besides English, in the store."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select

from api.domain.reading import Reader
from api.domain.staff import Role
from api.persistence.tables import STAFF_LANGUAGE, STAFF_MEMBER, STAFF_PRACTICE


def of(connection: Connection, staff_id: int) -> frozenset[str]:
    """The codes of the languages that somebody reads."""
    table = STAFF_LANGUAGE
    found = select(table.c.language).where(table.c.staff_id == staff_id)
    return frozenset(connection.scalars(found))


def choose(connection: Connection, staff_id: int, languages: Collection[str]) -> None:
    """Keep which languages somebody reads, in the place of what they said before."""
    connection.execute(delete(STAFF_LANGUAGE).where(STAFF_LANGUAGE.c.staff_id == staff_id))
    rows = [{"staff_id": staff_id, "language": code} for code in sorted(languages)]
    if rows:
        connection.execute(insert(STAFF_LANGUAGE), rows)


def readers(connection: Connection) -> list[Reader]:
    """Everybody who works here and reads another language than English."""
    languages: dict[int, set[str]] = {}
    for row in connection.execute(select(STAFF_LANGUAGE)):
        languages.setdefault(row.staff_id, set()).add(row.language)
    table = STAFF_MEMBER
    at_work = select(table.c.id, table.c.role).where(table.c.id.in_(languages), table.c.active)
    roles = {row.id: Role(row.role) for row in connection.execute(at_work)}
    practices = _practices(connection, roles)
    return [
        Reader(one, role, frozenset(practices.get(one, ())), frozenset(languages[one]))
        for one, role in roles.items()
    ]


def _practices(connection: Connection, staff_ids: Collection[int]) -> dict[int, set[str]]:
    table = STAFF_PRACTICE
    found = select(table.c.staff_id, table.c.ods_code).where(table.c.staff_id.in_(staff_ids))
    practices: dict[int, set[str]] = {}
    for row in connection.execute(found):
        practices.setdefault(row.staff_id, set()).add(row.ods_code)
    return practices
