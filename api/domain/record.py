"""The chain of the audit: each line is bound to the one before, so that no change goes unseen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

Keyed = Callable[..., str]
"""A keyed hash of some texts: whoever has not the key cannot make it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the audit; `way` and `network` are empty when it is not said from where."""

    id: int
    actor: str
    action: str
    subject: str
    at: datetime
    way: str = ""
    network: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """How far the chain had come on a day; `lines` came in that day, and `head` is the last link.

    `pruned` is empty while its lines are kept.
    """

    day: date
    last_id: int
    lines: int
    head: str
    seal: str = ""
    pruned: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: a person on staff, a subject, days in London as moments; or anything.

    `before` is the number of a line: only older ones are found.
    """

    staff_id: int | None = None
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


class Fault(StrEnum):
    """What is wrong at a place of the chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    SEAL = "seal"


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain is broken first: at a line by its number, or at the seal of a day."""

    fault: Fault
    line: int = 0
    day: date | None = None


def link(keyed: Keyed, before: str, line: Line) -> str:
    """The line's link, when the one before it is `before`."""
    at = line.at.astimezone(UTC).isoformat()
    told = (line.actor, line.action, line.subject, at, line.way, line.network)
    return keyed("audit link", before, str(line.id), *told)


def sealed(keyed: Keyed, before: str, seal: Seal) -> str:
    """What stands under this seal, when `before` stands under that of the day before."""
    counts = (seal.day.isoformat(), str(seal.last_id), str(seal.lines))
    return keyed("audit seal", before, *counts, seal.head)


def pruned(keyed: Keyed, seal: Seal) -> str:
    """What says that the lines of this day were taken away by whoever has the key."""
    return keyed("audit pruned", seal.seal)


def broken_seal(keyed: Keyed, seals: Iterable[Seal]) -> Break | None:
    """The first of these seals (oldest first) that is not ours, or not in its place."""
    before, kept = "", False
    for one in seals:
        wrong = one.seal != sealed(keyed, before, one)
        if wrong or (one.pruned and (kept or one.pruned != pruned(keyed, one))):
            return Break(Fault.SEAL, day=one.day)
        before, kept = one.seal, kept or not one.pruned
    return None


def broken_link(
    keyed: Keyed, before: str, lines: Iterable[Line], links: Iterable[tuple[int, str]]
) -> Break | str:
    """The first break among these lines, both in the order of their numbers; or the last link."""
    for line, (number, known) in _side_by_side(lines, links):
        if line is None:
            return Break(Fault.REMOVED, number)
        if not known:
            return Break(Fault.INSERTED, line.id)
        if known != link(keyed, before, line):
            return Break(Fault.CHANGED, line.id)
        before = known
    return before


def _side_by_side(
    lines: Iterable[Line], links: Iterable[tuple[int, str]]
) -> Iterator[tuple[Line | None, tuple[int, str]]]:
    """Each line with its link, each line that has none, each link that has no line."""
    here, there = {one.id: one for one in lines}, dict(links)
    for number in sorted(here.keys() | there.keys()):
        yield here.get(number), (number, there.get(number, ""))
