"""Referrals in the store: reading those the asker may see, moving one on."""

from collections.abc import Collection

from sqlalchemy import Connection, Row, Update, case, insert, select, update

from api.domain.assignment import AssignedBecause
from api.domain.errors import OvertakenError
from api.domain.referral import CloseReason, Kind, Referral, Status, StatusChange
from api.domain.staff import Asker
from api.persistence.scope import is_open, is_theirs, rank, visible
from api.persistence.tables import REFERRAL, STATUS_CHANGE

_CHANGE = insert(STATUS_CHANGE)


def moved(connection: Connection, referral_id: int, change: StatusChange) -> None:
    """Add the move and let the referral stand where it leads.

    Raises:
        OvertakenError: it does not stand any more where the move begins.
    """
    first = rank(change.after)
    place = case((REFERRAL.c.flags != "", first), else_=first + 1)
    before = change.before.value if change.before else ""
    here = update(REFERRAL).where(REFERRAL.c.id == referral_id, REFERRAL.c.status == before)
    _once(connection, here.values(status=change.after.value, rank=place))
    connection.execute(_CHANGE, change_row(referral_id, change))


def given(
    connection: Connection, found: Referral, to: int | None, because: AssignedBecause
) -> None:
    """Let somebody else have it; `to` None: the coordinators.

    Raises:
        OvertakenError: it is not any more with whom it was found.
    """
    holder = REFERRAL.c.assigned_to
    here = update(REFERRAL).where(
        REFERRAL.c.id == found.id, holder.is_not_distinct_from(found.assigned_to)
    )
    _once(connection, here.values(assigned_to=to, assigned_because=because.value))


def flagged(connection: Connection, referral_id: int, flags: Collection[str]) -> None:
    """Let it be first in the queue, too, for what another of the same person was flagged for."""
    changing = update(REFERRAL).where(REFERRAL.c.id == referral_id)
    place = case((REFERRAL.c.flags == "", REFERRAL.c.rank - 1), else_=REFERRAL.c.rank)
    connection.execute(changing.values(flags=" ".join(flags), rank=place))


def open_with(asker: Asker, connection: Connection, staff_id: int) -> list[Referral]:
    """What somebody has still to do, as far as the asker may see it, the first thing first."""
    mine = (REFERRAL.c.assigned_to == staff_id, is_open(), visible(asker))
    found = select(REFERRAL).where(*mine).order_by(REFERRAL.c.rank, REFERRAL.c.received_at)
    return [as_referral(row) for row in connection.execute(found)]


def calls(asker: Asker, connection: Connection, *, limit: int) -> list[tuple[Referral, bytes]]:
    """The open requests to be called, flagged before others, then the longest waiting.

    Each with what the person told us, still encrypted.
    """
    order = (REFERRAL.c.rank, REFERRAL.c.received_at, REFERRAL.c.id)
    wanted = (REFERRAL.c.kind == Kind.CALLBACK.value, is_open(), visible(asker))
    found = select(REFERRAL).where(*wanted).order_by(*order).limit(limit)
    return [(as_referral(row), bytes(row.sealed)) for row in connection.execute(found)]


def by_reference(
    asker: Asker, connection: Connection, reference: str, *, to_change: bool = False
) -> Referral | None:
    """The referral with this reference, if it exists for the asker.

    Whoever is going to change it waits for others who do, and sees what they have left.
    """
    found = select(REFERRAL).where(REFERRAL.c.reference == reference, visible(asker))
    if to_change:
        found = found.with_for_update(key_share=True)
    row = connection.execute(found).first()
    return as_referral(row) if row else None


def by_id(asker: Asker, connection: Connection, referral_id: int) -> Referral | None:
    """The referral with this id, if it exists for the asker."""
    row = connection.execute(select(REFERRAL).where(REFERRAL.c.id == referral_id, visible(asker)))
    found = row.first()
    return as_referral(found) if found else None


def sealed(asker: Asker, connection: Connection, referral_id: int) -> bytes | None:
    """What the person told us, still encrypted."""
    found = select(REFERRAL.c.sealed).where(REFERRAL.c.id == referral_id, visible(asker))
    row = connection.execute(found).first()
    return bytes(row.sealed) if row else None


def history(asker: Asker, connection: Connection, referral_id: int) -> list[StatusChange]:
    """Every move of a referral, oldest first."""
    table = STATUS_CHANGE
    mine = is_theirs(asker, table.c.referral_id)
    found = select(table).where(table.c.referral_id == referral_id, mine).order_by(table.c.id)
    return [_change(row) for row in connection.execute(found)]


def change_row(referral_id: int, change: StatusChange) -> dict[str, object]:
    """A move as the table keeps it."""
    return {
        "referral_id": referral_id,
        "before": change.before.value if change.before else "",
        "after": change.after.value,
        "reason": change.reason.value if change.reason else "",
        "author": change.author,
        "at": change.at,
    }


def _once(connection: Connection, changing: Update) -> None:
    """Whoever comes second finds nothing to change, in whichever process the first was."""
    if connection.execute(changing).rowcount != 1:
        raise OvertakenError


def as_referral(row: Row[tuple[object, ...]]) -> Referral:
    """A row of the table as what it is."""
    return Referral(
        id=row.id,
        reference=row.reference,
        kind=Kind(row.kind),
        status=Status(row.status),
        practice=row.practice,
        decision=row.decision,
        reasons=_codes(row.reasons),
        flags=_codes(row.flags),
        assigned_to=row.assigned_to,
        assigned_because=row.assigned_because,
        received_at=row.received_at,
        contact_days=row.contact_days,
        language=row.language,
    )


def _change(row: Row[tuple[object, ...]]) -> StatusChange:
    return StatusChange(
        before=Status(row.before) if row.before else None,
        after=Status(row.after),
        author=row.author,
        at=row.at,
        reason=CloseReason(row.reason) if row.reason else None,
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())
