"""Possible duplicates: found by keyed hashes, linked for staff, invisible from outside."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import (
    ARRAY,
    Connection,
    String,
    any_,
    bindparam,
    case,
    insert,
    literal,
    or_,
    select,
)
from sqlalchemy import Row as SqlRow

from api.domain.duplicate import Decision, Fingerprints, Match, Verdict
from api.domain.referral import Kind, Status
from api.domain.staff import Asker, ConversationAsker
from api.persistence.scope import is_theirs, visible
from api.persistence.tables import DUPLICATE_DECISION, DUPLICATE_LINK, REFERRAL
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
    """The references that may be of the same person as this referral, oldest first.

    What a person has decided is in doubt no longer.
    """
    found = matches(asker, connection, referral_id)
    return [one.other for one in found if one.verdict in {None, Verdict.UNDONE}]


def matches(asker: Asker, connection: Connection, referral_id: int) -> list[Match]:
    """All that may be or was of the same person, with what was decided; those they may see."""
    link, me, other = DUPLICATE_LINK, REFERRAL.alias(), REFERRAL
    decided = DUPLICATE_DECISION
    newest = (
        select(decided.c.verdict)
        .where(decided.c.first_id == link.c.first_id, decided.c.second_id == link.c.second_id)
        .order_by(decided.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    mine = or_(link.c.first_id == referral_id, link.c.second_id == referral_id)
    partner = case((link.c.first_id == referral_id, link.c.second_id), else_=link.c.first_id)
    first = select(me.c.reference).where(me.c.id == link.c.first_id).scalar_subquery()
    found = (
        select(
            other.c.reference,
            link.c.shared,
            first.label("first_reference"),
            newest.label("verdict"),
        )
        .select_from(link)
        .join(other, other.c.id == partner)
        .where(mine, visible(asker), is_theirs(asker, literal(referral_id)))
        .order_by(other.c.id)
    )
    return [_match(row) for row in connection.execute(found)]


def decide(
    connection: Connection, pair: tuple[int, int], decision: Decision, sealed: bytes | None
) -> None:
    """Add what was decided of the first and the second, in this order; the note comes sealed."""
    row = {
        "first_id": pair[0],
        "second_id": pair[1],
        "verdict": decision.verdict.value,
        "author": decision.author,
        "at": decision.at,
        "sealed": sealed,
    }
    connection.execute(insert(DUPLICATE_DECISION), row)


def decisions(
    asker: Asker, connection: Connection, referral_id: int
) -> list[tuple[Decision, str, bytes | None]]:
    """All that was decided of this referral and another, oldest first.

    Each with its sealed note and the reference under which that is sealed.
    """
    table, first, second = DUPLICATE_DECISION, REFERRAL.alias(), REFERRAL.alias()
    found = (
        select(
            table,
            first.c.reference.label("first_reference"),
            second.c.reference.label("second_reference"),
        )
        .join(first, first.c.id == table.c.first_id)
        .join(second, second.c.id == table.c.second_id)
        .where(or_(table.c.first_id == referral_id, table.c.second_id == referral_id))
        .where(is_theirs(asker, literal(referral_id)))
        .order_by(table.c.id)
    )
    return [_decision(row, referral_id) for row in connection.execute(found)]


def _match(row: SqlRow[*tuple[Any, ...]]) -> Match:
    verdict = Verdict(row.verdict) if row.verdict else None
    return Match(row.reference, row.first_reference, tuple(row.shared.split()), verdict)


def _decision(
    row: SqlRow[*tuple[Any, ...]], referral_id: int
) -> tuple[Decision, str, bytes | None]:
    other = row.second_reference if row.first_id == referral_id else row.first_reference
    decision = Decision(other, Verdict(row.verdict), row.author, row.at)
    return decision, row.first_reference, row.sealed


def _earlier(row: Row, asker: ConversationAsker) -> Earlier:
    person, number, reference, kind, status, by_phone, by_postcode, conversation = row
    theirs = conversation == asker.conversation and kind == Kind.REFERRAL
    return Earlier(
        number,
        reference,
        Fingerprints(person, by_phone, by_postcode),
        sent_by_asker=theirs and Status(status).is_open,
    )
