"""Who may do what with a referral, and what a hand-over makes of it."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from api.domain.assignment import Leave
from api.domain.casework import HANDED_OVER, Act, Colleague, acts, reasons, reopened
from api.domain.contact import Permitted
from api.domain.referral import MOVES, CloseReason, Kind, Referral, Status
from api.domain.staff import Asker, Role, StaffAsker, SystemAsker

AMINA = StaffAsker(1, Role.PRESCRIBER, frozenset({"F84001"}))
BRENDAN = StaffAsker(2, Role.PRESCRIBER, frozenset({"F84001"}))
KOFI = StaffAsker(4, Role.COORDINATOR)
MANAGER = StaffAsker(5, Role.MANAGER)
HERS = Referral(
    id=1,
    reference="TH-7K3M-9QX",
    kind=Kind.REFERRAL,
    status=Status.ASSIGNED,
    practice="F84001",
    decision="eligible",
    reasons=(),
    flags=(),
    assigned_to=1,
    assigned_because="practice_prescriber",
    received_at=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    contact_days=5,
    language="bn",
)


@pytest.mark.parametrize(
    ("asker", "status", "holder", "offered", "why"),
    [
        (AMINA, "assigned", 1, "accept hand_over close", "it is hers to accept"),
        (BRENDAN, "assigned", 1, "hand_over close", "what is hers is not taken from her"),
        (KOFI, "assigned", 1, "hand_over close", "a coordinator finds somebody else"),
        (KOFI, "received", None, "accept hand_over close", "what nobody has can be taken on"),
        (KOFI, "received", 1, "hand_over close", "somebody has it, whatever it is called"),
        (AMINA, "accepted", 1, "log book hand_over close", "now she makes contact"),
        (BRENDAN, "contacting", 1, "log book hand_over close", "a colleague may help"),
        (AMINA, "in_contact", 1, "log book hand_over close", "they may still be missed"),
        (AMINA, "closed", 1, "reopen", "it may have been a mistake"),
        (AMINA, "withdrawn", 1, "", "the person took it back"),
        (MANAGER, "assigned", 1, "", "a manager looks after people and records"),
        (SystemAsker("job"), "assigned", 1, "", "no machine does the work"),
    ],
)
def test_what_is_offered_to_whom(
    asker: Asker, status: str, holder: int | None, offered: str, why: str
) -> None:
    found = replace(HERS, status=Status(status), assigned_to=holder)
    assert [one.value for one in acts(found, asker)] == offered.split(), why


def test_what_was_joined_is_parted_and_not_opened() -> None:
    found = replace(HERS, status=Status.CLOSED)
    assert acts(found, AMINA, CloseReason.DUPLICATE) == ()
    assert acts(found, AMINA, CloseReason.MOVED) == (Act.REOPEN,)


def test_every_hand_over_is_a_move_of_the_table_or_none_at_all() -> None:
    for before, after in HANDED_OVER.items():
        assert after is before or after in MOVES[before]
    assert set(HANDED_OVER) == {one for one in Status if one.is_open}


@pytest.mark.parametrize(
    ("status", "tried", "offered"),
    [
        ("assigned", 0, "not_eligible withdrawn passed_to_connect"),
        ("accepted", 0, "moved not_eligible withdrawn passed_to_connect"),
        ("contacting", 2, "declined moved not_eligible withdrawn passed_to_connect"),
        ("contacting", 3, "declined not_reached moved not_eligible withdrawn passed_to_connect"),
        ("in_contact", 3, "attended declined moved not_eligible withdrawn passed_to_connect"),
        ("closed", 3, ""),
    ],
)
def test_why_it_may_be_closed(status: str, tried: int, offered: str) -> None:
    found = reasons(Status(status), tried, Permitted(call=True))
    assert [one.value for one in found] == offered.split()


def test_what_is_opened_again_goes_to_whoever_had_it() -> None:
    assert reopened(holder_works=True) is Status.ASSIGNED
    assert reopened(holder_works=False) is Status.RECEIVED


def test_a_colleague_is_away_on_the_days_of_their_leave() -> None:
    day = date(2026, 11, 23)
    assert not Colleague(1, "Amina", 0, 10).is_away(day)
    assert Colleague(1, "Amina", 0, 10, Leave(day, day)).is_away(day)
