"""The work on referrals in the store: each step once, tries, bookings, hand-overs.

What is written hangs on a referral that the service has found for the asker; every read begins
with the asker.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_update

from api.domain.ageing import Stage, Still
from api.domain.casework import Handover
from api.domain.contact import Attempt, Booking, Outcome
from api.domain.errors import OvertakenError
from api.domain.staff import Asker
from api.persistence.scope import is_theirs
from api.persistence.tables import BOOKING, CONTACT_ATTEMPT, HANDOVER, REFERRAL_WORK


def version(asker: Asker, connection: Connection, referral_id: int) -> int:
    """How many steps staff have done; 0 before the first."""
    table = REFERRAL_WORK
    mine = is_theirs(asker, table.c.referral_id)
    found = select(table.c.version).where(table.c.referral_id == referral_id, mine)
    return connection.execute(found).scalar_one_or_none() or 0


def still_since(
    asker: Asker, connection: Connection, referral_ids: Collection[int]
) -> dict[int, datetime]:
    """Since when nothing has moved, by id; what nobody has touched since it came is left out."""
    table = REFERRAL_WORK
    mine = (table.c.referral_id.in_(referral_ids), is_theirs(asker, table.c.referral_id))
    rows = connection.execute(select(table.c.referral_id, table.c.still_since).where(*mine))
    return {row.referral_id: row.still_since for row in rows}


def step(connection: Connection, referral_id: int, seen: int, since: datetime) -> None:
    """Count one more step, made from a page of version `seen`; nothing moves after `since`.

    Raises:
        OvertakenError: somebody else has done a step meanwhile.
    """
    _write(connection, referral_id, seen, still_since=since, version=seen + 1, told=Stage.NONE)


def rest_until(connection: Connection, referral_id: int, moment: datetime) -> None:
    """Count the time in which nothing moves from a moment that is still to come."""
    one = update(REFERRAL_WORK).where(REFERRAL_WORK.c.referral_id == referral_id)
    connection.execute(one.values(still_since=moment))


def tell(connection: Connection, still: Still, stage: Stage) -> None:
    """Note who is told that nothing moves.

    Raises:
        OvertakenError: something has moved meanwhile.
    """
    values = {"still_since": still.since, "version": still.version, "told": stage}
    _write(connection, still.referral_id, still.version, **values)


def _write(connection: Connection, referral_id: int, seen: int, **values: object) -> None:
    """Write the row, or the first one, if it is still of the version that was seen."""
    table = REFERRAL_WORK
    adding = insert_or_update(table).values(referral_id=referral_id, **values)
    writing = adding.on_conflict_do_update(
        index_elements=[table.c.referral_id], set_=values, where=table.c.version == seen
    )
    if connection.execute(writing.returning(table.c.version)).first() is None:
        raise OvertakenError


def add_attempt(
    connection: Connection, referral_id: int, attempt: Attempt, sealed: bytes | None
) -> None:
    """Add a try; its note comes sealed."""
    values = {"outcome": attempt.outcome.value, "author": attempt.author, "at": attempt.at}
    _add(connection, CONTACT_ATTEMPT, referral_id, **values, sealed=sealed)


def add_booking(
    connection: Connection, referral_id: int, booking: Booking, sealed: bytes | None
) -> None:
    """Add a booking, which counts from now on; its note comes sealed."""
    values = {"starts_at": booking.starts_at, "author": booking.author, "at": booking.at}
    _add(connection, BOOKING, referral_id, **values, sealed=sealed)


def add_handover(connection: Connection, referral_id: int, handover: Handover) -> None:
    """Add who had it and who got it."""
    values = {"before_id": handover.before, "after_id": handover.after}
    author = {"because": handover.because, "author": handover.author, "at": handover.at}
    _add(connection, HANDOVER, referral_id, **values, **author)


def _add(connection: Connection, table: Table, referral_id: int, **values: object) -> None:
    connection.execute(insert(table), {"referral_id": referral_id, **values})


def attempts(
    asker: Asker, connection: Connection, referral_id: int
) -> list[tuple[Attempt, bytes | None]]:
    """All tries with their sealed notes, oldest first."""
    return [
        (Attempt(Outcome(row.outcome), row.author, row.at), row.sealed)
        for row in _rows(asker, connection, CONTACT_ATTEMPT, referral_id)
    ]


def bookings(
    asker: Asker, connection: Connection, referral_id: int
) -> list[tuple[Booking, bytes | None]]:
    """All bookings with their sealed notes, oldest first."""
    return [
        (Booking(row.starts_at, row.author, row.at), row.sealed)
        for row in _rows(asker, connection, BOOKING, referral_id)
    ]


def handovers(asker: Asker, connection: Connection, referral_id: int) -> list[Handover]:
    """All hand-overs, oldest first."""
    return [
        Handover(row.before_id, row.after_id, row.because, row.author, row.at)
        for row in _rows(asker, connection, HANDOVER, referral_id)
    ]


def _rows(
    asker: Asker, connection: Connection, table: Table, referral_id: int
) -> Iterator[Row[Any]]:
    mine = is_theirs(asker, table.c.referral_id)
    found = select(table).where(table.c.referral_id == referral_id, mine).order_by(table.c.id)
    return iter(connection.execute(found).all())
