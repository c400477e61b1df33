"""Possible duplicates: found by keyed hashes, linked for staff, invisible from outside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import ARRAY, Connection, String, any_, bindparam, insert, select, union_all

from api.domain.duplicate import Fingerprints
from api.domain.referral import Kind, Status
from api.domain.staff import Asker, ConversationAsker
from api.persistence.scope import visible
from api.persistence.tables import DUPLICATE_LINK, REFERRAL
from common.runtime.database import locks
from common.runtime.database.quick import Asked, Quick, Row

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
_OF_ONE = Quick(_EARLIER.where(REFERRAL.c.person == bindparam("person")))
_OF_THESE = Quick(
    _EARLIER.where(REFERRAL.c.person == any_(bindparam("persons", type_=ARRAY(String))))
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


def asking(connection: Connection, persons: Collection[str]) -> list[Asked]:
    """What asks for all that came earlier with these fingerprints of name and birth.

    For `ask`, then `read`. Scoped to nobody: a match is a fact about the store, and only `of`
    shows it to an asker.
    """
    if locks.is_shared(connection):
        return [(_OF_THESE, {"persons": sorted(persons)})] if persons else []
    return [(_OF_ONE, {"person": one}) for one in sorted(persons)]


def read(
    found: Iterable[Sequence[Row]], askers: Mapping[str, ConversationAsker]
) -> Mapping[str, Sequence[Earlier]]:
    """What came earlier of each person, oldest first; with the conversation that asks for each."""
    earlier: dict[str, list[Earlier]] = {person: [] for person in askers}
    for row in chain.from_iterable(found):
        earlier[row[0]].append(_earlier(row, askers[row[0]]))
    return earlier


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


def _earlier(row: Row, asker: ConversationAsker) -> Earlier:
    person, number, reference, kind, status, by_phone, by_postcode, conversation = row
    theirs = conversation == asker.conversation and kind == Kind.REFERRAL
    return Earlier(
        number,
        reference,
        Fingerprints(person, by_phone, by_postcode),
        sent_by_asker=theirs and Status(status).is_open,
    )
