"""What has been done on a referral and what can be done next: read together with the referral."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from api.domain.casework import Act, Handover, acts, reasons
from api.domain.contact import Attempt, Booking, Permitted, tries
from api.domain.duplicate import Decision, Match
from api.domain.referral import CloseReason, Referral, Status, StatusChange
from api.domain.staff import Asker
from api.persistence import casework, duplicates, referrals, staff
from api.services import opening
from api.services.desk import Desk
from api.services.opening import Told
from common.contract.referral import Correction

STAFF = "staff:"


@dataclass(frozen=True, slots=True)
class Work:
    """The work on one referral, as the asker may see it; everything oldest first.

    `version` is what the next step is made from. `names` are those of staff, by how the rows name
    their authors. `tried` counts tries in vain since it was last opened. `acts` and `reasons` (to
    close) are what is offered now.
    """

    version: int
    still_since: datetime
    permitted: Permitted
    attempts: tuple[Attempt, ...]
    bookings: tuple[Booking, ...]
    handovers: tuple[Handover, ...]
    matches: tuple[Match, ...]
    decisions: tuple[Decision, ...]
    names: Mapping[str, str]
    tried: int
    acts: tuple[Act, ...]
    reasons: tuple[CloseReason, ...]

    @property
    def booking(self) -> Booking | None:
        """The one that counts."""
        return self.bookings[-1] if self.bookings else None


def read_work(
    desk: Desk,
    asker: Asker,
    connection: Connection,
    found: Referral,
    known: tuple[Told, tuple[Correction, ...]],
) -> Work:
    """Read it within the transaction in which the referral was found; `known` is what was told."""
    changes = referrals.history(asker, connection, found.id)
    permitted = opening.permitted(*known)
    attempts = _attempts(desk, asker, connection, found)
    tried = tries(attempts, opened_at(changes))
    since = casework.still_since(asker, connection, [found.id])
    work = Work(
        version=casework.version(asker, connection, found.id),
        still_since=since.get(found.id, found.received_at),
        permitted=permitted,
        attempts=attempts,
        bookings=_bookings(desk, asker, connection, found),
        handovers=tuple(casework.handovers(asker, connection, found.id)),
        matches=tuple(duplicates.matches(asker, connection, found.id)),
        decisions=_decisions(desk, asker, connection, found),
        names={},
        tried=tried,
        acts=acts(found, asker, changes[-1].reason),
        reasons=reasons(found.status, tried, permitted),
    )
    return replace(work, names=_names(connection, changes, work))


def opened_at(changes: Sequence[StatusChange]) -> datetime:
    """When it was opened the last time, which mostly is when it came."""
    again = (one.at for one in changes if one.before is Status.CLOSED)
    return max(again, default=changes[0].at)


def _attempts(
    desk: Desk, asker: Asker, connection: Connection, found: Referral
) -> tuple[Attempt, ...]:
    return tuple(
        replace(one, note=opening.note(desk, sealed, "contact_attempt", found.reference))
        for one, sealed in casework.attempts(asker, connection, found.id)
    )


def _bookings(
    desk: Desk, asker: Asker, connection: Connection, found: Referral
) -> tuple[Booking, ...]:
    return tuple(
        replace(one, note=opening.note(desk, sealed, "booking", found.reference))
        for one, sealed in casework.bookings(asker, connection, found.id)
    )


def _decisions(
    desk: Desk, asker: Asker, connection: Connection, found: Referral
) -> tuple[Decision, ...]:
    return tuple(
        replace(one, note=opening.note(desk, sealed, "duplicate_decision", first))
        for one, first, sealed in duplicates.decisions(asker, connection, found.id)
    )


def _names(
    connection: Connection, changes: Sequence[StatusChange], work: Work
) -> Mapping[str, str]:
    ids = {int(one.removeprefix(STAFF)) for one in _authors(changes, work) if STAFF in one}
    ids |= {one for each in work.handovers for one in (each.before, each.after) if one is not None}
    return {f"{STAFF}{one}": name for one, name in staff.names(connection, ids).items()}


def _authors(changes: Sequence[StatusChange], work: Work) -> Iterator[str]:
    for rows in (changes, work.attempts, work.bookings, work.handovers, work.decisions):
        yield from (one.author for one in rows)
