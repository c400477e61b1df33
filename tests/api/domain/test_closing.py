"""Who keeps a referral when its practice closes."""

from dataclasses import replace

from api.domain.closing import sort_out
from api.domain.referral import Kind, Referral, Status
from tests.support.clock import START

ONE = Referral(
    id=1,
    reference="TH-1",
    kind=Kind.REFERRAL,
    status=Status.ASSIGNED,
    practice="F84001",
    decision="eligible",
    reasons=(),
    flags=(),
    assigned_to=1,
    assigned_because="practice_prescriber",
    received_at=START,
    contact_days=5,
    language="bn",
)


def test_what_somebody_has_begun_stays_with_them() -> None:
    begun = [replace(ONE, status=one) for one in (Status.ACCEPTED, Status.IN_CONTACT)]
    waiting = [ONE, replace(ONE, status=Status.RECEIVED, assigned_to=None)]
    nobodys = replace(ONE, status=Status.CONTACTING, assigned_to=None)
    found = sort_out([begun[0], *waiting, begun[1], nobodys])
    assert found.begun == tuple(begun)
    assert found.waiting == (*waiting, nobodys)
