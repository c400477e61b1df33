"""Possible duplicates: found by keyed hashes, linked for staff, invisible from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, union_all

from api.domain.duplicate import Fingerprints
from api.domain.referral import Kind, Status
from api.domain.staff import Asker, ConversationAsker
from api.persistence.scope import visible
from api.persistence.tables import DUPLICATE_LINK, REFERRAL

_SAME = (  # persons
    select(
        REFERRAL.c.id,
        REFERRAL.c.reference,
        REFERRAL.c.kind,
        REFERRAL.c.status,
        REFERRAL.c.person,
        REFERRAL.c.by_phone,
        REFERRAL.c.by_postcode,
        REFERRAL.c.conversation,
    )
    .where(REFERRAL.c.person.in_(bindparam("persons", expanding=True)))
    .order_by(REFERRAL.c.id)
)
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
    if askers:
        for row in connection.execute(_SAME, {"persons": list(askers)}):
            found[row.person].append(_earlier(row, askers[row.person]))
    return found


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


def _earlier(row: Row[*tuple[Any, ...]], asker: ConversationAsker) -> Earlier:
    theirs = row.conversation == asker.conversation and row.kind == Kind.REFERRAL
    return Earlier(
        row.id,
        row.reference,
        Fingerprints(row.person, row.by_phone, row.by_postcode),
        sent_by_asker=theirs and Status(row.status).is_open,
    )
