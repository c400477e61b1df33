"""Possible duplicates: found by keyed hashes, linked for staff, invisible from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, union_all

from api.domain.duplicate import Fingerprints
from api.domain.referral import Kind, Status
from api.domain.staff import Asker, ConversationAsker
from api.persistence.scope import visible
from api.persistence.tables import DUPLICATE_LINK, REFERRAL

_SAME_PERSON = (  # person, conversation
    select(
        REFERRAL.c.id,
        REFERRAL.c.reference,
        REFERRAL.c.kind,
        REFERRAL.c.status,
        REFERRAL.c.person,
        REFERRAL.c.by_phone,
        REFERRAL.c.by_postcode,
        (REFERRAL.c.conversation == bindparam("conversation")).label("mine"),
    )
    .where(REFERRAL.c.person == bindparam("person"))
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


def same_person(
    asker: ConversationAsker, connection: Connection, person: str
) -> tuple[Earlier, ...]:
    """All that came earlier with this fingerprint of name and birth, oldest first.

    Scoped to nobody: a match is a fact about the store, and only `of` shows it to an asker.
    """
    if not person:
        return ()
    wanted = {"person": person, "conversation": asker.conversation}
    return tuple(
        Earlier(
            row.id,
            row.reference,
            Fingerprints(row.person, row.by_phone, row.by_postcode),
            sent_by_asker=bool(row.mine)
            and row.kind == Kind.REFERRAL
            and Status(row.status).is_open,
        )
        for row in connection.execute(_SAME_PERSON, wanted)
    )


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
