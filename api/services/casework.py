"""Reading referrals as staff do: only those that are theirs, and never without a trace."""

from dataclasses import dataclass

from sqlalchemy import Connection

from api.domain.referral import Referral, StatusChange
from api.domain.staff import Asker
from api.persistence import aftercare, audit, duplicates, referrals, staff
from api.services import opening
from api.services.desk import Desk
from api.services.finding import find
from api.services.work import Work, read_work
from common.contract.directory import Directory, Practice
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
    work: Work


async def read_referral(desk: Desk, asker: Asker, reference: str) -> Case:
    """Open a referral; that it was read, and by whom, is recorded in the same transaction.

    Raises:
        NotFoundError: there is none such, or it is not the asker's to see.
    """
    directory = (await desk.directory.current()).directory

    def work(connection: Connection) -> Case:
        return opened(desk, asker, connection, reference, directory)

    return await desk.database.write(work)


def opened(
    desk: Desk, asker: Asker, connection: Connection, reference: str, directory: Directory
) -> Case:
    """The same, within a transaction of somebody else's. Raises NotFoundError."""
    found = find(asker, connection, reference, to_change=False)
    audit.record(
        asker, connection, action="referral.read", subject=found.reference, at=desk.clock()
    )
    return _case(desk, asker, connection, found, directory.practice(found.practice))


def _case(
    desk: Desk, asker: Asker, connection: Connection, found: Referral, practice: Practice | None
) -> Case:
    assigned = staff.by_id(connection, found.assigned_to) if found.assigned_to else None
    told = opening.told(desk, asker, connection, found)
    corrections = opening.corrections(desk, asker, connection, found)
    return Case(
        referral=found,
        told=told,
        practice=practice,
        assigned_to_name=assigned.name if assigned else "",
        changes=tuple(referrals.history(asker, connection, found.id)),
        duplicates=tuple(duplicates.of(asker, connection, found.id)),
        corrections=corrections,
        wants_erasure=aftercare.wants_erasure(asker, connection, found.id),
        work=read_work(desk, asker, connection, found, (told, corrections)),
    )
