"""Looking after the helplines: details at once, names and numbers only when two people agree."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from sqlalchemy import Connection

from api.domain.errors import (
    ChangedMeanwhileError,
    DomainError,
    NotFoundError,
    RefusedError,
)
from api.domain.helplines import (
    AGREED_FOR,
    Details,
    Helpline,
    Past,
    Proposal,
    Want,
    faults_of_details,
    faults_of_number,
    is_shown,
    wants,
)
from api.domain.staff import StaffAsker
from api.persistence import audit, helplines, staff
from api.services.desk import Desk
from common.contract.identifiers import to_ascii_digits
from common.runtime.database import locks

T = TypeVar("T")
CHANGING = "helplines"
"""The lock of whoever changes a helpline: what they were shown must be what is there."""


class FaultyError(DomainError):
    """A form cannot be taken as it is; `faults` are texts by field."""

    code = "faulty"
    title = "There is a problem"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__()
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Kept:
    """A helpline with what is to be known of it; `names` are those of staff, by number."""

    line: Helpline
    shown: bool
    want: Want | None
    proposal: Proposal | None
    past: Sequence[Past]
    names: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Numbered:
    """What a form says of a name and number, and of the `seen` version it was made from."""

    name: str
    contact: str
    source: str
    seen: int


async def look(desk: Desk, asker: StaffAsker) -> list[Kept]:
    """All helplines as they stand. Raises NotFoundError: not for this role."""
    for_coordinators(asker)

    def work(connection: Connection) -> list[Kept]:
        proposed = helplines.proposals(connection)
        return [_kept(desk, one, proposed.get(one.key)) for one in helplines.every(connection)]

    return await desk.database.read(work)


async def one(desk: Desk, asker: StaffAsker, key: str) -> Kept:
    """One helpline with all that was done to it. Raises NotFoundError."""
    for_coordinators(asker)

    def work(connection: Connection) -> Kept:
        found = _kept(desk, _line(connection, key), helplines.proposals(connection).get(key))
        past = helplines.history(connection, key)
        people = {entry.staff_id for entry in past if entry.staff_id is not None}
        people |= {found.proposal.staff_id} if found.proposal else set()
        return replace(found, past=past, names=staff.names(connection, people))

    return await desk.database.read(work)


async def tell(desk: Desk, asker: StaffAsker, key: str, told: Details, seen: int) -> None:
    """Change what is told of it, and until when it holds.

    Raises:
        FaultyError: it cannot be so.
        ChangedMeanwhileError: it is not as it was `seen`.
        NotFoundError: there is none such, or it is not for this role.
    """

    def work(connection: Connection) -> None:
        line = _as_seen(connection, key, seen)
        if faults := faults_of_details(line, told, desk.today()):
            raise FaultyError(faults)
        _change(desk, asker, connection, replace(line, details=told), "helpline.changed")

    await _changing(desk, asker, work)


async def propose(desk: Desk, asker: StaffAsker, key: str, wish: Numbered) -> None:
    """Propose another name or number: it holds once somebody else agrees.

    Raises:
        FaultyError: it cannot be so.
        ChangedMeanwhileError: it is not as it was seen.
        NotFoundError: there is none such, or it is not for this role.
    """
    name, contact = wish.name.strip(), to_ascii_digits(wish.contact).strip()

    def work(connection: Connection) -> None:
        line = _as_seen(connection, key, wish.seen)
        faults = faults_of_number(line, name, contact)
        if not wish.source.strip():
            faults["source"] = "Say where the number is from, so that a colleague can check it"
        if faults:
            raise FaultyError(faults)
        at = desk.clock()
        source = wish.source.strip()
        proposal = Proposal(key, name, contact, source, asker.staff_id, at)
        helplines.propose(connection, proposal)
        # Whoever had the page open decides about something else than they were shown.
        _change(desk, asker, connection, line, "helpline.proposed")

    await _changing(desk, asker, work)


async def answer(desk: Desk, asker: StaffAsker, key: str, *, agreed: bool, seen: int) -> None:
    """Agree to what somebody else proposed, which confirms it today; or let it be dropped.

    Whoever proposed it may drop it too.

    Raises:
        RefusedError: they would agree with themselves.
        ChangedMeanwhileError: it is not as it was `seen`.
        NotFoundError: nothing is proposed, or it is not for this role.
    """

    def work(connection: Connection) -> None:
        line = _as_seen(connection, key, seen)
        proposal = helplines.proposals(connection).get(key)
        if proposal is None:
            raise NotFoundError
        if agreed and proposal.staff_id == asker.staff_id:
            raise RefusedError("Somebody else has to agree: two people see more than one.")
        helplines.drop_proposal(connection, key)
        newer = _agreed(desk, line, proposal) if agreed else line
        _change(desk, asker, connection, newer, "helpline.agreed" if agreed else "helpline.dropped")

    await _changing(desk, asker, work)


def for_coordinators(asker: StaffAsker) -> None:
    """See that whoever asks is a coordinator or a manager. Raises NotFoundError."""
    if not asker.sees_all:
        raise NotFoundError


def _kept(desk: Desk, line: Helpline, proposal: Proposal | None) -> Kept:
    today = desk.today()
    return Kept(line, is_shown(line, today), wants(line, today), proposal, (), {})


def _line(connection: Connection, key: str) -> Helpline:
    found = helplines.by_key(connection, key)
    if found is None:
        raise NotFoundError
    return found


def _as_seen(connection: Connection, key: str, seen: int) -> Helpline:
    line = _line(connection, key)
    if line.version != seen:
        raise ChangedMeanwhileError
    return line


def _agreed(desk: Desk, line: Helpline, proposal: Proposal) -> Helpline:
    """As proposed; the two who agree have confirmed it, and it holds for a year if not longer."""
    today, told = desk.today(), line.details
    until = max(today + AGREED_FOR, told.expires_on or today)
    details = replace(told, source=proposal.source, confirmed_on=today, expires_on=until)
    return replace(line, name=proposal.name, contact=proposal.contact, details=details)


def _change(
    desk: Desk, asker: StaffAsker, connection: Connection, line: Helpline, what: str
) -> None:
    at = desk.clock()
    helplines.change(connection, line, what, asker.staff_id, at)
    subject = f"helpline:{line.key}"
    audit.record(asker, connection, action=what, subject=subject, at=at)


async def _changing(desk: Desk, asker: StaffAsker, work: Callable[[Connection], T]) -> T:
    for_coordinators(asker)

    def alone(connection: Connection) -> T:
        locks.hold(connection, CHANGING)
        return work(connection)

    return await desk.write(alone)
