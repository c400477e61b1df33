"""Possible duplicates: found by keyed hashes, linked for staff, invisible from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, union_all

from api.domain.duplicate import Fingerprints
from api.domain.referral import Kind, Status
from api.domain.staff import Asker, ConversationAsker
from api.persistence.scope import visible
from api.persistence.tables import DUPLICATE_LINK, REFERRAL
from common.runtime.database.quick import Quick

_EARLIER = select(
    REFERRAL.c.person,
    REFERRAL.c.id,
    REFERRAL.c.reference,
    REFERRAL.c.kind,
    REFERRAL.c.status,
    REFERRAL.c.by_phone,
    REFERRAL.c.by_postcode,
    REFERRAL.c.conversation,
).order_by(REFERRAL.c.id)
_SAME = _EARLIER.where(REFERRAL.c.person.in_(bindparam("persons", expanding=True)))
_SAME_ONE = Quick(_EARLIER.where(REFERRAL.c.person == bindparam("person")))
_LINK = insert(DUPLICATE_LINK)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What came earlier of somebody with the same name and birth.

    `sent_by_asker`: an open referral which the very same conversation has sent, and may know of.
    """

    id: int
    reference: str
    fingerprints: Fingerprints
    sent_by_asker: bool


def same_persons(
    connection: Connection, askers: Mapping[str, ConversationAsker]
) -> Mapping[str, Sequence[Earlier]]:
    """All that came earlier with these fingerprints of name and birth, oldest first.

    Each comes with the conversation that asks. Scoped to nobody: a match is a fact about the
    store, and only `of` shows it to an asker.
    """
    found: dict[str, list[Earlier]] = {person: [] for person in askers}
    for row in _same(connection, list(askers)):
        found[row[0]].append(_earlier(row, askers[row[0]]))
    return found


def _same(connection: Connection, persons: Sequence[str]) -> Sequence[Sequence[Any]]:
    if len(persons) == 1:
        return _SAME_ONE.all(connection, {"person": persons[0]})
    return connection.execute(_SAME, {"persons": persons}).all() if persons else ()


def link(
    connection: Connection,
    referral_id: int,
    fingerprints: Fingerprints,
    earlier: Sequence[Earlier],
    at: datetime,
) -> None:
    """Link a new referral with those earlier ones that share a telephone number or a home."""
    rows = [
        {"first_id": one.id, "second_id": referral_id, "shared": " ".join(shared), "found_at": at}
        for one in earlier
        if (shared := fingerprints.shared(one.fingerprints))
    ]
    if rows:
        connection.execute(_LINK, rows)


def of(asker: Asker, connection: Connection, referral_id: int) -> list[str]:
    """The references that may be of the same person as this referral, oldest first."""
    table = DUPLICATE_LINK
    others = union_all(
        select(table.c.first_id).where(table.c.second_id == referral_id),
        select(table.c.second_id).where(table.c.first_id == referral_id),
    )
    found = select(REFERRAL.c.reference).where(REFERRAL.c.id.in_(others), visible(asker))
    return [row.reference for row in connection.execute(found.order_by(REFERRAL.c.id))]


def _earlier(row: Sequence[Any], asker: ConversationAsker) -> Earlier:
    person, number, reference, kind, status, by_phone, by_postcode, conversation = row
    theirs = conversation == asker.conversation and kind == Kind.REFERRAL
    return Earlier(
        number,
        reference,
        Fingerprints(person, by_phone, by_postcode),
        sent_by_asker=theirs and Status(status).is_open,
    )
