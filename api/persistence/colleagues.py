"""To whom work may be given: prescribers with what they carry, all of them or those around."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, func, select

from api.domain.assignment import Leave
from api.domain.casework import Colleague
from api.domain.staff import Role
from api.persistence.scope import is_open
from api.persistence.tables import REFERRAL, STAFF_MEMBER

_CARRYING = (
    select(func.count())
    .where(REFERRAL.c.assigned_to == STAFF_MEMBER.c.id, is_open())
    .scalar_subquery()
)


def prescribers(connection: Connection, only: Collection[int] | None = None) -> list[Colleague]:
    """The active prescribers by name: all, or only those with these ids.

    Scoped to nobody: of referrals it only counts how many each carries.
    """
    table = STAFF_MEMBER
    found = select(
        *(table.c.id, table.c.name, table.c.capacity, table.c.leave_first, table.c.leave_last),
        _CARRYING.label("carrying"),
    ).where(table.c.role == Role.PRESCRIBER.value, table.c.active)
    if only is not None:
        found = found.where(table.c.id.in_(sorted(only)))
    return [_colleague(row) for row in connection.execute(found.order_by(table.c.name, table.c.id))]


def _colleague(row: Row[*tuple[Any, ...]]) -> Colleague:
    away = row.leave_first is not None and row.leave_last is not None
    leave = Leave(row.leave_first, row.leave_last) if away else None
    return Colleague(row.id, row.name, row.carrying, row.capacity, leave)
