"""The list of referrals, put into words."""

from collections.abc import Sequence

from api.domain.referral import Referral
from api.staff.labels import label
from api.staff.pieces import QueueRow, at
from common.contract.directory import Directory


def present(found: Sequence[Referral], directory: Directory) -> tuple[QueueRow, ...]:
    """One row each, in the order they come."""
    return tuple(_row(one, directory) for one in found)


def _row(one: Referral, directory: Directory) -> QueueRow:
    practice = directory.practice(one.practice)
    return QueueRow(
        reference=one.reference,
        link=f"/staff/referrals/{one.reference}",
        kind=label(one.kind),
        practice=practice.name if practice else one.practice or "Not known",
        received=at(one.received_at),
        status=label(one.status),
        urgent=one.is_urgent and one.status.is_open,
    )
