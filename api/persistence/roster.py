"""Who may take referrals of practices: a few prescribers, with how many they carry already."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    String,
    any_,
    bindparam,
    func,
    select,
    union,
)

from api.domain.assignment import Leave, Prescriber
from api.domain.staff import Role
from api.persistence.scope import is_open
from api.persistence.tables import PRACTICE, REFERRAL, STAFF_MEMBER, STAFF_PRACTICE
from common.runtime.database import locks
from common.runtime.database.quick import Asked, Quick, Row, ask

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
            *(table.c.cover_id, _CARRYING.label("carrying"), STAFF_PRACTICE.c.ods_code),
        )
        .outerjoin(STAFF_PRACTICE, STAFF_PRACTICE.c.staff_id == table.c.id)
        .where(table.c.role == Role.PRESCRIBER.value, table.c.active, table.c.id.in_(ids))
        .order_by(table.c.id)
    )


def _of(practice: ColumnElement[Any]) -> Quick:
    return Quick(
        _prescribers(select(STAFF_PRACTICE.c.staff_id).where(STAFF_PRACTICE.c.ods_code == practice))
    )


_OF_ONE = _of(bindparam("practice"))
_OF_THESE = _of(any_(bindparam("practices", type_=ARRAY(String))))
_AROUND = _prescribers(select(union(_OWN, _COVERS, _NEIGHBOURS).subquery()))


def asking(connection: Connection, practices: Collection[str]) -> list[Asked]:
    """What asks for the practices' own prescribers; for `ask`, then `read`.

    Scoped to nobody: of referrals it only counts how many each carries.
    """
    if locks.is_shared(connection):
        return [(_OF_THESE, {"practices": sorted(practices)})] if practices else []
    return [(_OF_ONE, {"practice": one}) for one in sorted(practices)]


def of_practices(connection: Connection, practices: Collection[str]) -> list[Prescriber]:
    """The practices' own, who are active.

    Scoped to nobody: of referrals it only counts how many each carries.
    """
    return read(ask(connection, *asking(connection, practices)))


def around(connection: Connection, practices: Collection[str]) -> list[Prescriber]:
    """Their own, those named to cover for them, and those of the same networks.

    Scoped to nobody: of referrals it only counts how many each carries.
    """
    return read([connection.execute(_AROUND, {"practices": sorted(practices)}).all()])


def read(found: Iterable[Sequence[Row]]) -> list[Prescriber]:
    """Who was found."""
    people: dict[int, Row] = {}
    practices: dict[int, set[str]] = {}
    for row in chain.from_iterable(found):
        people[row[0]] = row
        practices.setdefault(row[0], set()).add(row[-1])
    return [_prescriber(row, frozenset(practices[one])) for one, row in people.items()]


def _prescriber(row: Row, practices: frozenset[str]) -> Prescriber:
    number, capacity, leave_first, leave_last, cover, carrying, _ = row
    return Prescriber(
        id=number,
        practices=practices,
        capacity=capacity,
        carrying=carrying,
        leave=Leave(leave_first, leave_last) if leave_first and leave_last else None,
        cover=cover,
    )
