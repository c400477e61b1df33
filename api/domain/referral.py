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
        return self not in {Status.CLOSED, Status.WITHDRAWN}


class CloseReason(StrEnum):
    """Why a referral was closed."""

    ATTENDED = "attended"
    DECLINED = "declined"
    NOT_REACHED = "not_reached"
    MOVED = "moved"
    NOT_ELIGIBLE = "not_eligible"
    WITHDRAWN = "withdrawn"
    PASSED_TO_CONNECT = "passed_to_connect"
    DUPLICATE = "duplicate"


# The whole of it: what is not here cannot happen. Each time a prescriber has it anew, whether
# handed over or opened again, it is `assigned` to them, for them to accept. Somebody we are already
# in contact with stays so, whoever goes on. `withdrawn` is the person's own word: nobody here takes
# it back for them. Whoever closes is staff, who may have been wrong.
MOVES: Mapping[Status, frozenset[Status]] = {
    Status.RECEIVED: frozenset({Status.ASSIGNED, Status.ACCEPTED, Status.CLOSED, Status.WITHDRAWN}),
    Status.ASSIGNED: frozenset({Status.ACCEPTED, Status.RECEIVED, Status.CLOSED, Status.WITHDRAWN}),
    Status.ACCEPTED: frozenset(
        {
            *(Status.CONTACTING, Status.IN_CONTACT, Status.ASSIGNED, Status.RECEIVED),
            *(Status.CLOSED, Status.WITHDRAWN),
        }
    ),
    Status.CONTACTING: frozenset(
        {
            *(Status.IN_CONTACT, Status.ASSIGNED, Status.RECEIVED),
            *(Status.CLOSED, Status.WITHDRAWN),
        }
    ),
    Status.IN_CONTACT: frozenset({Status.CLOSED, Status.WITHDRAWN}),
    Status.CLOSED: frozenset({Status.ASSIGNED, Status.RECEIVED}),
    Status.WITHDRAWN: frozenset(),
}

_OPEN = frozenset(one for one in Status if one.is_open)
_TAKEN_ON = frozenset({Status.ACCEPTED, Status.CONTACTING, Status.IN_CONTACT})

# In which statuses each reason makes sense. What only the person can have told us needs that
# somebody tried to speak with them; what can be read in the referral does not.
CLOSES: Mapping[CloseReason, frozenset[Status]] = {
    CloseReason.ATTENDED: frozenset({Status.IN_CONTACT}),
    CloseReason.DECLINED: frozenset({Status.CONTACTING, Status.IN_CONTACT}),
    CloseReason.NOT_REACHED: frozenset({Status.ACCEPTED, Status.CONTACTING}),
    CloseReason.MOVED: _TAKEN_ON,
    CloseReason.NOT_ELIGIBLE: _OPEN,
    CloseReason.WITHDRAWN: _OPEN,
    CloseReason.PASSED_TO_CONNECT: _OPEN,
    CloseReason.DUPLICATE: _OPEN,
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
        MoveRefusedError: the table has no such move; or a closing gives no reason or one that
            makes no sense here, or something else gives one.
    """
    if to not in MOVES[status]:
        raise MoveRefusedError(f"from {status} to {to}")
    if (to is Status.CLOSED) is (reason is None):
        raise MoveRefusedError("a closing has a reason, and nothing else has")
    if reason is not None and status not in CLOSES[reason]:
        raise MoveRefusedError(f"{reason} is no reason to close what is {status}")
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
