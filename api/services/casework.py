"""Reading referrals as staff do: only those that are theirs, and never without a trace."""

from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.referral import Kind, Referral, StatusChange
from api.domain.staff import Asker
from api.persistence import aftercare, audit, duplicates, referrals, staff
from api.services.desk import Desk
from api.services.filing import SEALED
from common.contract.directory import Practice
from common.contract.identifiers import ReferralReference, UnreadableError
from common.contract.referral import CallbackRequest, Correction, ReferralSubmission


@dataclass(frozen=True, slots=True)
class Case:
    """All there is to show of one referral.

    `told` is what the person told us, as first sent; `corrections` are the numbers they gave
    later, oldest first. `assigned_to_name` is empty while the coordinators have it.
    `duplicates` are references that may be of the same person.
    """

    referral: Referral
    told: ReferralSubmission | CallbackRequest
    practice: Practice | None
    assigned_to_name: str
    changes: tuple[StatusChange, ...]
    duplicates: tuple[str, ...]
    corrections: tuple[Correction, ...]
    wants_erasure: bool


async def read_referral(desk: Desk, asker: Asker, reference: str) -> Case:
    """Open a referral; that it was read, and by whom, is recorded in the same transaction.

    Raises:
        NotFoundError: there is none such, or it is not the asker's to see.
    """
    directory = (await desk.directory.current()).directory

    def work(connection: Connection) -> Case:
        found = referrals.by_reference(asker, connection, _plain(reference))
        if found is None:
            raise NotFoundError
        audit.record(
            asker,
            connection,
            action="referral.read",
            subject=found.reference,
            at=desk.clock(),
        )
        return _case(desk, asker, connection, found, directory.practice(found.practice))

    return await desk.database.write(work)


def _case(
    desk: Desk, asker: Asker, connection: Connection, found: Referral, practice: Practice | None
) -> Case:
    assigned = staff.by_id(connection, found.assigned_to) if found.assigned_to else None
    return Case(
        referral=found,
        told=_told(desk, asker, connection, found),
        practice=practice,
        assigned_to_name=assigned.name if assigned else "",
        changes=tuple(referrals.history(asker, connection, found.id)),
        duplicates=tuple(duplicates.of(asker, connection, found.id)),
        corrections=tuple(
            Correction.model_validate_json(_open(desk, sealed, "correction", found.reference))
            for sealed in aftercare.corrections(asker, connection, found.id)
        ),
        wants_erasure=aftercare.wants_erasure(asker, connection, found.id),
    )


def _told(
    desk: Desk, asker: Asker, connection: Connection, found: Referral
) -> ReferralSubmission | CallbackRequest:
    sealed = referrals.sealed(asker, connection, found.id)
    if sealed is None:
        raise NotFoundError
    plain = _open(desk, sealed, SEALED["table"], found.reference)
    if found.kind is Kind.CALLBACK:
        return CallbackRequest.model_validate_json(plain)
    return ReferralSubmission.model_validate_json(plain)


def _open(desk: Desk, sealed: bytes, table: str, reference: str) -> bytes:
    return desk.vault.open(sealed, table=table, column=SEALED["column"], row=reference)


def _plain(reference: str) -> str:
    try:
        return str(ReferralReference.parse(reference))
    except UnreadableError:
        raise NotFoundError from None
