"""What has happened with a referral so far, in words, oldest first."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from api.domain.assignment import AssignedBecause
from api.domain.casework import Handover
from api.domain.contact import Attempt, Booking
from api.domain.duplicate import Decision, Verdict
from api.domain.referral import Status, StatusChange
from api.services.casework import Case
from api.staff.labels import label
from api.staff.pieces import Line, Text, at

DECIDED: Mapping[Verdict, str] = {
    Verdict.JOINED: "Joined with {other}: the same person",
    Verdict.APART: "Kept apart from {other}: not the same person",
    Verdict.UNDONE: "What was decided about {other} was taken back",
}
Entry = tuple[datetime, Line]


def lines(case: Case) -> tuple[Line, ...]:
    """One line each; of what was done at one moment, the hand-over before the status."""
    entries = sorted(_entries(case), key=lambda one: one[0])
    return tuple(line for _, line in entries)


def _entries(case: Case) -> Iterator[Entry]:
    work, names = case.work, case.work.names
    for given in work.handovers:
        yield _entry(given.at, _handover(given, names), given.author, names)
    for attempt in work.attempts:
        yield _entry(attempt.at, _attempt(attempt), attempt.author, names, attempt.note)
    for change in case.changes:
        yield _entry(change.at, _move(change), change.author, names)
    for number, booking in enumerate(work.bookings):
        words = _booking(booking, again=number > 0)
        yield _entry(booking.at, words, booking.author, names, booking.note)
    for decision in work.decisions:
        yield _entry(decision.at, _decision(decision), decision.author, names, decision.note)


def _entry(
    moment: datetime, words: str, author: str, names: Mapping[str, str], note: str = ""
) -> Entry:
    texts = [Text(f"{words}, by {who(author, names)}")]
    if note:
        texts.append(Text(f"Note: {note}"))
    return moment, Line(at(moment), tuple(texts))


def who(author: str, names: Mapping[str, str]) -> str:
    """How an author is called: conversations and jobs in words, staff by name."""
    if author == "conversation":
        return "the person"
    return "Doorway" if author.startswith("system:") else names.get(author, author)


def _move(change: StatusChange) -> str:
    again = "Opened again: " if change.before is Status.CLOSED else ""
    why = f" ({label(change.reason)})" if change.reason else ""
    return f"{again}{label(change.after)}{why}"


def _attempt(attempt: Attempt) -> str:
    return f"Contact attempt: {label(attempt.outcome)}"


def _booking(booking: Booking, *, again: bool) -> str:
    verb = "changed to" if again else "booked for"
    return f"First conversation {verb} {at(booking.starts_at)}"


def _handover(given: Handover, names: Mapping[str, str]) -> str:
    to = names.get(f"staff:{given.after}", "") if given.after else "the coordinators"
    return f"With {to} ({label(AssignedBecause(given.because))})"


def _decision(decision: Decision) -> str:
    return DECIDED[decision.verdict].format(other=decision.other)
