"""Filing what has arrived: a reference, somebody to take it, its first rows, word to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from api.domain.assignment import Assignment
from api.domain.duplicate import Fingerprints
from api.domain.errors import AlreadySentError, ConflictError
from api.domain.events import Event, NobodyAssigned, PrescriberAssigned
from api.domain.referral import Kind, Status, StatusChange, move
from api.domain.staff import ConversationAsker, SystemAsker
from api.persistence import arrivals, duplicates, roster
from api.persistence.arrivals import Added, Arrived, NewReferral
from api.persistence.duplicates import Earlier
from api.persistence.sorting import Sorting
from api.services.assigning import Assigning
from api.services.desk import Desk
from api.services.directory import Snapshot
from api.services.once import Mark, Request, earlier
from api.services.outbox import announce
from common.contract.choices import Channel, Flag
from common.contract.identifiers import ReferralReference
from common.contract.referral import ReferralReceipt
from common.runtime.database import locks
from common.runtime.database.quick import ask

INTAKE = SystemAsker("intake")
SEALED = {"table": "referral", "column": "sealed"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What has arrived and was understood; `told` is all the person told us, as the wire's JSON.

    `unread` is how many free texts are in it.
    """

    kind: Kind
    asker: ConversationAsker
    practice: str
    channel: Channel
    language: str
    flags: tuple[Flag, ...]
    told: str
    unread: int
    decision: str = ""
    reasons: tuple[str, ...] = ()
    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    sorting: Sorting = field(default_factory=Sorting)


async def file(desk: Desk, arrival: Arrival, request: Request) -> ReferralReceipt:
    """Store it with everything that hangs on it, in one transaction, once for each request.

    Raises:
        KeyReusedError: the request's key came before with another body.
        AlreadySentError: the same conversation has an open referral of the same person.
    """
    filing = Filing(desk, arrival, Mark.of(desk, request), await desk.directory.current())
    while True:
        try:
            outcome: Outcome = await desk.filing.done(filing)
        except _ReferenceTakenError:
            continue
        if isinstance(outcome, ConflictError):
            raise outcome
        return outcome


class _ReferenceTakenError(Exception):
    """Of a thousand million this one was drawn before: another must be."""


Outcome = ReferralReceipt | ConflictError


@dataclass(frozen=True, slots=True, eq=False)
class Filing:
    """What one arrival is filed with; `mark` is its request's."""

    desk: Desk
    arrival: Arrival
    mark: Mark
    snapshot: Snapshot

    @property
    def alone(self) -> str:
        """Two of the same person are filed one after the other, in whichever process."""
        return self.arrival.fingerprints.person

    def known(self, connection: Connection, kin: Sequence[Earlier]) -> Outcome | None:
        """What the very same conversation hears that has sent a referral of this person before.

        Nobody else hears of it. Whoever repeats a request hears what was answered then.
        """
        sent = [one for one in kin if one.sent_by_asker]
        if not sent or self.arrival.kind is not Kind.REFERRAL:
            return None
        return self._earlier(connection) or AlreadySentError(sent[0].reference)

    def arrived(self, assignment: Assignment) -> Arrived:
        """What is to be stored of it."""
        new = self._new(assignment)
        answer = self.mark.answer(_receipt(new))
        return Arrived(self.arrival.asker, new, self.mark.key, answer)

    def stored(
        self, connection: Connection, arrived: Arrived, added: Added, kin: Sequence[Earlier]
    ) -> tuple[Outcome, list[Event]]:
        """What came of storing it, and what is to be told; a refusal leaves nothing behind."""
        if not added.claimed and (before := self._earlier(connection)):
            return before, []
        if added.id is None:
            raise _ReferenceTakenError
        new = arrived.new
        duplicates.link(connection, added.id, new.fingerprints, kin, new.received_at)
        return _receipt(new), [_event(added.id, new.assignment)]

    def _earlier(self, connection: Connection) -> Outcome | None:
        try:
            return earlier(connection, self.mark)
        except ConflictError as refusal:
            return refusal

    def _new(self, assignment: Assignment) -> NewReferral:
        arrival, desk, at = self.arrival, self.desk, self.desk.clock()
        reference = str(ReferralReference.make(desk.random_below))
        return NewReferral(
            reference=reference,
            kind=arrival.kind,
            practice=arrival.practice,
            decision=arrival.decision,
            reasons=arrival.reasons,
            flags=tuple(flag.value for flag in arrival.flags),
            received_at=at,
            contact_days=desk.contact_days,
            channel=arrival.channel.value,
            language=arrival.language,
            conversation=arrival.asker.conversation,
            fingerprints=arrival.fingerprints,
            unread=arrival.unread,
            sealed=desk.vault.seal(arrival.told.encode(), **SEALED, row=reference),
            sorting=arrival.sorting,
            assignment=assignment,
            changes=_first_moves(assignment, arrival.asker, at),
        )


async def file_together(filings: Sequence[Filing]) -> Sequence[Outcome]:
    """File these, of which no two are of the same person, in one transaction."""
    return await filings[0].desk.write(lambda connection: _file_all(connection, filings))


def _file_all(connection: Connection, filings: Sequence[Filing]) -> list[Outcome]:
    """What is asked goes to a server in one trip, and what is stored in another."""
    assigned, kin = _looked_up(connection, filings)
    outcomes = {one: one.known(connection, kin.get(one.alone, ())) for one in filings}
    fresh = {
        one: one.arrived(assignment)
        for one, assignment in zip(filings, assigned, strict=True)
        if outcomes[one] is None
    }
    events: list[Event] = []
    added = arrivals.add_all(connection, list(fresh.values()))
    for (one, arrived), come in zip(fresh.items(), added, strict=True):
        outcomes[one], news = one.stored(connection, arrived, come, kin.get(one.alone, ()))
        events += news
    announce(filings[0].desk, connection, *events)
    return [outcome for outcome in outcomes.values() if outcome is not None]


def _looked_up(
    connection: Connection, filings: Sequence[Filing]
) -> tuple[Sequence[Assignment], Mapping[str, Sequence[Earlier]]]:
    """Who takes each, and what came earlier of each person, who is locked from here on."""
    persons = {one.alone: one.arrival.asker for one in filings if one.alone}
    practices = [one.arrival.practice for one in filings]
    networks = filings[0].snapshot.networks
    locking = locks.holding(connection, *(f"person {one}" for one in persons))
    own = roster.asking(connection, networks.keys() & practices)
    earlier_ones = duplicates.asking(connection, list(persons))
    found = iter(ask(connection, *locking, *own, *earlier_ones)[len(locking) :])
    prescribers = roster.read([next(found) for _ in own])
    assigning = Assigning(connection, networks, filings[0].desk.today())
    return assigning.assign(practices, prescribers), duplicates.read(found, persons)


def _receipt(new: NewReferral) -> ReferralReceipt:
    return ReferralReceipt(
        reference=new.reference,
        status=new.changes[-1].after.value,
        contact_within_working_days=new.contact_days,
    )


def _first_moves(
    assignment: Assignment, asker: ConversationAsker, at: datetime
) -> tuple[StatusChange, ...]:
    """Received by the person's own act; assigned by the rule, if to anybody."""
    received = StatusChange(None, Status.RECEIVED, asker.actor, at)
    if assignment.prescriber is None:
        return (received,)
    return received, move(Status.RECEIVED, Status.ASSIGNED, author=INTAKE.actor, at=at)


def _event(referral_id: int, assignment: Assignment) -> Event:
    if assignment.prescriber is None:
        return NobodyAssigned(referral_id)
    return PrescriberAssigned(referral_id, assignment.prescriber)
