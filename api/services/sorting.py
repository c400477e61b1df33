"""What the inbox is filtered by, drawn from what a person told, and filled in for older rows."""

from collections.abc import Callable

from sqlalchemy import Connection

from api.domain.referral import Kind
from api.domain.staff import SystemAsker
from api.persistence import sorting
from api.persistence.sorting import Sorting, Unsorted
from api.services.desk import Desk
from common.contract.choices import Concern
from common.contract.referral import CallbackRequest, ReferralSubmission
from common.runtime.vault import SealError, Vault

SORTING = SystemAsker("sorting")
AT_A_TIME = 100
TOKEN_LENGTH = 16  # hex digits: enough to tell seventeen codes apart
_PLACE = {"table": "referral", "column": "sealed"}


def token_of(vault: Vault, concern: Concern) -> str:
    """What stands for a concern in the store; nobody can read it back without the keys."""
    return vault.fingerprint("concern", concern.value)[:TOKEN_LENGTH]


def sorting_of(vault: Vault, told: ReferralSubmission | CallbackRequest) -> Sorting:
    """What a referral or a request to be called is found by."""
    concerns = told.concerns if isinstance(told, ReferralSubmission) else ()
    tokens = sorted({token_of(vault, one) for one in concerns})
    return Sorting(tuple(tokens), told.interpreter)


async def sort_out(desk: Desk) -> int:
    """Fill in what rows from before these columns lack; how many there were.

    Each transaction does a few and leaves the rest: whenever it is stopped, the next start goes
    on, and two processes that both do it leave the same.
    """
    done = 0
    while some := await desk.database.write(_some(desk), patient=True):
        done += some
    return done


def _some(desk: Desk) -> Callable[[Connection], int]:
    def work(connection: Connection) -> int:
        found = sorting.unsorted(SORTING, connection, AT_A_TIME)
        sorting.sort_out(connection, [(one.id, _read(desk.vault, one)) for one in found])
        return len(found)

    return work


def _read(vault: Vault, row: Unsorted) -> Sorting:
    """What cannot be opened with the keys there are can be found by nothing, and is left so."""
    try:
        plain = vault.open(row.sealed, **_PLACE, row=row.reference)
    except SealError:
        return Sorting()
    if row.kind is Kind.CALLBACK:
        return sorting_of(vault, CallbackRequest.model_validate_json(plain))
    return sorting_of(vault, ReferralSubmission.model_validate_json(plain))
