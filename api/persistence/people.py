"""Everybody who works here, for whoever looks after the accounts."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select, update

from api.domain.people import Person
from api.domain.staff import Role
from api.persistence.tables import (
    PRACTICE,
    STAFF_MEMBER,
    STAFF_PASSKEY,
    STAFF_PRACTICE,
    STAFF_TOTP,
)

_FACTOR = (
    select(STAFF_TOTP.c.staff_id)
    .where(STAFF_TOTP.c.staff_id == STAFF_MEMBER.c.id)
    .union_all(
        select(STAFF_PASSKEY.c.staff_id).where(STAFF_PASSKEY.c.staff_id == STAFF_MEMBER.c.id)
    )
    .exists()
)


def listed(connection: Connection) -> list[Person]:
    """All accounts, those in use first, by name."""
    table = STAFF_MEMBER
    practices: dict[int, set[str]] = {}
    for row in connection.execute(select(STAFF_PRACTICE)):
        practices.setdefault(row.staff_id, set()).add(row.ods_code)
    found = select(table, _FACTOR.label("factor")).order_by(
        table.c.active.desc(), func.lower(table.c.name), table.c.id
    )
    return [
        Person(
            staff_id=row.id,
            name=row.name,
            email=row.email,
            role=Role(row.role),
            active=row.active,
            practices=frozenset(practices.get(row.id, ())),
            has_factor=row.factor,
        )
        for row in connection.execute(found)
    ]


def managers(connection: Connection) -> int:
    """How many managers there are who can sign in."""
    table = STAFF_MEMBER
    working = (table.c.role == Role.MANAGER.value, table.c.active)
    return connection.execute(select(func.count()).where(*working)).scalar_one()


def change(
    connection: Connection, staff_id: int, *, name: str, role: Role, practices: Iterable[str]
) -> None:
    """Give somebody another name, role or practices."""
    one = update(STAFF_MEMBER).where(STAFF_MEMBER.c.id == staff_id)
    connection.execute(one.values(name=name, role=role.value))
    connection.execute(delete(STAFF_PRACTICE).where(STAFF_PRACTICE.c.staff_id == staff_id))
    rows = [{"staff_id": staff_id, "ods_code": code} for code in sorted(practices)]
    if rows:
        connection.execute(insert(STAFF_PRACTICE), rows)


def set_active(connection: Connection, staff_id: int, *, active: bool) -> None:
    """Close an account, or open it again."""
    one = update(STAFF_MEMBER).where(STAFF_MEMBER.c.id == staff_id)
    connection.execute(one.values(active=active))


def set_password(connection: Connection, staff_id: int, password_hash: str) -> None:
    """Give somebody another password."""
    one = update(STAFF_MEMBER).where(STAFF_MEMBER.c.id == staff_id)
    connection.execute(one.values(password_hash=password_hash))


def is_demonstration(connection: Connection, staff_id: int) -> bool:
    """Whether this account is made up, for trying Doorway."""
    table = STAFF_MEMBER
    found = select(table.c.demonstration).where(table.c.id == staff_id)
    return bool(connection.execute(found).scalar_one_or_none())


def demonstration(connection: Connection) -> list[int]:
    """The made-up accounts."""
    table = STAFF_MEMBER
    return list(connection.scalars(select(table.c.id).where(table.c.demonstration)))


def known_practices(connection: Connection, codes: Iterable[str]) -> frozenset[str]:
    """Those of the codes that are practices of the directory."""
    found = select(PRACTICE.c.ods_code).where(PRACTICE.c.ods_code.in_(list(codes)))
    return frozenset(connection.scalars(found))
