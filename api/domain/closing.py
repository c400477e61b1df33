"""What becomes of a practice's open referrals when it closes."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.domain.referral import Referral, Status

NOT_BEGUN = frozenset({Status.RECEIVED, Status.ASSIGNED})


@dataclass(frozen=True, slots=True)
class OpenReferrals:
    """`begun` stay with whoever works on them; the `waiting` are given out anew."""

    begun: tuple[Referral, ...]
    waiting: tuple[Referral, ...]


def sort_out(found: Sequence[Referral]) -> OpenReferrals:
    """Nobody loses the person they have begun to talk with; one without a person waits."""
    stays = [one.status not in NOT_BEGUN and one.assigned_to is not None for one in found]
    return OpenReferrals(
        begun=tuple(one for one, begun in zip(found, stays, strict=True) if begun),
        waiting=tuple(one for one, begun in zip(found, stays, strict=True) if not begun),
    )
