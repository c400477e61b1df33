"""Who is asking, and under which name the audit knows them."""

from datetime import UTC, datetime, timedelta

import pytest

from api.domain.staff import (
    Asker,
    ConversationAsker,
    Role,
    StaffAsker,
    StaffMember,
    StaffSession,
    SystemAsker,
)

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asker", "actor"),
    [
        (StaffAsker(7, Role.PRESCRIBER), "staff:7"),
        (ConversationAsker("5f3a"), "conversation"),
        (SystemAsker("notifier"), "system:notifier"),
    ],
)
def test_every_asker_has_a_name_for_the_audit(asker: Asker, actor: str) -> None:
    assert asker.actor == actor


@pytest.mark.parametrize(
    ("role", "sees_all"),
    [(Role.PRESCRIBER, False), (Role.COORDINATOR, True), (Role.MANAGER, True)],
)
def test_only_a_prescriber_is_bound_to_practices(role: Role, *, sees_all: bool) -> None:
    assert StaffAsker(1, role).sees_all is sees_all


def test_a_member_asks_with_their_role_and_practices() -> None:
    member = StaffMember(
        3, "Chidi", "c@example.org", Role.PRESCRIBER, "hash", practices=frozenset({"F84001"})
    )
    assert member.asker == StaffAsker(3, Role.PRESCRIBER, frozenset({"F84001"}))


@pytest.mark.parametrize(
    ("idle_minutes", "hours", "over"),
    [(1, 8, False), (0, 8, True), (-1, 8, True), (1, 0, True)],
    ids=["in use", "idle to the minute", "idle", "in use for too long"],
)
def test_a_session_ends_by_disuse_or_by_age(idle_minutes: int, hours: int, *, over: bool) -> None:
    session = StaffSession(
        token_hash="h",
        staff_id=1,
        created_at=NOW,
        idle_until=NOW + timedelta(minutes=idle_minutes),
        expires_at=NOW + timedelta(hours=hours),
    )
    assert session.is_over(NOW) is over
