"""The work on a referral: who may do what with it now, and what a hand-over makes of its status."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from api.domain.assignment import Leave
from api.domain.contact import Permitted, may_give_up
from api.domain.referral import CLOSES, CloseReason, Referral, Status
from api.domain.staff import Asker, Role, StaffAsker


class Act(StrEnum):
    """What can be done with a referral."""

    ACCEPT = "accept"
    LOG = "log"
    BOOK = "book"
    HAND_OVER = "hand_over"
    CLOSE = "close"
    REOPEN = "reopen"


TAKEN_ON = frozenset({Status.ACCEPTED, Status.CONTACTING, Status.IN_CONTACT})

# Whoever gets it has to accept it, so that nobody is left to believe that somebody has it; but a
# person to whom we speak already is not told that nobody has read their referral.
HANDED_OVER: Mapping[Status, Status] = {
    Status.RECEIVED: Status.ASSIGNED,
    Status.ASSIGNED: Status.ASSIGNED,
    Status.ACCEPTED: Status.ASSIGNED,
    Status.CONTACTING: Status.ASSIGNED,
    Status.IN_CONTACT: Status.IN_CONTACT,
}


@dataclass(frozen=True, slots=True)
class Handover:
    """Who had it and who got it; None: the coordinators' queue. `author` did it, for `because`."""

    before: int | None
    after: int | None
    because: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody to whom a referral may be given, with what they carry."""

    staff_id: int
    name: str
    carrying: int
    capacity: int
    leave: Leave | None = None

    def is_away(self, today: date) -> bool:
        """Whether they are on leave on this day."""
        return self.leave is not None and self.leave.first <= today <= self.leave.last


def works(asker: Asker) -> bool:
    """Whether they work on referrals: managers look after people and records."""
    return isinstance(asker, StaffAsker) and asker.role in {Role.PRESCRIBER, Role.COORDINATOR}


def acts(found: Referral, asker: Asker, reason: CloseReason | None = None) -> tuple[Act, ...]:
    """What is offered to the asker, the first thing first; `reason` is why it is closed."""
    if not isinstance(asker, StaffAsker) or not works(asker):
        return ()
    return tuple(_acts(found, asker, reason))


def _acts(found: Referral, asker: StaffAsker, reason: CloseReason | None) -> Iterator[Act]:
    if _may_accept(found, asker):
        yield Act.ACCEPT
    if found.status in TAKEN_ON:
        yield Act.LOG
        yield Act.BOOK
    if found.status.is_open:
        yield Act.HAND_OVER
        yield Act.CLOSE
    # What was joined with another is parted from it again, which also opens it.
    if found.status is Status.CLOSED and reason is not CloseReason.DUPLICATE:
        yield Act.REOPEN


def _may_accept(found: Referral, asker: StaffAsker) -> bool:
    """What is with somebody else is handed over, not taken from them."""
    if found.status is Status.RECEIVED:
        return found.assigned_to is None
    return found.status is Status.ASSIGNED and found.assigned_to == asker.staff_id


def reasons(status: Status, tried: int, permitted: Permitted) -> tuple[CloseReason, ...]:
    """Why it may be closed now, in the order in which they are offered."""
    return tuple(
        one
        for one in CloseReason
        if status in CLOSES[one]
        and one is not CloseReason.DUPLICATE
        and (one is not CloseReason.NOT_REACHED or may_give_up(tried, permitted))
    )


def reopened(*, holder_works: bool) -> Status:
    """It goes to whoever had it, to be accepted anew, or to the coordinators if they have left."""
    return Status.ASSIGNED if holder_works else Status.RECEIVED
