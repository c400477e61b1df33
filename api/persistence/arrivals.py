"""Storing what has arrived with all that hangs on it: its claim, first moves, a line in the audit.

A trip to a server takes longer than what is done there: on PostgreSQL they are one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, Label, Select, Table, bindparam, func, insert, select
from sqlalchemy import union_all as union
from sqlalchemy.dialects.postgresql import insert as insert_if_new

from api.domain.assignment import Assignment
from api.domain.duplicate import Fingerprints
from api.domain.referral import Kind, StatusChange
from api.domain.staff import Asker
from api.persistence import audit, idempotency
from api.persistence.idempotency import Answered
from api.persistence.referrals import change_row
from api.persistence.scope import rank
from api.persistence.sorting import Sorting
from api.persistence.tables import AUDIT, IDEMPOTENCY_KEY, REFERRAL, STATUS_CHANGE
from common.runtime.database import locks
from common.runtime.database.quick import Asked, Quick, ask

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewReferral:
    """All there is to store of something that has just arrived; `changes` are its first moves.

    `unread` is how many free texts it has, which nobody can have read yet.
    """

    reference: str
    kind: Kind
    practice: str
    decision: str
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    received_at: datetime
    contact_days: int
    channel: str
    language: str
    conversation: str
    fingerprints: Fingerprints
    unread: int
    sealed: bytes
    assignment: Assignment
    changes: Sequence[StatusChange]
    sorting: Sorting = field(default_factory=Sorting)


@dataclass(frozen=True, slots=True)
class Added:
    """What came of it; without an id nothing was stored.

    Then either another request had claimed the key, or another referral has the reference.
    """

    claimed: bool
    id: int | None


@dataclass(frozen=True, slots=True)
class Arrived:
    """Something to store under the hash of its request's key, with the answer that it gets."""

    asker: Asker
    new: NewReferral
    key: str
    answer: Answered


def add_all(connection: Connection, arrived: Sequence[Arrived]) -> list[Added]:
    """Store each of them, in order; to a server all of them go in one trip.

    Scoped to nobody: it reads only what it has just stored itself.
    """
    if not locks.is_shared(connection):
        return [_one_by_one(connection, one) for one in arrived]
    found = ask(connection, *(_at_once(one) for one in arrived))
    return [Added(claimed=bool(claimed), id=number) for [(claimed, number)] in found]


def _one_by_one(connection: Connection, one: Arrived) -> Added:
    new = one.new
    if not idempotency.claim(connection, one.key, one.answer, new.received_at):
        return Added(claimed=False, id=None)
    row = _ADD.first(connection, _row(new))
    added = None if row is None else row[0]
    if added is not None:
        _CHANGE.each(connection, [change_row(added, move) for move in new.changes])
        audit.record(
            one.asker, connection, action=_action(new), subject=new.reference, at=new.received_at
        )
    return Added(claimed=True, id=added)


def _at_once(one: Arrived) -> Asked:
    new, answer = one.new, one.answer
    claim = {"key": one.key, "body": answer.body, "answer": answer.answer, "at": new.received_at}
    record = {"actor": one.asker.actor, "action": _action(new), "subject": new.reference}
    moves = {
        f"{name}_{place}": value
        for place, move in enumerate(new.changes)
        for name, value in change_row(0, move).items()
    }
    return _AT_ONCE[len(new.changes)], {**_row(new), **claim, **record, **moves}


def _action(new: NewReferral) -> str:
    return f"{new.kind}.received"


def _row(new: NewReferral) -> dict[str, object]:
    return {
        "reference": new.reference,
        "kind": new.kind.value,
        "status": new.changes[-1].after.value,
        "rank": rank(new.changes[-1].after) + (not new.flags),
        "practice": new.practice,
        "decision": new.decision,
        "reasons": " ".join(new.reasons),
        "flags": " ".join(new.flags),
        "assigned_to": new.assignment.prescriber,
        "assigned_because": new.assignment.because.value,
        "received_at": new.received_at,
        "contact_days": new.contact_days,
        "channel": new.channel,
        "language": new.language,
        "conversation": new.conversation,
        "person": new.fingerprints.person,
        "by_phone": new.fingerprints.phone,
        "by_postcode": new.fingerprints.postcode,
        "unread": new.unread,
        "sealed": new.sealed,
        **new.sorting.columns(),
    }


# The insert that lets be what is there does just the same on SQLite.
_ADD = Quick(insert_if_new(REFERRAL).on_conflict_do_nothing().returning(REFERRAL.c.id))
_CHANGE = Quick(insert(STATUS_CHANGE))


def _in_one_statement(moves: int) -> Select[Any]:
    """Each part goes on from the one before: nothing is stored without its claim.

    Takes the columns by their names, those of each move with its place behind.
    """
    claimed = _given(IDEMPOTENCY_KEY).on_conflict_do_nothing()
    claim = claimed.returning(IDEMPOTENCY_KEY.c.key).cte("claim")
    row = _but(REFERRAL, "id")
    arrived = insert_if_new(REFERRAL).from_select(
        [one.name for one in row], select(*map(_bound, row)).select_from(claim)
    )
    added = arrived.on_conflict_do_nothing().returning(REFERRAL.c.id).cte("added")
    move = _but(STATUS_CHANGE, "id", "referral_id")
    steps = union(
        *(select(added.c.id, *(_bound(one, f"_{n}") for one in move)) for n in range(moves))
    )
    moved = insert(STATUS_CHANGE).from_select(["referral_id", *(one.name for one in move)], steps)
    line = _but(AUDIT, "id")
    recorded = insert(AUDIT).from_select(
        [one.name for one in line], select(*map(_bound, line)).select_from(added)
    )
    found = select(
        select(func.count()).select_from(claim).scalar_subquery().label("claimed"),
        select(added.c.id).scalar_subquery().label("id"),
    )
    return found.add_cte(moved.cte("moved"), recorded.cte("recorded"))


def _given(table: Table) -> Any:  # noqa: ANN401 an insert of PostgreSQL's own
    return insert_if_new(table).values({one.name: _bound(one) for one in table.c})


def _but(table: Table, *names: str) -> list[Column[Any]]:
    return [one for one in table.c if one.name not in names]


def _bound(column: Column[Any], suffix: str = "") -> Label[Any]:
    return bindparam(f"{column.name}{suffix}", type_=column.type).label(f"{column.name}{suffix}")


_AT_ONCE = {moves: Quick(_in_one_statement(moves)) for moves in (1, 2)}
