"""Who may take referrals of practices: a few prescribers, with how many they carry already."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, select, union

from api.domain.assignment import Leave, Prescriber
from api.domain.staff import Role
from api.persistence.scope import is_open
from api.persistence.tables import PRACTICE, REFERRAL, STAFF_MEMBER, STAFF_PRACTICE
from common.runtime.database.quick import Quick

_THESE: BindParameter[list[str]] = bindparam("practices", expanding=True)
_THIS: BindParameter[str] = bindparam("practice")
_OWN = select(STAFF_PRACTICE.c.staff_id).where(STAFF_PRACTICE.c.ods_code.in_(_THESE))
_OWN_OF_ONE = select(STAFF_PRACTICE.c.staff_id).where(STAFF_PRACTICE.c.ods_code == _THIS)
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
            *(table.c.cover_id, _CARRYING.label("carrying"), STAFF_PRACTICE.c.ods_code),
        )
        .outerjoin(STAFF_PRACTICE, STAFF_PRACTICE.c.staff_id == table.c.id)
        .where(table.c.role == Role.PRESCRIBER.value, table.c.active, table.c.id.in_(ids))
        .order_by(table.c.id)
    )


_OF_PRACTICES = _prescribers(_OWN)
_OF_ONE = Quick(_prescribers(_OWN_OF_ONE))
_AROUND = _prescribers(select(union(_OWN, _COVERS, _NEIGHBOURS).subquery()))


def of_practices(connection: Connection, practices: Collection[str]) -> list[Prescriber]:
    """The practices' own, who are active.

    Scoped to nobody: of referrals it only counts how many each carries.
    """
    if len(practices) == 1:
        return _read(_OF_ONE.all(connection, {"practice": next(iter(practices))}))
    return _read(connection.execute(_OF_PRACTICES, {"practices": sorted(practices)}))


def around(connection: Connection, practices: Collection[str]) -> list[Prescriber]:
    """Their own, those named to cover for them, and those of the same networks.

    Scoped to nobody: of referrals it only counts how many each carries.
    """
    return _read(connection.execute(_AROUND, {"practices": sorted(practices)}))


def _read(rows: Iterable[Sequence[Any]]) -> list[Prescriber]:
    people: dict[int, Sequence[Any]] = {}
    practices: dict[int, set[str]] = {}
    for row in rows:
        people[row[0]] = row
        practices.setdefault(row[0], set()).add(row[-1])
    return [_prescriber(row, frozenset(practices[one])) for one, row in people.items()]


def _prescriber(row: Sequence[Any], practices: frozenset[str]) -> Prescriber:
    number, capacity, leave_first, leave_last, cover, carrying, _ = row
    return Prescriber(
        id=number,
        practices=practices,
        capacity=capacity,
        carrying=carrying,
        leave=Leave(leave_first, leave_last) if leave_first and leave_last else None,
        cover=cover,
    )
