"""Closing a practice: what becomes of its open referrals is said first, and done in one go."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause, Assignment
from api.domain.closing import OpenReferrals, sort_out
from api.domain.errors import ChangedMeanwhileError, UnacceptableError
from api.domain.events import Event, NobodyAssigned, PrescriberAssigned
from api.domain.referral import Referral, Status, move
from api.domain.staff import Asker, StaffAsker
from api.persistence import audit, directory, handover, referrals, roster
from api.services.assigning import Assigning
from api.services.desk import Desk
from api.services.directing import Book, changing, for_leaders, note, read, version
from api.services.outbox import announce
from common.contract.directory import Practice


@dataclass(frozen=True, slots=True)
class Outlook:
    """What closing would do: counts of open referrals by who gets them.

    `stay` are with whoever works on them; of the `waiting`, `to` says how many each would get,
    None standing for the coordinators. `seen` is what a form says it was made from.
    """

    practice: Practice
    stay: int
    waiting: int
    to: tuple[tuple[int | None, int], ...]
    seen: str


async def outlook(desk: Desk, asker: StaffAsker, ods_code: str, successor: str = "") -> Outlook:
    """What would become of its open referrals; nothing is changed. Raises NotFoundError."""
    for_leaders(asker)

    def look(connection: Connection) -> Outlook:
        book = read(connection)
        practice = book.practice(ods_code)
        found = sort_out(handover.open_of(asker, connection, ods_code))
        given = _given_out(desk, connection, book, found, practice, successor)
        counts = Counter(one.prescriber for one in given)
        order = sorted(counts.items(), key=lambda one: (one[0] is None, one[0] or 0))
        seen = _seen(practice, found)
        return Outlook(practice, len(found.begun), len(found.waiting), tuple(order), seen)

    return await desk.database.read(look)


async def close(
    desk: Desk, asker: StaffAsker, ods_code: str, seen: str, successor: str = ""
) -> int:
    """Close it and give out what waits; how many referrals that were.

    With a `successor`, where its people go, the rule finds who takes each; else the coordinators
    have them. Either all of it is done or nothing.

    Raises:
        ChangedMeanwhileError: the practice or its referrals are not as they were `seen`.
        UnacceptableError: the successor is no open practice.
        NotFoundError: there is none such, or whoever asks is a prescriber.
    """

    def work(connection: Connection) -> int:
        book = read(connection)
        practice = book.practice(ods_code)
        found = sort_out(handover.open_of(asker, connection, ods_code))
        if seen != _seen(practice, found):
            raise ChangedMeanwhileError
        return close_one(desk, asker, connection, book, practice, successor)

    return await changing(desk, asker, work)


def close_one(  # noqa: PLR0913, PLR0917 who asks, at which desk, in which transaction, and what
    desk: Desk,
    asker: Asker,
    connection: Connection,
    book: Book,
    practice: Practice,
    successor: str = "",
) -> int:
    """The same in a transaction of somebody's."""
    found = sort_out(handover.open_of(asker, connection, practice.ods_code))
    given = _given_out(desk, connection, book, found, practice, successor)
    directory.change(connection, practice.model_copy(update={"open": False}))
    for one, to in zip(found.waiting, given, strict=True):
        _hand_over(desk, asker, connection, one, to)
    announce(desk, connection, *_events(found.waiting, given))
    note(desk, asker, connection, "practice_closed", f"practice:{practice.ods_code}")
    return len(found.waiting)


def _given_out(  # noqa: PLR0913, PLR0917 as above
    desk: Desk,
    connection: Connection,
    book: Book,
    found: OpenReferrals,
    practice: Practice,
    successor: str,
) -> Sequence[Assignment]:
    """Who gets each of the waiting, by the rule of the practice its people go to."""
    networks = {one.ods_code: one.pcn_code for one in book.practices if one.open}
    networks.pop(practice.ods_code, None)
    if not successor:
        return [Assignment(None, AssignedBecause.PRACTICE_NOT_OPEN)] * len(found.waiting)
    if successor not in networks:
        raise UnacceptableError("successor", "Choose a practice that is open")
    assigning = Assigning(connection, networks, desk.today())
    own = roster.of_practices(connection, {successor})
    return assigning.assign([successor] * len(found.waiting), own)


def _hand_over(
    desk: Desk, asker: Asker, connection: Connection, one: Referral, to: Assignment
) -> None:
    at = desk.clock()
    handover.give(connection, one.id, to)
    if one.status is Status.RECEIVED and to.prescriber is not None:
        change = move(one.status, Status.ASSIGNED, author=asker.actor, at=at)
        referrals.moved(connection, one.id, change)
    subject = one.reference
    audit.record(asker, connection, action="referral.reassigned", subject=subject, at=at)


def _events(waiting: Sequence[Referral], given: Sequence[Assignment]) -> Sequence[Event]:
    """Whoever gets one is told; coordinators only of what they have not just chosen themselves."""
    return [
        PrescriberAssigned(one.id, to.prescriber)
        if to.prescriber is not None
        else NobodyAssigned(one.id)
        for one, to in zip(waiting, given, strict=True)
        if to.because is not AssignedBecause.PRACTICE_NOT_OPEN and to.prescriber != one.assigned_to
    ]


def _seen(practice: Practice, found: OpenReferrals) -> str:
    return version(practice, *((one.id, one.status) for one in (*found.begun, *found.waiting)))
