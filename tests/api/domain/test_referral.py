"""A referral moves by the table, the whole table and nothing but the table."""

from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.domain.errors import MoveRefusedError
from api.domain.referral import CLOSES, CloseReason, Kind, Referral, Status, StatusChange, move

AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
# Each move with why it is there, in the words of those who work by it.
TABLE = (
    ("received", "assigned", "somebody was found for it"),
    ("received", "accepted", "somebody who sees it takes it on themselves"),
    ("received", "closed", "one can read in it that it is not for us"),
    ("received", "withdrawn", "the person takes it back"),
    ("assigned", "accepted", "whoever it is with takes it on"),
    ("assigned", "received", "it is handed back to the coordinators"),
    ("assigned", "closed", "one can read in it that it is not for us"),
    ("assigned", "withdrawn", "the person takes it back"),
    ("accepted", "contacting", "a try was in vain"),
    ("accepted", "in_contact", "the first try reached them"),
    ("accepted", "assigned", "it is handed over, for somebody else to accept"),
    ("accepted", "received", "it is handed back to the coordinators"),
    ("accepted", "closed", "a look at the records shows that they have moved"),
    ("accepted", "withdrawn", "the person takes it back"),
    ("contacting", "in_contact", "a later try reached them"),
    ("contacting", "assigned", "it is handed over, for somebody else to accept"),
    ("contacting", "received", "it is handed back to the coordinators"),
    ("contacting", "closed", "three tries were in vain"),
    ("contacting", "withdrawn", "the person takes it back"),
    ("in_contact", "closed", "the first conversation has taken place"),
    ("in_contact", "withdrawn", "the person takes it back"),
    ("closed", "assigned", "it was closed by mistake, and who had it goes on"),
    ("closed", "received", "it was closed by mistake, and who had it has left"),
)
ALLOWED = {(Status(before), Status(after)) for before, after, _why in TABLE}
FORBIDDEN = sorted(set(product(Status, Status)) - ALLOWED)
# In which statuses each reason makes sense, and why.
REASONS = (
    ("attended", "in_contact", "only whom we speak with can have come"),
    ("declined", "contacting in_contact", "they have heard of us, and answered in some way"),
    ("not_reached", "accepted contacting", "whom we speak with was reached"),
    ("moved", "accepted contacting in_contact", "somebody has looked it up, or was told"),
    ("not_eligible", "received assigned accepted contacting in_contact", "it may stand in it"),
    ("withdrawn", "received assigned accepted contacting in_contact", "they may ring at any time"),
    ("passed_to_connect", "received assigned accepted contacting in_contact", "it may be theirs"),
    ("duplicate", "received assigned accepted contacting in_contact", "it is seen at any time"),
)


def reason_for(to: Status) -> CloseReason | None:
    return CloseReason.WITHDRAWN if to is Status.CLOSED else None


@pytest.mark.parametrize(("before", "after", "why"), TABLE)
def test_every_move_of_the_table_can_be_made(before: str, after: str, why: str) -> None:
    one, to = Status(before), Status(after)
    change = move(one, to, author="staff:1", at=AT, reason=reason_for(to))
    assert change == StatusChange(one, to, "staff:1", AT, reason_for(to)), why


@pytest.mark.parametrize(("before", "after"), FORBIDDEN)
def test_no_other_move_can_be_made(before: Status, after: Status) -> None:
    with pytest.raises(MoveRefusedError):
        move(before, after, author="staff:1", at=AT, reason=reason_for(after))


@pytest.mark.parametrize(("reason", "where", "why"), REASONS)
def test_each_reason_closes_where_it_makes_sense(reason: str, where: str, why: str) -> None:
    closing = CloseReason(reason)
    for status in Status:
        if status in where.split():
            change = move(status, Status.CLOSED, author="staff:1", at=AT, reason=closing)
            assert change.reason is closing, why
        else:
            with pytest.raises(MoveRefusedError):
                move(status, Status.CLOSED, author="staff:1", at=AT, reason=closing)


def test_every_reason_has_its_statuses() -> None:
    assert set(CLOSES) == set(CloseReason)
    assert {CloseReason(one) for one, *_ in REASONS} == set(CloseReason)


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
def test_any_wishes_at_all_leave_a_chain_that_only_the_person_ends_for_good(
    wishes: list[Status],
) -> None:
    status = Status.RECEIVED
    for wish in wishes:
        try:
            change = move(status, wish, author="staff:1", at=AT, reason=reason_for(wish))
        except MoveRefusedError:
            continue
        assert status is not Status.WITHDRAWN
        assert change.before is status
        status = change.after


def test_what_is_closed_or_withdrawn_is_not_open() -> None:
    assert {one for one in Status if not one.is_open} == {Status.CLOSED, Status.WITHDRAWN}


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
