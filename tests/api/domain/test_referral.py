"""A referral moves by the table, the whole table and nothing but the table."""

from datetime import UTC, datetime
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.errors import MoveRefusedError
from api.domain.referral import CloseReason, Kind, Referral, Status, StatusChange, move

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LIFE = (
    Status.RECEIVED,
    Status.ASSIGNED,
    Status.ACCEPTED,
    Status.CONTACTING,
    Status.IN_CONTACT,
    Status.CLOSED,
)
DONE = {Status.CLOSED, Status.WITHDRAWN}
ALLOWED = set(pairwise(LIFE)) | {(one, Status.WITHDRAWN) for one in Status if one not in DONE}


def reason_for(to: Status) -> CloseReason | None:
    return CloseReason.SUPPORTED if to is Status.CLOSED else None


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
def test_the_design_s_table_and_no_other_move(before: Status, after: Status) -> None:
    if (before, after) in ALLOWED:
        change = move(before, after, author="staff:1", at=AT, reason=reason_for(after))
        assert change == StatusChange(before, after, "staff:1", AT, reason_for(after))
    else:
        with pytest.raises(MoveRefusedError):
            move(before, after, author="staff:1", at=AT, reason=reason_for(after))


def test_closing_says_why() -> None:
    with pytest.raises(MoveRefusedError, match="reason"):
        move(Status.IN_CONTACT, Status.CLOSED, author="staff:1", at=AT)


def test_only_closing_says_why() -> None:
    with pytest.raises(MoveRefusedError, match="reason"):
        move(
            Status.RECEIVED,
            Status.ASSIGNED,
            author="staff:1",
            at=AT,
            reason=CloseReason.DECLINED,
        )


@given(st.lists(st.sampled_from(Status), max_size=12))
def test_any_wishes_at_all_leave_a_chain_that_ends_for_good(wishes: list[Status]) -> None:
    status, ended = Status.RECEIVED, False
    for wish in wishes:
        try:
            change = move(status, wish, author="staff:1", at=AT, reason=reason_for(wish))
        except MoveRefusedError:
            continue
        assert not ended
        assert change.before is status
        status, ended = change.after, not change.after.is_open


@pytest.mark.parametrize(("flags", "urgent"), [((), False), (("help_now",), True)])
def test_a_flag_puts_it_first(flags: tuple[str, ...], *, urgent: bool) -> None:
    referral = Referral(
        id=1,
        reference="TH-7K3M-9QX",
        kind=Kind.REFERRAL,
        status=Status.RECEIVED,
        practice="",
        decision="check",
        reasons=(),
        flags=flags,
        assigned_to=None,
        assigned_because="no_practice",
        received_at=AT,
        contact_days=5,
        language="bn",
    )
    assert referral.is_urgent is urgent
