"""The audit's own service: it chains what was recorded, checks the chain, and searches it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.record import (
    Break,
    Fault,
    Keyed,
    Line,
    Seal,
    Wanted,
    broken_link,
    broken_seal,
    link,
    pruned,
    sealed,
)
from api.domain.staff import Role, StaffAsker, SystemAsker
from api.persistence import audit, chain
from api.services.desk import Desk
from common.runtime.jobs import Periodic

SEAL = Periodic("audit_seal", timedelta(minutes=5))
BATCH = 1000  # lines chained in one transaction
PAGE = 50
RETENTION = SystemAsker("retention")

Told = Callable[[int], object]
"""Told how many lines more have been looked at."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of looking at the whole chain.

    `first_break` is None when it is whole; `broken` is the line it is at, when that is there.
    `lines` are in the chain, `waiting` not yet, `pruned` days were taken away after their time.
    """

    first_break: Break | None
    broken: Line | None = None
    lines: int = 0
    waiting: int = 0
    pruned: int = 0
    last: Seal | None = None


async def seal(desk: Desk) -> int:
    """Chain all that has come since the last time; how many lines that were."""
    upto, count = await desk.database.write(chain.decided), 0
    while added := await desk.database.write(lambda c: _seal_some(desk, c, upto)):
        count += added
    return count


def _seal_some(desk: Desk, connection: Connection, upto: int) -> int:
    chain.hold(connection)
    keyed, today = desk.vault.fingerprint, desk.today()
    seals = chain.last_seals(connection)
    last = seals[-1] if seals else Seal(today, 0, 0, "")
    new = chain.lines(connection, last.last_id, upto, BATCH)
    if not new:
        return 0
    head, links = last.head, []
    for line in new:
        head = link(keyed, head, line)
        links.append((line.id, head))
    # Should the clock go back, the chain stays with the later day.
    goes_on = bool(seals) and last.day >= today
    before = seals[-2:-1] if goes_on else seals[-1:]
    seal = Seal(
        day=last.day if goes_on else today,
        last_id=new[-1].id,
        lines=len(new) + (last.lines if goes_on else 0),
        head=head,
    )
    stands = sealed(keyed, before[0].seal if before else "", seal)
    chain.add(connection, links, replace(seal, seal=stands))
    return len(new)


def verify(connection: Connection, keyed: Keyed, told: Told = lambda _: None) -> Verdict:
    """Look at the whole chain, on one unchanging view, and find where it is broken first."""
    seals = chain.seals(connection)
    if wrong := broken_seal(keyed, seals):
        return Verdict(wrong)
    gone = [one for one in seals if one.pruned]
    before, after = (gone[-1].head, gone[-1].last_id) if gone else ("", 0)
    if early := chain.first_until(connection, after):
        return Verdict(Break(Fault.INSERTED, early.id), early)
    walk = _Walk(connection, keyed, told, before, after)
    for one in seals[len(gone) :]:
        if wrong := walk.through(one):
            return Verdict(wrong, walk.line(wrong.line))
    if (extra := chain.after_the_end(connection, walk.after)) is not None:
        return Verdict(Break(Fault.REMOVED, extra), walk.line(extra))
    waiting = chain.count_after(connection, walk.after)
    last = seals[-1] if seals else None
    return Verdict(None, None, walk.seen, waiting, len(gone), last)


class _Walk:
    """One way through the lines, from seal to seal."""

    def __init__(
        self, connection: Connection, keyed: Keyed, told: Told, before: str, after: int
    ) -> None:
        self.after = after
        self.seen = 0
        self._before = before
        self._connection = connection
        self._keyed = keyed
        self._told = told

    def through(self, seal: Seal) -> Break | None:
        """Go on to the end of this seal's day; what is wrong on the way there."""
        count, until = 0, seal.last_id
        while self.after < until:
            lines = chain.lines(self._connection, self.after, until, BATCH)
            upto = lines[-1].id if len(lines) == BATCH else until
            links = chain.links(self._connection, self.after, upto)
            came = broken_link(self._keyed, self._before, lines, links)
            if isinstance(came, Break):
                return came
            self._before, self.after, count = came, upto, count + len(lines)
            self._told(len(lines))
        self.seen += count
        whole = self._before == seal.head and count == seal.lines
        return None if whole else Break(Fault.REMOVED, until, seal.day)

    def line(self, number: int) -> Line | None:
        """The line with this number, if it is there."""
        found = chain.lines(self._connection, number - 1, number, 1)
        return found[0] if found else None


def holds(connection: Connection, number: int, head: str) -> bool:
    """Whether the chain still has this link, as somebody wrote it down earlier."""
    known = {*chain.links(connection, number - 1, number)}
    known |= {(one.last_id, one.head) for one in chain.seals(connection)}
    return (number, head) in known


async def search(desk: Desk, asker: StaffAsker, wanted: Wanted) -> list[Line]:
    """What a manager looks for, newest first, one more than a page; that they looked is recorded.

    Raises:
        NotFoundError: whoever asks is no manager.
    """
    if asker.role is not Role.MANAGER:
        raise NotFoundError

    def work(connection: Connection) -> list[Line]:
        person = f"staff:{wanted.staff_id}" if wanted.staff_id is not None else ""
        subject, at = wanted.subject or person or "audit", desk.clock()
        found = chain.found(connection, wanted, PAGE + 1)
        audit.record(asker, connection, action="audit.searched", subject=subject, at=at)
        return found

    return await desk.database.write(work)


def about(asker: StaffAsker, connection: Connection, reference: str, most: int) -> list[Line]:
    """The latest lines about a referral, for the person it is of, who has a right to them."""
    if not asker.sees_all:
        raise NotFoundError
    return chain.found(connection, Wanted(subject=reference), most)


def prune(desk: Desk, connection: Connection, before: date) -> int:
    """Take away the oldest day that was sealed before this one; how many lines it had.

    Its seal stays, and the chain is checked from there on.
    """
    chain.hold(connection)
    kept = [one for one in chain.seals(connection) if not one.pruned]
    if len(kept) <= 1 or kept[0].day >= before:
        return 0  # the last seal is the one the chain goes on from
    first, keyed = kept[0], desk.vault.fingerprint
    count = chain.prune(connection, first.day, pruned(keyed, first), first.last_id)
    subject = f"day:{first.day.isoformat()}"
    audit.record(RETENTION, connection, action="audit.pruned", subject=subject, at=desk.clock())
    return count
