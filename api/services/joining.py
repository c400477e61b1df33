"""Two referrals that may be of the same person: a person looks at both, and decides."""

from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.casework import works
from api.domain.duplicate import Decision, Match, Verdict
from api.domain.errors import MoveRefusedError, NotFoundError, OvertakenError
from api.domain.referral import CloseReason, Referral, Status
from api.domain.staff import StaffAsker
from api.persistence import audit, duplicates, referrals
from api.services import opening
from api.services.acting import Seen, begin
from api.services.casework import Case, opened
from api.services.desk import Desk
from api.services.finding import find
from api.services.moves import open_again


@dataclass(frozen=True, slots=True)
class Comparison:
    """The earlier and the later referral, and what is known of the two together."""

    first: Case
    second: Case
    match: Match


@dataclass(frozen=True, slots=True)
class Pair:
    """What the page showed: the earlier, the later as it was seen, and what was decided so far."""

    first: str
    second: Seen
    verdict: Verdict | None


async def compare(desk: Desk, asker: StaffAsker, reference: str, other: str) -> Comparison:
    """Both, beside each other. Raises NotFoundError unless both are the asker's to see."""
    directory = (await desk.directory.current()).directory

    def work(connection: Connection) -> Comparison:
        cases = [opened(desk, asker, connection, one, directory) for one in (reference, other)]
        match = _match(asker, connection, cases[0].referral, cases[1].referral)
        if match.first != cases[0].referral.reference:
            cases.reverse()
        return Comparison(cases[0], cases[1], match)

    return await desk.database.write(work)


async def decide(desk: Desk, asker: StaffAsker, pair: Pair, verdict: Verdict, note: str) -> None:
    """Join them, keep them apart, or take back what was decided.

    Joining closes the later one, if there is still somebody at work on the first; the first stays
    as it is, but that it is flagged for what the later one is flagged for. Nothing that the person
    told us is changed.

    Raises:
        NotFoundError: not both are the asker's to see.
        OvertakenError: somebody else has decided, or worked on the later one, meanwhile.
        MoveRefusedError: there is nothing to take back, or it is decided so already.
    """

    def work(connection: Connection) -> None:
        first = find(asker, connection, pair.first)
        second = find(asker, connection, pair.second.reference)
        match = _match(asker, connection, first, second)
        if not works(asker) or match.first != first.reference:
            raise NotFoundError
        if match.verdict is not pair.verdict:
            raise OvertakenError
        if verdict not in offered(match.verdict):
            raise MoveRefusedError(f"what is {match.verdict} cannot be {verdict}")
        _keep(desk, asker, connection, (first, second), pair, (verdict, note))

    await desk.write(work)


def offered(verdict: Verdict | None) -> tuple[Verdict, ...]:
    """What may be decided now."""
    if verdict in {Verdict.JOINED, Verdict.APART}:
        return (Verdict.UNDONE,)
    return Verdict.JOINED, Verdict.APART


def _keep(  # noqa: PLR0913, PLR0917 what it needs to write one decision
    desk: Desk,
    asker: StaffAsker,
    connection: Connection,
    both: tuple[Referral, Referral],
    pair: Pair,
    decided: tuple[Verdict, str],
) -> None:
    first, second = both
    verdict, note = decided
    doing = begin(desk, asker, connection, second, pair.second)
    if verdict is Verdict.JOINED:
        if first.status.is_open and second.status.is_open:
            doing.move(Status.CLOSED, CloseReason.DUPLICATE)
        if new := [one for one in second.flags if one not in first.flags]:
            referrals.flagged(connection, first.id, (*first.flags, *new))
    last = referrals.history(asker, connection, second.id)[-1]
    if verdict is Verdict.UNDONE and last.reason is CloseReason.DUPLICATE:
        open_again(doing)
    decision = Decision("", verdict, asker.actor, doing.at)
    sealed = opening.seal_note(desk, note, "duplicate_decision", first.reference)
    duplicates.decide(connection, (first.id, second.id), decision, sealed)
    for one in both:
        action = f"duplicate.{verdict.value}"
        audit.record(asker, connection, action=action, subject=one.reference, at=doing.at)


def _match(asker: StaffAsker, connection: Connection, one: Referral, other: Referral) -> Match:
    """What is known of the two; without it they have nothing to do with each other."""
    for match in duplicates.matches(asker, connection, one.id):
        if match.other == other.reference:
            return match
    raise NotFoundError
