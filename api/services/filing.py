"""Filing what has arrived: a reference, somebody to take it, its first rows, word to them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import BaseModel
from sqlalchemy import Connection

from api.domain.assignment import Assignment, assign
from api.domain.duplicate import Fingerprints
from api.domain.events import Event, NobodyAssigned, PrescriberAssigned
from api.domain.referral import Kind, Status, StatusChange, move
from api.domain.staff import ConversationAsker, SystemAsker
from api.persistence import audit, duplicates, referrals, staff
from api.persistence.referrals import NewReferral
from api.services.desk import Desk
from api.services.outbox import announce
from common.contract.choices import Channel, Flag
from common.contract.directory import Directory
from common.contract.identifiers import ReferralReference
from common.contract.referral import ReferralReceipt

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


def file(
    desk: Desk, connection: Connection, arrival: Arrival, directory: Directory
) -> ReferralReceipt:
    """Store it with everything that hangs on it, in the caller's transaction."""
    new = _new(desk, connection, arrival)
    assignment = _assign(desk, connection, arrival.practice, directory)
    referral_id = referrals.add(connection, new, assignment)
    status = _first_moves(connection, referral_id, new, assignment, arrival.asker)
    duplicates.link(connection, referral_id, new.fingerprints, new.received_at)
    audit.record(
        arrival.asker,
        connection,
        action=f"{arrival.kind}.received",
        subject=new.reference,
        at=new.received_at,
    )
    announce(desk, connection, _event(referral_id, assignment))
    return ReferralReceipt(
        reference=new.reference,
        status=status.value,
        contact_within_working_days=new.contact_days,
    )


def _new(desk: Desk, connection: Connection, arrival: Arrival) -> NewReferral:
    reference = _reference(desk, connection)
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


def _reference(desk: Desk, connection: Connection) -> str:
    """A free one; of a thousand million the borough uses nine thousand a year."""
    while True:
        reference = str(ReferralReference.make(desk.random_below))
        if not referrals.is_taken(connection, reference):
            return reference


def _assign(desk: Desk, connection: Connection, practice: str, directory: Directory) -> Assignment:
    roster = staff.roster(connection, referrals.carried(connection))
    return assign(practice or None, _pcn_of_open(directory), roster, desk.today())


def _pcn_of_open(directory: Directory) -> Mapping[str, str]:
    return {one.ods_code: one.pcn_code for one in directory.practices if one.open}


def _first_moves(
    connection: Connection,
    referral_id: int,
    new: NewReferral,
    assignment: Assignment,
    asker: ConversationAsker,
) -> Status:
    """Received by the person's own act; assigned by the rule, if to anybody."""
    received = StatusChange(None, Status.RECEIVED, asker.actor, new.received_at)
    referrals.moved(connection, referral_id, received)
    if assignment.prescriber is None:
        return Status.RECEIVED
    assigned = move(Status.RECEIVED, Status.ASSIGNED, author=INTAKE.actor, at=new.received_at)
    referrals.moved(connection, referral_id, assigned)
    return Status.ASSIGNED


def _event(referral_id: int, assignment: Assignment) -> Event:
    if assignment.prescriber is None:
        return NobodyAssigned(referral_id)
    return PrescriberAssigned(referral_id, assignment.prescriber)
