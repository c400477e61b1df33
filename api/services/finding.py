"""Finding a referral by the reference that somebody has, in the transaction that needs it."""

from sqlalchemy import Connection

from api.domain.errors import NotFoundError
from api.domain.referral import Referral
from api.domain.staff import Asker
from api.persistence import referrals
from common.contract.identifiers import ReferralReference, UnreadableError


def find(
    asker: Asker, connection: Connection, reference: str, *, to_change: bool = True
) -> Referral:
    """The referral; to be changed, it is ours until the transaction ends.

    Raises:
        NotFoundError: someone else's, no one's and a mistyped reference all look the same.
    """
    found = referrals.by_reference(asker, connection, plain(reference), to_change=to_change)
    if found is None:
        raise NotFoundError
    return found


def plain(reference: str) -> str:
    """The reference as it is kept, however it was typed. Raises NotFoundError."""
    try:
        return str(ReferralReference.parse(reference))
    except UnreadableError:
        raise NotFoundError from None
