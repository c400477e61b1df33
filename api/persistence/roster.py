"""Who may take a referral of a practice: a few prescribers, with how many they carry already."""

from sqlalchemy import Connection, Row, Select, bindparam, func, select, union

from api.domain.assignment import Leave, Prescriber
from api.domain.staff import Role
from api.persistence.scope import is_open
from api.persistence.tables import PRACTICE, REFERRAL, STAFF_MEMBER, STAFF_PRACTICE

_PRACTICE = bindparam("practice", type_=PRACTICE.c.ods_code.type)
_OWN = select(STAFF_PRACTICE.c.staff_id).where(STAFF_PRACTICE.c.ods_code == _PRACTICE)
_COVERS = select(STAFF_MEMBER.c.cover_id).where(
    STAFF_MEMBER.c.id.in_(_OWN), STAFF_MEMBER.c.cover_id.is_not(None)
)
_NETWORK = select(PRACTICE.c.pcn_code).where(PRACTICE.c.ods_code == _PRACTICE).scalar_subquery()
_NEIGHBOURS = (
    select(STAFF_PRACTICE.c.staff_id)
    .join(PRACTICE, PRACTICE.c.ods_code == STAFF_PRACTICE.c.ods_code)
    .where(PRACTICE.c.pcn_code == _NETWORK)
)
_CARRYING = (
    select(func.count())
    .where(REFERRAL.c.assigned_to == STAFF_MEMBER.c.id, is_open())
    .scalar_subquery()
)


def _prescribers(ids: Select[tuple[int]]) -> Select[tuple[object, ...]]:
    """A row for each of their practices."""
    table = STAFF_MEMBER
    return (
        select(
            *(table.c.id, table.c.capacity, table.c.leave_first, table.c.leave_last),
            *(table.c.cover_id, STAFF_PRACTICE.c.ods_code, _CARRYING.label("carrying")),
        )
        .outerjoin(STAFF_PRACTICE, STAFF_PRACTICE.c.staff_id == table.c.id)
        .where(table.c.role == Role.PRESCRIBER.value, table.c.active, table.c.id.in_(ids))
        .order_by(table.c.id)
    )


_OF_PRACTICE = _prescribers(_OWN)
_AROUND = _prescribers(select(union(_OWN, _COVERS, _NEIGHBOURS).subquery()))


def of_practice(connection: Connection, practice: str) -> list[Prescriber]:
    """The practice's own, who are active."""
    return _read(connection, _OF_PRACTICE, practice)


def around(connection: Connection, practice: str) -> list[Prescriber]:
    """Its own, those named to cover for them, and those of the same network."""
    return _read(connection, _AROUND, practice)


def _read(
    connection: Connection, statement: Select[tuple[object, ...]], practice: str
) -> list[Prescriber]:
    people: dict[int, Row[tuple[object, ...]]] = {}
    practices: dict[int, set[str]] = {}
    for row in connection.execute(statement, {"practice": practice}):
        people[row.id] = row
        practices.setdefault(row.id, set()).add(row.ods_code)
    return [_prescriber(row, frozenset(practices[one])) for one, row in people.items()]


def _prescriber(row: Row[tuple[object, ...]], practices: frozenset[str]) -> Prescriber:
    away = row.leave_first is not None and row.leave_last is not None
    return Prescriber(
        id=row.id,
        practices=practices,
        capacity=row.capacity,
        carrying=row.carrying,
        leave=Leave(row.leave_first, row.leave_last) if away else None,
        cover=row.cover_id,
    )
