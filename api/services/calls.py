"""The queue of those who asked to be called: each is opened, which is recorded like any reading."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from api.domain.casework import Act, acts
from api.domain.referral import Referral
from api.domain.staff import StaffAsker
from api.persistence import aftercare, audit, casework, referrals, staff
from api.services import opening
from api.services.desk import Desk
from api.services.filing import SEALED
from common.contract.referral import CallbackRequest, Correction

PAGE = 30  # calls on a page: more than anybody makes in a day


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits to be called; `holder` is the name of who has it, empty for nobody."""

    referral: Referral
    told: CallbackRequest
    corrections: tuple[Correction, ...]
    still_since: datetime
    holder: str
    acts: tuple[Act, ...]


async def list_calls(desk: Desk, asker: StaffAsker) -> tuple[Waiting, ...]:
    """Whom the asker may call, the most urgent first, no more than a page.

    The number and whether it is safe to ring are shown at once, so each of them is opened. What
    hangs on them is read of all together, since one by one it takes several times as long.
    """

    def work(connection: Connection) -> tuple[Waiting, ...]:
        found = referrals.calls(asker, connection, limit=PAGE)
        ids = [one.id for one, _ in found]
        changed = aftercare.corrections_of(asker, connection, ids)
        since = casework.still_since(asker, connection, ids)
        names = staff.names(connection, (one.assigned_to for one, _ in found if one.assigned_to))
        for one, _ in found:
            audit.record(
                asker, connection, action="referral.read", subject=one.reference, at=desk.clock()
            )
        return tuple(
            Waiting(
                referral=one,
                told=_told(desk, one, sealed),
                corrections=_corrections(desk, one, changed.get(one.id, [])),
                still_since=since.get(one.id, one.received_at),
                holder=names.get(one.assigned_to or 0, ""),
                acts=acts(one, asker),
            )
            for one, sealed in found
        )

    return await desk.database.write(work)


def _told(desk: Desk, one: Referral, sealed: bytes) -> CallbackRequest:
    plain = opening.unsealed(desk, sealed, SEALED["table"], one.reference)
    return CallbackRequest.model_validate_json(plain)


def _corrections(desk: Desk, one: Referral, sealed: list[bytes]) -> tuple[Correction, ...]:
    plain = (opening.unsealed(desk, each, "correction", one.reference) for each in sealed)
    return tuple(Correction.model_validate_json(each) for each in plain)
