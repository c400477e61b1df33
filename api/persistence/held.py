"""All that hangs on a referral, found by the tables' own foreign keys: nothing can be forgotten.

A table that is added later is handed over and erased with the rest, without a word here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    bindparam,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_count

from api.domain.staff import Asker
from api.persistence.scope import is_theirs, visible
from api.persistence.sealed import SEALED
from api.persistence.store import JOBS
from api.persistence.tables import (
    ERASED_COUNT,
    ERASURE,
    IDEMPOTENCY_KEY,
    METADATA,
    REFERRAL,
    STATUS_CHANGE,
)

_ID = bindparam("referral_id", type_=REFERRAL.c.id.type)
HASHES = frozenset({"conversation", "person", "by_phone", "by_postcode"})
"""Keyed hashes: nobody can read them back, so they are named when a copy is given, and no more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A row as it is kept; of what is sealed, the name of the row under which it is."""

    table: str
    values: Mapping[str, Any]
    seals: Mapping[str, str]


def _hanging() -> dict[Table, ColumnElement[bool]]:
    """The tables whose rows belong to a referral, parents first, each with the condition."""
    found: dict[Table, ColumnElement[bool]] = {REFERRAL: REFERRAL.c.id == _ID}
    for table in METADATA.sorted_tables:
        ways = [
            one.parent.in_(select(one.column).where(found[one.column.table]))
            for one in table.foreign_keys
            if one.column.table in found and one.column.table is not table
        ]
        if ways and table is not REFERRAL:
            found[table] = or_(false(), *ways)
    return found


HANGING = _hanging()
_SELF = [one.parent for one in REFERRAL.foreign_keys if one.column.table is REFERRAL]


def rows(asker: Asker, connection: Connection, referral_id: int) -> list[Kept]:
    """The referral's own row and all that hang on it, if it exists for the asker."""
    if not connection.execute(
        select(exists().where(REFERRAL.c.id == referral_id, visible(asker)))
    ).scalar_one():
        return []
    return [
        one
        for table, which in HANGING.items()
        for one in _rows(connection, table, which, referral_id)
    ]


def _rows(
    connection: Connection, table: Table, which: ColumnElement[bool], referral_id: int
) -> list[Kept]:
    sealed = [one for one in SEALED if one.table is table]
    named = [one.row.label(f"row of {one.column.name}") for one in sealed]
    found = select(table, *named).where(which).order_by(*table.primary_key)
    return [
        Kept(
            table.name,
            {name: value for name, value in row.items() if not name.startswith("row of ")},
            {one.column.name: str(row[f"row of {one.column.name}"]) for one in sealed},
        )
        for row in connection.execute(found, {"referral_id": referral_id}).mappings()
    ]


def same_person(asker: Asker, connection: Connection, referral_id: int) -> list[str]:
    """The references with the same name and birth as this one, itself among them, oldest first."""
    person = select(REFERRAL.c.person).where(REFERRAL.c.id == referral_id).scalar_subquery()
    same = (REFERRAL.c.person == person) & (REFERRAL.c.person != "")
    found = select(REFERRAL.c.reference).where(or_(same, REFERRAL.c.id == referral_id))
    return list(connection.scalars(found.where(visible(asker)).order_by(REFERRAL.c.id)))


def erase(asker: Asker, connection: Connection, referral_id: int, reference: str) -> None:
    """Take it away with all that hangs on it, if it exists for the asker."""
    mine = {"referral_id": referral_id}
    if not connection.execute(select(is_theirs(asker, _ID)), mine).scalar_one():
        return
    for column in _SELF:
        others = update(REFERRAL).where(column == referral_id)
        connection.execute(others.values({column.name: None}))
    for table, which in reversed(HANGING.items()):
        connection.execute(delete(table).where(which), mine)
    answered = IDEMPOTENCY_KEY.c.answer.contains(reference, autoescape=True)
    connection.execute(delete(IDEMPOTENCY_KEY).where(answered))


def note_erasure(
    connection: Connection, reference: str, count: tuple[str, str, str], at: datetime
) -> None:
    """Note that it was erased, and count it by month, network and kind."""
    connection.execute(insert(ERASURE), {"reference": reference, "at": at})
    month, network, kind = count
    row = {"month": month, "network": network, "kind": kind, "count": 1}
    adding = insert_or_count(ERASED_COUNT).on_conflict_do_update(
        index_elements=list(ERASED_COUNT.primary_key), set_={"count": ERASED_COUNT.c.count + 1}
    )
    connection.execute(adding, row)


def was_erased(connection: Connection, reference: str) -> bool:
    """Whether a referral of this reference was erased."""
    found = select(ERASURE.c.reference).where(ERASURE.c.reference == reference)
    return connection.execute(found).first() is not None


def erased_counts(connection: Connection) -> list[tuple[str, str, int]]:
    """How many were erased, by the month they came in and the network."""
    table = ERASED_COUNT
    keys = (table.c.month, table.c.network)
    found = select(*keys, func.sum(table.c.count)).group_by(*keys).order_by(*keys)
    return [(row[0], row[1], int(row[2])) for row in connection.execute(found)]


def ended_before(
    asker: Asker, connection: Connection, before: datetime, after: int, most: int
) -> list[tuple[int, str]]:
    """Referrals whose last move was before then and ended them: numbers behind `after`."""
    later = exists().where(STATUS_CHANGE.c.referral_id == REFERRAL.c.id)
    found = (
        select(REFERRAL.c.id, REFERRAL.c.reference)
        .where(REFERRAL.c.rank.in_((2, 3)), REFERRAL.c.received_at < before, visible(asker))
        .where(~later.where(STATUS_CHANGE.c.at >= before), REFERRAL.c.id > after)
        .order_by(REFERRAL.c.id)
        .limit(most)
    )
    return [(row.id, row.reference) for row in connection.execute(found)]


def open_jobs(connection: Connection) -> list[tuple[int, str, bytes]]:
    """Every job that is not done: its number, its key, and what it is about, sealed."""
    found = select(JOBS.c.id, JOBS.c.key, JOBS.c.payload).where(JOBS.c.done_at.is_(None))
    return [(row.id, row.key, bytes(row.payload)) for row in connection.execute(found)]


def forget_jobs(connection: Connection, numbers: list[int], referral_id: int) -> None:
    """Cancel these, and forget that others were done: the referral's number may come again."""
    connection.execute(delete(JOBS).where(JOBS.c.id.in_(numbers)))
    told = JOBS.c.unique_key.startswith(f"{referral_id}:", autoescape=True)
    done = JOBS.c.kind.startswith("notify_", autoescape=True) & JOBS.c.done_at.is_not(None)
    connection.execute(delete(JOBS).where(told, done))
