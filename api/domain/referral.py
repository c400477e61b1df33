"""A referral's life: what it is, the one table of its moves, and what a move leaves behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from api.domain.errors import MoveRefusedError


class Kind(StrEnum):
    """What stands in the queue; both are worked, numbered and closed alike."""

    REFERRAL = "referral"
    CALLBACK = "callback"


class Status(StrEnum):
    """Where a referral stands."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    CONTACTING = "contacting"
    IN_CONTACT = "in_contact"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return bool(MOVES[self])


class CloseReason(StrEnum):
    """Why a referral was closed."""

    SUPPORTED = "supported"
    SIGNPOSTED = "signposted"
    DECLINED = "declined"
    NOT_REACHED = "not_reached"
    NOT_ELIGIBLE = "not_eligible"
    DUPLICATE = "duplicate"


# The whole of it: what is not here cannot happen.
MOVES: Mapping[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.ASSIGNED, Status.WITHDRAWN}),
    Status.ASSIGNED: frozenset({Status.ACCEPTED, Status.WITHDRAWN}),
    Status.ACCEPTED: frozenset({Status.CONTACTING, Status.WITHDRAWN}),
    Status.CONTACTING: frozenset({Status.IN_CONTACT, Status.WITHDRAWN}),
    Status.IN_CONTACT: frozenset({Status.CLOSED, Status.WITHDRAWN}),
    Status.CLOSED: frozenset(),
    Status.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class StatusChange:
    """One move, with its author; `before` is None for a referral's first row."""

    before: Status | None
    after: Status
    author: str
    at: datetime
    reason: CloseReason | None = None


def move(
    status: Status, to: Status, *, author: str, at: datetime, reason: CloseReason | None = None
) -> StatusChange:
    """The row this move leaves behind.

    Raises:
        MoveRefusedError: the table has no such move, or a closing gives no reason, or
            something else gives one.
    """
    if to not in MOVES[status]:
        raise MoveRefusedError(f"from {status} to {to}")
    if (to is Status.CLOSED) is (reason is None):
        raise MoveRefusedError("a closing has a reason, and nothing else has")
    return StatusChange(status, to, author, at, reason)


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral without the person: what queues, pages and notifications are made from.

    `practice` is an ODS code or empty. `decision`, `reasons` and `flags` are the contract's
    codes. `assigned_because` says why `assigned_to` has it, or why nobody does.
    """

    id: int
    reference: str
    kind: Kind
    status: Status
    practice: str
    decision: str
    reasons: tuple[str, ...]
    flags: tuple[str, ...]
    assigned_to: int | None
    assigned_because: str
    received_at: datetime
    contact_days: int
    language: str

    @property
    def is_urgent(self) -> bool:
        """Whether a flag puts it first in the queue; it decides nothing else."""
        return bool(self.flags)
