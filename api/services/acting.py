"""Doing something with a referral: found for the asker, still as it was seen, and recorded."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause
from api.domain.casework import DONE, Act, Handover, acts
from api.domain.errors import MoveRefusedError, OvertakenError
from api.domain.events import NobodyAssigned, PrescriberAssigned
from api.domain.referral import CloseReason, Referral, Status, move
from api.domain.staff import StaffAsker
from api.persistence import audit, casework, referrals
from api.services.desk import Desk
from api.services.finding import find
from api.services.outbox import announce

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page showed when its form was made: which referral, how far, in which status."""

    reference: str
    version: int
    status: str


@dataclass(frozen=True, slots=True)
class Doing:
    """What is being done, in one transaction; `found` is the referral as it was before."""

    desk: Desk
    asker: StaffAsker
    connection: Connection
    found: Referral
    version: int
    at: datetime

    def move(self, to: Status, reason: CloseReason | None = None) -> None:
        """Let it stand there, unless it does."""
        if to is not self.found.status:
            change = move(self.found.status, to, author=self.asker.actor, at=self.at, reason=reason)
            referrals.moved(self.connection, self.found.id, change)

    def give(self, to: int | None, because: AssignedBecause) -> None:
        """Let somebody else have it, and tell them, unless they did it themselves."""
        referrals.given(self.connection, self.found, to, because)
        before, mark = self.found.assigned_to, str(self.version)
        row = Handover(before, to, because.value, self.asker.actor, self.at)
        casework.add_handover(self.connection, self.found.id, row)
        if to is None:
            announce(self.desk, self.connection, NobodyAssigned(self.found.id, mark))
        elif to != self.asker.staff_id:
            announce(self.desk, self.connection, PrescriberAssigned(self.found.id, to, mark))

    def waits_until(self, moment: datetime) -> None:
        """Until then it does not stand still."""
        casework.rest_until(self.connection, self.found.id, moment)


async def act(desk: Desk, asker: StaffAsker, seen: Seen, what: Act, do: Callable[[Doing], T]) -> T:
    """Do it, if the table offers it and nobody else was first.

    Raises:
        NotFoundError: there is none such, or it is not the asker's to see.
        OvertakenError: it is not any more as it was seen.
        MoveRefusedError: it is not offered to this asker.
    """

    def work(connection: Connection) -> T:
        found = find(asker, connection, seen.reference)
        doing = begin(desk, asker, connection, found, seen)
        reason = referrals.history(asker, connection, found.id)[-1].reason
        if what not in acts(found, asker, reason):
            raise MoveRefusedError(f"{what} is not offered for what is {found.status}")
        result = do(doing)
        audit.record(asker, connection, action=DONE[what], subject=found.reference, at=doing.at)
        return result

    return await desk.write(work)


def begin(
    desk: Desk, asker: StaffAsker, connection: Connection, found: Referral, seen: Seen
) -> Doing:
    """Count the step. Raises OvertakenError when it is not any more as it was seen."""
    at = desk.clock()
    if found.status != seen.status:
        raise OvertakenError
    casework.step(connection, found.id, seen.version, at)
    return Doing(desk, asker, connection, found, seen.version + 1, at)
