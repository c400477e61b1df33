"""Filing what has arrived: a reference, somebody to take it, its first rows, word to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel
from sqlalchemy import Connection

from api.domain.assignment import Assignment
from api.domain.duplicate import Fingerprints
from api.domain.errors import AlreadySentError
from api.domain.events import Event, NobodyAssigned, PrescriberAssigned
from api.domain.referral import Kind, Status, StatusChange, move
from api.domain.staff import ConversationAsker, SystemAsker
from api.persistence import audit, duplicates, referrals
from api.persistence.referrals import NewReferral
from api.services.assigning import assign_at
from api.services.desk import Desk
from api.services.directory import Snapshot
from api.services.once import Request, claim
from api.services.outbox import announce
from common.contract.choices import Channel, Flag
from common.contract.identifiers import ReferralReference
from common.contract.referral import ReferralReceipt
from common.runtime.database import locks

INTAKE = SystemAsker("intake")
SEALED = {"table": "referral", "column": "sealed"}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What has arrived and was understood; `told` is the whole of what the person told us."""

    kind: Kind
    asker: ConversationAsker
    practice: str
    channel: Channel
    language: str
    flags: tuple[Flag, ...]
    told: BaseModel
    decision: str = ""
    reasons: tuple[str, ...] = ()
    fingerprints: Fingerprints = field(default_factory=Fingerprints)


async def file(desk: Desk, arrival: Arrival, request: Request) -> ReferralReceipt:
    """Store it with everything that hangs on it, in one transaction, once for each request.

    Raises:
        KeyReusedError: the request's key came before with another body.
        AlreadySentError: the same conversation has an open referral of the same person.
    """
    filing = _Filing(desk, arrival, request, await desk.directory.current())
    while True:
        try:
            return await desk.write(filing.attempt)
        except _ReferenceTakenError:
            continue


class _ReferenceTakenError(Exception):
    """Of a thousand million this one was drawn before: another must be."""


@dataclass(frozen=True, slots=True)
class _Filing:
    """What one arrival is filed with."""

    desk: Desk
    arrival: Arrival
    request: Request
    snapshot: Snapshot

    def attempt(self, connection: Connection) -> ReferralReceipt:
        """Do it in this transaction; two arrivals of the same person one after the other."""
        new = self._new()
        if new.fingerprints.person:
            locks.hold(connection, f"person {new.fingerprints.person}")
        assignment = assign_at(self.desk, connection, new.practice, self.snapshot)
        changes = _first_moves(new, assignment, self.arrival.asker)
        receipt = ReferralReceipt(
            reference=new.reference,
            status=changes[-1].after.value,
            contact_within_working_days=new.contact_days,
        )
        # The key comes first: whoever repeats a request hears what was answered, nothing else.
        if earlier := claim(self.desk, connection, self.request, receipt):
            return earlier
        self._store(connection, new, assignment, changes)
        return receipt

    def _new(self) -> NewReferral:
        arrival, desk = self.arrival, self.desk
        reference = str(ReferralReference.make(desk.random_below))
        plain = arrival.told.model_dump_json().encode()
        return NewReferral(
            reference=reference,
            kind=arrival.kind,
            practice=arrival.practice,
            decision=arrival.decision,
            reasons=arrival.reasons,
            flags=tuple(flag.value for flag in arrival.flags),
            received_at=desk.clock(),
            contact_days=desk.contact_days,
            channel=arrival.channel.value,
            language=arrival.language,
            conversation=arrival.asker.conversation,
            fingerprints=arrival.fingerprints,
            sealed=desk.vault.seal(plain, **SEALED, row=reference),
        )

    def _store(
        self,
        connection: Connection,
        new: NewReferral,
        assignment: Assignment,
        changes: Sequence[StatusChange],
    ) -> None:
        asker, at = self.arrival.asker, new.received_at
        earlier = duplicates.same_person(asker, connection, new.fingerprints.person)
        for one in earlier:
            # Only the very same conversation hears of its own earlier referral of this person.
            if new.kind is Kind.REFERRAL and one.sent_by_asker:
                raise AlreadySentError(one.reference)
        referral_id = referrals.add(connection, new, assignment, changes)
        if referral_id is None:
            raise _ReferenceTakenError
        duplicates.link(connection, referral_id, new.fingerprints, earlier, at)
        action = f"{new.kind}.received"
        audit.record(asker, connection, action=action, subject=new.reference, at=at)
        announce(self.desk, connection, _event(referral_id, assignment))


def _first_moves(
    new: NewReferral, assignment: Assignment, asker: ConversationAsker
) -> tuple[StatusChange, ...]:
    """Received by the person's own act; assigned by the rule, if to anybody."""
    received = StatusChange(None, Status.RECEIVED, asker.actor, new.received_at)
    if assignment.prescriber is None:
        return (received,)
    assigned = move(Status.RECEIVED, Status.ASSIGNED, author=INTAKE.actor, at=new.received_at)
    return received, assigned


def _event(referral_id: int, assignment: Assignment) -> Event:
    if assignment.prescriber is None:
        return NobodyAssigned(referral_id)
    return PrescriberAssigned(referral_id, assignment.prescriber)
