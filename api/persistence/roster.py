"""Who may take referrals of practices: a few prescribers, with how many they carry already."""

from collections.abc import Collection

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, func, select, union

from api.domain.assignment import Leave, Prescriber
from api.domain.staff import Role
from api.persistence.scope import is_open
from api.persistence.tables import PRACTICE, REFERRAL, STAFF_MEMBER, STAFF_PRACTICE

_THESE: BindParameter[list[str]] = bindparam("practices", expanding=True)
_OWN = select(STAFF_PRACTICE.c.staff_id).where(STAFF_PRACTICE.c.ods_code.in_(_THESE))
_COVERS = select(STAFF_MEMBER.c.cover_id).where(
    STAFF_MEMBER.c.id.in_(_OWN), STAFF_MEMBER.c.cover_id.is_not(None)
)
_NETWORKS = select(PRACTICE.c.pcn_code).where(PRACTICE.c.ods_code.in_(_THESE))
_IN_THEM = select(PRACTICE.c.ods_code).where(PRACTICE.c.pcn_code.in_(_NETWORKS))
_NEIGHBOURS = select(STAFF_PRACTICE.c.staff_id).where(STAFF_PRACTICE.c.ods_code.in_(_IN_THEM))
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


_OF_PRACTICES = _prescribers(_OWN)
_AROUND = _prescribers(select(union(_OWN, _COVERS, _NEIGHBOURS).subquery()))


def of_practices(connection: Connection, practices: Collection[str]) -> list[Prescriber]:
    """The practices' own, who are active."""
    return _read(connection, _OF_PRACTICES, practices)


def around(connection: Connection, practices: Collection[str]) -> list[Prescriber]:
    """Their own, those named to cover for them, and those of the same networks."""
    return _read(connection, _AROUND, practices)


def _read(
    connection: Connection, statement: Select[tuple[object, ...]], codes: Collection[str]
) -> list[Prescriber]:
    people: dict[int, Row[tuple[object, ...]]] = {}
    practices: dict[int, set[str]] = {}
    for row in connection.execute(statement, {"practices": sorted(codes)}):
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
