"""What staff do with a referral, each in one transaction: it all happens once, or not at all."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause
from api.domain.casework import HANDED_OVER, Act, Colleague, reopened
from api.domain.contact import Attempt, Booking, Outcome, after_attempt, offered
from api.domain.errors import UnacceptableError
from api.domain.referral import CloseReason, Referral, Status
from api.domain.staff import StaffAsker
from api.persistence import casework, colleagues, referrals, roster, staff
from api.services import opening
from api.services.acting import Doing, Seen, act
from api.services.desk import Desk
from api.services.finding import find
from api.services.work import read_work


@dataclass(frozen=True, slots=True)
class Choices:
    """To whom it may be given; `cover` is who stands in for whoever has it, if they may."""

    people: tuple[Colleague, ...]
    cover: Colleague | None


async def accept(desk: Desk, asker: StaffAsker, seen: Seen) -> None:
    """Take it on; what nobody had is then with the asker. Raises what `act` does."""

    def do(doing: Doing) -> None:
        if doing.found.assigned_to is None:
            doing.give(asker.staff_id, AssignedBecause.TAKEN_ON)
        doing.move(Status.ACCEPTED)

    await act(desk, asker, seen, Act.ACCEPT, do)


async def hand_over(desk: Desk, asker: StaffAsker, seen: Seen, to: int | None) -> bool:
    """Give it to a colleague, or (None) back to the coordinators; whether the asker still sees it.

    Raises:
        UnacceptableError: it is not for the asker to give it to them.
        OvertakenError, MoveRefusedError, NotFoundError: as `act` does.
    """
    today = desk.today()

    def do(doing: Doing) -> bool:
        found = doing.found
        choices = _choices(doing.connection, asker, found, today=today)
        if to is not None and to not in {one.staff_id for one in choices.people}:
            raise UnacceptableError("to", "Choose somebody from the list")
        if to is None and found.assigned_to is None:
            raise UnacceptableError("to", "Nobody has it already")
        doing.give(to, _because(to, choices))
        doing.move(Status.RECEIVED if to is None else HANDED_OVER[found.status])
        return referrals.by_id(asker, doing.connection, found.id) is not None

    return await act(desk, asker, seen, Act.HAND_OVER, do)


async def log_attempt(
    desk: Desk, asker: StaffAsker, seen: Seen, outcome: Outcome, note: str = ""
) -> None:
    """Note a try to reach them; only of a kind that they allow.

    Raises:
        UnacceptableError: they do not allow this.
        OvertakenError, MoveRefusedError, NotFoundError: as `act` does.
    """

    def do(doing: Doing) -> None:
        found, connection = doing.found, doing.connection
        told = opening.told(desk, asker, connection, found)
        later = opening.corrections(desk, asker, connection, found)
        if outcome not in offered(opening.permitted(told, later)):
            raise UnacceptableError("outcome", "They did not allow this")
        sealed = opening.seal_note(desk, note, "contact_attempt", found.reference)
        attempt = Attempt(outcome, asker.actor, doing.at)
        casework.add_attempt(connection, found.id, attempt, sealed)
        doing.move(after_attempt(found.status, outcome))

    await act(desk, asker, seen, Act.LOG, do)


async def book(
    desk: Desk, asker: StaffAsker, seen: Seen, starts_at: datetime, note: str = ""
) -> None:
    """Note when the first conversation is; one before is changed by it. Raises what `act` does."""

    def do(doing: Doing) -> None:
        sealed = opening.seal_note(desk, note, "booking", doing.found.reference)
        booking = Booking(starts_at, asker.actor, doing.at)
        casework.add_booking(doing.connection, doing.found.id, booking, sealed)
        doing.waits_until(starts_at)

    await act(desk, asker, seen, Act.BOOK, do)


async def close(desk: Desk, asker: StaffAsker, seen: Seen, reason: CloseReason) -> None:
    """Close it for a reason that may be given now.

    Raises:
        UnacceptableError: this reason may not be given now.
        OvertakenError, MoveRefusedError, NotFoundError: as `act` does.
    """

    def do(doing: Doing) -> None:
        found, connection = doing.found, doing.connection
        told = opening.told(desk, asker, connection, found)
        later = opening.corrections(desk, asker, connection, found)
        work = read_work(desk, asker, connection, found, (told, later))
        if reason not in work.reasons:
            raise UnacceptableError("reason", "Choose one of these reasons")
        doing.move(Status.CLOSED, reason)

    await act(desk, asker, seen, Act.CLOSE, do)


async def reopen(desk: Desk, asker: StaffAsker, seen: Seen) -> None:
    """Open it again, for whoever had it. Raises what `act` does."""
    await act(desk, asker, seen, Act.REOPEN, open_again)


def open_again(doing: Doing) -> None:
    """To whoever had it, or to the coordinators when they do not work here any more."""
    holder = doing.found.assigned_to
    member = staff.by_id(doing.connection, holder) if holder is not None else None
    works = member is not None and member.active
    if works:
        doing.give(holder, AssignedBecause.REOPENED)
    else:
        doing.give(None, AssignedBecause.HANDED_BACK)
    doing.move(reopened(holder_works=works))


async def choices(desk: Desk, asker: StaffAsker, reference: str) -> Choices:
    """To whom the asker may give this referral. Raises NotFoundError."""
    today = desk.today()

    def read(connection: Connection) -> Choices:
        found = find(asker, connection, reference, to_change=False)
        return _choices(connection, asker, found, today=today)

    return await desk.database.read(read)


def _choices(connection: Connection, asker: StaffAsker, found: Referral, *, today: date) -> Choices:
    """Coordinators may choose anybody; others those around their practices and the covers."""
    holder = found.assigned_to
    covering = {staff.leave(connection, one)[1] for one in (holder, asker.staff_id) if one}
    only = None
    if not asker.sees_all:
        around = roster.around(connection, {found.practice, *asker.practices})
        only = {one.id for one in around} | {one for one in covering if one is not None}
    people = tuple(
        one
        for one in colleagues.prescribers(connection, only)
        if one.staff_id != holder and not one.is_away(today)
    )
    named = staff.leave(connection, holder)[1] if holder is not None else None
    return Choices(people, next((one for one in people if one.staff_id == named), None))


def _because(to: int | None, choices: Choices) -> AssignedBecause:
    if to is None:
        return AssignedBecause.HANDED_BACK
    if choices.cover is not None and to == choices.cover.staff_id:
        return AssignedBecause.NAMED_COVER
    return AssignedBecause.HANDED_OVER
